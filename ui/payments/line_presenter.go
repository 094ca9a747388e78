package payments

import (
	"cmp"
	"strings"

	"myaccount/services"
)

// status is what the page says of a line.
type status string

// The statuses there are; the catalogue has the words.
const (
	posted    status = "posted"
	returned  status = "returned"
	scheduled status = "scheduled" // ordered, not yet given to the bank
	submitted status = "submitted"
	cancelled status = "cancelled"
	due       status = "due"
	pastDue   status = "past_due"
	paid      status = "paid"
)

// line is a row of one of the tables: a payment, a debit or an installment. Lines are not changed once they are made.
type line struct {
	key       string
	day       services.Date // when it was or will be paid
	due       services.Date // of an autopay's debit: when the installment is due; otherwise day
	number    int           // of an installment; 0 otherwise
	reference string
	method    string // the service's code, "pad"
	digits    string // of the bank account; "" where it is not known
	autopay   bool
	principal money
	interest  money
	tax       money
	amount    money
	balance   money
	status    status
	reason    string          // the bank's code of a return
	debit     *services.Debit // what was ordered; nil for what was not ordered here
}

// money is an amount with its cents, by which lines are sorted and searched.
type money struct {
	services.Money
	cents int64
	known bool
}

func moneyOf(m services.Money) money {
	if m.CurrencyCode() == "" {
		return money{}
	}
	cents, err := m.Int64()
	return money{m, cents, err == nil}
}

func (m money) compare(o money) int { return cmp.Compare(m.cents, o.cents) }

// compareDays orders lines by day; those of one day by what they are.
func compareDays(a, b *line) int {
	return cmp.Or(compareDates(a.day, b.day), cmp.Compare(a.number, b.number), strings.Compare(a.key, b.key))
}

func compareDates(a, b services.Date) int {
	return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Month, b.Month), cmp.Compare(a.Day, b.Day))
}

// paymentLines are the lines of a part of the history.
func paymentLines(items []services.Payment) []*line {
	lines := make([]*line, len(items))
	for i, p := range items {
		lines[i] = &line{
			key: "p" + p.ID, day: p.Date, due: p.Date, reference: p.ID, method: p.Method, status: status(p.Status),
			principal: moneyOf(p.Principal), interest: moneyOf(p.Interest), tax: moneyOf(p.Tax), amount: moneyOf(p.Amount),
		}
	}
	return lines
}

// simulated tells whether a debit posted by itself, as it does where no bank is asked.
func (l *line) simulated() bool { return l.status == posted && l.debit != nil && l.debit.Simulated }

// debitLine is the line of a debit.
func debitLine(d services.Debit) *line {
	return &line{
		key: "d" + d.ID, day: d.On, due: d.Due, reference: d.Reference, method: "pad", digits: d.LastDigits, autopay: d.Kind == services.DebitAutopay,
		amount: moneyOf(d.Amount), status: status(d.Status), reason: d.Reason, debit: &d,
	}
}

// installmentLines are the lines of a schedule.
func installmentLines(items []services.Installment, today services.Date) []*line {
	lines := make([]*line, len(items))
	for i, n := range items {
		lines[i] = &line{
			key: "i" + n.Due.String(), day: n.Due, due: n.Due, number: n.Number, status: due, principal: moneyOf(n.Principal),
			interest: moneyOf(n.Interest), tax: moneyOf(n.Tax), amount: moneyOf(n.Total), balance: moneyOf(n.Balance),
		}
		switch {
		case n.Paid:
			lines[i].status = paid
		case n.Due.Before(today):
			lines[i].status = pastDue
		}
	}
	return lines
}

// nextLine is the line of the payment that is due next, where there is no schedule.
func nextLine(n services.NextPayment) *line {
	return &line{key: "n", day: n.Due, due: n.Due, amount: moneyOf(n.Total), status: due}
}

// joinHistory adds to the payments what is known of their debits, and the returned debits that never became one.
func joinHistory(payments []*line, debits []services.Debit) []*line {
	byReference := make(map[string]services.Debit, len(debits))
	for _, d := range debits {
		byReference[d.Reference] = d
	}
	joined := make([]*line, len(payments))
	for i, l := range payments {
		if d, ok := byReference[l.reference]; ok {
			known := *l
			known.digits, known.reason, known.autopay, known.debit = d.LastDigits, d.Reason, d.Kind == services.DebitAutopay, &d
			delete(byReference, l.reference)
			l = &known
		}
		joined[i] = l
	}
	for _, d := range debits {
		if _, left := byReference[d.Reference]; left && d.Status == services.DebitReturned {
			joined = append(joined, debitLine(d))
		}
	}
	return joined
}

// joinUpcoming lists the debits that are on their way, those called off that would still be to come, and what is due
// otherwise. An installment that an autopay's debit takes is that debit.
func joinUpcoming(installments []*line, debits []services.Debit, today services.Date) []*line {
	var joined []*line
	taken := map[services.Date]bool{}
	for _, d := range debits {
		active := d.Status == services.DebitScheduled || d.Status == services.DebitSubmitted
		if !active && (d.Status != services.DebitCancelled || d.On.Before(today)) {
			continue
		}
		joined = append(joined, debitLine(d))
		if active && d.Kind == services.DebitAutopay {
			taken[d.Due] = true
		}
	}
	for _, l := range installments {
		if l.status != paid && !taken[l.due] {
			joined = append(joined, l)
		}
	}
	return joined
}
