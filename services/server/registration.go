package server

import (
	"context"
	"net/http"

	"myaccount/services"
	"myaccount/services/api"
)

func (s *Server) registrationRoutes() {
	open(s, call{
		id: "register", method: http.MethodPost, path: api.PathRegistrations, status: http.StatusAccepted, hashes: true,
		summary: "Ask for a login; the answer is the same whether or not the address is known",
		codes:   []services.Code{services.CodeThrottled},
	}, s.register)
	open(s, call{
		id: "activate", method: http.MethodPost, path: api.PathActivations, status: http.StatusNoContent,
		summary: "Confirm an address with the token of the mail",
		codes:   []services.Code{services.CodeGone},
	}, s.activate)
	open(s, call{
		id: "confirm-email", method: http.MethodPost, path: api.PathEmailConfirmations, status: http.StatusNoContent,
		summary: "Change the address of a login with the token of the mail to the new one",
		codes:   []services.Code{services.CodeGone},
	}, s.confirmEmail)
	open(s, call{
		id: "resend-activation", method: http.MethodPost, path: api.PathActivationsResend, status: http.StatusAccepted, hashes: true,
		summary: "Have the activation mail sent again; the answer never tells whether it was",
		codes:   []services.Code{services.CodeThrottled},
	}, s.resendActivation)
	open(s, call{
		id: "request-password-reset", method: http.MethodPost, path: api.PathPasswordResets, status: http.StatusAccepted, hashes: true,
		summary: "Have a mail sent that lets a person set a new password; the answer never tells whether it was",
		codes:   []services.Code{services.CodeThrottled},
	}, s.requestPasswordReset)
	open(s, call{
		id: "reset-password", method: http.MethodPut, path: api.PathPasswordResets, status: http.StatusNoContent, hashes: true,
		summary: "Set a new password with the token of the mail; ends every session",
		codes:   []services.Code{services.CodeGone},
	}, s.resetPassword)
}

func (s *Server) register(ctx context.Context, in *answer[api.Registration]) (*accepted, error) {
	return &accepted{}, s.core.Register(ctx, in.Body.Domain())
}

func (s *Server) activate(ctx context.Context, in *answer[api.Activation]) (*nothing, error) {
	return &nothing{}, s.core.Activate(ctx, services.Secret(in.Body.Token))
}

func (s *Server) confirmEmail(ctx context.Context, in *answer[api.Activation]) (*nothing, error) {
	return &nothing{}, s.core.ConfirmEmail(ctx, services.Secret(in.Body.Token))
}

func (s *Server) resendActivation(ctx context.Context, in *answer[api.Address]) (*accepted, error) {
	return &accepted{}, s.core.ResendActivation(ctx, services.AddressRequest(in.Body))
}

func (s *Server) requestPasswordReset(ctx context.Context, in *answer[api.Address]) (*accepted, error) {
	return &accepted{}, s.core.RequestPasswordReset(ctx, services.AddressRequest(in.Body))
}

func (s *Server) resetPassword(ctx context.Context, in *answer[api.PasswordReset]) (*nothing, error) {
	return &nothing{}, s.core.ResetPassword(ctx, services.PasswordReset{
		Token: services.Secret(in.Body.Token), Password: services.Secret(in.Body.Password),
	})
}
