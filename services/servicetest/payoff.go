package servicetest

import (
	"bytes"
	"slices"
	"strings"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"

	"myaccount/services"
	"myaccount/services/sample"
)

var payoffCases = suite{
	"Payoffs_Payoff/AddsUp":          payoffAddsUp,
	"Payoffs_Payoff/OnlyOnesOwn":     payoffOnlyOnesOwn,
	"Payoffs_Payoff/BadInput":        payoffBadInput,
	"Payoffs_Payoff/DoesNotAddUp":    payoffDoesNotAddUp,
	"Payoffs_WhatIf/PayingMore":      whatIfPayingMore,
	"Payoffs_WhatIf/BadInput":        whatIfBadInput,
	"Payoffs_WhatIf/DoesNotAddUp":    whatIfDoesNotAddUp,
	"Payoffs_LeaseEnd/Québec":        leaseEndQuébec,
	"Payoffs_LeaseEnd/OnlyLeases":    leaseEndOnlyLeases,
	"Payoffs_LeaseEnd/TaxesDoNotFit": leaseEndTaxesDoNotFit,
}

// today is the day that it is where everybody of the sample lives: cases begin in the afternoon.
func (w *world) today() civil.Date { return civil.DateOf(w.Now()) }

// dollars makes an amount.
func (w *world) dollars(amount string) services.Money {
	w.Helper()
	m, err := currency.NewAmount(amount, "CAD")
	w.must(err)
	return m
}

// total checks that lines are a total, to the cent.
func (w *world) total(lines []services.PayoffLine, total services.Money) {
	w.Helper()
	sum := w.dollars("0")
	for _, line := range lines {
		var err error
		sum, err = sum.Add(line.Amount)
		w.must(err)
	}
	if !sum.Equal(total) {
		w.Errorf("the lines %+v are %v, not %v", lines, sum, total)
	}
}

// payoffAddsUp ends every open agreement of the sample on days to come: the lines are the total, and what a day adds is
// what the next day's total has more, as long as nothing falls due.
func payoffAddsUp(w *world) {
	for _, key := range []string{"lease", "biweekly", "two", "past_due", "ending"} {
		s := w.customer(strings.ReplaceAll(key, "_", "")+"@example.ca", key)
		agreements, err := s.Agreements(w.ctx())
		w.must(err)
		for _, a := range agreements {
			for _, choice := range choices(a) {
				w.endsOnDays(s, a, choice)
			}
		}
	}
}

func choices(a services.Agreement) []services.PayoffChoice {
	if a.Kind == services.Loan {
		return []services.PayoffChoice{services.PayoffBuy, ""}
	}
	return []services.PayoffChoice{services.PayoffBuy, services.PayoffReturn}
}

func (w *world) endsOnDays(s services.CustomerSession, a services.Agreement, choice services.PayoffChoice) {
	w.Helper()
	dues := map[civil.Date]bool{}
	schedule, err := s.Schedule(w.ctx(), a.ID)
	w.must(err)
	for _, i := range schedule {
		dues[i.Due] = true
	}
	at := func(day civil.Date) services.Payoff {
		p, err := s.Payoff(w.ctx(), services.PayoffQuery{AgreementID: a.ID, On: day, Choice: choice})
		w.must(err)
		w.total(p.Lines, p.Total)
		if p.On != day || p.GoodUntil.Before(day) || p.Rate == "" || p.Waiting.IsNegative() {
			w.Errorf("%s on %v: %+v", a.Number, day, p)
		}
		return p
	}
	last := a.End
	for _, day := range []civil.Date{w.today(), w.today().AddDays(1), w.today().AddDays(40), last.AddDays(-1)} {
		if !day.Before(last) || dues[day] {
			continue
		}
		p, next := at(day), at(day.AddDays(1))
		want := p.Total
		if p.PerDiem.CurrencyCode() != "" {
			want, err = p.Total.Add(p.PerDiem)
			w.must(err)
		}
		if !next.Total.Equal(want) {
			w.Errorf("%s %s: %v on %v and %v a day, but %v the day after", a.Number, choice, p.Total, day, p.PerDiem, next.Total)
		}
	}
}

func payoffOnlyOnesOwn(w *world) {
	s, other := w.customer(alice, "lease"), w.customer(bob, "two")
	for _, id := range append(slices.Clone(strange), w.agreement(s).ID) {
		_, err := other.Payoff(w.ctx(), services.PayoffQuery{AgreementID: id, On: w.today(), Choice: services.PayoffBuy})
		w.fails(err, "Payoffs.Payoff", services.CodeNotFound)
		_, err = other.WhatIf(w.ctx(), services.WhatIfQuery{AgreementID: id})
		w.fails(err, "Payoffs.WhatIf", services.CodeNotFound)
		_, err = other.LeaseEnd(w.ctx(), id)
		w.fails(err, "Payoffs.LeaseEnd", services.CodeNotFound)
	}
	closed := w.customer("closed@example.ca", "paid_off")
	id := w.agreement(closed).ID
	_, err := closed.Payoff(w.ctx(), services.PayoffQuery{AgreementID: id, On: w.today()})
	w.fails(err, "Payoffs.Payoff", services.CodeGone)
	_, err = closed.WhatIf(w.ctx(), services.WhatIfQuery{AgreementID: id})
	w.fails(err, "Payoffs.WhatIf", services.CodeGone)
}

