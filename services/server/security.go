package server

import (
	"context"
	"net/http"

	"myaccount/services"
	"myaccount/services/api"
)

func (s *Server) securityRoutes() {
	retry := []services.Code{services.CodeDeviceUnauthorized, services.CodeThrottled, services.CodeLocked}
	device := retry[:1]
	signed(s, call{
		id: "change-password", method: http.MethodPut, path: api.PathPassword, status: http.StatusNoContent, hashes: true,
		summary: "Set a new password beside the present one; ends every other session", codes: retry,
	}, changePassword)
	signed(s, call{
		id: "change-email", method: http.MethodPut, path: api.PathEmail, status: http.StatusAccepted, hashes: true,
		summary: "Have a mail sent to a new address, which changes it; the answer never tells whether that has a login",
		codes:   retry,
	}, changeEmail)
	signed(s, call{
		id: "list-sign-ins", method: http.MethodGet, path: api.PathSignInHistory, summary: "Tries to sign in, newest first",
		codes: device,
	}, signIns)
	signed(s, call{
		id: "get-second-factor", method: http.MethodGet, path: api.PathTOTP, summary: "Whether an authenticator app is asked for",
		codes: device,
	}, secondFactor)
	signed(s, call{
		id: "set-up-second-factor", method: http.MethodPost, path: api.PathTOTP, status: http.StatusCreated, hashes: true,
		summary: "A new secret for an authenticator app, which counts once it is confirmed", codes: retry,
	}, setUpSecondFactor)
	signed(s, call{
		id: "confirm-second-factor", method: http.MethodPost, path: api.PathTOTPConfirm,
		summary: "Make the secret count with a code of the app; gives recovery codes, once",
		codes:   []services.Code{services.CodeDeviceUnauthorized, services.CodeGone, services.CodeThrottled},
	}, confirmSecondFactor)
	signed(s, call{
		id: "remove-second-factor", method: http.MethodDelete, path: api.PathTOTP, status: http.StatusNoContent, hashes: true,
		summary: "Stop asking for the app", codes: retry,
	}, removeSecondFactor)
}

// securer is a session whose person protects the login.
type securer interface {
	services.Session
	services.Security
}

func changePassword(ctx context.Context, u securer, in *answer[api.PasswordChange]) (*nothing, error) {
	return &nothing{}, u.ChangePassword(ctx, services.PasswordChange{
		Current: services.Secret(in.Body.Current), Password: services.Secret(in.Body.Password),
	})
}

func changeEmail(ctx context.Context, u securer, in *answer[api.EmailChange]) (*accepted, error) {
	return &accepted{}, u.ChangeEmail(ctx, services.EmailChange{
		Password: services.Secret(in.Body.Password), Email: in.Body.Email,
	})
}

func signIns(ctx context.Context, u securer, in *Page) (*answer[api.List[api.SignInRecord]], error) {
	page, err := u.SignInHistory(ctx, in.domain())
	return &answer[api.List[api.SignInRecord]]{api.SignInsOf(page)}, err
}

func secondFactor(ctx context.Context, u securer, _ *nothing) (*answer[api.SecondFactor], error) {
	state, err := u.SecondFactor(ctx)
	return &answer[api.SecondFactor]{api.SecondFactorOf(state)}, err
}

func setUpSecondFactor(ctx context.Context, u securer, in *answer[api.Password]) (*answer[api.FactorSetup], error) {
	setup, err := u.SetUpSecondFactor(ctx, services.Secret(in.Body.Password))
	return &answer[api.FactorSetup]{api.FactorSetup{Secret: setup.Secret.Reveal(), URI: setup.URI.Reveal()}}, err
}

func confirmSecondFactor(ctx context.Context, u securer, in *answer[api.Code]) (*answer[api.RecoveryCodes], error) {
	codes, err := u.ConfirmSecondFactor(ctx, services.Secret(in.Body.Code))
	out := api.RecoveryCodes{Codes: make([]string, 0, len(codes))}
	for _, code := range codes {
		out.Codes = append(out.Codes, code.Reveal())
	}
	return &answer[api.RecoveryCodes]{out}, err
}

func removeSecondFactor(ctx context.Context, u securer, in *answer[api.Password]) (*nothing, error) {
	return &nothing{}, u.RemoveSecondFactor(ctx, services.Secret(in.Body.Password))
}
