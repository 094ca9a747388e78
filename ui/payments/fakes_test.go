package payments_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"fyne.io/fyne/v2"
	"github.com/bojanz/currency"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/payments"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

// size is what the shell leaves to a page beside its rail, at 1280 by 800.
var size = fyne.NewSize(1056, 800)

func cents(n int64) services.Money {
	amount, err := currency.NewAmountFromInt64(n, "CAD")
	if err != nil {
		panic(err)
	}
	return amount
}

func date(y int, m time.Month, d int) services.Date { return civil.Date{Year: y, Month: m, Day: d} }

// lease is the agreement of the pictures.
func lease() services.Agreement {
	return services.Agreement{
		ID: "a1", Number: "L-2025-004471", Kind: services.Lease, Vehicle: services.Vehicle{Year: 2024, Make: "BMW", Model: "i4 eDrive40"},
		Province: "QC", Start: date(2025, 5, 1), End: date(2029, 5, 1), Frequency: services.Monthly, AnnualRate: "4.99",
		Balance: cents(4_120_855), PaymentsMade: 19, PaymentsTotal: 48, Next: &services.NextPayment{Due: date(2026, 12, 1), Total: cents(84_732)},
	}
}

// loan is another agreement, past due.
func loan() services.Agreement {
	a := lease()
	a.ID, a.Number, a.Kind, a.Vehicle.Year, a.Vehicle.Model = "a2", "P-2024-008820", services.Loan, 2025, "X5 xDrive40i"
	a.PastDue = &services.PastDue{Amount: cents(84_732), Since: date(2026, 11, 1), Payments: 1}
	return a
}

// closed is paid off.
func closed() services.Agreement {
	a, on := loan(), date(2026, 6, 12)
	a.ID, a.Number, a.ClosedOn, a.PastDue, a.Next, a.Balance = "a3", "P-2020-001177", &on, nil, nil, cents(0)
	return a
}

// payment is one of the payments of a lease.
func payment(i int) services.Payment {
	day := date(2026, time.November, 1).AddMonths(-i)
	return services.Payment{
		ID: fmt.Sprintf("L-2025-004471-%03d", 19-i), Date: day, Method: "pad", Status: services.PaymentPosted,
		Principal: cents(56_110), Interest: cents(18_873), Tax: cents(9749), Amount: cents(84_732),
	}
}

// plan is a schedule of which the first payments are made.
func plan(made, count int) []services.Installment {
	list := make([]services.Installment, count)
	for i := range list {
		n := int64(i)
		list[i] = services.Installment{
			Number: i + 1, Due: date(2026, time.November, 1).AddMonths(i + 1 - made), Principal: cents(56_110 + n), Interest: cents(18_873 - n),
			Tax: cents(9749), Total: cents(84_732), Balance: cents(6_800_000 - 56_110*(n+1)), Paid: i < made,
		}
	}
	return list
}

