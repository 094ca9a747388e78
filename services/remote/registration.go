package remote

import (
	"context"

	"myaccount/services"
	"myaccount/services/api"
)

// The calls of this file and of password.go are made once: each uses up a challenge, a token or a try.

// Register asks for a login.
func (p *Portal) Register(ctx context.Context, r services.Registration) error {
	return p.do(ctx, post(api.PathRegistrations, api.RegistrationOf(r), nil))
}

// ResendActivation has the activation mail sent again.
func (p *Portal) ResendActivation(ctx context.Context, r services.AddressRequest) error {
	return p.do(ctx, post(api.PathActivationsResend, api.Address(r), nil))
}

// Activate confirms an address.
func (p *Portal) Activate(ctx context.Context, token services.Secret) error {
	return p.do(ctx, post(api.PathActivations, api.Activation{Token: token.Reveal()}, nil))
}

// ConfirmEmail changes the address of a login.
func (p *Portal) ConfirmEmail(ctx context.Context, token services.Secret) error {
	return p.do(ctx, post(api.PathEmailConfirmations, api.Activation{Token: token.Reveal()}, nil))
}
