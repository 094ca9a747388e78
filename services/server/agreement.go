package server

import (
	"context"
	"net/http"

	"myaccount/services"
	"myaccount/services/api"
)

func (s *Server) agreementRoutes() {
	signed(s, call{
		id: "list-agreements", method: http.MethodGet, path: api.PathAgreements, codes: gated(),
		summary: "The customer's leases and loans with where they stand today",
	}, agreements)
	signed(s, call{
		id: "get-agreement", method: http.MethodGet, path: api.PathAgreement, codes: gated(services.CodeNotFound),
		summary: "One of them",
	}, agreement)
}

func agreements(ctx context.Context, c services.CustomerSession, _ *nothing) (*answer[api.List[api.Agreement]], error) {
	list, err := c.Agreements(ctx)
	return &answer[api.List[api.Agreement]]{api.AgreementsOf(list)}, err
}

func agreement(ctx context.Context, c services.CustomerSession, in *ByID) (*answer[api.Agreement], error) {
	one, err := c.Agreement(ctx, in.ID)
	return &answer[api.Agreement]{api.AgreementOf(one)}, err
}
