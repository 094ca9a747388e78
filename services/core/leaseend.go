package core

import (
	"context"
	"slices"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/brand"
	"myaccount/services/finance"
)

// LeaseEnd says what happens at the end of a lease; see services.Payoffs.
func (s *customerSession) LeaseEnd(ctx context.Context, agreementID string) (services.LeaseEnd, error) {
	var end services.LeaseEnd
	err := s.view(ctx, ready, func(tx Tx, row SessionRow) error {
		a, err := findAgreement(tx, row.CustomerID, agreementID)
		if err != nil {
			return err
		}
		if a.Kind != finance.KindLease {
			return services.Fail(services.CodeNotFound)
		}
		if !a.ClosedOn.IsZero() {
			return services.Fail(services.CodeGone)
		}
		standing, err := stand(tx, a)
		if err != nil {
			return err
		}
		end = services.LeaseEnd{End: a.End, Steps: leaseSteps(a, s.core.Brand.Rules)}
		if end.Distance, err = standing.forecast(); err != nil {
			return err
		}
		end.Options, err = standing.options()
		return err
	})
	return end, err
}

// leaseSteps are the stages of the way to the end, by their days.
func leaseSteps(a AgreementRow, r brand.Rules) []services.LeaseStep {
	before := func(days int) civil.Date { return a.End.AddDays(-days) }
	offer, from, to := before(r.InspectionOfferDays), before(r.InspectionFromDays), before(r.InspectionToDays)
	steps := []services.LeaseStep{{Kind: services.StepDecide, From: offer, To: to}}
	if inspected(a, r) {
		steps = append(steps,
			services.LeaseStep{Kind: services.StepOffer, From: offer, To: offer},
			services.LeaseStep{Kind: services.StepInspection, From: from, To: to},
			services.LeaseStep{Kind: services.StepRepair, From: from, To: to.AddDays(r.RepairDays), Days: r.RepairDays})
	}
	return append(steps, services.LeaseStep{Kind: services.StepEnd, From: a.End, To: a.End})
}

// inspected tells whether the law wants the lender to offer an inspection.
func inspected(a AgreementRow, r brand.Rules) bool {
	since, err := civil.ParseDate(r.InspectionSince)
	return err == nil && slices.Contains(r.InspectionProvinces, a.Province) && !a.Start.Before(since)
}

// forecast is what the vehicle will have run at the end of the term; nil without an allowance.
func (s *standing) forecast() (*services.Forecast, error) {
	distance, err := s.distance()
	if err != nil || distance == nil {
		return nil, err
	}
	p := forecast(*distance, s.row.Start, s.row.End, s.row.End)
	f := &services.Forecast{Projected: p.driven, Excess: p.excess}
	if s.row.ExcessRate > 0 {
		f.Cost, err = money(s.row.Currency, p.excess*s.row.ExcessRate)
	}
	return f, err
}

// options are the choices at the end of the term with what they cost.
func (s *standing) options() ([]services.LeaseOption, error) {
	var list []services.LeaseOption
	for _, kind := range []services.LeaseOptionKind{services.OptionReturn, services.OptionBuy, services.OptionExtend} {
		b := &bill{code: s.row.Currency}
		var err error
		switch kind {
		case services.OptionReturn:
			err = s.addChoice(b, services.PayoffReturn)
		case services.OptionBuy:
			err = s.addChoice(b, services.PayoffBuy)
		case services.OptionExtend:
			err = b.addEach(services.PayoffPayments, 1, s.row.Base)
		}
		if err == nil && b.cents > 0 {
			err = s.addTaxes(b)
		}
		if err != nil {
			return nil, err
		}
		total, err := money(s.row.Currency, b.cents)
		if err != nil {
			return nil, err
		}
		list = append(list, services.LeaseOption{Kind: kind, Lines: b.lines, Total: total})
	}
	return list, nil
}

// addChoice puts on a bill what returning or buying the vehicle costs at the end.
func (s *standing) addChoice(b *bill, choice services.PayoffChoice) error {
	if err := s.addVehicle(b, choice, s.row.End); err != nil {
		return err
	}
	return s.addFees(b, choice)
}
