package core

import (
	"errors"
	"slices"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/finance"
	"myaccount/services/portfolio"
)

// standing works out where an agreement stands: it joins what the lender's file says with the arithmetic of
// services/finance. What does not add up between the two is left out, so that no wrong figure is ever shown.
//
// What was posted can leave the schedule: payments on top, in part, ahead, or split by a lender who reckons interest by the
// day. Where each of them is explained (see replay), the plan goes on from there. Where not, parts, and what the last
// payment comes to, are not known; nor, if the sum is none of payments of the schedule, which of them are made.
type standing struct {
	row      AgreementRow
	totals   PaymentTotals
	terms    finance.Terms
	schedule []finance.Installment // as agreed; nil when the terms do not add up
	straight bool                  // the lender splits the payments of the lease alike, and so does the schedule
	exact    bool                  // the principal posted is that of the schedule to the cent
	level    bool                  // the payments posted are, in sum, the first ones of the schedule
	replay   *replay               // explains the payments where they are not exact; nil where nothing does
	plan     []finance.Installment // those made and those to come; nil where they are not known
	due      int                   // how many payments were due before today
	today    civil.Date
}

// stand works out where an agreement stands today.
func stand(tx Tx, row AgreementRow) (*standing, error) {
	totals, err := tx.PaymentTotals(row.ID)
	if err != nil {
		return nil, err
	}
	if err := readLately(tx, &row); err != nil {
		return nil, err
	}
	s := &standing{row: row, totals: totals, today: today(tx.Now(), row.Province)}
	if s.terms, err = terms(row.Terms); err != nil {
		return nil, err
	}
	s.schedule, _ = s.terms.Schedule() // none where the terms do not add up
	var posted []portfolio.Payment
	if s.compare(); !s.exact {
		if posted, err = postedPayments(tx, row.ID); err != nil {
			return nil, err
		}
	}
	s.goOn(posted)
	return s, nil
}

// goOn plans what is to come, after payments that may not be those of the schedule.
func (s *standing) goOn(posted []portfolio.Payment) {
	if s.follow(posted); s.plan == nil && s.schedule != nil && s.row.Kind == finance.KindLease {
		s.straighten(posted)
	}
	s.countDue()
}

// follow plans what is to come by the schedule, or as the payments are explained.
func (s *standing) follow(posted []portfolio.Payment) {
	if s.plan = s.schedule; !s.exact {
		s.plan = nil
		if s.replay = s.explain(posted); s.replay != nil {
			s.plan = s.replay.installments()
		}
	}
}

// straighten tries whether the lender splits the payments of a lease alike, where the constant yield does not explain them.
// A whole payment has to show it, as parts fit many a split; else the schedule stays as it was.
func (s *standing) straighten(posted []portfolio.Payment) {
	alike, err := s.terms.StraightLine()
	if err != nil || !slices.ContainsFunc(posted, func(p portfolio.Payment) bool {
		return p.Principal == cents(alike[0].Principal) && p.Interest == cents(alike[0].Interest)
	}) {
		return
	}
	agreed := *s
	s.schedule, s.straight = alike, true
	s.compare()
	if s.follow(posted); s.plan == nil {
		*s = agreed
	}
}

// countDue counts the payments that were due before today.
func (s *standing) countDue() {
	for s.due < s.count() && s.terms.Due(s.due+1).Before(s.today) {
		s.due++
	}
}

// at is where the agreement stood on an earlier day, by what had been posted until then, in the order of replay.
func (s *standing) at(day civil.Date, posted []portfolio.Payment) *standing {
	then := standing{row: s.row, terms: s.terms, schedule: s.schedule, straight: s.straight, today: day}
	for _, p := range posted {
		then.totals.add(p)
	}
	if then.row.ClosedOn.After(day) {
		then.row.ClosedOn = civil.Date{}
	}
	then.compare()
	then.goOn(posted)
	return &then
}

// agreement makes what a customer sees of an agreement.
func agreement(tx Tx, row AgreementRow) (services.Agreement, error) {
	s, err := stand(tx, row)
	if err != nil {
		return services.Agreement{}, err
	}
	a := services.Agreement{
		ID: row.ID, Number: row.Number, Kind: services.AgreementKind(row.Kind), VIN: row.VIN,
		Vehicle:  services.Vehicle{Year: row.Year, Make: row.Make, Model: row.Model},
		Province: row.Province, Start: row.Start, End: row.End,
		Frequency: services.Frequency(row.Frequency), AnnualRate: row.Rate,
		PaymentsMade: s.totals.Count, PaymentsTotal: s.count(),
	}
	if s.replay != nil {
		a.PaymentsMade, _ = s.covered()
	}
	if a.Balance, err = s.balance(); err != nil {
		return services.Agreement{}, err
	}
	if a.Distance, err = s.distance(); err != nil {
		return services.Agreement{}, err
	}
	if !row.ClosedOn.IsZero() {
		a.ClosedOn = &row.ClosedOn
		return a, nil
	}
	if a.PastDue, err = s.pastDue(); err != nil {
		return services.Agreement{}, err
	}
	a.Next, err = s.next(tx)
	return a, err
}

