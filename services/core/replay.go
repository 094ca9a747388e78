package core

import (
	"cmp"
	"slices"

	"cloud.google.com/go/civil"

	"myaccount/services/finance"
	"myaccount/services/portfolio"
)

// replay goes through the payments of an agreement one after the other and tells which installments they made, where
// the sums alone do not: when somebody paid on top of a loan, several installments at once, ahead, or a part of one, and
// where the lender reckons interest by the day. Each payment has to be explained to the cent.
type replay struct {
	*standing
	rows []finance.Row // the installments made
	part parts         // paid of the next one

	daily   bool       // the lender reckons interest by the day
	shown   bool       // by an amount of interest, to the cent
	balance int64      // of a loan
	since   civil.Date // interest by the day is reckoned up to then; but for
	unpaid  int64      // so much of it that no payment made
}

// explain replays the posted payments, the earliest first; nil where one is not explained. Of a loan that bears no interest
// every day has the same.
func (s *standing) explain(posted []portfolio.Payment) *replay {
	ways := []func(*replay, portfolio.Payment) bool{(*replay).byPeriod, (*replay).byDay}
	switch {
	case s.schedule == nil:
		return nil
	case s.row.Kind == finance.KindLease:
		ways = []func(*replay, portfolio.Payment) bool{(*replay).lease}
	case s.terms.Rate.IsZero():
		ways = ways[1:]
	}
	for _, take := range ways {
		r := &replay{standing: s, balance: s.row.Financed, since: s.row.Start}
		explained := func(p portfolio.Payment) bool { return take(r, p) }
		if !slices.ContainsFunc(posted, func(p portfolio.Payment) bool { return !explained(p) }) && (!r.daily || r.shown) {
			return r
		}
	}
	return nil
}

// postedPayments reads an agreement's posted payments, in the order of replay.
func postedPayments(tx Tx, agreementID string) (posted []portfolio.Payment, err error) {
	for after := (PaymentKey{}); ; {
		rows, err := tx.Payments(agreementID, after, pageMax)
		if err != nil {
			return nil, err
		}
		posted = append(posted, rows...)
		if len(rows) < pageMax {
			return inOrder(posted), nil
		}
		last := rows[len(rows)-1]
		after = PaymentKey{last.Date, last.ID}
	}
}

// inOrder are the payments that were posted, the earliest first; of those of one day the one with the most interest first,
// for what is paid on top has none.
func inOrder(payments []portfolio.Payment) []portfolio.Payment {
	posted := slices.DeleteFunc(payments, func(p portfolio.Payment) bool { return p.Status != portfolio.Posted })
	slices.SortStableFunc(posted, func(a, b portfolio.Payment) int {
		return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(b.Interest, a.Interest))
	})
	return posted
}

// lease takes a payment for the next installments, as many as it makes; what is left is a part of one more.
func (r *replay) lease(p portfolio.Payment) bool {
	r.part.tax += p.Tax
	before := len(r.rows)
	for p.Principal > 0 || p.Interest > 0 {
		if len(r.rows) == len(r.schedule) {
			return false
		}
		row := r.schedule[len(r.rows)].Row
		principal, interest := min(p.Principal, cents(row.Principal)-r.part.principal), min(p.Interest, cents(row.Interest)-r.part.interest)
		p.Principal, p.Interest = p.Principal-principal, p.Interest-interest
		r.part.principal, r.part.interest = r.part.principal+principal, r.part.interest+interest
		switch whole := r.part.principal == cents(row.Principal) && r.part.interest == cents(row.Interest); {
		case whole:
			r.made(row)
		case p.Principal > 0 || p.Interest > 0:
			return false // split otherwise
		}
	}
	if len(r.rows) > before && r.part.principal+r.part.interest == 0 {
		r.part.tax = 0 // cents by which the lender rounds otherwise
	}
	return true
}

// made notes an installment. Of the tax on file no more is left over than goes beyond it.
func (r *replay) made(row finance.Row) {
	r.rows = append(r.rows, row)
	r.part = parts{tax: max(r.part.tax-r.row.Tax, 0)}
}

// byPeriod takes a payment for the next installments of a loan, as many as its interest makes; of one more a part, the
// interest first; and the rest off the balance.
func (r *replay) byPeriod(p portfolio.Payment) bool {
	r.part.tax += p.Tax
	for r.balance > 0 && (p.Interest > 0 || p.Principal > 0 && r.part.interest > 0) {
		row, err := r.installmentOf(r.balance + r.part.principal)
		if err != nil || row.Number > r.terms.Count() {
			return false
		}
		principal, interest := cents(row.Principal)-r.part.principal, cents(row.Interest)-r.part.interest
		if interest > p.Interest || principal > p.Principal {
			if p.Interest > interest || p.Principal > 0 && p.Interest < interest || !r.accrue(p.Date) {
				return false
			}
			r.part.principal, r.part.interest = r.part.principal+p.Principal, r.part.interest+p.Interest
			r.balance, r.unpaid = r.balance-p.Principal, r.unpaid-p.Interest
			return true
		}
		p.Principal, p.Interest, r.balance = p.Principal-principal, p.Interest-interest, r.balance-principal
		r.made(row)
		r.since, r.unpaid = r.terms.Due(row.Number), 0
		if p.Date.Before(r.since) {
			r.since = p.Date
		}
	}
	return p.Interest == 0 && r.onTop(p)
}

// onTop takes principal off the balance beside the installments. Where they are what was really paid, it is part of one.
func (r *replay) onTop(p portfolio.Payment) bool {
	if p.Principal > r.balance || !r.accrue(p.Date) {
		return false
	}
	r.balance -= p.Principal
	if len(r.rows) == 0 {
		return true
	}
	last := &r.rows[len(r.rows)-1]
	principal, interest := cents(last.Principal), cents(last.Interest)
	if r.daily {
		principal += p.Principal
	}
	amounts, err := moneys(r.row.Currency, principal+interest, principal, r.balance)
	if err != nil {
		return false
	}
	last.Payment, last.Principal, last.Balance = amounts[0], amounts[1], amounts[2]
	return true
}

// installmentOf is the next installment of a loan at a balance.
func (r *replay) installmentOf(balance int64) (finance.Row, error) {
	owed, err := money(r.row.Currency, balance)
	if err != nil {
		return finance.Row{}, err
	}
	interest, err := finance.Interest(owed, r.terms.Rate, r.terms.Frequency)
	if err != nil {
		return finance.Row{}, err
	}
	number := len(r.rows) + 1
	principal := min(r.row.Base-cents(interest), balance)
	if number == r.terms.Count() {
		principal = balance
	}
	amounts, err := moneys(r.row.Currency, principal+cents(interest), principal, balance-principal)
	if err != nil {
		return finance.Row{}, err
	}
	return finance.Row{Number: number, Payment: amounts[0], Principal: amounts[1], Interest: interest, Balance: amounts[2]}, nil
}
