package entry

import (
	"context"
	"strings"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/ui/nav"
)

// withIdentity gives the bench a provider.
func (b *bench) withIdentity() *fakeIdentity {
	f := &fakeIdentity{}
	b.site.Identity = &Identity{f, f.Browse}
	b.env.Policy.IdentityProvider = "BMW Login"
	return f
}

// identity opens the page.
func (b *bench) identity() *identity {
	i := newIdentity(b.env, b.site)
	i.start()
	b.t.Cleanup(i.stop)
	b.settle()
	return i
}

func TestIdentity_SignsIn(t *testing.T) {
	inBubble(t, func(b *bench) {
		f := b.withIdentity()
		i := b.identity()
		if b.sessions != 1 || f.began != 1 || f.langs[0] != "fr" || f.proofs[0].Device != b.site.Device || f.proofs[0].TermsVersion != "" {
			t.Errorf("%d sessions, %+v", b.sessions, f)
		}
		if i.proof.Code != "" {
			t.Error("the proof is kept")
		}
	})
}

// TestIdentity_FirstTime: the terms are accepted before the mail, and what was read of them goes along.
func TestIdentity_FirstTime(t *testing.T) {
	inBubble(t, func(b *bench) {
		f := b.withIdentity()
		f.signIn = func(p services.IdentityProof) (services.IdentityAnswer, error) {
			if p.TermsVersion == "" {
				return services.IdentityAnswer{}, services.Invalid(fieldTerms, services.ReasonRequired)
			}
			return services.IdentityAnswer{SentTo: "a•••e@example.ca"}, nil
		}
		i := b.identity()
		if i.stage != identityTerms || i.fieldError(b.p) != "" || i.problem(b.p) != "" {
			t.Fatalf("stage %d, says %q and %q", i.stage, i.fieldError(b.p), i.problem(b.p))
		}
		i.submit()
		b.settle()
		if len(f.proofs) != 1 || i.fieldError(b.p) == "" {
			t.Fatal("sent without the terms")
		}
		i.stop() // reads them
		b.site.terms.see("en", time.Now())
		i.start()
		b.settle()
		if i.stage != identityTerms || f.began != 1 {
			t.Fatalf("back from the terms: stage %d, %d starts", i.stage, f.began)
		}
		i.accept(true)
		i.submit()
		b.settle()
		p := f.proofs[1]
		if p.TermsVersion != b.env.Policy.TermsVersion || p.TermsLanguage != "en" || p.Language != "fr" || p.TermsShown["en"].IsZero() || p.Code != "code" {
			t.Errorf("%+v", p)
		}
		if i.stage != identityMailed || i.sentTo != "a•••e@example.ca" || b.sessions != 0 {
			t.Fatalf("stage %d, %q", i.stage, i.sentTo)
		}
		if _, ok := i.next(); ok || i.fieldError(b.p) == "" {
			t.Error("goes on without a code")
		}
		i.setMailed("https://portal.example/confirm-identity?token=abc")
		if route, ok := i.next(); !ok || route.Page != nav.PageJoin || route.Token != "abc" {
			t.Errorf("%+v", route)
		}
	})
}

func TestIdentity_SecondFactor(t *testing.T) {
	inBubble(t, func(b *bench) {
		f := b.withIdentity()
		f.signIn = func(p services.IdentityProof) (services.IdentityAnswer, error) {
			switch p.TOTP {
			case "":
				return services.IdentityAnswer{}, services.Invalid(fieldFactor, services.ReasonRequired)
			case "123456":
				return services.IdentityAnswer{Session: fakeSession{}}, nil
			case "999999":
				return services.IdentityAnswer{}, services.FailAfter(services.CodeThrottled, 2*time.Second)
			}
			return services.IdentityAnswer{}, services.Invalid(fieldFactor, services.ReasonMismatch)
		}
		i := b.identity()
		if i.stage != identityCode || i.fieldError(b.p) != "" {
			t.Fatalf("stage %d, says %q", i.stage, i.fieldError(b.p))
		}
		i.submit()
		if i.fieldError(b.p) == "" || len(f.proofs) != 1 {
			t.Error("sent without a code")
		}
		for _, code := range []string{"654321", "999999"} {
			i.setCode(code)
			i.submit()
			b.settle()
			if i.stage != identityCode || i.fieldError(b.p)+i.problem(b.p) == "" || b.sessions != 0 {
				t.Fatalf("%s: stage %d, says %q", code, i.stage, i.problem(b.p))
			}
		}
		b.pass(2 * time.Second)
		i.setCode("123456")
		i.submit()
		b.settle()
		if b.sessions != 1 || f.began != 1 || i.code != "" {
			t.Errorf("%d sessions of %d starts", b.sessions, f.began)
		}
	})
}

