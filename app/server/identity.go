package main

import (
	"context"

	"myaccount/services/core"
	"myaccount/services/server/oidc"
	"myaccount/services/text"
)

// provider asks the identity provider; nil when none is configured.
func (c *config) provider() *oidc.Provider {
	if c.OIDCIssuer == "" {
		return nil
	}
	return oidc.New(oidc.Config{
		Issuer: c.OIDCIssuer, ClientID: c.OIDCClientID, ClientSecret: c.OIDCClientSecret, Clock: systemClock{},
	})
}

// identities is the provider as the rules know it.
func (c *config) identities() core.IdentityProvider {
	if p := c.provider(); p != nil {
		return p
	}
	return nil
}

// checkIdentity asks the identity provider where people sign in.
func (o *operator) checkIdentity(ctx context.Context, c config) finding {
	named := text.Vars{"Provider": o.brand.Identity.Provider, "Issuer": c.OIDCIssuer}
	p := c.provider()
	switch {
	case p == nil:
		return fine("server.doctor.identity.none")
	case o.brand.Identity.Provider == "":
		return bad("server.config.oidc_brand", nil)
	}
	if err := p.Check(ctx); err != nil {
		return bad("server.doctor.identity.bad", err, named)
	}
	return fine("server.doctor.identity.good", named)
}
