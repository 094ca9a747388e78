package core

import (
	"context"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/finance"
)

// rows is how a loan goes on from what is owed today, after a number of payments, at its payment and what is paid on top.
func (e *ending) rows(made int, more finance.Extra) ([]finance.Row, error) {
	r := e.replay
	if r == nil { // as by periods, where nobody knows
		r = &replay{standing: e.standing, balance: max(e.row.Financed-e.totals.Principal, 0)}
	}
	rows, err := r.ahead(made, more)
	if err != nil {
		return nil, services.Fail(services.CodeConflict) // the payment does not cover the interest
	}
	return rows, nil
}

// loanPayoff reckons what ending a loan costs: what is owed on the day, and the interest since the payment before it. Where
// interest is reckoned by the day, what was missed is not taken as made by those to come.
func (e *ending) loanPayoff(on civil.Date) (services.Payoff, error) {
	made := e.made
	if e.replay != nil && e.replay.daily {
		made = max(e.due, made)
	}
	rows, err := e.rows(made, finance.Extra{})
	if err != nil {
		return services.Payoff{}, err
	}
	assumed := max(min(e.dueBy(on)-max(e.due, e.made), len(rows)), 0)
	owed, since, unpaid := max(e.row.Financed-e.totals.Principal, 0), e.paid, e.unpaid
	if assumed > 0 {
		owed, since, unpaid = cents(rows[assumed-1].Balance), e.terms.Due(made+assumed), 0
	}
	balance, err := money(e.row.Currency, owed)
	if err != nil {
		return services.Payoff{}, err
	}
	days := max(on.DaysSince(since), 0)
	interest, err := accrued(balance, e.terms.Rate, days, days+1)
	if err != nil {
		return services.Payoff{}, err
	}
	b := &bill{code: e.row.Currency}
	if err := b.add(services.PayoffLine{Kind: services.PayoffBalance}, owed, false); err != nil {
		return services.Payoff{}, err
	}
	if err := b.add(services.PayoffLine{Kind: services.PayoffInterest, Rate: e.row.Rate, Count: days}, interest[0], false); err != nil {
		return services.Payoff{}, err
	}
	if unpaid > 0 {
		if err := b.add(services.PayoffLine{Kind: services.PayoffUnpaid}, unpaid, false); err != nil {
			return services.Payoff{}, err
		}
	}
	if err := e.addFees(b, services.PayoffBuy); err != nil {
		return services.Payoff{}, err
	}
	ahead := -interest[0] - unpaid
	for _, row := range rows[assumed:] {
		ahead += cents(row.Interest)
	}
	p := services.Payoff{On: on, Choice: services.PayoffBuy, Rate: e.row.Rate, Lines: b.lines, Assumed: assumed}
	return p, e.sums(&p, b.cents, max(ahead, 0), interest[1]-interest[0])
}

// sums puts the total, what waiting costs and what a day adds into a payoff.
func (e *ending) sums(p *services.Payoff, total, waiting, day int64) error {
	amounts, err := moneys(e.row.Currency, total, waiting, day)
	if err != nil {
		return err
	}
	p.Total, p.Waiting = amounts[0], amounts[1]
	if day > 0 {
		p.PerDiem = amounts[2]
	}
	return nil
}

// accrued is the interest on a balance over each of some numbers of days, in cents.
func accrued(balance services.Money, rate finance.Rate, days ...int) ([]int64, error) {
	list := make([]int64, len(days))
	for i, n := range days {
		interest, err := finance.Accrued(balance, rate, n)
		if err != nil {
			return nil, err
		}
		list[i] = cents(interest)
	}
	return list, nil
}

// WhatIf reckons what paying more on a loan would save; see services.Payoffs.
func (s *customerSession) WhatIf(ctx context.Context, q services.WhatIfQuery) (services.WhatIf, error) {
	var w services.WhatIf
	err := s.view(ctx, ready, func(tx Tx, row SessionRow) error {
		ending, err := s.ending(tx, row.CustomerID, q.AgreementID)
		if err != nil {
			return err
		}
		w, err = ending.whatIf(q)
		return err
	})
	return w, err
}

