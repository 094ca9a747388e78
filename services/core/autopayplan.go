package core

import (
	"maps"
	"slices"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/calendar"
	"myaccount/services/finance"
	"myaccount/services/portfolio"
)

// autopayPlan works out what an autopay takes, and when: for each installment that is still to be paid one debit, its tax
// and the last one included. It reads no clock and no rows, so that tests can try any calendar.
//
// A payment that the customer makes besides counts for the first installment whose debit is on its day or later, once what
// is past due is paid. If it makes the whole of that installment, there is no debit. A smaller one goes to the principal
// of a loan, and is carried on to the next payment of a lease.
type autopayPlan struct {
	stand     *standing
	scheduled []portfolio.Payment // that the lender has scheduled: their figures come before those worked out here
	day       int                 // of the month; 0 for the day of each installment
	extra     int64               // cents, on each installment of a loan
	first     civil.Date          // the first day on which anything is debited
	once      []DebitRow          // the customer's own payments, scheduled, submitted or posted
	taken     map[int]DebitRow    // installments, from 1, that have a debit of this or of an earlier autopay
}

// newAutopayPlan sorts the debits that an agreement has.
func newAutopayPlan(s *standing, debits []DebitRow) *autopayPlan {
	p := &autopayPlan{stand: s, taken: map[int]DebitRow{}}
	for _, d := range debits {
		switch {
		case d.Status == services.DebitCancelled:
		case d.Kind == services.DebitAutopay:
			p.taken[d.Installment] = d
		case d.Status != services.DebitReturned:
			p.once = append(p.once, d)
		}
	}
	return p
}

// paid is a payment that is not counted for an installment yet.
type paid struct {
	on    civil.Date
	cents int64
	open  bool // it is not among the payments on file
}

// autopayDue is an installment as it is to be debited. Amounts are cents.
type autopayDue struct {
	number int // from 1
	due    civil.Date
	on     civil.Date
	last   bool
	sure   bool // the amounts are known
	parted bool // and how principal and interest share in them

	base     int64 // before tax, without extra
	interest int64 // part of base
	tax      int64
	extra    int64
}

// total is what is debited.
func (d autopayDue) total() int64 { return d.base + d.tax + d.extra }

// madeBy tells whether an amount makes the whole of it, but for the extra.
func (d autopayDue) madeBy(cents int64) bool { return d.sure && cents >= d.base+d.tax }

// principal is what it takes off a loan.
func (d autopayDue) principal() int64 { return d.base - d.interest + d.extra }

// course is where a plan is: what is left after the installments so far.
type course struct {
	balance int64 // of a loan
	pool    []paid
}

// dues lists the installments that are to be debited, in their order.
func (p *autopayPlan) dues() ([]autopayDue, error) {
	s := p.stand
	if !s.row.ClosedOn.IsZero() || s.repaid() {
		return nil, nil
	}
	loan := s.row.Kind == finance.KindLoan
	made, over := s.covered()
	at := course{balance: s.row.Financed - s.totals.Principal, pool: p.pool(made, over)}
	var list []autopayDue
	for n := made; n < s.count(); n++ {
		d, debited, err := p.next(n, &at)
		if err != nil {
			return nil, err
		}
		if debited {
			d.on = laterOf(d.on, calendar.Next(s.today))
			list = append(list, d)
		}
		if loan && at.balance <= 0 {
			break // paid off before its time
		}
	}
	return list, nil
}

// next works out the installment with an index, tells whether it is to be debited, and goes on to the one after it.
func (p *autopayPlan) next(n int, at *course) (d autopayDue, debited bool, err error) {
	if d, err = p.installment(n, at.balance); err != nil {
		return d, false, err
	}
	available, open := at.take(d.on)
	whole := d
	if p.stand.row.Kind == finance.KindLoan && available > 0 {
		if d, whole, err = p.besides(d, at, available, open); err != nil || at.balance <= 0 {
			return d, false, err
		}
	}
	_, taken := p.taken[d.number]
	covered := whole.madeBy(available)
	if !covered && !taken {
		left, err := p.leave(&d, at)
		if err != nil {
			return d, false, err
		}
		covered = !left
	}
	ours := !d.on.Before(p.first)
	if !taken && (covered || !ours) {
		available = max(0, available-whole.base-whole.tax)
	}
	p.settle(d, at, available, covered)
	return d, ours && !taken && !covered, nil
}

