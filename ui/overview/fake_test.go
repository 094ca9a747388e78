package overview_test

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/bojanz/currency"

	"myaccount/services"
	"myaccount/ui/overview"
)

// fake answers what a test sets.
type fake struct {
	mu          sync.Mutex
	agreements  []services.Agreement
	payments    map[string][]services.Payment
	threads     []services.ThreadSummary
	unread      int
	schedule    []services.Installment // nil for that of the agreement
	forecast    *services.Forecast
	autopay     *services.Autopay
	err         error // of the agreements
	paymentsErr error
	scheduleErr error
	threadsErr  error
	asked       []string // agreements whose payments were asked for
	hold        chan struct{}
	services.Messages
	services.Payoffs
	services.Autopays
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

func (f *fake) Payments(_ context.Context, id string, p services.Page) (services.PaymentPage, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, id)
	items := f.payments[id]
	return services.PaymentPage{Items: items[:min(len(items), p.Limit)]}, f.paymentsErr
}

func (f *fake) Schedule(_ context.Context, id string) ([]services.Installment, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	i := slices.IndexFunc(f.agreements, func(a services.Agreement) bool { return a.ID == id })
	if f.schedule != nil || f.scheduleErr != nil {
		return f.schedule, f.scheduleErr
	}
	return schedule(f.agreements[i]), nil
}

// schedule falls evenly from 60,000, or to the balance and from there to the residual.
func schedule(a services.Agreement) (list []services.Installment) {
	due, left := a.Start, int64(6_000_000)
	for n := range a.PaymentsTotal {
		balance, err := currency.NewAmountFromInt64(left-104_400, "CAD")
		if err != nil {
			panic(err)
		}
		left -= 104_400
		list = append(list, services.Installment{
			Number: n + 1, Due: due, Principal: money("1044.00"), Balance: balance, Paid: n < a.PaymentsMade,
		})
		due = due.AddMonths(1)
	}
	return list
}

func (f *fake) LeaseEnd(context.Context, string) (services.LeaseEnd, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.forecast == nil {
		return services.LeaseEnd{}, services.Fail(services.CodeNotFound)
	}
	return services.LeaseEnd{Distance: f.forecast}, nil
}

func (f *fake) Autopay(context.Context, string) (services.Autopay, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.autopay == nil {
		return services.Autopay{}, services.Fail(services.CodeNotFound)
	}
	return *f.autopay, nil
}

func (f *fake) Threads(context.Context, services.ThreadQuery) (services.ThreadPage, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return services.ThreadPage{Items: f.threads}, f.threadsErr
}

func (f *fake) Unread(context.Context) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.unread, nil
}

func (f *fake) deps() overview.Deps {
	person := services.Person{FirstName: "Amélie", LastName: "Tremblay"}
	return overview.Deps{
		Agreements: f, Payments: f, Schedules: f, Payoffs: f, Autopays: f, Messages: f, Person: func() services.Person { return person },
	}
}

// full is somebody with everything.
func full(agreements ...services.Agreement) *fake {
	f := &fake{agreements: agreements, payments: map[string][]services.Payment{}, unread: 1, forecast: &services.Forecast{Projected: 78_700}, threads: []services.ThreadSummary{
		{ID: "t1", Topic: "payoff", Excerpt: "Hello Amélie, your payoff amount on December 15 would be $40,950.12.", Unread: true},
		{ID: "t2", Topic: "address", Excerpt: "Thank you, your new address is on file.", LastFrom: services.RoleAdvisor},
	}}
	for _, a := range agreements {
		for month := time.November; month > time.May; month-- {
			payment := services.Payment{ID: month.String(), Date: date(2026, month, 1), Amount: money("847.32"), Method: "pad", Status: services.PaymentPosted}
			if month == time.August {
				payment.Status = services.PaymentReturned
			}
			f.payments[a.ID] = append(f.payments[a.ID], payment)
		}
	}
	return f
}
