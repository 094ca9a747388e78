package core

import (
	"cmp"
	"slices"

	"github.com/bojanz/currency"

	"myaccount/services/finance"
	"myaccount/services/portfolio"
)

// replay goes through the payments of an agreement one after the other and tells which installments they made, where
// the sums alone do not: when somebody paid on top of a loan, several installments at once, or ahead. Each payment has
// to be explained to the cent by the arithmetic of the schedule; where one is not, nothing is known.
type replay struct {
	*standing
	rows    []finance.Row // the installments made
	balance int64         // of a loan
	known   bool
}

// replayed replays the posted payments.
func (s *standing) replayed(tx Tx) (*replay, error) {
	payments, err := postedPayments(tx, s.row.ID)
	r := &replay{standing: s, balance: s.row.Financed, known: err == nil && s.schedule != nil}
	take := r.loan
	if s.row.Kind == finance.KindLease {
		take = r.lease
	}
	for _, p := range payments {
		if err != nil || !r.known {
			return r, err
		}
		err = take(p)
	}
	return r, err
}

// postedPayments reads an agreement's posted payments, the earliest first; of those of one day the one with the most
// interest first, for what is paid on top has none.
func postedPayments(tx Tx, agreementID string) (posted []portfolio.Payment, err error) {
	for after := (PaymentKey{}); ; {
		rows, err := tx.Payments(agreementID, after, pageMax)
		if err != nil {
			return nil, err
		}
		for _, p := range rows {
			if p.Status == portfolio.Posted {
				posted = append(posted, p)
			}
		}
		if len(rows) < pageMax {
			break
		}
		last := rows[len(rows)-1]
		after = PaymentKey{last.Date, last.ID}
	}
	slices.SortStableFunc(posted, func(a, b portfolio.Payment) int {
		return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(b.Interest, a.Interest))
	})
	return posted, nil
}

// lease takes a payment for the next installments, as many as it makes.
func (r *replay) lease(p portfolio.Payment) error {
	for p.Principal > 0 || p.Interest > 0 {
		n := len(r.rows)
		if n == len(r.schedule) {
			r.known = false
			return nil
		}
		row := r.schedule[n].Row
		p.Principal -= row.Principal.BigInt().Int64()
		p.Interest -= row.Interest.BigInt().Int64()
		if p.Principal < 0 || p.Interest < 0 {
			r.known = false
			return nil
		}
		r.rows = append(r.rows, row)
	}
	return nil
}

// loan takes a payment for the next installments, as many as its interest makes, and the rest off the balance.
func (r *replay) loan(p portfolio.Payment) error {
	for r.balance > 0 && (p.Interest > 0 || r.terms.Rate.IsZero() && p.Principal >= min(r.row.Base, r.balance)) {
		row, err := r.installmentOf(r.balance)
		if err != nil {
			return err
		}
		principal, interest := row.Principal.BigInt().Int64(), row.Interest.BigInt().Int64()
		if interest == 0 && p.Interest > 0 || interest > p.Interest || principal > p.Principal || row.Number > r.terms.Count() {
			break
		}
		p.Interest -= interest
		p.Principal -= principal
		r.balance -= principal
		r.rows = append(r.rows, row)
	}
	if p.Interest > 0 || p.Principal > r.balance {
		r.known = false
		return nil
	}
	r.balance -= p.Principal
	if n := len(r.rows); n > 0 && p.Principal > 0 {
		var err error
		r.rows[n-1].Balance, err = money(r.row.Currency, r.balance)
		return err
	}
	return nil
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
	principal := min(r.row.Base-interest.BigInt().Int64(), balance)
	if number == r.terms.Count() {
		principal = balance
	}
	amounts, err := moneys(r.row.Currency, principal+interest.BigInt().Int64(), principal, balance-principal)
	if err != nil {
		return finance.Row{}, err
	}
	return finance.Row{Number: number, Payment: amounts[0], Principal: amounts[1], Interest: interest, Balance: amounts[2]}, nil
}

// plan are the installments made and those to come, of a loan from what is owed now; none where a payment is not
// explained.
func (r *replay) plan() ([]finance.Row, error) {
	made := len(r.rows)
	switch {
	case !r.known:
		return nil, nil
	case r.row.Kind == finance.KindLease:
		rows := slices.Clone(r.rows)
		for _, i := range r.schedule[made:] {
			rows = append(rows, i.Row)
		}
		return rows, nil
	case r.balance == 0:
		return r.rows, nil
	}
	owed, err := money(r.row.Currency, r.balance)
	if err != nil {
		return nil, err
	}
	rows, err := finance.LoanSchedule(finance.Credit{
		Financed: owed, Residual: currency.Amount{}, Rate: r.terms.Rate, Frequency: r.terms.Frequency, Payments: r.terms.Count() - made,
	}, r.terms.Payment)
	if err != nil {
		return nil, nil //nolint:nilerr // the payment does not cover the interest: there is no schedule
	}
	for i := range rows {
		rows[i].Number += made
	}
	return append(slices.Clone(r.rows), rows...), nil
}
