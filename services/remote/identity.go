package remote

import (
	"context"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/rule"
)

var _ services.IdentitySignIns = (*Portal)(nil)

// StartIdentity begins a sign-in with a login elsewhere.
func (p *Portal) StartIdentity(ctx context.Context) (services.IdentityStart, error) {
	var start api.IdentityStart
	c := get(api.PathIdentityStart, &start)
	c.again = false // each counts
	err := p.do(ctx, c)
	return start.Domain(), err
}

// nameIdentity is what is remembered of the last sign-in with a login elsewhere on this machine: the address of the login
// here. Whose login it is shows only once the code is redeemed, so the device can be known again by no other way; shown
// to somebody else it is worth nothing.
const nameIdentity = "identity"

// SignInWithIdentity opens a session, on a device that is known if the person who signed in like this last trusted it.
// Without the service nobody signs in like this: there is no password to be checked here.
func (p *Portal) SignInWithIdentity(ctx context.Context, proof services.IdentityProof) (services.IdentityAnswer, error) {
	proof.Device.Token = p.identityDevice(ctx)
	var became api.IdentityAnswer
	if err := p.do(ctx, post(api.PathIdentitySessions, api.IdentityProofOf(proof), &became)); err != nil {
		return services.IdentityAnswer{}, err
	}
	if became.Session == nil {
		return services.IdentityAnswer{SentTo: became.SentTo}, nil
	}
	email := became.Session.Person.Email
	p.rememberPublic(ctx, nameIdentity, []byte(email))
	return services.IdentityAnswer{Session: p.begin(*became.Session, rule.DeviceToken(p.options.Box, email), "")}, nil
}

// identityDevice is the secret of this device for whoever signed in like this last; "" when there is none.
func (p *Portal) identityDevice(ctx context.Context) services.Secret {
	email, _, err := p.nobody().Recall(ctx, nameIdentity)
	if err != nil || email == nil {
		return ""
	}
	return p.deviceToken(rule.DeviceToken(p.options.Box, string(email)))
}

// forgetIdentity forgets who signed in with a login elsewhere, if it was the person of an address.
func (p *Portal) forgetIdentity(ctx context.Context, email string) {
	known, _, err := p.nobody().Recall(ctx, nameIdentity)
	if err != nil || rule.AddressKey(string(known)) != rule.AddressKey(email) {
		return
	}
	if err := p.nobody().Forget(ctx, nameIdentity); err != nil {
		p.options.Log.Warn("the last sign-in with a login elsewhere is not forgotten", "error", err)
	}
}

// ConfirmIdentity joins a login elsewhere with the token of the mail.
func (p *Portal) ConfirmIdentity(ctx context.Context, token services.Secret) error {
	return p.do(ctx, post(api.PathIdentityConfirm, api.Activation{Token: token.Reveal()}, nil))
}