// terms hands an agreement's figures to the arithmetic.
func terms(t portfolio.Terms) (finance.Terms, error) {
	amounts, err := moneys(t.Currency, t.Financed, t.Residual, t.Base)
	if err != nil {
		return finance.Terms{}, err
	}
	rate, err := finance.ParseRate(t.Rate)
	return finance.Terms{
		Kind: t.Kind, Start: t.Start, End: t.End, Months: t.Months, Frequency: t.Frequency, DueDay: t.DueDay,
		Financed: amounts[0], Residual: amounts[1], Payment: amounts[2], Rate: rate,
	}, err
}

// compare holds what was posted against the schedule.
func (s *standing) compare() {
	if s.schedule == nil || s.totals.Count > len(s.schedule) {
		s.level = s.schedule == nil && s.totals.Principal+s.totals.Interest == int64(s.totals.Count)*s.row.Base
		return
	}
	principal, paid := int64(0), int64(0)
	for _, row := range s.schedule[:s.totals.Count] {
		principal += row.Principal.BigInt().Int64()
		paid += row.Payment.BigInt().Int64()
	}
	s.level = paid == s.totals.Principal+s.totals.Interest
	s.exact = principal == s.totals.Principal && (s.level || s.row.Kind == finance.KindLoan) // of a loan interest may be late
	s.level = s.level || s.exact
}

// count is how many payments the agreement has.
func (s *standing) count() int {
	switch {
	case s.plan != nil:
		return len(s.plan)
	case s.schedule != nil:
		return len(s.schedule)
	}
	return s.terms.Count()
}

// balance is what is owed; the zero Money, which has no currency, when the figures do not add up.
func (s *standing) balance() (services.Money, error) {
	if !s.row.ClosedOn.IsZero() {
		return money(s.row.Currency, 0)
	}
	made, _ := s.covered()
	if s.row.Kind == finance.KindLease && !s.level && s.replay == nil { // it follows from the number of payments
		return services.Money{}, nil
	}
	principal, err := money(s.row.Currency, s.totals.Principal)
	if err != nil {
		return services.Money{}, err
	}
	if s.straight {
		return money(s.row.Currency, s.row.Financed-s.totals.Principal)
	}
	balance, err := s.terms.Balance(made, principal)
	if errors.Is(err, finance.ErrTerms) {
		return services.Money{}, nil
	}
	return balance, err
}

// repaid tells whether nothing is owed on a loan any more, though it is not closed yet.
func (s *standing) repaid() bool {
	return s.row.Kind == finance.KindLoan && s.totals.Principal >= s.row.Financed
}

// covered is how many payments were made, and over is what was paid of the next one. Where what was posted is neither
// explained nor a series of payments, they are as many of those due as the sum covers, and what is left of it.
func (s *standing) covered() (made int, over int64) {
	switch {
	case s.replay != nil:
		return len(s.replay.rows), s.replay.part.sum()
	case s.level:
		return s.totals.Count, 0
	}
	paid, each := s.totals.Principal+s.totals.Interest+s.totals.Tax, max(s.row.Base+s.row.Tax, 1)
	made = int(min(paid/each, int64(s.due)))
	return made, paid - int64(made)*each
}

// pastDue is what was due before today and was not paid; nil when all was. It has no amount where that is not known.
func (s *standing) pastDue() (*services.PastDue, error) {
	made, over := s.covered()
	if made >= s.due || s.repaid() {
		return nil, nil
	}
	past := &services.PastDue{Since: s.terms.Due(made + 1), Payments: s.due - made}
	cents := -over
	for n := made; n < s.due; n++ {
		base, tax, sure, err := s.installment(n)
		if err != nil || !sure {
			return past, err
		}
		cents += base + tax
	}
	var err error
	past.Amount, err = money(s.row.Currency, cents)
	return past, err
}