func payoffBadInput(w *world) {
	s, loans := w.customer(alice, "lease"), w.customer(bob, "biweekly")
	lease, loan := w.agreement(s), w.agreement(loans)
	for _, c := range []struct {
		s      services.CustomerSession
		q      services.PayoffQuery
		fields map[string]string
	}{
		{s, services.PayoffQuery{AgreementID: lease.ID, On: w.today().AddDays(-1), Choice: services.PayoffBuy}, map[string]string{"on": services.ReasonPast}},
		{s, services.PayoffQuery{AgreementID: lease.ID, On: lease.End.AddDays(1), Choice: services.PayoffBuy}, map[string]string{"on": services.ReasonLate}},
		{s, services.PayoffQuery{AgreementID: lease.ID, Choice: services.PayoffBuy}, map[string]string{"on": services.ReasonFormat}},
		{s, services.PayoffQuery{AgreementID: lease.ID, On: w.today()}, map[string]string{"choice": services.ReasonUnknown}},
		{s, services.PayoffQuery{AgreementID: lease.ID, On: w.today(), Choice: "burn"}, map[string]string{"choice": services.ReasonUnknown}},
		{loans, services.PayoffQuery{AgreementID: loan.ID, On: w.today(), Choice: services.PayoffReturn}, map[string]string{"choice": services.ReasonUnknown}},
	} {
		_, err := c.s.Payoff(w.ctx(), c.q)
		w.refuses(err, "Payoffs.Payoff", c.fields)
	}
}

// whatIfPayingMore pays more on a loan: the schedule is shorter, and both add up.
func whatIfPayingMore(w *world) {
	s := w.customer(alice, "biweekly")
	a := w.agreement(s)
	none, err := s.WhatIf(w.ctx(), services.WhatIfQuery{AgreementID: a.ID})
	w.must(err)
	if none.PaymentsSaved != 0 || !none.InterestSaved.IsZero() || none.End != a.End || len(none.Before) != a.PaymentsTotal-a.PaymentsMade {
		w.Errorf("nothing more: %+v", none)
	}
	same(w, "nothing more", none.Schedule, none.Before)
	more, err := s.WhatIf(w.ctx(), services.WhatIfQuery{
		AgreementID: a.ID, Each: w.dollars("50"), Once: w.dollars("2000"), On: w.today().AddDays(100),
	})
	w.must(err)
	if more.PaymentsSaved <= 0 || !more.InterestSaved.IsPositive() || !more.End.Before(more.EndBefore) || more.EndBefore != a.End ||
		len(more.Schedule) != len(more.Before)-more.PaymentsSaved || !more.Schedule[len(more.Schedule)-1].Balance.IsZero() {
		w.Errorf("paying more: %+v", more)
	}
	for _, i := range slices.Concat(more.Schedule, more.Before) {
		w.sums(i)
	}
}

func whatIfBadInput(w *world) {
	s, lessee := w.customer(alice, "biweekly"), w.customer(bob, "lease")
	a := w.agreement(s)
	usd, err := currency.NewAmount("5", "USD")
	w.must(err)
	for _, c := range []struct {
		q      services.WhatIfQuery
		fields map[string]string
	}{
		{services.WhatIfQuery{Each: w.dollars("-1")}, map[string]string{"each": services.ReasonFormat}},
		{services.WhatIfQuery{Each: w.dollars("1.005")}, map[string]string{"each": services.ReasonFormat}},
		{services.WhatIfQuery{Each: usd}, map[string]string{"each": services.ReasonFormat}},
		{services.WhatIfQuery{Each: w.dollars("900000")}, map[string]string{"each": services.ReasonTooMuch}},
		{services.WhatIfQuery{Once: w.dollars("-1")}, map[string]string{"once": services.ReasonFormat}},
		{services.WhatIfQuery{Once: w.dollars("900000"), On: w.today()}, map[string]string{"once": services.ReasonTooMuch}},
		{services.WhatIfQuery{Once: w.dollars("100")}, map[string]string{"on": services.ReasonFormat}},
		{services.WhatIfQuery{Once: w.dollars("100"), On: w.today().AddDays(-1)}, map[string]string{"on": services.ReasonPast}},
		{services.WhatIfQuery{Once: w.dollars("100"), On: a.End.AddDays(1)}, map[string]string{"on": services.ReasonLate}},
	} {
		c.q.AgreementID = a.ID
		_, err := s.WhatIf(w.ctx(), c.q)
		w.refuses(err, "Payoffs.WhatIf", c.fields)
	}
	_, err = lessee.WhatIf(w.ctx(), services.WhatIfQuery{AgreementID: w.agreement(lessee).ID})
	w.fails(err, "Payoffs.WhatIf", services.CodeNotFound)
}

