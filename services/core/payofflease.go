package core

import (
	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/finance"
)

// ratePlaces is how exactly an implicit rate is told, in decimal places of a percentage. It is reckoned with exactly.
const ratePlaces = 2

// leasePayoff reckons what ending a lease costs. A payment that is due on the day itself is still to come.
func (e *ending) leasePayoff(on civil.Date, choice services.PayoffChoice) (services.Payoff, error) {
	rate, err := e.terms.LeaseRate()
	if err != nil {
		return services.Payoff{}, err
	}
	made := max(e.made, e.dueBy(on))
	b, parts, err := e.leaseBill(made, on, choice, rate)
	if err != nil {
		return services.Payoff{}, err
	}
	p := services.Payoff{
		On: on, Choice: choice, Rate: rate.Round(ratePlaces), Lines: b.lines, Assumed: max(made-max(e.made, e.due), 0),
	}
	if p.PerDiem, err = e.leasePerDiem(on, choice, rate); err != nil {
		return services.Payoff{}, err
	}
	amounts, err := moneys(e.row.Currency, b.cents, max(cents(parts.Unearned), 0))
	if err != nil {
		return services.Payoff{}, err
	}
	p.Total, p.Waiting = amounts[0], amounts[1]
	return p, nil
}

// leasePerDiem is what the day after a day adds; the zero Money when nothing does. A payment due on the day is made in
// both: it is no cost of waiting.
func (e *ending) leasePerDiem(on civil.Date, choice services.PayoffChoice, rate finance.Rate) (services.Money, error) {
	next := on.AddDays(1)
	made := max(e.made, e.dueBy(next))
	before, _, err := e.leaseBill(made, on, choice, rate)
	if err != nil {
		return services.Money{}, err
	}
	after, _, err := e.leaseBill(made, next, choice, rate)
	if err != nil || after.cents <= before.cents {
		return services.Money{}, err
	}
	return money(e.row.Currency, after.cents-before.cents)
}

// leaseBill lists what ending a lease costs when so many payments are made.
func (e *ending) leaseBill(
	made int, on civil.Date, choice services.PayoffChoice, rate finance.Rate,
) (*bill, finance.LeasePayoff, error) {
	parts, err := e.terms.LeasePayoff(made, on)
	if err != nil {
		return nil, parts, err
	}
	b := &bill{code: e.row.Currency}
	unearned := services.PayoffLine{Kind: services.PayoffUnearned, Rate: rate.Round(ratePlaces)}
	steps := []func() error{
		func() error { return b.addEach(services.PayoffPayments, parts.Payments, e.row.Base) },
		func() error { return b.add(unearned, -cents(parts.Unearned), true) },
		func() error { return e.addVehicle(b, choice, on) },
		func() error { return e.addFees(b, choice) },
		func() error { return e.addTaxes(b) },
		func() error { return e.addUnpaid(b) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, parts, err
		}
	}
	return b, parts, nil
}

// addVehicle puts on a bill what the vehicle costs when it is bought, or what was driven too far when it is returned.
func (s *standing) addVehicle(b *bill, choice services.PayoffChoice, on civil.Date) error {
	if choice == services.PayoffBuy {
		return b.add(services.PayoffLine{Kind: services.PayoffResidual}, s.row.Residual, true)
	}
	distance, err := s.distance()
	if err != nil || distance == nil {
		return err
	}
	f := forecast(*distance, s.row.Start, s.row.End, on)
	if f.excess == 0 || s.row.ExcessRate == 0 {
		return nil
	}
	return b.addEach(services.PayoffKilometre, int(f.excess), s.row.ExcessRate)
}

// addUnpaid puts what is past due on a bill; its taxes are in it. Fails with CodeConflict where nobody knows how much.
func (e *ending) addUnpaid(b *bill) error {
	past, err := e.pastDue()
	if err != nil {
		return err
	}
	line := services.PayoffLine{Kind: services.PayoffUnpaid}
	if past == nil {
		if _, over := e.covered(); over > 0 {
			return b.add(services.PayoffLine{Kind: services.PayoffAdvance}, -over, false)
		}
		return b.add(line, 0, false)
	}
	if past.Amount.CurrencyCode() == "" {
		return services.Fail(services.CodeConflict)
	}
	line.Count = past.Payments
	return b.add(line, cents(past.Amount), false)
}

// projection is how far a vehicle will have run by a day.
type projection struct {
	driven int64
	excess int64 // over the allowance up to that day
}

// forecast carries the last reading of the odometer on to a day of the term, at the pace since its start, and compares it
// with the part of the allowance for the days until then.
func forecast(d services.Distance, start, end, on civil.Date) projection {
	days, term := on.DaysSince(start), max(end.DaysSince(start), 1)
	gone := 0
	if d.ReadOn.IsValid() {
		gone = d.ReadOn.DaysSince(start)
	}
	allowance := d.Allowance * int64(max(days, 0)) / int64(term)
	driven, excess := finance.ProjectDistance(d.Odometer, allowance, gone, max(days, gone))
	return projection{driven, excess}
}
