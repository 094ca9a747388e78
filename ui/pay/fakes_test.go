package pay_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/pay"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

// size is what the shell leaves to a page beside its rail, at 1280 by 800.
var size = fyne.NewSize(1056, 800)

// looks are the pictures of every state.
var looks = []struct {
	name string
	lang text.Lang
	look theme.Appearance
}{{"en-light", text.English, theme.Light}, {"fr-dark", text.French, theme.Dark}}

// rooms are the windows and text sizes besides those of the pictures.
var rooms = []struct {
	window fyne.Size
	scale  float32
}{{uitest.Small, 1}, {uitest.Small, 1.5}, {uitest.Small, 2}, {uitest.Large, 1}}

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
		Province: "QC", Balance: money("41208.55"), Next: &services.NextPayment{Due: date(2026, 12, 1), Total: money("847.32")},
	}
}

func loan() services.Agreement {
	a := lease()
	a.ID, a.Number, a.Kind, a.Vehicle.Model = "a2", "7001190268", services.Loan, "X1 xDrive28i"
	return a
}

func closed() services.Agreement {
	a, on := loan(), date(2026, 6, 12)
	a.ID, a.ClosedOn = "a3", &on
	return a
}

func chequing() services.BankAccount {
	return services.BankAccount{ID: "b1", Institution: "003", LastDigits: "214", Holder: "Amélie Tremblay"}
}

// fake answers what a test sets, as the service would.
type fake struct {
	mu         sync.Mutex
	agreements []services.Agreement
	accounts   []services.BankAccount
	autopay    *services.Autopay
	orders     []services.PaymentOrder
	made       []services.Debit
	added      []services.NewBankAccount
	debits     []services.Debit
	keys       int

	err, payErr, addErr error
	lost                int // so many answers of MakePayment are lost on their way
	hold                chan struct{}
}

func with(agreements ...services.Agreement) *fake {
	return &fake{agreements: agreements, accounts: []services.BankAccount{chequing()}}
}

func (f *fake) deps() pay.Deps {
	return pay.Deps{
		Agreements: f, Accounts: f, Debits: f, Autopays: f, Holder: func() string { return "Amélie Tremblay" },
		NewKey: func() string {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.keys++
			return fmt.Sprint("key-", f.keys)
		},
	}
}

func (f *fake) do(change func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change()
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

func (f *fake) BankAccounts(context.Context) ([]services.BankAccount, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.accounts), f.err
}

func (f *fake) AddBankAccount(_ context.Context, a services.NewBankAccount) (services.BankAccount, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.addErr != nil {
		return services.BankAccount{}, f.addErr
	}
	number := string(a.Number)
	account := services.BankAccount{ID: "b2", Institution: a.Institution, LastDigits: number[len(number)-3:], Holder: a.Holder, Business: a.Business}
	f.added, f.accounts = append(f.added, a), slices.Insert(f.accounts, 0, account)
	return account, nil
}

func (f *fake) RemoveBankAccount(_ context.Context, id string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.accounts = slices.DeleteFunc(f.accounts, func(a services.BankAccount) bool { return a.ID == id })
	return nil
}

func (f *fake) DebitTerms(context.Context, string, services.Date) (services.DebitTerms, error) {
	return services.DebitTerms{
		On: date(2026, 12, 1), First: date(2026, 11, 23), Last: date(2027, 2, 19), Closed: []services.Date{date(2026, 12, 25)}, Most: money("41208.55"), CutoffDays: 1,
		Suggested: []services.SuggestedAmount{
			{Kind: services.SuggestPastDue, Amount: money("412.06")},
			{Kind: services.SuggestNext, Amount: money("847.32")},
			{Kind: services.SuggestBalance, Amount: money("41208.55")},
		},
	}, nil
}

func (f *fake) MakePayment(_ context.Context, o services.PaymentOrder) (services.Debit, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
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
	f.mu.Lock()
	defer f.mu.Unlock()
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
	f.mu.Lock()
	defer f.mu.Unlock()
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
	return app, app.Show(t, pay.New(app.Env(), f.deps(), payRoute(route, "")), size)
}
