package core

import (
	"slices"

	"cloud.google.com/go/civil"

	"myaccount/services/finance"
)

// installments are those made and those to come, of a loan from what is owed now; nil where its payment does not cover the
// interest.
func (r *replay) installments() []finance.Installment {
	if r.row.Kind == finance.KindLease {
		return r.schedule
	}
	rows := slices.Clone(r.rows)
	if r.balance > 0 || r.unpaid > 0 && r.daily {
		ahead, err := r.ahead(len(r.rows), finance.Extra{})
		if err != nil || len(ahead) > 0 && !r.whole(&ahead[0]) {
			return nil
		}
		rows = append(rows, ahead...)
	}
	list := make([]finance.Installment, len(rows))
	for i, row := range rows {
		list[i] = finance.Installment{Row: row, Due: r.terms.Due(i + 1)}
		list[i].Number = i + 1
	}
	return list
}

// whole adds to the next installment what was paid of it already.
func (r *replay) whole(next *finance.Row) bool {
	if !r.daily {
		return true // it is in it
	}
	principal, interest := cents(next.Principal)+r.part.principal, cents(next.Interest)+r.part.interest
	amounts, err := moneys(r.row.Currency, principal+interest, principal, interest)
	if err != nil {
		return false
	}
	next.Payment, next.Principal, next.Interest = amounts[0], amounts[1], amounts[2]
	return true
}

// ahead is how a loan goes on after a number of installments, at its payment and what is paid on top. What was paid of the
// next one is off the balance already where interest is reckoned by the day, and else a part of the first row.
func (r *replay) ahead(made int, more finance.Extra) ([]finance.Row, error) {
	if r.daily {
		paid := int64(0)
		if made == len(r.rows) {
			paid = r.part.principal + r.part.interest
		}
		amounts, err := moneys(r.row.Currency, r.balance, max(r.unpaid, 0), paid)
		if err != nil {
			return nil, err
		}
		var days []civil.Date
		for n := made + 1; n <= r.terms.Count(); n++ {
			days = append(days, laterOf(r.terms.Due(n), laterOf(r.today, r.since)))
		}
		if len(days) == 0 {
			days = append(days, laterOf(r.today, r.since))
		}
		return finance.Daily{
			Balance: amounts[0], Unpaid: amounts[1], Since: r.since, Rate: r.terms.Rate, Paid: amounts[2],
		}.Schedule(r.terms.Payment, more, days)
	}
	owed := r.balance + r.part.principal
	amounts, err := moneys(r.row.Currency, owed, min(r.row.Residual, owed))
	if err != nil {
		return nil, err
	}
	return finance.LoanScheduleWith(finance.Credit{
		Financed: amounts[0], Residual: amounts[1], Rate: r.terms.Rate, Frequency: r.terms.Frequency,
		Payments: max(r.terms.Count()-made, 1),
	}, r.terms.Payment, more)
}
