package core

import (
	"cmp"
	"slices"

	"cloud.google.com/go/civil"

	"myaccount/services"
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
