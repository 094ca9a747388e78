package server

import (
	"context"
	"net/http"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/core"
)

// identityRoutes are those of signing in with a login elsewhere. Without a provider nothing is found there.
func (s *Server) identityRoutes() {
	open(s, call{
		id: "start-identity", method: http.MethodGet, path: api.PathIdentityStart,
		summary: "Begin to sign in with a login elsewhere (OpenID Connect); not found where the policy names no provider",
		codes:   []services.Code{services.CodeNotFound, services.CodeThrottled},
	}, s.startIdentity)
	open(s, call{
		id: "sign-in-with-identity", method: http.MethodPost, path: api.PathIdentitySessions,
		summary: "Open a session with a login elsewhere, or have a mail sent that joins it to the login of its address",
		codes: []services.Code{
			services.CodeNotFound, services.CodeUnauthenticated, services.CodeGone, services.CodeConflict,
			services.CodeLocked, services.CodeThrottled,
		},
	}, s.signInWithIdentity)
	open(s, call{
		id: "confirm-identity", method: http.MethodPost, path: api.PathIdentityConfirm, status: http.StatusNoContent,
		summary: "Join a login elsewhere with the token of the mail",
		codes:   []services.Code{services.CodeGone},
	}, s.confirmIdentity)
}

// identities gives the rules with their provider. Fails with CodeNotFound when there is none.
func (s *Server) identities() (core.IdentityPortal, error) {
	if s.core.Identity == nil {
		return core.IdentityPortal{}, services.Fail(services.CodeNotFound)
	}
	return core.IdentityPortal{Core: s.core}, nil
}

func (s *Server) startIdentity(ctx context.Context, _ *nothing) (*answer[api.IdentityStart], error) {
	portal, err := s.identities()
	if err != nil {
		return nil, err
	}
	start, err := portal.StartIdentity(ctx)
	return &answer[api.IdentityStart]{api.IdentityStartOf(start)}, err
}

func (s *Server) signInWithIdentity(ctx context.Context, in *answer[api.IdentityProof]) (*answer[api.IdentityAnswer], error) {
	portal, err := s.identities()
	if err != nil {
		return nil, err
	}
	became, err := portal.SignInWithIdentity(ctx, in.Body.Domain())
	if err != nil || became.Session == nil {
		return &answer[api.IdentityAnswer]{api.IdentityAnswer{SentTo: became.SentTo}}, err
	}
	session, err := begun(became.Session)
	return &answer[api.IdentityAnswer]{api.IdentityAnswer{Session: &session}}, err
}

func (s *Server) confirmIdentity(ctx context.Context, in *answer[api.Activation]) (*nothing, error) {
	return &nothing{}, s.core.ConfirmIdentity(ctx, services.Secret(in.Body.Token))
}
