package core_test

import (
	"context"
	"maps"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/totp"
)

// provider vouches for whoever the test says, for one code each.
type provider struct {
	who   core.Identity
	err   error
	nonce services.Secret // of the latest start
	asked atomic.Int64
	hold  chan struct{} // when not nil, an answer waits for a value
}

func (p *provider) Endpoint(context.Context) (core.IdentityEndpoint, error) {
	return core.IdentityEndpoint{Issuer: issuer, URL: issuer + "/auth", ClientID: "app", Scopes: []string{"openid"}}, nil
}

func (p *provider) Redeem(context.Context, core.IdentityCode) (core.Identity, error) {
	p.asked.Add(1)
	if p.hold != nil {
		p.hold <- struct{}{}
		<-p.hold
	}
	if p.who.Nonce == "" {
		who := p.who
		who.Nonce = p.nonce.Reveal()
		return who, p.err
	}
	return p.who, p.err
}

const (
	issuer    = "https://login.example"
	elsewhere = "amelie@example.ca"
)

// identities is a portal with a provider.
type identities struct {
	*harness
	portal   core.IdentityPortal
	provider *provider
}

func newIdentities(t *testing.T, change ...func(*core.Config)) *identities {
	t.Helper()
	p := &provider{who: core.Identity{
		Issuer: issuer, Subject: "s-1", Email: elsewhere, Verified: true, FirstName: " Amélie  Rose ", LastName: "Tremblay",
	}}
	h := newHarness(t, append(change, func(c *core.Config) { c.Identity = p })...)
	return &identities{h, core.IdentityPortal{Core: h.Core}, p}
}

// begin begins a sign-in and gives the proof of it, without the terms.
func (i *identities) begin() services.IdentityProof {
	i.t.Helper()
	start, err := i.portal.StartIdentity(i.ctx)
	must(i.t, err)
	i.provider.nonce = start.Nonce
	return services.IdentityProof{
		State: start.State, Code: "code", Verifier: "verifier", RedirectURI: "http://127.0.0.1:4000/callback",
		Device: services.DeviceClaim{Name: "Linux computer", Kind: "personal"},
	}
}

// agreed adds what is asked for before the mail.
func (i *identities) agreed(p services.IdentityProof) services.IdentityProof {
	p.Language, p.TermsLanguage, p.TermsVersion = "fr", "fr", i.Brand.Rules.TermsVersion
	return p
}

// joined has the login elsewhere confirmed.
func (i *identities) joined() {
	i.t.Helper()
	_, err := i.portal.SignInWithIdentity(i.ctx, i.agreed(i.begin()))
	must(i.t, err)
	must(i.t, i.ConfirmIdentity(i.ctx, i.mail(elsewhere, "identity_confirm").Token))
}

func TestIdentity_NewLogin(t *testing.T) {
	h := newIdentities(t)
	proof := h.begin()
	_, err := h.portal.SignInWithIdentity(h.ctx, proof)
	wantFields(t, err, map[string]string{"language": "required", "terms_version": "required", "terms_language": "required"})
	if len(h.mails(elsewhere)) != 0 {
		t.Fatal("a mail before the terms were accepted")
	}
	answer, err := h.portal.SignInWithIdentity(h.ctx, h.agreed(proof))
	must(t, err)
	if answer.Session != nil || answer.SentTo != "a•••e@example.ca" || h.provider.asked.Load() != 1 {
		t.Fatalf("%+v after %d codes", answer, h.provider.asked.Load())
	}
	_, err = h.portal.SignInWithIdentity(h.ctx, h.agreed(proof))
	wantCode(t, err, services.CodeGone)

	m := h.mail(elsewhere, "identity_confirm")
	must(t, h.ConfirmIdentity(h.ctx, services.Secret("https://portal.example/confirm-identity?token="+m.Token.Reveal())))
	wantCode(t, h.ConfirmIdentity(h.ctx, m.Token), services.CodeGone)
	answer, err = h.portal.SignInWithIdentity(h.ctx, h.begin())
	must(t, err)
	info := answer.Session.Info()
	if info.Person.Name() != "Amélie Rose Tremblay" || info.Person.Email != elsewhere || info.Person.Language != "fr" || info.Device.Authorized {
		t.Errorf("%+v", info)
	}
	history, err := answer.Session.(services.Security).SignInHistory(h.ctx, services.Page{})
	must(t, err)
	if len(history.Items) != 1 || history.Items[0].Outcome != services.SignInOK || history.Items[0].Device != "Linux computer" {
		t.Errorf("history %+v", history)
	}
}

