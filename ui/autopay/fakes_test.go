package autopay_test

import (
	"context"
	"slices"
	"sync"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/autopay"
)

func money(s string) services.Money {
	amount, err := text.ParseMoney(s, "CAD")
	if err != nil {
		panic(err)
	}
	return amount
}

func date(y int, m time.Month, d int) services.Date { return civil.Date{Year: y, Month: m, Day: d} }

// lease is that of the pictures.
func lease() services.Agreement {
	return services.Agreement{
		ID: "a1", Number: "7001144471", Kind: services.Lease, Vehicle: services.Vehicle{Year: 2024, Make: "BMW", Model: "i4 eDrive40"},
		Province: "QC", Frequency: services.Monthly, Balance: money("47512.20"),
	}
}

func loan() services.Agreement {
	a := lease()
	a.ID, a.Number, a.Kind, a.Province = "a2", "7001190268", services.Loan, "ON"
	a.Vehicle, a.Balance = services.Vehicle{Year: 2025, Make: "BMW", Model: "X1 xDrive28i"}, money("8374.63")
	return a
}

func chequing() services.BankAccount {
	return services.BankAccount{ID: "b1", Institution: "003", LastDigits: "214", Holder: "Amélie Tremblay"}
}

// next is the debit of the design.
func next() *services.NextDebit {
	return &services.NextDebit{
		On: date(2026, 12, 1), Due: date(2026, 12, 1), Amount: money("847.32"), CancelUntil: date(2026, 11, 28),
		Parts: []services.PaymentPart{
			{Kind: services.PartDepreciation, Amount: money("561.10")},
			{Kind: services.PartRent, Amount: money("188.73")},
			{Kind: services.PartTax, Name: "GST", Rate: "5", Amount: money("37.49")},
			{Kind: services.PartTax, Name: "QST", Rate: "9.975", Amount: money("60.00")},
		},
	}
}

func inForce() *services.Autopay {
	return &services.Autopay{AgreementID: "a1", Account: chequing(), Day: 1, Since: date(2025, 5, 1), Next: next(), DocumentID: "d1"}
}

// fake answers what a test sets, and notes what is asked.
type fake struct {
	mu         sync.Mutex
	agreements []services.Agreement
	accounts   []services.BankAccount
	autopay    *services.Autopay
	err        error // of reading
	textErr    error
	setErr     error
	stopErr    error
	version    string
	set        []services.AutopayOrder
	stops      int
	hold       chan struct{} // reading waits for it
}

func with(autopay *services.Autopay, agreements ...services.Agreement) *fake {
	return &fake{agreements: agreements, accounts: []services.BankAccount{chequing()}, autopay: autopay, version: "v1"}
}

func (f *fake) deps() autopay.Deps {
	return autopay.Deps{Agreements: f, Accounts: accounts{f}, Autopays: f, Payoffs: f, DisputeDays: 90}
}

func (f *fake) change(fn func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	fn()
}

func (f *fake) Agreements(context.Context) ([]services.Agreement, error) {
	if f.hold != nil {
		<-f.hold
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.agreements), f.err
}

func (f *fake) Agreement(context.Context, string) (services.Agreement, error) {
	return services.Agreement{}, services.Fail(services.CodeNotFound)
}

// accounts are the bank accounts of a fake.
type accounts struct{ *fake }

func (f accounts) BankAccounts(context.Context) ([]services.BankAccount, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.accounts), nil
}

func (accounts) AddBankAccount(context.Context, services.NewBankAccount) (services.BankAccount, error) {
	return services.BankAccount{}, services.Fail(services.CodeUnavailable)
}

func (accounts) RemoveBankAccount(context.Context, string) error {
	return services.Fail(services.CodeUnavailable)
}

func (f *fake) Autopay(_ context.Context, id string) (services.Autopay, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.autopay == nil || f.autopay.AgreementID != id {
		return services.Autopay{}, services.Fail(services.CodeNotFound)
	}
	return *f.autopay, nil
}

func (f *fake) DebitAgreement(_ context.Context, o services.AutopayOrder) (services.DebitAgreement, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return services.DebitAgreement{
		Version: f.version, FrenchFirst: o.AgreementID == "a1", First: *next(),
		Text: map[string]string{
			"en": "# Pre-authorized debit agreement\n\nBetween you and us.\n\n## 1. What you authorize\n\nYou authorize us to debit account 214.\n\n- Each debit is exactly the payment that is due, taxes included.\n",
			"fr": "# Accord de débit préautorisé\n\nEntre vous et nous.\n\n## 1. Ce que vous autorisez\n\nVous nous autorisez à débiter le compte 214.\n\n- Chaque débit est exactement le paiement dû, taxes comprises.\n",
		},
	}, f.textErr
}

func (f *fake) SetAutopay(_ context.Context, o services.AutopayOrder) (services.Autopay, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
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
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.stopErr == nil {
		f.autopay = nil
		f.stops++
	}
	return f.stopErr
}

func (f *fake) WhatIf(context.Context, services.WhatIfQuery) (services.WhatIf, error) {
	return services.WhatIf{PaymentsSaved: 4, InterestSaved: money("139.18"), End: date(2027, 5, 1), EndBefore: date(2027, 9, 1)}, nil
}
