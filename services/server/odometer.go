package server

import (
	"context"
	"net/http"

	"myaccount/services"
	"myaccount/services/api"
)

func (s *Server) odometerRoutes() {
	signed(s, call{
		id: "list-readings", method: http.MethodGet, path: api.PathOdometer, codes: gated(services.CodeNotFound),
		summary: "What the odometer said, the latest day first, corrected readings among them",
	}, readings)
	signed(s, call{
		id: "add-reading", method: http.MethodPut, path: api.PathOdometer, codes: gated(services.CodeNotFound, services.CodeGone),
		summary: "Keep a reading; on a day that has one it takes its place",
	}, addReading)
}

func readings(ctx context.Context, c services.CustomerSession, in *ByID) (*answer[api.List[api.Reading]], error) {
	list, err := c.Readings(ctx, in.ID)
	return &answer[api.List[api.Reading]]{api.ReadingsOf(list)}, err
}

// newReading is a reading of a vehicle.
type newReading struct {
	ByID
	Body api.NewReading
}

func addReading(ctx context.Context, c services.CustomerSession, in *newReading) (*answer[api.Reading], error) {
	reading, err := c.AddReading(ctx, in.ID, in.Body.Domain())
	return &answer[api.Reading]{api.ReadingOf(reading)}, err
}