// fake answers what a test sets.
type fake struct {
	mu         sync.Mutex
	agreements []services.Agreement
	payments   []services.Payment
	schedule   []services.Installment
	debits     []services.Debit
	autopay    *services.Autopay
	cancelled  []string
	asked      []string // of which agreement and after what payments were asked for

	err, paymentsErr, scheduleErr, autopayErr, cancelErr error
	hold                                                 chan struct{} // holds the agreements
	holdFrom                                             int           // holds the payments from a part on
	held                                                 chan struct{}
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

func (f *fake) Payments(ctx context.Context, id string, p services.Page) (services.PaymentPage, error) {
	from, _ := strconv.Atoi(p.After)
	if f.held != nil && from >= f.holdFrom {
		select {
		case <-f.held:
		case <-ctx.Done():
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, id+p.After)
	if f.paymentsErr != nil && from >= f.holdFrom {
		return services.PaymentPage{}, f.paymentsErr
	}
	to := min(from+p.Limit, len(f.payments))
	page := services.PaymentPage{Items: slices.Clone(f.payments[from:to])}
	if to < len(f.payments) {
		page.Next = strconv.Itoa(to)
	}
	return page, nil
}

func (f *fake) Schedule(context.Context, string) ([]services.Installment, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.schedule), f.scheduleErr
}

// orders is what a debits embeds, by another name than its method.
type orders = services.Debits

// debits answers for services.Debits.
type debits struct {
	orders
	f *fake
}

func (d debits) Debits(context.Context, string, services.Page) (services.DebitPage, error) {
	d.f.mu.Lock()
	defer d.f.mu.Unlock()
	return services.DebitPage{Items: slices.Clone(d.f.debits)}, nil
}

func (d debits) CancelPayment(_ context.Context, id string) error {
	d.f.mu.Lock()
	defer d.f.mu.Unlock()
	if d.f.cancelErr != nil {
		return d.f.cancelErr
	}
	d.f.cancelled = append(d.f.cancelled, id)
	for i := range d.f.debits {
		if d.f.debits[i].ID == id {
			d.f.debits[i].Status = services.DebitCancelled
		}
	}
	return nil
}

// autopays answers for services.Autopays.
type autopays struct {
	services.Autopays
	f *fake
}

func (a autopays) Autopay(context.Context, string) (services.Autopay, error) {
	a.f.mu.Lock()
	defer a.f.mu.Unlock()
	if a.f.autopay == nil {
		return services.Autopay{}, services.Fail(services.CodeNotFound)
	}
	return *a.f.autopay, a.f.autopayErr
}

func (f *fake) deps() payments.Deps {
	person := services.Person{FirstName: "Amélie", LastName: "Tremblay"}
	return payments.Deps{
		Agreements: f, Payments: f, Schedules: f, Debits: debits{f: f}, Autopays: autopays{f: f}, Person: func() services.Person { return person },
	}
}

// complete is somebody with everything.
func complete(agreements ...services.Agreement) *fake {
	f := &fake{agreements: agreements, schedule: plan(19, 48), autopay: &services.Autopay{
		AgreementID: "a1", Account: services.BankAccount{LastDigits: "214"}, Day: 1, Next: &services.NextDebit{
			On: date(2026, 12, 1), Due: date(2026, 12, 1), Amount: cents(84_732), CancelUntil: date(2026, 11, 28), Parts: []services.PaymentPart{
				{Kind: services.PartDepreciation, Amount: cents(56_129)},
				{Kind: services.PartRent, Amount: cents(18_854)},
				{Kind: services.PartTax, Name: "GST", Rate: "5", Amount: cents(3749)},
				{Kind: services.PartTax, Name: "QST", Rate: "9.975", Amount: cents(6000)},
			},
		},
	}, debits: []services.Debit{
		{
			ID: "d3", Reference: "P-7K3F-92QD", Kind: services.DebitOnce, Amount: cents(25_000), On: date(2026, 11, 27), Due: date(2026, 11, 27), LastDigits: "214",
			Status: services.DebitScheduled, CancelUntil: date(2026, 11, 26), Simulated: true,
		},
		{
			ID: "d2", Reference: "P-AAAA-0002", Kind: services.DebitAutopay, Amount: cents(84_732), On: date(2026, 12, 1), Due: date(2026, 12, 1), LastDigits: "214",
			Status: services.DebitSubmitted,
		},
		{
			ID: "d1", Reference: "L-2025-004471-017", Kind: services.DebitAutopay, Amount: cents(84_732), On: date(2026, 9, 1), Due: date(2026, 9, 1), LastDigits: "214",
			Status: services.DebitReturned, Reason: "901",
		},
	}}
	for i := range 19 {
		p := payment(i)
		if i == 2 {
			p.Status = services.PaymentReturned
		}
		f.payments = append(f.payments, p)
	}
	return f
}

// looks are the pictures of every state.
var looks = []struct {
	name string
	lang text.Lang
	look theme.Appearance
}{{"en-light", text.English, theme.Light}, {"fr-dark", text.French, theme.Dark}}

// show opens the page of an agreement.
func show(t *testing.T, lang text.Lang, f *fake, id string) (*uitest.App, *uitest.Screen) {
	t.Helper()
	app := uitest.NewApp(t, lang, theme.Light, 1)
	return app, app.Show(t, payments.New(app.Env(), f.deps(), id), size)
}
