package core

import (
	"context"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/finance"
)

// The fees of the portfolio file that one choice alone costs, by their names; any other is due whichever is made.
const (
	feePurchase = "purchase_option"
	feeReturn   = "disposition"
)

// Payoff reckons what ending an agreement costs on a day; see services.Payoffs.
func (s *customerSession) Payoff(ctx context.Context, q services.PayoffQuery) (services.Payoff, error) {
	var p services.Payoff
	err := s.view(ctx, ready, func(tx Tx, row SessionRow) error {
		ending, err := s.ending(tx, row.CustomerID, q.AgreementID)
		if err != nil {
			return err
		}
		if p, err = ending.payoff(q); err != nil {
			return err
		}
		p.GoodUntil = ending.goodUntil(q.On, s.core.Brand.Rules.PayoffGoodDays)
		return nil
	})
	return p, err
}

// ending is an open agreement whose figures add up, as it goes on from today.
type ending struct {
	*standing
	made   int        // payments, which is where it goes on
	paid   civil.Date // the day up to which interest is paid; but for
	unpaid int64      // so much of it, in cents
}

// ending reads an agreement of a customer that can be ended. Fails with CodeNotFound, CodeGone and CodeConflict as
// services.Payoffs has them.
func (s *customerSession) ending(tx Tx, customerID, id string) (*ending, error) {
	row, err := findAgreement(tx, customerID, id)
	if err != nil {
		return nil, err
	}
	if !row.ClosedOn.IsZero() {
		return nil, services.Fail(services.CodeGone)
	}
	standing, err := stand(tx, row)
	if err != nil {
		return nil, err
	}
	return endingOf(tx, standing)
}

// endingOf goes on from where an open agreement stands. Fails with CodeConflict when its figures do not add up.
func endingOf(tx Tx, standing *standing) (*ending, error) {
	balance, err := standing.balance()
	if err != nil {
		return nil, err
	}
	if standing.schedule == nil || balance.CurrencyCode() == "" {
		return nil, services.Fail(services.CodeConflict)
	}
	e := &ending{standing: standing}
	e.made, _ = standing.covered()
	if e.replay != nil && e.row.Kind == finance.KindLoan {
		e.paid, e.unpaid = e.replay.since, max(e.replay.unpaid, 0)
		return e, nil
	}
	e.paid, err = e.paidUntil(tx)
	return e, err
}

// paidUntil is the day that the last payment made was due, or the day it was made where that was earlier or nobody knows
// which it was; before the first one, the day the agreement began.
func (e *ending) paidUntil(tx Tx) (civil.Date, error) {
	due := e.row.Start
	if e.made > 0 {
		due = e.terms.Due(e.made)
	}
	if e.level && !due.After(e.today) || e.totals.Count == 0 {
		return due, nil
	}
	latest, err := tx.LatestPosted(e.row.ID)
	if err != nil || len(latest) == 0 {
		return due, err
	}
	return latest[0].Date, nil
}

// payoff reckons everything but how long it holds.
func (e *ending) payoff(q services.PayoffQuery) (services.Payoff, error) {
	lease := e.row.Kind == finance.KindLease
	if q.Choice == "" && !lease {
		q.Choice = services.PayoffBuy
	}
	switch {
	case q.Choice != services.PayoffBuy && (q.Choice != services.PayoffReturn || !lease):
		return services.Payoff{}, services.Invalid("choice", services.ReasonUnknown)
	case !q.On.IsValid():
		return services.Payoff{}, services.Invalid("on", services.ReasonFormat)
	case q.On.Before(e.today):
		return services.Payoff{}, services.Invalid("on", services.ReasonPast)
	case q.On.After(e.row.End) && !e.row.End.Before(e.today):
		return services.Payoff{}, services.Invalid("on", services.ReasonLate)
	case lease:
		return e.leasePayoff(q.On, q.Choice)
	}
	return e.loanPayoff(q.On)
}

// dueBy counts the payments that are due before a day, those made or missed among them.
func (e *ending) dueBy(day civil.Date) int {
	n := e.due
	for n < e.count() && e.terms.Due(n+1).Before(day) {
		n++
	}
	return n
}

// goodUntil is how long what was reckoned for a day holds: until the next payment changes it, at most so many days.
func (e *ending) goodUntil(on civil.Date, days int) civil.Date {
	until := on.AddDays(days)
	for n := e.due + 1; n <= e.count(); n++ {
		if due := e.terms.Due(n); due.After(on) {
			if due.Before(until) {
				until = due
			}
			break
		}
	}
	if until.After(e.row.End) && !on.After(e.row.End) {
		return e.row.End
	}
	return until
}

// bill sums up lines.
type bill struct {
	code  string
	lines []services.PayoffLine
	cents int64 // of all lines
	taxed int64 // of those that bear tax
}

// add puts a line of some cents on the bill.
func (b *bill) add(line services.PayoffLine, cents int64, taxed bool) error {
	var err error
	if line.Amount, err = money(b.code, cents); err != nil {
		return err
	}
	b.lines, b.cents = append(b.lines, line), b.cents+cents
	if taxed {
		b.taxed += cents
	}
	return nil
}

// addEach puts so many of something at a price on the bill.
func (b *bill) addEach(kind services.PayoffKind, count int, cents int64) error {
	each, err := money(b.code, cents)
	if err != nil {
		return err
	}
	return b.add(services.PayoffLine{Kind: kind, Count: count, Each: each}, int64(count)*cents, true)
}

// addFees puts the fees of a choice on a bill.
func (s *standing) addFees(b *bill, choice services.PayoffChoice) error {
	for _, fee := range s.row.Fees {
		if fee.Name == feePurchase && choice != services.PayoffBuy || fee.Name == feeReturn && choice != services.PayoffReturn {
			continue
		}
		if err := b.add(services.PayoffLine{Kind: services.PayoffFee, Name: fee.Name}, fee.Amount, true); err != nil {
			return err
		}
	}
	return nil
}

// addTaxes puts the taxes on what was put on a bill before. Fails with CodeConflict where the rates on file do not make
// the tax that is charged on each payment.
func (s *standing) addTaxes(b *bill) error {
	_, usual, err := s.taxes(s.row.Base)
	if err != nil {
		return err
	}
	if usual != s.row.Tax {
		return services.Fail(services.CodeConflict)
	}
	parts, _, err := s.taxes(max(b.taxed, 0))
	for _, part := range parts {
		line := services.PayoffLine{Kind: services.PayoffTax, Name: part.Name, Rate: part.Rate}
		if err := b.add(line, cents(part.Amount), false); err != nil {
			return err
		}
	}
	return err
}

// cents is an amount in the smallest unit of its currency.
func cents(a services.Money) int64 { return a.BigInt().Int64() }