// TestIdentity_KnownAddress: the answer is the same as for a new address, and the login keeps what it has.
func TestIdentity_KnownAddress(t *testing.T) {
	h := newIdentities(t)
	h.person(elsewhere)
	answer, err := h.portal.SignInWithIdentity(h.ctx, h.agreed(h.begin()))
	must(t, err)
	if answer.Session != nil || answer.SentTo != "a•••e@example.ca" {
		t.Fatalf("%+v", answer)
	}
	_, err = h.portal.SignInWithIdentity(h.ctx, h.agreed(h.begin())) // the mail alone does nothing
	wantCode(t, err, services.CodeThrottled)
	must(t, h.ConfirmIdentity(h.ctx, h.mail(elsewhere, "identity_confirm").Token))
	answer, err = h.portal.SignInWithIdentity(h.ctx, h.begin())
	must(t, err)
	if name := answer.Session.Info().Person.Name(); name != "Alice Tremblay" {
		t.Errorf("the login is now %q's", name)
	}
	h.signIn(elsewhere) // the password stays
	h.provider.who.Email = "other@example.ca"
	answer, err = h.portal.SignInWithIdentity(h.ctx, h.begin()) // it is known by its subject
	must(t, err)
	if answer.Session.Info().Person.Email != elsewhere {
		t.Error("another login")
	}
}

// TestIdentity_StrangersRegistration: what a stranger registered with the address is worth nothing after the mail was
// used, and nothing of it comes into the login.
func TestIdentity_StrangersRegistration(t *testing.T) {
	h := newIdentities(t)
	must(t, h.Register(h.ctx, h.registration(elsewhere)))
	stranger := h.mail(elsewhere, "activate").Token
	h.joined()
	wantCode(t, h.Activate(h.ctx, stranger), services.CodeGone)
	_, err := h.SignIn(h.ctx, credentials(elsewhere))
	wantCode(t, err, services.CodeUnauthenticated)
	answer, err := h.portal.SignInWithIdentity(h.ctx, h.begin())
	must(t, err)
	if name := answer.Session.Info().Person.FirstName; name != "Amélie Rose" {
		t.Errorf("the login is %q's", name)
	}
}

// TestIdentity_WaitingLogin: before the mail is used nobody gets the login active by another mail.
func TestIdentity_WaitingLogin(t *testing.T) {
	h := newIdentities(t)
	_, err := h.portal.SignInWithIdentity(h.ctx, h.agreed(h.begin()))
	must(t, err)
	must(t, h.ResendActivation(h.ctx, services.AddressRequest{Email: elsewhere, Captcha: h.captcha()}))
	must(t, h.RequestPasswordReset(h.ctx, services.AddressRequest{Email: elsewhere, Captcha: h.captcha()}))
	if kinds := h.kinds(elsewhere); len(kinds) != 1 {
		t.Fatalf("mails %q", kinds)
	}
	must(t, h.ConfirmIdentity(h.ctx, h.mail(elsewhere, "identity_confirm").Token))
	h.clock.Move(2 * time.Minute)
	must(t, h.RequestPasswordReset(h.ctx, services.AddressRequest{Email: elsewhere, Captcha: h.captcha()}))
	must(t, h.ResetPassword(h.ctx, services.PasswordReset{Token: h.mail(elsewhere, "reset").Token, Password: password}))
	h.signIn(elsewhere)
}

func TestIdentity_Refused(t *testing.T) {
	for name, c := range map[string]struct {
		change func(p *provider, proof *services.IdentityProof)
		code   services.Code
		fields map[string]string
	}{
		"the provider refuses the code": {func(p *provider, _ *services.IdentityProof) {
			p.err = services.Fail(services.CodeUnauthenticated)
		}, services.CodeUnauthenticated, nil},
		"the provider is away": {func(p *provider, _ *services.IdentityProof) {
			p.err = services.Fail(services.CodeUnavailable)
		}, services.CodeUnavailable, nil},
		"another nonce": {func(p *provider, _ *services.IdentityProof) { p.who.Nonce = "another" }, services.CodeUnauthenticated, nil},
		"nobody":        {func(p *provider, _ *services.IdentityProof) { p.who.Subject = "" }, services.CodeUnauthenticated, nil},
		"another state": {func(_ *provider, r *services.IdentityProof) { r.State = "another" }, services.CodeGone, nil},
		"no state":      {func(_ *provider, r *services.IdentityProof) { r.State = "" }, services.CodeGone, nil},
		"an address that was not confirmed": {
			func(p *provider, _ *services.IdentityProof) { p.who.Verified = false },
			services.CodeInvalid,
			map[string]string{"email": "unverified"},
		},
		"no address": {
			func(p *provider, _ *services.IdentityProof) { p.who.Email = "" },
			services.CodeInvalid,
			map[string]string{"email": "required"},
		},
		"no name": {
			func(p *provider, _ *services.IdentityProof) { p.who.FirstName, p.who.LastName = "", "\u200b" },
			services.CodeInvalid,
			map[string]string{"first_name": "required", "last_name": "required"},
		},
		"terms of before": {
			func(_ *provider, r *services.IdentityProof) { r.TermsVersion = "2001-01-01" },
			services.CodeInvalid,
			map[string]string{"terms_version": "outdated"},
		},
		"a redirect elsewhere": {
			func(_ *provider, r *services.IdentityProof) { r.RedirectURI = "http://evil.example:4000/callback" },
			services.CodeInvalid,
			map[string]string{"redirect_uri": "format"},
		},
		"a redirect by TLS": {
			func(_ *provider, r *services.IdentityProof) { r.RedirectURI = "https://127.0.0.1:4000/callback" },
			services.CodeInvalid,
			map[string]string{"redirect_uri": "format"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newIdentities(t)
			proof := h.agreed(h.begin())
			c.change(h.provider, &proof)
			answer, err := h.portal.SignInWithIdentity(h.ctx, proof)
			wantCode(t, err, c.code)
			if got := services.FieldsOf(err); !maps.Equal(got, c.fields) {
				t.Errorf("fields %v, want %v", got, c.fields)
			}
			if answer.Session != nil || answer.SentTo != "" || len(h.mails(elsewhere)) != 0 {
				t.Error("something came of it")
			}
		})
	}
}