// besides works out an installment of a loan anew when something was paid besides: that is in the balance, or will be. It
// makes the whole of the installment when it makes what that was before.
func (p *autopayPlan) besides(d autopayDue, at *course, available, open int64) (now, whole autopayDue, err error) {
	if whole, err = p.installment(d.number-1, at.balance+available-open); err != nil {
		return d, whole, err
	}
	at.balance -= open
	if _, taken := p.taken[d.number]; !taken && whole.madeBy(available) {
		at.balance += min(whole.interest, open) // which the payment makes as well
	}
	if at.balance > 0 {
		d, err = p.installment(d.number-1, at.balance)
	}
	return d, whole, err
}

// leave sees to it that no more is taken from a loan than is owed beside what is ordered for later days, which pays the
// interest until then as well; false when that leaves nothing.
func (p *autopayPlan) leave(d *autopayDue, at *course) (bool, error) {
	if p.stand.row.Kind != finance.KindLoan || !d.sure {
		return true, nil
	}
	room, last := at.balance, d.due
	for _, later := range at.pool {
		if later.open {
			room, last = room-later.cents, laterOf(last, later.on)
		}
	}
	interest, err := p.stand.accrued(max(at.balance-d.principal(), 0), d.due, last)
	if err != nil {
		return false, err
	}
	over := max(0, d.principal()-room-interest)
	fromExtra := min(over, d.extra)
	d.extra -= fromExtra
	d.base -= over - fromExtra
	return d.principal() > 0, nil
}

// settle takes an installment off the balance of a loan, unless it is in it already, and carries what is left of the
// payments for a lease on to the next one.
func (p *autopayPlan) settle(d autopayDue, at *course, available int64, covered bool) {
	own, taken := p.taken[d.number]
	switch {
	case p.stand.row.Kind == finance.KindLease:
		if available > 0 {
			at.pool = slices.Insert(at.pool, 0, paid{on: d.on, cents: available})
		}
	case taken && isOpen(own):
		at.balance -= own.Principal
	case !taken && !covered:
		at.balance -= d.principal()
	}
}

// take gives the payments up to a day, and how much of them is still to be posted.
func (at *course) take(until civil.Date) (available, open int64) {
	for len(at.pool) > 0 && !at.pool[0].on.After(until) {
		available += at.pool[0].cents
		if at.pool[0].open {
			open += at.pool[0].cents
		}
		at.pool = at.pool[1:]
	}
	return available, open
}

// isOpen tells whether a debit is still to be posted.
func isOpen(d DebitRow) bool {
	return d.Status == services.DebitScheduled || d.Status == services.DebitSubmitted
}

// pool is what the customer's own payments have left over for the installments to come: what is past due goes first, and
// those on file count as far as the sums on file are more than the installments made.
func (p *autopayPlan) pool(made int, over int64) []paid {
	s := p.stand
	for number, own := range p.taken {
		if own.Status == services.DebitPosted && number > made {
			over -= own.Amount
		}
	}
	var list []paid
	if s.row.Kind == finance.KindLease && over > 0 { // whoever paid it: the next payments are made in advance
		list = append(list, paid{on: s.row.Start, cents: over})
	}
	from := s.row.Start
	if made > 0 {
		from = s.terms.Due(made)
	}
	for _, o := range p.once {
		switch {
		case isOpen(o):
			list = append(list, paid{o.On, o.Amount, true})
		case s.row.Kind == finance.KindLoan && o.On.After(from) && over > 0:
			list = append(list, paid{on: o.On, cents: min(o.Amount, over)})
			over -= o.Amount
		}
	}
	slices.SortStableFunc(list, func(a, b paid) int { return a.on.Compare(b.on) })
	return list
}

