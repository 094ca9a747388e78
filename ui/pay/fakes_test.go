package pay_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/pay"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

// lease is that of the pictures.
func lease() services.Agreement {
	a := uitest.Lease()
	a.Number = "7001144471"
	return a
}

func loan() services.Agreement {
	a := uitest.Loan()
	a.Number, a.Vehicle.Model = "7001190268", "X1 xDrive28i"
	return a
}

// fake answers what a test sets, as the service would.
type fake struct {
	uitest.Bank
	autopay *services.Autopay
	orders  []services.PaymentOrder
	made    []services.Debit
	debits  []services.Debit
	paid    bool
	keys    int

	termsErr, payErr error
	lost             int // so many answers of MakePayment are lost on their way
}

func with(agreements ...services.Agreement) *fake { return &fake{Bank: uitest.NewBank(agreements...)} }

func (f *fake) deps() pay.Deps {
	return pay.Deps{
		Agreements: f, Accounts: f, Debits: f, Autopays: f, Holder: func() string { return "Amélie Tremblay" },
		NewKey: func() string {
			f.Lock()
			defer f.Unlock()
			f.keys++
			return fmt.Sprint("key-", f.keys)
		},
	}
}

// DebitTerms says that all there is to pay grows by a dollar a day from December 1, 2026.
func (f *fake) DebitTerms(_ context.Context, _ string, on services.Date) (services.DebitTerms, error) {
	f.Lock()
	defer f.Unlock()
	if f.paid {
		return services.DebitTerms{First: uitest.Date(2026, 11, 23), Last: uitest.Date(2027, 2, 19), On: uitest.Date(2026, 11, 23), Most: uitest.Cents(0)}, f.termsErr
	}
	usual := uitest.Date(2026, 12, 1)
	if !on.After(usual) {
		on = usual
	}
	most := uitest.Cents(4_120_855 + 100*int64(on.DaysSince(usual)))
	return services.DebitTerms{
		First: uitest.Date(2026, 11, 23), Last: uitest.Date(2027, 2, 19), Closed: []services.Date{uitest.Date(2026, 12, 25)},
		On: on, Most: most, CutoffDays: 1,
		Suggested: []services.SuggestedAmount{
			{Kind: services.SuggestPastDue, Amount: uitest.Money("412.06")},
			{Kind: services.SuggestNext, Amount: uitest.Money("847.32")},
			{Kind: services.SuggestBalance, Amount: most},
		},
	}, f.termsErr
}

func (f *fake) MakePayment(_ context.Context, o services.PaymentOrder) (services.Debit, error) {
	f.Lock()
	defer f.Unlock()
	f.orders = append(f.orders, o)
	if f.payErr != nil {
		return services.Debit{}, f.payErr
	}
	for i, before := range f.orders[:len(f.orders)-1] {
		if before.IdempotencyKey == o.IdempotencyKey && before.Twice == o.Twice && i < len(f.made) {
			return f.made[i], nil
		}
	}
	if !o.Twice && slices.ContainsFunc(f.made, func(d services.Debit) bool { return d.On == o.On && d.Amount.Equal(o.Amount) }) {
		return services.Debit{}, services.Fail(services.CodeConflict)
	}
	d := services.Debit{
		ID: fmt.Sprint("d", len(f.made)+1), Reference: "P-7K3F-92QD", AgreementID: o.AgreementID, Kind: services.DebitOnce, Amount: o.Amount,
		On: o.On, Due: o.On, LastDigits: "214", Status: services.DebitScheduled, CancelUntil: o.On.AddDays(-1),
	}
	f.made = append(f.made, d)
	if f.lost > 0 {
		f.lost--
		return services.Debit{}, services.Fail(services.CodeUnavailable)
	}
	return d, nil
}

func (f *fake) CancelPayment(_ context.Context, id string) error {
	f.Lock()
	defer f.Unlock()
	if f.payErr != nil {
		return f.payErr
	}
	for i := range f.made {
		if f.made[i].ID == id {
			f.made[i].Status = services.DebitCancelled
		}
	}
	return nil
}

func (f *fake) Debits(context.Context, string, services.Page) (services.DebitPage, error) {
	f.Lock()
	defer f.Unlock()
	return services.DebitPage{Items: slices.Clone(f.debits)}, nil
}

func (f *fake) Autopay(_ context.Context, id string) (services.Autopay, error) {
	if f.autopay == nil || f.autopay.AgreementID != id {
		return services.Autopay{}, services.Fail(services.CodeNotFound)
	}
	return *f.autopay, nil
}

func (f *fake) DebitAgreement(context.Context, services.AutopayOrder) (services.DebitAgreement, error) {
	return services.DebitAgreement{}, services.Fail(services.CodeNotFound)
}

func (f *fake) SetAutopay(context.Context, services.AutopayOrder) (services.Autopay, error) {
	return services.Autopay{}, services.Fail(services.CodeNotFound)
}

func (f *fake) StopAutopay(context.Context, string) error { return nil }

// show opens the page of a payment.
func show(t *testing.T, lang text.Lang, f *fake, route string) (*uitest.App, *uitest.Screen) {
	t.Helper()
	app := uitest.NewApp(t, lang, theme.Light, 1)
	return app, app.Show(t, pay.New(app.Env(), f.deps(), payRoute(route, "")), uitest.PageSize)
}