// leaseEndQuébec is a lease of Québec that ends in 80 days, from after the law.
func leaseEndQuébec(w *world) {
	s := w.customer(alice, "ending")
	a := w.agreement(s)
	end, err := s.LeaseEnd(w.ctx(), a.ID)
	w.must(err)
	kinds := map[services.LeaseStepKind]services.LeaseStep{}
	for _, step := range end.Steps {
		kinds[step.Kind] = step
	}
	if end.End != a.End || len(end.Steps) != 5 || kinds[services.StepOffer].To != a.End.AddDays(-90) ||
		kinds[services.StepInspection].From != a.End.AddDays(-60) || kinds[services.StepInspection].To != a.End.AddDays(-30) ||
		kinds[services.StepRepair].Days != 10 || kinds[services.StepEnd].From != a.End {
		w.Errorf("steps %+v of a lease that ends on %v", end.Steps, a.End)
	}
	if len(end.Options) != 3 || end.Distance == nil || end.Distance.Projected <= a.Distance.Odometer || end.Distance.Excess <= 0 {
		w.Errorf("options %+v, distance %+v", end.Options, end.Distance)
	}
	for _, o := range end.Options {
		w.total(o.Lines, o.Total)
	}
	elsewhere := w.customer(bob, "two")
	other, err := elsewhere.LeaseEnd(w.ctx(), w.agreement(elsewhere).ID)
	w.must(err)
	if len(other.Steps) != 2 {
		w.Errorf("steps outside of Québec: %+v", other.Steps)
	}
}

func leaseEndOnlyLeases(w *world) {
	s := w.customer(alice, "biweekly")
	_, err := s.LeaseEnd(w.ctx(), w.agreement(s).ID)
	w.fails(err, "Payoffs.LeaseEnd", services.CodeNotFound)
}

// altered imports the sample with one figure replaced, so that it does not add up.
func (w *world) altered(from, to string) {
	w.Helper()
	data, err := sample.Portfolio(w.today())
	w.must(err)
	changed := bytes.Replace(data, []byte(from), []byte(to), -1)
	if bytes.Equal(changed, data) {
		w.Fatalf("the sample has no %s", from)
	}
	w.Import(w, changed)
}

func payoffDoesNotAddUp(w *world) {
	lessee, borrower := w.customer(alice, "lease"), w.customer(bob, "biweekly")
	w.altered(`"amount_financed":"50728.19"`, `"amount_financed":"950728.19"`)
	_, err := lessee.Payoff(w.ctx(), services.PayoffQuery{AgreementID: w.agreement(lessee).ID, On: w.today(), Choice: services.PayoffBuy})
	w.fails(err, "Payoffs.Payoff", services.CodeConflict)
	w.altered(`"amount_financed":"47850.00"`, `"amount_financed":"9947850.00"`)
	_, err = borrower.Payoff(w.ctx(), services.PayoffQuery{AgreementID: w.agreement(borrower).ID, On: w.today()})
	w.fails(err, "Payoffs.Payoff", services.CodeConflict)
}

func whatIfDoesNotAddUp(w *world) {
	s := w.customer(alice, "biweekly")
	w.altered(`"amount_financed":"47850.00"`, `"amount_financed":"9947850.00"`)
	_, err := s.WhatIf(w.ctx(), services.WhatIfQuery{AgreementID: w.agreement(s).ID})
	w.fails(err, "Payoffs.WhatIf", services.CodeConflict)
}

// leaseEndTaxesDoNotFit has rates that do not make the tax charged, and then a lease that is closed.
func leaseEndTaxesDoNotFit(w *world) {
	s := w.customer(alice, "lease")
	id := w.agreement(s).ID
	w.altered(`"rate":"9.975"`, `"rate":"9.5"`)
	_, err := s.LeaseEnd(w.ctx(), id)
	w.fails(err, "Payoffs.LeaseEnd", services.CodeConflict)
	w.altered(`"km_allowance":80000`, `"closed_on":"`+w.today().AddDays(-1).String()+`","km_allowance":80000`)
	_, err = s.LeaseEnd(w.ctx(), id)
	w.fails(err, "Payoffs.LeaseEnd", services.CodeGone)
}