// TestIdentity_Fails: each failure has its own sentence. What came back is handed in again only where that may help.
func TestIdentity_Fails(t *testing.T) {
	for name, c := range map[string]struct {
		start, browse, signIn error
		says                  string
		starts                int // after another try
	}{
		"no service":       {start: services.Fail(services.CodeUnavailable), says: "We could not reach the service", starts: 2},
		"declined":         {browse: services.Fail(services.CodeForbidden), says: "You did not go on in the browser", starts: 2},
		"too late":         {browse: services.Fail(services.CodeGone), says: "It took too long", starts: 2},
		"another provider": {browse: services.Fail(services.CodeUnauthenticated), says: "BMW Login did not confirm", starts: 2},
		"not believed":     {signIn: services.Fail(services.CodeUnauthenticated), says: "BMW Login did not confirm", starts: 2},
		"used":             {signIn: services.Fail(services.CodeGone), says: "It took too long", starts: 2},
		"unverified":       {signIn: services.Invalid(fieldEmail, services.ReasonUnverified), says: "not confirmed at BMW Login", starts: 2},
		"no name":          {signIn: services.Invalid(fieldFirst, services.ReasonRequired), says: "does not tell us your name", starts: 2},
		"locked":           {signIn: services.FailAfter(services.CodeLocked, time.Hour), says: "locked until", starts: 2},
		"fault":            {signIn: services.Fail(services.CodeInternal), says: "Something went wrong", starts: 2},
		"cut off":          {signIn: services.Fail(services.CodeUnavailable), says: "We could not reach the service", starts: 1},
		"being looked at":  {signIn: services.Fail(services.CodeConflict), says: "being worked on", starts: 1},
		"several tries":    {signIn: services.FailAfter(services.CodeThrottled, time.Second), says: "several tries", starts: 1},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(b *bench) {
				f := b.withIdentity()
				f.start = c.start
				f.browse = func(context.Context) (services.IdentityProof, error) {
					return services.IdentityProof{Code: "code"}, c.browse
				}
				f.signIn = func(services.IdentityProof) (services.IdentityAnswer, error) {
					return services.IdentityAnswer{}, c.signIn
				}
				i := b.identity()
				if i.stage != identityFailed || !strings.Contains(i.problem(b.p), c.says) || b.sessions != 0 {
					t.Fatalf("stage %d, says %q", i.stage, i.problem(b.p))
				}
				b.pass(2 * time.Second)
				f.start, f.browse, f.signIn = nil, nil, nil
				i.again()
				b.settle()
				if b.sessions != 1 || f.began != c.starts {
					t.Errorf("%d sessions after %d starts", b.sessions, f.began)
				}
			})
		})
	}
}

// TestIdentity_Left: leaving ends the wait, and coming back does not open the browser by itself.
func TestIdentity_Left(t *testing.T) {
	inBubble(t, func(b *bench) {
		f := b.withIdentity()
		var ended error
		f.browse = func(ctx context.Context) (services.IdentityProof, error) {
			<-ctx.Done()
			ended = ctx.Err()
			return services.IdentityProof{}, ended
		}
		i := b.identity()
		if i.stage != identityBrowser {
			t.Fatalf("stage %d", i.stage)
		}
		i.stop()
		b.settle()
		if ended == nil {
			t.Error("the wait goes on")
		}
		i.start()
		b.settle()
		if i.stage != identityFailed || f.began != 1 || !strings.Contains(i.problem(b.p), "You left") || !i.request.Ready() {
			t.Errorf("stage %d after %d starts, says %q", i.stage, f.began, i.problem(b.p))
		}
		f.browse = nil
		i.again()
		b.settle()
		if b.sessions != 1 {
			t.Error("no session")
		}
	})
}

func TestJoin(t *testing.T) {
	inBubble(t, func(b *bench) {
		f := b.withIdentity()
		var went []nav.Route
		b.env.Replace = func(r nav.Route) { went = append(went, r) }
		f.join = func(services.Secret) error { return services.Fail(services.CodeUnavailable) }
		pg := NewJoin(b.env, b.site, nav.Route{Page: nav.PageJoin, Token: "abc"}).(*confirmPage)
		pg.state.start()
		b.settle()
		if pg.state.stage != confirmFailed {
			t.Fatalf("stage %d", pg.state.stage)
		}
		f.join = nil
		pg.state.use()
		b.settle()
		if len(went) != 1 || went[0].Page != nav.PageSignIn || went[0].Payload != NoteJoined || len(f.tokens) != 2 || f.tokens[1] != "abc" {
			t.Errorf("%+v, %d tokens", went, len(f.tokens))
		}
	})
}

// TestJoin_WithoutProvider: a link that belongs to another program is told to be worth nothing here.
func TestJoin_WithoutProvider(t *testing.T) {
	inBubble(t, func(b *bench) {
		pg := NewJoin(b.env, b.site, nav.Route{Page: nav.PageJoin, Token: "abc"}).(*confirmPage)
		pg.state.start()
		b.settle()
		if pg.state.stage != confirmGone {
			t.Errorf("stage %d", pg.state.stage)
		}
	})
}
