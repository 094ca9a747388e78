package overview_test

import (
	"context"
	"slices"
	"time"

	"myaccount/services"
	"myaccount/ui/overview"
	"myaccount/ui/uitest"
)

// fake answers what a test sets.
type fake struct {
	uitest.Lender
	payments    map[string][]services.Payment
	threads     []services.ThreadSummary
	unread      int
	schedule    []services.Installment // nil for that of the agreement
	forecast    *services.Forecast
	autopay     *services.Autopay
	paymentsErr error
	scheduleErr error
	threadsErr  error
	asked       []string // agreements whose payments were asked for
	services.Messages
	services.Payoffs
	services.Autopays
}

func (f *fake) Payments(_ context.Context, id string, p services.Page) (services.PaymentPage, error) {
	f.Lock()
	defer f.Unlock()
	f.asked = append(f.asked, id)
	items := f.payments[id]
	return services.PaymentPage{Items: items[:min(len(items), p.Limit)]}, f.paymentsErr
}

func (f *fake) Schedule(_ context.Context, id string) ([]services.Installment, error) {
	f.Lock()
	defer f.Unlock()
	i := slices.IndexFunc(f.List, func(a services.Agreement) bool { return a.ID == id })
	if f.schedule != nil || f.scheduleErr != nil {
		return f.schedule, f.scheduleErr
	}
	return schedule(f.List[i]), nil
}

// schedule falls evenly from 60,000: to nought, or to what the vehicle is worth at the end of a lease.
func schedule(a services.Agreement) (list []services.Installment) {
	due, left, each := a.Start, int64(6_000_000), int64(6_000_000/max(a.PaymentsTotal, 1))
	if a.Kind == services.Lease {
		due, each = due.AddMonths(-1), 104_400 // paid in advance
	}
	for n := range a.PaymentsTotal {
		due = due.AddMonths(1)
		principal := each
		if n == a.PaymentsTotal-1 && a.Kind == services.Loan {
			principal = left
		}
		left -= principal
		list = append(list, services.Installment{
			Number: n + 1, Due: due, Principal: uitest.Cents(principal), Balance: uitest.Cents(left), Paid: n < a.PaymentsMade,
		})
	}
	return list
}

func (f *fake) LeaseEnd(context.Context, string) (services.LeaseEnd, error) {
	f.Lock()
	defer f.Unlock()
	if f.forecast == nil {
		return services.LeaseEnd{}, services.Fail(services.CodeNotFound)
	}
	return services.LeaseEnd{Distance: f.forecast}, nil
}

func (f *fake) Autopay(context.Context, string) (services.Autopay, error) {
	f.Lock()
	defer f.Unlock()
	if f.autopay == nil {
		return services.Autopay{}, services.Fail(services.CodeNotFound)
	}
	return *f.autopay, nil
}

func (f *fake) Threads(context.Context, services.ThreadQuery) (services.ThreadPage, error) {
	f.Lock()
	defer f.Unlock()
	return services.ThreadPage{Items: f.threads}, f.threadsErr
}

func (f *fake) Unread(context.Context) (int, error) {
	f.Lock()
	defer f.Unlock()
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
	f := &fake{Lender: uitest.Lender{List: agreements}, payments: map[string][]services.Payment{}, unread: 1, forecast: &services.Forecast{Projected: 78_700}, threads: []services.ThreadSummary{
		{ID: "t1", Topic: "payoff", Excerpt: "Hello Amélie, your payoff amount on December 15 would be $40,950.12.", Unread: true},
		{ID: "t2", Topic: "address", Excerpt: "Thank you, your new address is on file.", LastFrom: services.RoleAdvisor},
	}}
	for _, a := range agreements {
		for month := time.November; month > time.May; month-- {
			payment := services.Payment{ID: month.String(), Date: uitest.Date(2026, month, 1), Amount: uitest.Money("847.32"), Method: "pad", Status: services.PaymentPosted}
			if month == time.August {
				payment.Status = services.PaymentReturned
			}
			f.payments[a.ID] = append(f.payments[a.ID], payment)
		}
	}
	return f
}