func (e *ending) whatIf(q services.WhatIfQuery) (services.WhatIf, error) {
	if e.row.Kind != finance.KindLoan {
		return services.WhatIf{}, services.Fail(services.CodeNotFound)
	}
	before, err := e.rows(e.made, finance.Extra{})
	if err != nil {
		return services.WhatIf{}, err
	}
	more, err := e.extra(q, len(before))
	if err != nil {
		return services.WhatIf{}, err
	}
	rows, err := e.rows(e.made, more)
	if err != nil {
		return services.WhatIf{}, err
	}
	w := services.WhatIf{PaymentsSaved: len(before) - len(rows), End: e.row.End, EndBefore: e.row.End}
	saved := int64(0)
	if w.Before, saved, err = e.ahead(before, saved); err != nil {
		return services.WhatIf{}, err
	}
	if w.Schedule, saved, err = e.ahead(rows, -saved); err != nil {
		return services.WhatIf{}, err
	}
	if len(rows) > 0 {
		w.End, w.EndBefore = e.terms.Due(e.made+len(rows)), e.terms.Due(e.made+len(before))
	}
	w.InterestSaved, err = money(e.row.Currency, -saved)
	return w, err
}

// extra judges what somebody would pay on top of n payments to come.
func (e *ending) extra(q services.WhatIfQuery, n int) (finance.Extra, error) {
	fields := map[string]string{}
	for field, amount := range map[string]services.Money{"each": q.Each, "once": q.Once} {
		if reason := e.beyond(amount); reason != "" {
			fields[field] = reason
		}
	}
	more := finance.Extra{Each: q.Each, Once: q.Once}
	if q.Once.IsPositive() {
		for more.At = 1; more.At <= n && e.terms.Due(e.made+more.At).Before(q.On); {
			more.At++
		}
		switch {
		case !q.On.IsValid():
			fields["on"] = services.ReasonFormat
		case q.On.Before(e.today):
			fields["on"] = services.ReasonPast
		case more.At > n:
			fields["on"] = services.ReasonLate
		}
	}
	if len(fields) > 0 {
		return more, &services.Error{Code: services.CodeInvalid, Fields: fields}
	}
	return more, nil
}

// beyond says why an amount cannot be paid on top, "" when it can.
func (e *ending) beyond(amount services.Money) string {
	switch code := amount.CurrencyCode(); {
	case code == "" && amount.IsZero():
		return ""
	case code != e.row.Currency || amount.IsNegative() || !amount.Equal(amount.Round()):
		return services.ReasonFormat
	}
	if owed, err := money(e.row.Currency, max(e.row.Financed-e.totals.Principal, 0)); err != nil || exceeds(amount, owed) {
		return services.ReasonTooMuch
	}
	return ""
}

// exceeds tells whether an amount is more than another one of its currency.
func exceeds(a, b services.Money) bool {
	more, err := a.Cmp(b)
	return err != nil || more > 0
}

// ahead turns rows into the installments after those made, and adds their interest to a sum.
func (e *ending) ahead(rows []finance.Row, interest int64) ([]services.Installment, int64, error) {
	list := make([]services.Installment, len(rows))
	for i, row := range rows {
		n := e.made + row.Number
		interest += cents(row.Interest)
		amounts, err := moneys(e.row.Currency, e.row.Tax, cents(row.Payment)+e.row.Tax)
		if err != nil {
			return nil, 0, err
		}
		list[i] = services.Installment{
			Number: n, Due: e.terms.Due(n), Principal: row.Principal, Interest: row.Interest,
			Tax: amounts[0], Total: amounts[1], Balance: row.Balance,
		}
	}
	return list, interest, nil
}
