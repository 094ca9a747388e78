package remote

import (
	"context"
	"net/http"

	"myaccount/services"
	"myaccount/services/api"
)

// nameReadings is what an agreement's readings are remembered under.
const nameReadings = "odometer/"

// Readings lists what the odometer said.
func (s *customerSession) Readings(ctx context.Context, agreementID string) ([]services.Reading, error) {
	return seen(ctx, s, nameReadings+agreementID, get(api.PathOdometer, nil).of(agreementID), api.ReadingsFrom)
}

// AddReading keeps one. The same reading again changes nothing more.
func (s *customerSession) AddReading(ctx context.Context, agreementID string, r services.NewReading) (services.Reading, error) {
	var added api.Reading
	c := call{method: http.MethodPut, path: api.PathOdometer, body: api.NewReadingOf(r), answer: &added, again: true}
	if err := s.do(ctx, c.of(agreementID)); err != nil {
		return services.Reading{}, err
	}
	return checked(added.Domain())
}