// TestIdentity_UsedOnce: a code that was refused ends the sign-in, a proof is good for one session, and neither another
// verifier nor a later moment opens one.
func TestIdentity_UsedOnce(t *testing.T) {
	h := newIdentities(t)
	h.joined()

	h.provider.err = services.Fail(services.CodeUnauthenticated)
	refused := h.begin()
	_, err := h.portal.SignInWithIdentity(h.ctx, refused)
	wantCode(t, err, services.CodeUnauthenticated)
	h.provider.err = nil
	_, err = h.portal.SignInWithIdentity(h.ctx, refused)
	wantCode(t, err, services.CodeGone)

	proof := h.begin()
	_, err = h.portal.SignInWithIdentity(h.ctx, proof)
	must(t, err)
	_, err = h.portal.SignInWithIdentity(h.ctx, proof)
	wantCode(t, err, services.CodeGone)

	late := h.begin()
	h.clock.Move(10 * time.Minute)
	_, err = h.portal.SignInWithIdentity(h.ctx, late)
	wantCode(t, err, services.CodeGone)
}

func TestIdentity_AnotherVerifier(t *testing.T) {
	h := newIdentities(t)
	proof := h.begin()
	_, err := h.portal.SignInWithIdentity(h.ctx, proof) // waits for the terms
	wantCode(t, err, services.CodeInvalid)
	other := h.agreed(proof)
	other.Verifier = "another"
	_, err = h.portal.SignInWithIdentity(h.ctx, other)
	wantCode(t, err, services.CodeGone)
	_, err = h.portal.SignInWithIdentity(h.ctx, h.agreed(proof))
	must(t, err)
}

// TestIdentity_AtOnce: of many with the same proof at once, one has the code redeemed and one opens a session.
func TestIdentity_AtOnce(t *testing.T) {
	h := newIdentities(t)
	h.joined()
	before := h.provider.asked.Load()
	proof := h.begin()
	var sessions atomic.Int64
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			answer, err := h.portal.SignInWithIdentity(h.ctx, proof)
			switch code := services.CodeOf(err); {
			case err == nil && answer.Session != nil:
				sessions.Add(1)
			case code != services.CodeGone && code != services.CodeConflict && code != services.CodeThrottled:
				t.Errorf("%v", err)
			}
		})
	}
	all.Wait()
	if asked := h.provider.asked.Load() - before; sessions.Load() != 1 || asked != 1 {
		t.Errorf("%d sessions of %d codes", sessions.Load(), asked)
	}
}

func TestIdentity_BeingRedeemed(t *testing.T) {
	h := newIdentities(t)
	h.joined()
	h.provider.hold = make(chan struct{})
	proof := h.begin()
	done := make(chan error, 1)
	go func() {
		_, err := h.portal.SignInWithIdentity(h.ctx, proof)
		done <- err
	}()
	<-h.provider.hold
	_, err := h.portal.SignInWithIdentity(h.ctx, proof)
	wantCode(t, err, services.CodeConflict)
	h.provider.hold <- struct{}{}
	must(t, <-done)
}