// installment works out the installment with an index, at a balance of a loan.
func (p *autopayPlan) installment(n int, balance int64) (autopayDue, error) {
	s := p.stand
	d := autopayDue{number: n + 1, due: s.terms.Due(n + 1), last: n+1 == s.count()}
	d.on = p.debitDay(d.due)
	i := slices.IndexFunc(p.scheduled, func(row portfolio.Payment) bool { return row.Date == d.due })
	var err error
	switch {
	case i >= 0:
		row := p.scheduled[i]
		d.base, d.interest, d.tax, d.sure, d.parted = row.Principal+row.Interest, row.Interest, row.Tax, true, true
		d.last = d.last || s.row.Kind == finance.KindLoan && row.Principal >= balance
	case s.row.Kind == finance.KindLease:
		if d.base, d.tax, d.sure, err = s.installment(n); err != nil {
			return d, err
		}
		if d.parted = s.plan != nil; d.parted {
			d.interest = s.schedule[n].Interest.BigInt().Int64()
		}
	case p.explained():
		err = p.amortize(&d, balance)
	default: // how the lender reckons the interest is not known
		d.base, d.tax = s.row.Base, s.row.Tax
		d.sure = !d.last && balance > d.base+p.extra
	}
	p.addExtra(&d, balance)
	return d, err
}

// addExtra puts on top of an installment of a loan what the customer adds, as far as anything is owed beyond it.
func (p *autopayPlan) addExtra(d *autopayDue, balance int64) {
	if p.stand.row.Kind == finance.KindLoan && !d.last && d.sure {
		d.extra = min(p.extra, max(0, balance-(d.base-d.interest)))
		d.last = d.parted && d.principal() >= balance
	}
}

// amortize works out an installment of a loan as its schedule would have it at a balance.
func (p *autopayPlan) amortize(d *autopayDue, balance int64) error {
	s := p.stand
	owed, err := money(s.row.Currency, balance)
	if err != nil {
		return err
	}
	interest, err := finance.Interest(owed, s.terms.Rate, s.terms.Frequency)
	if err != nil {
		return err
	}
	d.interest, d.base, d.sure, d.parted = cents(interest), s.row.Base, true, true
	if r := s.replay; r != nil && r.daily {
		now := calendar.Next(s.today) // what is past due is debited then
		before, on := laterOf(p.debitDay(s.terms.Due(d.number-1)), now), laterOf(d.on, now)
		if d.interest, err = r.between(owed, d.number, before, on); err != nil {
			return err
		}
	}
	if d.last || d.base-d.interest >= balance {
		d.last, d.base = true, balance+d.interest
	}
	d.tax = s.row.Tax
	if d.base != s.row.Base {
		_, d.tax, err = s.taxes(d.base)
	}
	return err
}

// explained tells whether the principal of a loan on file is that of its schedule, but for the debits made here, whose
// parts are known.
func (p *autopayPlan) explained() bool {
	s := p.stand
	if s.plan != nil || s.schedule == nil {
		return s.plan != nil
	}
	count, sum := s.totals.Count, int64(0)
	for _, d := range slices.Concat(p.once, slices.Collect(maps.Values(p.taken))) {
		if d.Status == services.DebitPosted {
			count, sum = count-1, sum+d.Principal
		}
	}
	if count < 0 || count > len(s.schedule) {
		return false
	}
	for _, row := range s.schedule[:count] {
		sum += row.Principal.BigInt().Int64()
	}
	return sum == s.totals.Principal
}

// debitDay is when an installment is debited: on the plan's day of the month, the last one up to the day it is due, or the
// next day on which banks work. An installment whose day lies before the first is debited when it is due.
func (p *autopayPlan) debitDay(due civil.Date) civil.Date {
	on := calendar.Next(due)
	if p.day == 0 {
		return on
	}
	planned := dayOfMonth(due, 0, p.day)
	if planned.After(due) {
		planned = dayOfMonth(due, -1, p.day)
	}
	if planned = calendar.Next(planned); planned.Before(p.first) {
		return on
	}
	return planned
}

// dayOfMonth is a day of the month that lies some months from d; the month's last day where it has fewer.
func dayOfMonth(d civil.Date, months, day int) civil.Date {
	first := time.Date(d.Year, d.Month+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	return civil.Date{Year: first.Year(), Month: first.Month(), Day: min(day, first.AddDate(0, 1, -1).Day())}
}

// laterOf is the later one of two days.
func laterOf(a, b civil.Date) civil.Date {
	if a.Before(b) {
		return b
	}
	return a
}
