package autopay_test

import (
	"context"

	"myaccount/services"
	"myaccount/ui/autopay"
	"myaccount/ui/uitest"
)

// lease is that of the pictures.
func lease() services.Agreement {
	a := uitest.Lease()
	a.Number = "7001144471"
	return a
}

// loan is paid by the month.
func loan() services.Agreement {
	a := uitest.Loan()
	a.Number, a.Province, a.Frequency, a.Vehicle.Model = "7001190268", "ON", services.Monthly, "X1 xDrive28i"
	return a
}

// next is the debit of the design.
func next() *services.NextDebit {
	return &services.NextDebit{
		On: uitest.Date(2026, 12, 1), Due: uitest.Date(2026, 12, 1), Amount: uitest.Money("847.32"), CancelUntil: uitest.Date(2026, 11, 28),
		Parts: []services.PaymentPart{
			{Kind: services.PartDepreciation, Amount: uitest.Money("561.10")},
			{Kind: services.PartRent, Amount: uitest.Money("188.73")},
			{Kind: services.PartTax, Name: "GST", Rate: "5", Amount: uitest.Money("37.49")},
			{Kind: services.PartTax, Name: "QST", Rate: "9.975", Amount: uitest.Money("60.00")},
		},
	}
}

func inForce() *services.Autopay {
	return &services.Autopay{AgreementID: "a1", Account: uitest.Chequing(), Day: 1, Since: uitest.Date(2025, 5, 1), Next: next(), DocumentID: "d1"}
}

// fake answers what a test sets, and notes what is asked.
type fake struct {
	uitest.Bank
	autopay *services.Autopay
	readErr error // of the autopay
	textErr error
	setErr  error
	stopErr error
	version string
	rate    string // off for autopay
	set     []services.AutopayOrder
	stops   int
}

func with(autopay *services.Autopay, agreements ...services.Agreement) *fake {
	return &fake{Bank: uitest.NewBank(agreements...), autopay: autopay, version: "v1"}
}

func (f *fake) deps() autopay.Deps {
	return autopay.Deps{Agreements: f, Accounts: f, Autopays: f, Payoffs: f, RateDiscount: f.rate, DisputeDays: 90}
}

func (f *fake) Autopay(_ context.Context, id string) (services.Autopay, error) {
	f.Lock()
	defer f.Unlock()
	if f.readErr != nil {
		return services.Autopay{}, f.readErr
	}
	if f.autopay == nil || f.autopay.AgreementID != id {
		return services.Autopay{}, services.Fail(services.CodeNotFound)
	}
	return *f.autopay, nil
}

func (f *fake) DebitAgreement(_ context.Context, o services.AutopayOrder) (services.DebitAgreement, error) {
	f.Lock()
	defer f.Unlock()
	return services.DebitAgreement{
		Version: f.version, FrenchFirst: o.AgreementID == "a1", First: *next(),
		Text: map[string]string{
			"en": "# Pre-authorized debit agreement\n\nBetween you and us.\n\n## 1. What you authorize\n\nYou authorize us to debit account 214.\n\n- Each debit is exactly the payment that is due, taxes included.\n",
			"fr": "# Accord de débit préautorisé\n\nEntre vous et nous.\n\n## 1. Ce que vous autorisez\n\nVous nous autorisez à débiter le compte 214.\n\n- Chaque débit est exactement le paiement dû, taxes comprises.\n",
		},
	}, f.textErr
}

func (f *fake) SetAutopay(_ context.Context, o services.AutopayOrder) (services.Autopay, error) {
	f.Lock()
	defer f.Unlock()
	f.set = append(f.set, o)
	switch {
	case f.setErr != nil:
		return services.Autopay{}, f.setErr
	case o.Version != f.version:
		return services.Autopay{}, services.Invalid("accepted_terms_version", services.ReasonOutdated)
	}
	a := *inForce()
	a.AgreementID, a.Day, a.Extra = o.AgreementID, o.Day, o.Extra
	f.autopay = &a
	return a, nil
}

func (f *fake) StopAutopay(context.Context, string) error {
	f.Lock()
	defer f.Unlock()
	if f.stopErr == nil {
		f.autopay = nil
		f.stops++
	}
	return f.stopErr
}

func (f *fake) WhatIf(context.Context, services.WhatIfQuery) (services.WhatIf, error) {
	return services.WhatIf{PaymentsSaved: 4, InterestSaved: uitest.Money("139.18"), End: uitest.Date(2027, 5, 1), EndBefore: uitest.Date(2027, 9, 1)}, nil
}
