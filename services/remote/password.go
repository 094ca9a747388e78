package remote

import (
	"context"
	"net/http"

	"myaccount/services"
	"myaccount/services/api"
)

// RequestPasswordReset has a mail with a link sent.
func (p *Portal) RequestPasswordReset(ctx context.Context, r services.AddressRequest) error {
	return p.do(ctx, post(api.PathPasswordResets, api.Address(r), nil))
}

// ResetPassword sets a new password with the token of the mail.
func (p *Portal) ResetPassword(ctx context.Context, r services.PasswordReset) error {
	body := api.PasswordReset{Token: r.Token.Reveal(), Password: r.Password.Reveal()}
	return p.do(ctx, call{method: http.MethodPut, path: api.PathPasswordResets, body: body})
}
