package vehicle_test

import (
	"context"
	"slices"
	"sync"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/vehicle"
)

func money(s string) services.Money {
	amount, err := text.ParseMoney(s, "CAD")
	if err != nil {
		panic(err)
	}
	return amount
}

func date(y int, m time.Month, d int) services.Date { return civil.Date{Year: y, Month: m, Day: d} }

// lease is the agreement of the pictures.
func lease() services.Agreement {
	return services.Agreement{
		ID: "a1", Number: "L-2025-004471", Kind: services.Lease, VIN: "WBY43AW01RF000006",
		Vehicle: services.Vehicle{Year: 2024, Make: "BMW", Model: "i4 eDrive40"}, Province: "QC",
		Start: date(2025, 5, 1), End: date(2029, 5, 1),
		Distance: &services.Distance{Allowance: 80_000, Odometer: 31_480, ReadOn: date(2026, 11, 3), ExcessRate: money("0.15")},
	}
}

// loan has no allowance.
func loan() services.Agreement {
	a := lease()
	a.ID, a.Number, a.Kind, a.VIN, a.Distance = "a2", "P-2024-008820", services.Loan, "5UX23EM09S9000003", nil
	a.Vehicle = services.Vehicle{Year: 2025, Make: "BMW", Model: "X5 xDrive40i"}
	return a
}

// closed is paid off.
func closed() services.Agreement {
	a, on := loan(), date(2026, 6, 12)
	a.ID, a.Number, a.ClosedOn = "a3", "P-2020-001177", &on
	return a
}

// fake answers what a test sets.
type fake struct {
	mu         sync.Mutex
	agreements []services.Agreement
	log        map[string][]services.Reading
	end        services.LeaseEnd
	added      []services.NewReading
	opened     []string
	hold       chan struct{}
	err        error // of the agreements
	logErr     error
	endErr     error
	addErr     error
	openErr    error
	services.Payoffs
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

func (f *fake) Readings(_ context.Context, id string) ([]services.Reading, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.log[id]), f.logErr
}

func (f *fake) AddReading(_ context.Context, id string, r services.NewReading) (services.Reading, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.addErr != nil {
		return services.Reading{}, f.addErr
	}
	f.added = append(f.added, r)
	added := services.Reading{ID: r.On.String(), Km: r.Km, On: r.On}
	f.log[id] = append([]services.Reading{added}, f.log[id]...)
	return added, nil
}

func (f *fake) LeaseEnd(context.Context, string) (services.LeaseEnd, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.end, f.endErr
}

func (f *fake) open(url string) error {
	f.opened = append(f.opened, url)
	return f.openErr
}

func (f *fake) deps() vehicle.Deps {
	return vehicle.Deps{Agreements: f, Odometers: f, Payoffs: f, Open: f.open, Links: []vehicle.Link{
		{Name: map[string]string{"en": "Service history", "fr": "Historique d’entretien"}, URL: "https://service.example.ca/history"},
		{Name: map[string]string{"en": "Book a service", "fr": "Prendre rendez-vous"}, URL: "https://service.example.ca/booking"},
	}}
}

// full is somebody with everything.
func full(agreements ...services.Agreement) *fake {
	f := &fake{agreements: agreements, log: map[string][]services.Reading{}}
	for _, a := range agreements {
		f.log[a.ID] = []services.Reading{
			{ID: "r3", Km: 31_480, On: date(2026, 11, 3)},
			{ID: "r2", Km: 31_840, On: date(2026, 11, 3), Corrected: true},
			{ID: "lender", Km: 20_150, On: date(2026, 4, 20), Lender: true},
			{ID: "r1", Km: 9_870, On: date(2025, 10, 30)},
		}
	}
	f.end = services.LeaseEnd{
		End: date(2029, 5, 1), Distance: &services.Forecast{Projected: 78_700},
		Steps: []services.LeaseStep{
			{Kind: services.StepDecide, From: date(2029, 1, 31), To: date(2029, 4, 1)},
			{Kind: services.StepOffer, From: date(2029, 1, 31), To: date(2029, 1, 31)},
			{Kind: services.StepInspection, From: date(2029, 3, 2), To: date(2029, 4, 1)},
			{Kind: services.StepRepair, From: date(2029, 3, 2), To: date(2029, 4, 11), Days: 10},
			{Kind: services.StepEnd, From: date(2029, 5, 1), To: date(2029, 5, 1)},
		},
	}
	return f
}
