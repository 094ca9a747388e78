package overview

import "myaccount/services"

// owed is what remains once a day is over.
type owed struct {
	on     services.Date
	amount services.Money
}

// balances are the days on which the balance of an agreement changed or will change: those paid, from its start to today,
// and those scheduled, from today to its end. Both are empty where nobody can tell.
func balances(a services.Agreement, schedule []services.Installment, today services.Date) (paid, scheduled []owed) {
	if len(schedule) == 0 {
		return nil, nil
	}
	begin, err := schedule[0].Balance.Add(schedule[0].Principal)
	if err != nil {
		return nil, nil
	}
	paid = []owed{{a.Start, begin}}
	for _, i := range schedule {
		last := paid[len(paid)-1]
		switch {
		case i.Paid && i.Due.After(last.on):
			paid = append(paid, owed{i.Due, i.Balance})
		case i.Paid: // due on the first day
			paid[len(paid)-1].amount = i.Balance
		}
	}
	paid = untilToday(paid, today)
	now := paid[len(paid)-1]
	for _, i := range schedule {
		if !i.Paid && i.Due.After(now.on) { // what is past due would fall at once
			scheduled = append(scheduled, owed{i.Due, i.Balance})
		}
	}
	if len(scheduled) > 0 {
		scheduled = append([]owed{now}, scheduled...)
	}
	return paid, scheduled
}

// untilToday carries what is owed on to today, as long as something is.
func untilToday(paid []owed, today services.Date) []owed {
	last := paid[len(paid)-1]
	if last.amount.IsZero() || !today.After(last.on) {
		return paid
	}
	return append(paid, owed{today, last.amount})
}
