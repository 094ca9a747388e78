package server

import (
	"context"
	"net/http"

	"myaccount/services"
	"myaccount/services/api"
)

func (s *Server) paymentRoutes() {
	signed(s, call{
		id: "list-payments", method: http.MethodGet, path: api.PathPayments, codes: gated(services.CodeNotFound),
		summary: "Posted and returned payments of an agreement, newest first",
	}, payments)
}

// ofOne asks for part of a list of something.
type ofOne struct {
	ByID
	Page
}

func payments(ctx context.Context, c services.CustomerSession, in *ofOne) (*answer[api.List[api.Payment]], error) {
	part, err := c.Payments(ctx, in.ID, in.domain())
	return &answer[api.List[api.Payment]]{api.PaymentsOf(part)}, err
}
