package payments_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/payments"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

// payment is one of the payments of a lease.
func payment(i int) services.Payment {
	day := uitest.Date(2026, time.November, 1).AddMonths(-i)
	return services.Payment{
		ID: fmt.Sprintf("L-2025-004471-%03d", 19-i), Date: day, Method: "pad", Status: services.PaymentPosted,
		Principal: uitest.Cents(56_110), Interest: uitest.Cents(18_873), Tax: uitest.Cents(9749), Amount: uitest.Cents(84_732),
	}
}

// plan is a schedule of which the first payments are made.
func plan(made, count int) []services.Installment {
	list := make([]services.Installment, count)
	for i := range list {
		n := int64(i)
		list[i] = services.Installment{
			Number: i + 1, Due: uitest.Date(2026, time.November, 1).AddMonths(i + 1 - made), Principal: uitest.Cents(56_110 + n), Interest: uitest.Cents(18_873 - n),
			Tax: uitest.Cents(9749), Total: uitest.Cents(84_732), Balance: uitest.Cents(6_800_000 - 56_110*(n+1)), Paid: i < made,
		}
	}
	return list
}

// fake answers what a test sets.
type fake struct {
	uitest.Lender
	payments  []services.Payment
	schedule  []services.Installment
	debits    []services.Debit
	autopay   *services.Autopay
	cancelled []string
	asked     []string // of which agreement and after what payments were asked for

	paymentsErr, scheduleErr, autopayErr, cancelErr error
	holdFrom                                        int // holds the payments from a part on
	held                                            chan struct{}
}

func (f *fake) Payments(ctx context.Context, id string, p services.Page) (services.PaymentPage, error) {
	from, _ := strconv.Atoi(p.After)
	if f.held != nil && from >= f.holdFrom {
		select {
		case <-f.held:
		case <-ctx.Done():
		}
	}
	f.Lock()
	defer f.Unlock()
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
	f.Lock()
	defer f.Unlock()
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
	d.f.Lock()
	defer d.f.Unlock()
	return services.DebitPage{Items: slices.Clone(d.f.debits)}, nil
}

func (d debits) CancelPayment(_ context.Context, id string) error {
	d.f.Lock()
	defer d.f.Unlock()
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
	a.f.Lock()
	defer a.f.Unlock()
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
	f := &fake{Lender: uitest.Lender{List: agreements}, schedule: plan(19, 48), autopay: &services.Autopay{
		AgreementID: "a1", Account: services.BankAccount{LastDigits: "214"}, Day: 1, Next: &services.NextDebit{
			On: uitest.Date(2026, 12, 1), Due: uitest.Date(2026, 12, 1), Amount: uitest.Cents(84_732), CancelUntil: uitest.Date(2026, 11, 28), Parts: []services.PaymentPart{
				{Kind: services.PartDepreciation, Amount: uitest.Cents(56_129)},
				{Kind: services.PartRent, Amount: uitest.Cents(18_854)},
				{Kind: services.PartTax, Name: "GST", Rate: "5", Amount: uitest.Cents(3749)},
				{Kind: services.PartTax, Name: "QST", Rate: "9.975", Amount: uitest.Cents(6000)},
			},
		},
	}, debits: []services.Debit{
		{
			ID: "d3", Reference: "P-7K3F-92QD", Kind: services.DebitOnce, Amount: uitest.Cents(25_000), On: uitest.Date(2026, 11, 27), Due: uitest.Date(2026, 11, 27), LastDigits: "214",
			Status: services.DebitScheduled, CancelUntil: uitest.Date(2026, 11, 26), Simulated: true,
		},
		{
			ID: "d2", Reference: "P-AAAA-0002", Kind: services.DebitAutopay, Amount: uitest.Cents(84_732), On: uitest.Date(2026, 12, 1), Due: uitest.Date(2026, 12, 1), LastDigits: "214",
			Status: services.DebitSubmitted,
		},
		{
			ID: "d1", Reference: "L-2025-004471-017", Kind: services.DebitAutopay, Amount: uitest.Cents(84_732), On: uitest.Date(2026, 9, 1), Due: uitest.Date(2026, 9, 1), LastDigits: "214",
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

// show opens the page of an agreement.
func show(t *testing.T, lang text.Lang, f *fake, id string) (*uitest.App, *uitest.Screen) {
	t.Helper()
	app := uitest.NewApp(t, lang, theme.Light, 1)
	return app, app.Show(t, payments.New(app.Env(), f.deps(), id), uitest.PageSize)
}