// installment is the payment with an index, before tax, and its tax; sure tells whether they are known to the cent. The
// last payment of a loan is not the level one, and its tax follows it.
func (s *standing) installment(n int) (base, tax int64, sure bool, err error) {
	if s.plan == nil {
		return s.row.Base, s.row.Tax, s.row.Kind == finance.KindLease || n+1 < s.count() && s.outlasts(n), nil
	}
	base = cents(s.plan[n].Payment)
	if base == s.row.Base {
		return base, s.row.Tax, true, nil
	}
	_, tax, err = s.taxes(base)
	return base, tax, true, err
}

// outlasts tells whether a loan is still owed once the payments up to an index are made, however they are split.
func (s *standing) outlasts(n int) bool {
	made, _ := s.covered()
	return s.row.Financed-s.totals.Principal > int64(n+1-made)*s.row.Base
}

// next is the payment that is due next: as the lender has scheduled it, else by the agreement's own schedule; nil when
// nothing more is.
func (s *standing) next(tx Tx) (*services.NextPayment, error) {
	p, err := tx.NextScheduled(s.row.ID, s.today)
	if err == nil {
		return s.payment(p.Date, p.Principal, p.Interest, p.Tax, true)
	}
	if !errors.Is(err, ErrNoRow) {
		return nil, err
	}
	return s.planned()
}

// planned is the payment that is due next by the agreement's own schedule.
func (s *standing) planned() (*services.NextPayment, error) {
	n, over := s.due, parts{}
	switch made, _ := s.covered(); {
	case s.replay != nil && made >= n:
		n, over = made, s.replay.ofNext()
	case s.level:
		n = max(n, made) // else nobody knows whether the payment was made ahead
	}
	if n >= s.count() || s.repaid() {
		return nil, nil
	}
	base, tax, sure, err := s.installment(n)
	switch {
	case err != nil:
		return nil, err
	case !sure:
		return &services.NextPayment{Due: s.terms.Due(n + 1)}, nil
	case s.plan == nil:
		return s.payment(s.terms.Due(n+1), base, 0, tax, false)
	}
	interest := cents(s.plan[n].Interest)
	return s.payment(s.plan[n].Due, base-interest-over.principal, interest-over.interest, max(tax-over.tax, 0), true)
}

// payment makes the next payment, with its parts when they are known.
func (s *standing) payment(due civil.Date, principal, interest, tax int64, known bool) (*services.NextPayment, error) {
	amounts, err := moneys(s.row.Currency, principal+interest+tax, principal, interest)
	if err != nil {
		return nil, err
	}
	next := &services.NextPayment{Due: due, Total: amounts[0]}
	if !known {
		return next, nil
	}
	kinds := [2]services.PartKind{services.PartPrincipal, services.PartInterest}
	if s.row.Kind == finance.KindLease {
		kinds = [2]services.PartKind{services.PartDepreciation, services.PartRent}
	}
	next.Parts = []services.PaymentPart{{Kind: kinds[0], Amount: amounts[1]}, {Kind: kinds[1], Amount: amounts[2]}}
	if tax == 0 {
		return next, nil
	}
	parts, sum, err := s.taxes(principal + interest)
	if err != nil {
		return nil, err
	}
	if sum != tax { // the rates on file do not make the tax charged: it is shown as one sum
		amount, err := money(s.row.Currency, tax)
		if err != nil {
			return nil, err
		}
		parts = []services.PaymentPart{{Kind: services.PartTax, Amount: amount}}
	}
	next.Parts = append(next.Parts, parts...)
	return next, nil
}

// taxes are the agreement's taxes on an amount, each rounded by itself, and their sum.
func (s *standing) taxes(base int64) (parts []services.PaymentPart, sum int64, err error) {
	amount, err := money(s.row.Currency, base)
	if err != nil {
		return nil, 0, err
	}
	rates := make([]finance.Rate, len(s.row.Taxes))
	for i, t := range s.row.Taxes {
		if rates[i], err = finance.ParseRate(t.Rate); err != nil {
			return nil, 0, err
		}
	}
	each, total, err := finance.Taxes(amount, rates...)
	if err != nil {
		return nil, 0, err
	}
	for i, t := range s.row.Taxes {
		parts = append(parts, services.PaymentPart{Kind: services.PartTax, Name: t.Name, Rate: t.Rate, Amount: each[i]})
	}
	return parts, total.BigInt().Int64(), nil
}

// distance is the kilometre allowance; nil when there is none.
func (s *standing) distance() (*services.Distance, error) {
	if s.row.Allowance == 0 {
		return nil, nil
	}
	excess, err := money(s.row.Currency, s.row.ExcessRate)
	return &services.Distance{
		Allowance: s.row.Allowance, Odometer: s.row.Odometer, ReadOn: s.row.ReadOn, ExcessRate: excess,
	}, err
}
