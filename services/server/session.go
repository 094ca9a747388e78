package server

import (
	"context"
	"fmt"
	"net/http"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/seal"
)

func (s *Server) sessionRoutes() {
	open(s, call{
		id: "sign-in", method: http.MethodPost, path: api.PathSessions, status: http.StatusCreated, hashes: true,
		summary: "Open a session; a wrong address and a wrong password are answered alike",
		codes: []services.Code{
			services.CodeUnauthenticated, services.CodeNotActivated, services.CodeLocked, services.CodeThrottled,
		},
	}, s.signIn)
	signed(s, call{
		id: "get-session", method: http.MethodGet, path: api.PathSession, summary: "What the session knows about itself",
	}, getSession)
	signed(s, call{
		id: "touch-session", method: http.MethodPut, path: api.PathSession, status: http.StatusNoContent,
		summary: "Tell that the person is still there, which moves the idle limit",
	}, touchSession)
	signed(s, call{
		id: "sign-out", method: http.MethodDelete, path: api.PathSession, status: http.StatusNoContent, summary: "End the session",
	}, signOut)
}

func (s *Server) signIn(ctx context.Context, in *answer[api.Credentials]) (*answer[api.Session], error) {
	session, err := s.core.SignIn(ctx, in.Body.Domain())
	if err != nil {
		return nil, err
	}
	out, err := begun(session)
	return &answer[api.Session]{out}, err
}

// begun is what is told of a session once: with its token.
func begun(session services.Session) (api.Session, error) {
	held, ok := session.(interface{ Token() seal.Secret })
	if !ok {
		return api.Session{}, fmt.Errorf("a session without a token: %T", session)
	}
	out := api.SessionOf(session.Info())
	out.Token = held.Token().Reveal()
	return out, nil
}

func getSession(ctx context.Context, session services.Session, _ *nothing) (*answer[api.Session], error) {
	info, err := session.Reload(ctx) // which also notes the use
	return &answer[api.Session]{api.SessionOf(info)}, err
}

func touchSession(ctx context.Context, session services.Session, _ *nothing) (*nothing, error) {
	return &nothing{}, session.Touch(ctx)
}

func signOut(ctx context.Context, session services.Session, _ *nothing) (*nothing, error) {
	if _, err := session.Reload(ctx); err != nil { // it may have ended
		return nil, err
	}
	return &nothing{}, session.SignOut(ctx)
}
