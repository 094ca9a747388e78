package finance

import (
	"fmt"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"
)

// Kind is a lease or a loan. The values are those of the portfolio file.
type Kind string

// The kinds there are.
const (
	KindLease Kind = "lease"
	KindLoan  Kind = "loan"
)

// Terms are the figures of an agreement that its arithmetic needs, as the
// portfolio file gives them.
type Terms struct {
	Kind      Kind
	Start     civil.Date
	End       civil.Date // optional: tells from which month on a DueDay before the day of Start counts
	Months    int        // length of the term
	Frequency Frequency
	DueDay    int             // day of the month; 0 for the day of Start
	Financed  currency.Amount // lease: adjusted capitalized cost
	Residual  currency.Amount // lease: residual; loan: balloon; the zero Amount for none
	Payment   currency.Amount // each period, before tax
	Rate      Rate            // a year, as printed; a lease's arithmetic uses its implicit rate
}

// Installment is a row of a schedule with the day it is due.
type Installment struct {
	Row
	Due civil.Date
}

// Schedule lists every payment of the agreement with its date and parts; see
// LoanSchedule and Lease.Schedule. A lease's first payment is due at the start,
// a loan's one period later. Fails with ErrTerms.
func (t Terms) Schedule() ([]Installment, error) {
	rows, err := t.rows()
	if err != nil {
		return nil, err
	}
	return t.dated(rows), nil
}

// StraightLine is the Schedule of a lease whose payments are split alike; see Lease.StraightLine. Fails with ErrTerms.
func (t Terms) StraightLine() ([]Installment, error) {
	rows, err := t.lease().StraightLine()
	if err != nil {
		return nil, err
	}
	return t.dated(rows), nil
}

// dated puts the day it is due to each row.
func (t Terms) dated(rows []Row) []Installment {
	list := make([]Installment, len(rows))
	for k, row := range rows {
		list[k] = Installment{Row: row, Due: t.Due(k + 1)}
	}
	return list
}

// Due is the day payment number n (from 1) is due. For a lease, the number after
// the last gives the day the contract ends.
func (t Terms) Due(n int) civil.Date {
	if t.Kind == KindLease {
		n--
	}
	due := Due(t.Start, t.Frequency, n-t.early(), t.DueDay)
	if due.Before(t.Start) {
		return t.Start // the first payment of a lease, made when it was signed
	}
	return due
}

// early is 1 where the due days begin in the month of Start, before it: when the term ends nearer to the last one
// reckoned so than to the one a month later, which would be due after the end.
func (t Terms) early() int {
	if t.Frequency != Monthly || t.End.IsZero() {
		return 0
	}
	after := Due(t.Start, t.Frequency, t.Months, t.DueDay).DaysSince(t.End)
	before := t.End.DaysSince(Due(t.Start, t.Frequency, t.Months-1, t.DueDay))
	if after > 0 && before >= 0 && before < after {
		return 1
	}
	return 0
}

// Count is the most payments the term can have: its months, or 26 a year and one
// more for a rest. An accelerated loan ends before it.
func (t Terms) Count() int {
	if t.Frequency == Monthly {
		return t.Months
	}
	return (t.Months*26 + 11) / 12
}

// Balance is what is owed after a number of payments with so much principal
// posted: for a loan the financed amount less that principal, for a lease the
// adjusted balance at the implicit rate (Lease.Balance). Fails with ErrTerms,
// also when more principal was posted than financed.
func (t Terms) Balance(made int, principal currency.Amount) (currency.Amount, error) {
	if t.Kind == KindLease {
		return t.lease().Balance(made)
	}
	v, code, err := all(t.Financed, principal)
	if err != nil {
		return currency.Amount{}, err
	}
	if v[0].Cmp(v[1]) < 0 {
		return currency.Amount{}, fmt.Errorf("%w: more principal than financed", ErrTerms)
	}
	return money(v[0].Sub(v[0], v[1]), code)
}

func (t Terms) rows() ([]Row, error) {
	if t.Kind == KindLease {
		return t.lease().Schedule()
	}
	credit := Credit{
		Financed: t.Financed, Residual: t.Residual, Rate: t.Rate,
		Frequency: t.Frequency, Payments: t.Count(),
	}
	return LoanSchedule(credit, t.Payment)
}

func (t Terms) lease() Lease {
	return Lease{
		Financed: t.Financed, Residual: t.Residual, Payment: t.Payment,
		Frequency: t.Frequency, Payments: t.Count(),
	}
}
