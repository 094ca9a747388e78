package api

import (
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services"
)

// NewReading is what somebody read on the odometer.
type NewReading struct {
	Km int64  `json:"km" example:"31480"`
	On string `json:"on" doc:"YYYY-MM-DD" example:"2026-11-03" maxLength:"32"`
}

// NewReadingOf makes it from the domain's.
func NewReadingOf(r services.NewReading) NewReading { return NewReading{Km: r.Km, On: r.On.String()} }

// Domain gives it back. What is no date is the zero Date, which the rules refuse.
func (r NewReading) Domain() services.NewReading {
	on, err := civil.ParseDate(r.On)
	if err != nil {
		on = services.Date{}
	}
	return services.NewReading{Km: r.Km, On: on}
}

// Reading is one entry of the log.
type Reading struct {
	ID        string     `json:"id"`
	Km        int64      `json:"km"`
	On        Date       `json:"on"`
	Lender    bool       `json:"lender" doc:"It comes from the lender's file"`
	Corrected bool       `json:"corrected" doc:"A later entry took its place"`
	CreatedAt *time.Time `json:"created_at" doc:"null for the lender's"`
}

// ReadingOf makes it from the domain's.
func ReadingOf(r services.Reading) Reading {
	return Reading{ID: r.ID, Km: r.Km, On: Date{r.On}, Lender: r.Lender, Corrected: r.Corrected, CreatedAt: moment(r.CreatedAt)}
}

// Domain gives it back.
func (r Reading) Domain() (services.Reading, error) {
	return services.Reading{
		ID: r.ID, Km: r.Km, On: r.On.Date, Lender: r.Lender, Corrected: r.Corrected, CreatedAt: instant(r.CreatedAt),
	}, nil
}

// ReadingsOf makes a list.
func ReadingsOf(list []services.Reading) List[Reading] { return listOf(list, "", ReadingOf) }

// ReadingsFrom gives the list back.
func ReadingsFrom(l List[Reading]) ([]services.Reading, error) {
	return collect(l.Items, Reading.Domain)
}
