package remote

import (
	"context"
	"net/http"

	"myaccount/services"
	"myaccount/services/api"
)

// What the cache keeps of this file, by name.
const (
	nameSignIns      = "sign-ins"
	nameSecondFactor = "second-factor"
)

// ChangePassword sets a new password, which an offline sign-in asks for from now on.
func (s *customerSession) ChangePassword(ctx context.Context, c services.PasswordChange) error {
	body := api.PasswordChange{Current: c.Current.Reveal(), Password: c.Password.Reveal()}
	if err := s.do(ctx, call{method: http.MethodPut, path: api.PathPassword, body: body}); err != nil {
		return err
	}
	s.forgetOffline()
	s.prepareOffline(c.Password)
	return nil
}

// ChangeEmail has a mail sent to a new address.
func (s *customerSession) ChangeEmail(ctx context.Context, c services.EmailChange) error {
	body := api.EmailChange{Password: c.Password.Reveal(), Email: c.Email}
	return s.do(ctx, call{method: http.MethodPut, path: api.PathEmail, body: body})
}

// SignInHistory lists the tries to sign in. The first part is remembered.
func (s *customerSession) SignInHistory(ctx context.Context, p services.Page) (services.SignInPage, error) {
	c := get(api.PathSignInHistory, nil)
	c.query = query(p)
	name := ""
	if p.After == "" {
		name = nameSignIns
	}
	return seen(ctx, s, name, c, func(l api.List[api.SignInRecord]) (services.SignInPage, error) {
		return api.SignInsFrom(l), nil
	})
}

// SecondFactor tells whether an authenticator app is asked for.
func (s *customerSession) SecondFactor(ctx context.Context) (services.SecondFactor, error) {
	return seen(ctx, s, nameSecondFactor, get(api.PathTOTP, nil), func(f api.SecondFactor) (services.SecondFactor, error) {
		return f.Domain(), nil
	})
}

// SetUpSecondFactor gives a new secret for an authenticator app.
func (s *customerSession) SetUpSecondFactor(ctx context.Context, password services.Secret) (services.FactorSetup, error) {
	var setup api.FactorSetup
	err := s.do(ctx, post(api.PathTOTP, api.Password{Password: password.Reveal()}, &setup))
	return services.FactorSetup{Secret: services.Secret(setup.Secret), URI: services.Secret(setup.URI)}, err
}

// ConfirmSecondFactor makes the secret count, and gives recovery codes.
func (s *customerSession) ConfirmSecondFactor(ctx context.Context, code services.Secret) ([]services.Secret, error) {
	var read api.RecoveryCodes
	if err := s.do(ctx, post(api.PathTOTPConfirm, api.Code{Code: code.Reveal()}, &read)); err != nil {
		return nil, err
	}
	codes := make([]services.Secret, len(read.Codes))
	for i, code := range read.Codes {
		codes[i] = services.Secret(code)
	}
	return codes, nil
}

// RemoveSecondFactor stops asking for the app.
func (s *customerSession) RemoveSecondFactor(ctx context.Context, password services.Secret) error {
	return s.do(ctx, call{method: http.MethodDelete, path: api.PathTOTP, body: api.Password{Password: password.Reveal()}})
}
