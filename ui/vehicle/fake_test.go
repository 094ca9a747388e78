package vehicle_test

import (
	"context"
	"slices"

	"myaccount/services"
	"myaccount/ui/uitest"
	"myaccount/ui/vehicle"
)

// fake answers what a test sets.
type fake struct {
	uitest.Lender
	log     map[string][]services.Reading
	end     services.LeaseEnd
	added   []services.NewReading
	opened  []string
	logErr  error
	endErr  error
	addErr  error
	openErr error
	services.Payoffs
}

func (f *fake) Readings(_ context.Context, id string) ([]services.Reading, error) {
	f.Lock()
	defer f.Unlock()
	return slices.Clone(f.log[id]), f.logErr
}

func (f *fake) AddReading(_ context.Context, id string, r services.NewReading) (services.Reading, error) {
	f.Lock()
	defer f.Unlock()
	if f.addErr != nil {
		return services.Reading{}, f.addErr
	}
	f.added = append(f.added, r)
	added := services.Reading{ID: r.On.String(), Km: r.Km, On: r.On}
	f.log[id] = append([]services.Reading{added}, f.log[id]...)
	return added, nil
}

func (f *fake) LeaseEnd(context.Context, string) (services.LeaseEnd, error) {
	f.Lock()
	defer f.Unlock()
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
	f := &fake{Lender: uitest.Lender{List: agreements}, log: map[string][]services.Reading{}}
	for _, a := range agreements {
		f.log[a.ID] = []services.Reading{
			{ID: "r3", Km: 31_480, On: uitest.Date(2026, 11, 3)},
			{ID: "r2", Km: 31_840, On: uitest.Date(2026, 11, 3), Corrected: true},
			{ID: "lender", Km: 20_150, On: uitest.Date(2026, 4, 20), Lender: true},
			{ID: "r1", Km: 9_870, On: uitest.Date(2025, 10, 30)},
		}
	}
	f.end = services.LeaseEnd{
		End: uitest.Date(2029, 5, 1), Distance: &services.Forecast{Projected: 78_700},
		Steps: []services.LeaseStep{
			{Kind: services.StepDecide, From: uitest.Date(2029, 1, 31), To: uitest.Date(2029, 4, 1)},
			{Kind: services.StepOffer, From: uitest.Date(2029, 1, 31), To: uitest.Date(2029, 1, 31)},
			{Kind: services.StepInspection, From: uitest.Date(2029, 3, 2), To: uitest.Date(2029, 4, 1)},
			{Kind: services.StepRepair, From: uitest.Date(2029, 3, 2), To: uitest.Date(2029, 4, 11), Days: 10},
			{Kind: services.StepEnd, From: uitest.Date(2029, 5, 1), To: uitest.Date(2029, 5, 1)},
		},
	}
	return f
}
