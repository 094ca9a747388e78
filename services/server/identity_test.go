package server_test

import (
	"context"
	"testing"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/core"
	"myaccount/services/server"
)

// elsewhere is a provider that knows alice and takes the nonce for the code: it stands for what services/server/oidc asks.
type elsewhere struct{}

func (elsewhere) Endpoint(context.Context) (core.IdentityEndpoint, error) {
	return core.IdentityEndpoint{
		Issuer: "https://login.example", URL: "https://login.example/auth", ClientID: "app", Scopes: []string{"openid"},
	}, nil
}

func (elsewhere) Redeem(_ context.Context, code core.IdentityCode) (core.Identity, error) {
	return core.Identity{
		Issuer: "https://login.example", Subject: "s-1", Nonce: code.Code.Reveal(), Email: alice, Verified: true,
		FirstName: "Alice", LastName: "Tremblay",
	}, nil
}

func withProvider(inside *core.Config, _ *server.Config) { inside.Identity = elsewhere{} }

func (h *harness) identityProof() api.IdentityProof {
	h.t.Helper()
	var start api.IdentityStart
	h.do(request{method: "GET", path: api.PathIdentityStart}).want(200).into(&start)
	if start.Endpoint != "https://login.example/auth" || start.ClientID != "app" || len(start.Scopes) != 1 || start.Life != 600 {
		h.t.Errorf("%+v", start)
	}
	return api.IdentityProof{
		State: start.State, Code: start.Nonce, Verifier: "verifier", RedirectURI: "http://127.0.0.1:4000/callback",
		Device: api.DeviceClaim{Name: "Linux computer", Kind: "personal"},
	}
}

// TestIdentity walks from a login elsewhere to a session, over the wire.
func TestIdentity(t *testing.T) {
	h := newHarness(t, withProvider)
	proof := h.identityProof()
	send := func() reply { return h.do(request{method: "POST", path: api.PathIdentitySessions, body: proof}) }
	if p := send().fails(422, services.CodeInvalid); p.Fields["terms_version"] != services.ReasonRequired {
		t.Errorf("%+v", p)
	}
	proof.Language, proof.TermsLanguage, proof.TermsVersion = "en", "en", h.core.Brand.Rules.TermsVersion
	var became api.IdentityAnswer
	send().want(200).into(&became)
	if became.Session != nil || became.SentTo != "a•••y@example.ca" {
		t.Fatalf("%+v", became)
	}
	send().fails(410, services.CodeGone)

	confirm := request{method: "POST", path: api.PathIdentityConfirm, body: api.Activation{Token: h.mail(alice, "identity_confirm").Token.Reveal()}}
	h.do(confirm).want(204)
	h.do(confirm).fails(410, services.CodeGone)

	proof = h.identityProof()
	send().want(200).into(&became)
	if became.Session == nil || became.Session.Person.Email != alice {
		t.Fatalf("%+v", became)
	}
	h.do(request{method: "GET", path: api.PathSession, token: became.Session.Token}).want(200)

	proof = h.identityProof()
	proof.Code = "of another sign-in"
	send().fails(401, services.CodeUnauthenticated)
}

// TestIdentity_WithoutProvider: there is nothing to find, and the policy names none.
func TestIdentity_WithoutProvider(t *testing.T) {
	h := newHarness(t)
	h.do(request{method: "GET", path: api.PathIdentityStart}).fails(404, services.CodeNotFound)
	h.do(request{method: "POST", path: api.PathIdentitySessions, body: api.IdentityProof{}}).fails(404, services.CodeNotFound)
	h.do(request{method: "POST", path: api.PathIdentityConfirm, body: api.Activation{Token: "x"}}).fails(410, services.CodeGone)
	var policy api.Policy
	h.do(request{method: "GET", path: api.PathPolicy}).want(200).into(&policy)
	if policy.IdentityProvider != "" {
		t.Errorf("provider %q", policy.IdentityProvider)
	}
}
