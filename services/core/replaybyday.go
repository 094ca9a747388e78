package core

import (
	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/finance"
	"myaccount/services/portfolio"
)

// accrue reckons interest by the day up to a day.
func (r *replay) accrue(until civil.Date) bool {
	owed, err := r.interestOn(until)
	r.unpaid, r.since = owed, laterOf(r.since, until)
	return err == nil
}

// interestOn is the interest by the day that is owed on a day, in cents.
func (r *replay) interestOn(on civil.Date) (int64, error) {
	balance, err := money(r.row.Currency, r.balance)
	if err != nil {
		return 0, err
	}
	interest, err := accrued(balance, r.terms.Rate, on.DaysSince(r.since))
	if err != nil {
		return 0, err
	}
	return r.unpaid + interest[0], nil
}

// between is the interest by the day that an installment makes at a balance, in cents, when the one before it is made on one
// day and it on another. The next one makes what is owed since the last payment.
func (r *replay) between(balance services.Money, number int, before, on civil.Date) (int64, error) {
	if number == len(r.rows)+1 {
		owed, err := r.interestOn(on)
		return min(owed, r.row.Base), err
	}
	interest, err := accrued(balance, r.terms.Rate, on.DaysSince(laterOf(before, r.since)))
	if err != nil {
		return 0, err
	}
	return min(interest[0], r.row.Base), nil
}

// ofNext is what was paid of the next installment already. Where interest is reckoned by the day, that is off the balance,
// and the next one whole.
func (r *replay) ofNext() parts {
	if r.daily {
		return parts{}
	}
	return r.part
}

// byDay takes a payment of a loan whose interest is reckoned by the day: it makes what is owed of it, or less and no
// principal, or principal alone.
func (r *replay) byDay(p portfolio.Payment) bool {
	r.daily = true
	if !r.accrue(p.Date) || p.Principal > r.balance || p.Interest > r.unpaid {
		return false
	}
	if p.Interest < r.unpaid && p.Interest > 0 && p.Principal > 0 {
		return false
	}
	r.shown = r.shown || p.Interest > 0 && p.Interest == r.unpaid || r.terms.Rate.IsZero()
	onTop := p.Interest == 0 && p.Principal != r.row.Base && !r.terms.Rate.IsZero() && r.terms.Due(len(r.rows)+1).After(p.Date)
	if onTop {
		return r.onTop(p)
	}
	r.balance, r.unpaid = r.balance-p.Principal, r.unpaid-p.Interest
	r.part = parts{r.part.principal + p.Principal, r.part.interest + p.Interest, r.part.tax + p.Tax}
	return r.gather(p.Date)
}

// gather makes installments of what was paid by a day: as many as are due by then, else the next one with all that was paid
// beyond it. The last one is not made before nothing is owed.
func (r *replay) gather(on civil.Date) bool {
	for paid := r.part.principal + r.part.interest; paid > 0; paid = r.part.principal + r.part.interest {
		number, rest := len(r.rows)+1, int64(0)
		if r.balance > 0 && (paid < r.row.Base || number >= r.terms.Count()) {
			break
		}
		if number < r.terms.Count() && !r.terms.Due(number+1).After(on) {
			rest = min(max(paid-r.row.Base, 0), r.part.principal)
		}
		principal, interest := r.part.principal-rest, r.part.interest
		amounts, err := moneys(r.row.Currency, principal+interest, principal, interest, r.balance+rest)
		if err != nil {
			return false
		}
		r.made(finance.Row{Number: number, Payment: amounts[0], Principal: amounts[1], Interest: amounts[2], Balance: amounts[3]})
		r.part.principal = rest
	}
	return true
}