// TestIdentity_SecondFactor: whoever has one is asked for it, a missing one costs nothing, and wrong ones lock as wrong
// passwords do, for every way in.
func TestIdentity_SecondFactor(t *testing.T) {
	h := newIdentities(t)
	h.person(elsewhere)
	h.joined()
	s := security(h.harness, elsewhere)
	setup, err := s.SetUpSecondFactor(h.ctx, password)
	must(t, err)
	code := func() services.Secret {
		t.Helper()
		h.clock.Move(time.Minute)
		now, err := totp.Code(setup.Secret.Reveal(), h.clock.Now())
		must(t, err)
		return services.Secret(now)
	}
	_, err = s.ConfirmSecondFactor(h.ctx, code())
	must(t, err)

	proof := h.begin()
	for range 2 {
		_, err = h.portal.SignInWithIdentity(h.ctx, proof)
		wantFields(t, err, map[string]string{"totp": "required"})
	}
	proof.TOTP = "000000"
	_, err = h.portal.SignInWithIdentity(h.ctx, proof)
	wantFields(t, err, map[string]string{"totp": "mismatch"})
	proof.TOTP = code()
	answer, err := h.portal.SignInWithIdentity(h.ctx, proof)
	must(t, err)
	if answer.Session == nil {
		t.Fatal("no session")
	}

	for range h.Brand.Rules.LockoutAfter {
		h.clock.Move(31 * time.Second)
		proof = h.begin()
		proof.TOTP = "000000"
		_, err = h.portal.SignInWithIdentity(h.ctx, proof)
	}
	wantCode(t, err, services.CodeLocked)
	_, err = h.SignIn(h.ctx, credentials(elsewhere))
	wantCode(t, err, services.CodeLocked)
	proof = h.begin()
	proof.TOTP = code()
	_, err = h.portal.SignInWithIdentity(h.ctx, proof)
	wantCode(t, err, services.CodeLocked)
	if h.kinds(elsewhere)[0] != "locked" {
		t.Errorf("mails %q", h.kinds(elsewhere))
	}
}

// TestIdentity_AnotherHolder: a login elsewhere belongs to one login here.
func TestIdentity_AnotherHolder(t *testing.T) {
	h := newIdentities(t)
	_, err := h.portal.SignInWithIdentity(h.ctx, h.agreed(h.begin()))
	must(t, err)
	h.provider.who.Email = "second@example.ca"
	_, err = h.portal.SignInWithIdentity(h.ctx, h.agreed(h.begin()))
	must(t, err)
	must(t, h.ConfirmIdentity(h.ctx, h.mail("second@example.ca", "identity_confirm").Token))
	wantCode(t, h.ConfirmIdentity(h.ctx, h.mail(elsewhere, "identity_confirm").Token), services.CodeGone)
}

// TestIdentity_Advisor: who answers messages signs in with a password alone.
// TestIdentity_MovedAway leaves a link in a mailbox that the person has moved away from worth nothing.
func TestIdentity_MovedAway(t *testing.T) {
	h := newIdentities(t)
	h.person(elsewhere)
	_, err := h.portal.SignInWithIdentity(h.ctx, h.agreed(h.begin()))
	must(t, err)
	token := h.mail(elsewhere, "identity_confirm").Token
	s := security(h.harness, elsewhere)
	must(t, s.ChangeEmail(h.ctx, services.EmailChange{Password: password, Email: "new@example.ca"}))
	must(t, h.ConfirmEmail(h.ctx, h.mail("new@example.ca", "email_confirm").Token))
	wantCode(t, h.ConfirmIdentity(h.ctx, token), services.CodeGone)
}

func TestIdentity_Advisor(t *testing.T) {
	h := newIdentities(t)
	must(t, h.EnsureAdvisor(h.ctx, "Dana", "Desk", elsewhere))
	answer, err := h.portal.SignInWithIdentity(h.ctx, h.agreed(h.begin()))
	must(t, err)
	if answer.SentTo != "a•••e@example.ca" || h.kinds(elsewhere)[0] != "already_registered" {
		t.Errorf("%+v, mails %q", answer, h.kinds(elsewhere))
	}
}

// TestIdentity_Limits: one network address begins so many sign-ins.
func TestIdentity_Limits(t *testing.T) {
	h := newIdentities(t, func(c *core.Config) { c.Brand.Rules.AddressSignIns = 2 })
	ctx := core.WithClient(h.ctx, netip.MustParseAddr("203.0.113.9"))
	for range 2 {
		_, err := h.portal.StartIdentity(ctx)
		must(t, err)
	}
	_, err := h.portal.StartIdentity(ctx)
	wantCode(t, err, services.CodeThrottled)
}

// TestIdentity_Policy: the provider is named only where there is one.
func TestIdentity_Policy(t *testing.T) {
	with, err := newIdentities(t).Policy(t.Context())
	must(t, err)
	without, err := newHarness(t).Policy(t.Context())
	must(t, err)
	if with.IdentityProvider != "BMW Login" || without.IdentityProvider != "" {
		t.Errorf("%q and %q", with.IdentityProvider, without.IdentityProvider)
	}
}
