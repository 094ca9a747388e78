package entry

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/password"
	"myaccount/services/text"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

// stage is an app with the site that its entry pages share.
type stage struct {
	*uitest.App
	t        *testing.T
	portal   *fakePortal
	site     *Site
	sessions int
	trays    []string
	desks    int
	size     fyne.Size
	screen   *uitest.Screen
}

func newStage(t *testing.T, lang text.Lang, look theme.Appearance, scale float32) *stage {
	t.Helper()
	s := &stage{App: uitest.NewApp(t, lang, look, scale), t: t, portal: &fakePortal{}, size: uitest.Normal}
	s.site = &Site{
		Portal: s.portal, Passwords: password.Policy{Min: 12, Max: 128, Words: []string{"bmw"}},
		Device:   services.DeviceClaim{Name: "Linux computer", Kind: "personal"},
		Subtitle: map[string]string{"en": "Financial Services", "fr": "Services financiers"},
		SignedIn: func(services.Session) { s.sessions++ },
	}
	return s
}

// english is the stage of tests that look at behaviour.
func english(t *testing.T) *stage { return newStage(t, text.English, theme.Light, 1) }

// withTray adds the mail tray of local-only mode.
func (s *stage) withTray() { s.site.Tray = func(address string) { s.trays = append(s.trays, address) } }

// open shows a page of a route, as the shell does.
func (s *stage) open(route nav.Route) *uitest.Screen {
	s.t.Helper()
	pages := map[nav.PageID]func(nav.Env, *Site, nav.Route) nav.Page{
		nav.PageSignIn: NewSignIn, nav.PageRegister: NewRegister, nav.PageCheckMail: NewCheckMail,
		nav.PageActivate: NewActivate, nav.PageForgot: NewForgot, nav.PageReset: NewReset, nav.PageTerms: NewTerms,
		nav.PageConfirm: NewConfirm, nav.PageIdentity: NewIdentity, nav.PageJoin: NewJoin,
	}
	env := s.Env()
	if s.site.Identity != nil {
		env.Policy.IdentityProvider = "BMW Login"
	}
	s.screen = s.Show(s.t, pages[route.Page](env, s.site, route), s.size)
	return s.screen
}

// withIdentity adds a provider of logins elsewhere, which answers so.
func (s *stage) withIdentity(answer services.IdentityAnswer, err error) *fakeIdentity {
	f := &fakeIdentity{signIn: func(services.IdentityProof) (services.IdentityAnswer, error) { return answer, err }}
	s.site.Identity = &Identity{f, f.Browse}
	return f
}

// identity opens the page to sign in with a login elsewhere, and waits for a sentence.
func (s *stage) identity(answer services.IdentityAnswer, err error, key string) {
	s.withIdentity(answer, err)
	s.open(nav.Route{Page: nav.PageIdentity})
	s.screen.WaitFor(s.say(key))
}

// say is a sentence of the catalogue.
func (s *stage) say(key string, vars ...text.Vars) string { return s.Printer.T("entry."+key, vars...) }

// enter types into a field named by its sentence.
func (s *stage) enter(key, typed string) { s.screen.Type(s.say(key), typed) }

const email = "amelie.tremblay@example.ca"

// states are the pages in each of their states, for pictures and measures.
var states = []struct {
	name string
	open func(s *stage)
}{
	{"signin", func(s *stage) {
		s.open(nav.Route{Page: nav.PageSignIn, Arg: email, Payload: NoteActivated})
		s.enter("field.password", "sunny afternoon")
	}},
	{"signin-empty", func(s *stage) {
		s.open(nav.Route{Page: nav.PageSignIn})
		s.screen.Press(fyne.KeyReturn)
	}},
	{"signin-sample", func(s *stage) {
		s.withTray()
		s.site.Sample, s.site.OpenDesk = &fakeSample{}, func() { s.desks++ }
		s.open(nav.Route{Page: nav.PageSignIn})
		s.screen.Until("the sample", func() bool { return s.screen.Enabled(s.say("sample.load")) })
	}},
	{"signin-refused", func(s *stage) { s.refused(services.Fail(services.CodeUnauthenticated)) }},
	{"signin-locked", func(s *stage) { s.refused(services.FailAfter(services.CodeLocked, 24*time.Hour)) }},
	{"signin-inactive", func(s *stage) { s.refused(services.Fail(services.CodeNotActivated)) }},
	{"signin-throttled", func(s *stage) { s.refused(services.FailAfter(services.CodeThrottled, 8*time.Second)) }},
	{"signin-robot", func(s *stage) { s.refused(services.Invalid(fieldCaptcha, services.ReasonRequired)) }},
	{"signin-code", func(s *stage) { s.refused(services.Invalid(fieldFactor, services.ReasonRequired)) }},
	{"signin-code-wrong", func(s *stage) {
		s.refused(services.Invalid(fieldFactor, services.ReasonRequired))
		s.portal.signIn = func(services.Credentials) error { return services.Invalid(fieldFactor, services.ReasonMismatch) }
		s.enter("signin.code", "123456")
		s.screen.Press(fyne.KeyReturn)
		s.screen.WaitFor(s.Printer.T("nav.field.totp.mismatch"))
	}},
	{"confirm", func(s *stage) { s.open(nav.Route{Page: nav.PageConfirm}) }},
	{"confirm-working", func(s *stage) {
		hold := make(chan struct{})
		s.t.Cleanup(func() { close(hold) })
		s.portal.confirm = func(services.Secret) error { <-hold; return nil }
		s.open(nav.Route{Page: nav.PageConfirm, Token: "abc"})
	}},
	{"confirm-gone", func(s *stage) { s.confirming(services.Fail(services.CodeGone), "confirm.gone.title") }},
	{"confirm-failed", func(s *stage) { s.confirming(services.Fail(services.CodeUnavailable), "confirm.failed.title") }},
	{"signin-identity", func(s *stage) {
		s.withIdentity(services.IdentityAnswer{}, nil)
		s.open(nav.Route{Page: nav.PageSignIn, Payload: NoteJoined})
	}},
	{"identity-browser", func(s *stage) {
		s.withIdentity(services.IdentityAnswer{}, nil).browse = func(ctx context.Context) (services.IdentityProof, error) {
			<-ctx.Done()
			return services.IdentityProof{}, ctx.Err()
		}
		s.open(nav.Route{Page: nav.PageIdentity})
	}},
	{"identity-checking", func(s *stage) {
		hold := make(chan struct{})
		s.t.Cleanup(func() { close(hold) })
		f := s.withIdentity(services.IdentityAnswer{}, nil)
		f.signIn = func(services.IdentityProof) (services.IdentityAnswer, error) {
			<-hold
			return services.IdentityAnswer{}, nil
		}
		s.open(nav.Route{Page: nav.PageIdentity})
		s.screen.WaitFor(s.say("identity.checking.title"))
	}},
	{"identity-code", func(s *stage) {
		s.identity(services.IdentityAnswer{}, services.Invalid(fieldFactor, services.ReasonMismatch), "identity.code.title")
	}},
	{"identity-terms", func(s *stage) {
		s.identity(services.IdentityAnswer{}, services.Invalid(fieldTerms, services.ReasonRequired), "identity.terms.title")
	}},
	{"identity-mailed", func(s *stage) {
		s.identity(services.IdentityAnswer{SentTo: "a•••e@example.ca"}, nil, "checkmail.title")
	}},
	{"identity-failed", func(s *stage) {
		s.identity(services.IdentityAnswer{}, services.Fail(services.CodeGone), "identity.declined.title")
	}},
	{"join", func(s *stage) {
		s.withIdentity(services.IdentityAnswer{}, nil)
		s.open(nav.Route{Page: nav.PageJoin})
	}},
	{"register-empty", func(s *stage) { s.open(nav.Route{Page: nav.PageRegister}) }},
	{"register", func(s *stage) {
		s.fillRegister("amelie.tremblay@example")
		s.screen.Canvas().Focus(s.screen.Field(s.say("field.password")).Focusable())
	}},
	{"register-missing", func(s *stage) {
		s.open(nav.Route{Page: nav.PageRegister})
		s.enter("field.password", "password1234")
		s.screen.Until("the judgement", func() bool { return s.page().(*registerPage).state.strength.Ready() })
		s.screen.Press(fyne.KeyReturn)
	}},
	{"checkmail", func(s *stage) {
		s.withTray()
		s.open(nav.Route{Page: nav.PageCheckMail, Arg: email})
	}},
	{"checkmail-reset", func(s *stage) {
		s.open(nav.Route{Page: nav.PageCheckMail, Arg: email, Payload: Mailed{Reset: true, Earlier: true}})
	}},
	{"activate", func(s *stage) { s.open(nav.Route{Page: nav.PageActivate}) }},
	{"activate-working", func(s *stage) {
		hold := make(chan struct{})
		s.t.Cleanup(func() { close(hold) })
		s.portal.activate = func(services.Secret) error { <-hold; return nil }
		s.open(nav.Route{Page: nav.PageActivate, Token: "abc"})
	}},
	{"activate-gone", func(s *stage) { s.activated(services.Fail(services.CodeGone), "activate.gone.title") }},
	{"activate-failed", func(s *stage) { s.activated(services.Fail(services.CodeUnavailable), "activate.failed.title") }},
	{"forgot", func(s *stage) { s.open(nav.Route{Page: nav.PageForgot, Arg: email}) }},
	{"reset-ask", func(s *stage) { s.open(nav.Route{Page: nav.PageReset}) }},
	{"reset", func(s *stage) { s.choosePassword() }},
	{"reset-done", func(s *stage) {
		s.choosePassword()
		s.screen.Press(fyne.KeyReturn)
		s.screen.WaitFor(s.say("reset.done.title"))
	}},
	{"reset-gone", func(s *stage) {
		s.portal.reset = func(services.PasswordReset) error { return services.Fail(services.CodeGone) }
		s.choosePassword()
		s.screen.Press(fyne.KeyReturn)
		s.screen.WaitFor(s.say("reset.gone.title"))
	}},
	{"terms", func(s *stage) {
		s.open(nav.Route{Page: nav.PageTerms})
		s.screen.WaitFor("2026-06-01")
	}},
	{"terms-failed", func(s *stage) {
		s.portal.termsErr = services.Fail(services.CodeUnavailable)
		s.open(nav.Route{Page: nav.PageTerms})
		s.screen.WaitFor(s.say("terms.failed.title"))
	}},
}

// refused signs in and is refused.
func (s *stage) refused(err error) {
	s.portal.signIn = func(services.Credentials) error { return err }
	s.open(nav.Route{Page: nav.PageSignIn, Arg: email})
	s.enter("field.password", "sunny afternoon")
	s.screen.Press(fyne.KeyReturn)
	s.screen.Until("the answer", func() bool { return !s.page().(*signInPage).state.request.Busy })
}

// page is what is shown.
func (s *stage) page() nav.Page { return s.screen.Page() }

// fillRegister types the whole form but for the terms.
func (s *stage) fillRegister(address string) {
	s.open(nav.Route{Page: nav.PageRegister})
	s.enter("field.first", "Amélie")
	s.enter("field.last", "Tremblay")
	s.enter("field.email", address)
	s.enter("field.password", goodPassword)
	s.enter("field.confirm", goodPassword)
	s.screen.Tick(s.say("robot.label"))
	s.screen.WaitFor(s.say("robot.done"))
	s.screen.Until("the judgement", func() bool { return s.page().(*registerPage).state.strength.Ready() })
}

// activated opens an activation link and gets an error.
func (s *stage) activated(err error, key string) {
	s.portal.activate = func(services.Secret) error { return err }
	s.open(nav.Route{Page: nav.PageActivate, Token: "abc"})
	s.screen.WaitFor(s.say(key))
}

// confirming opens the link to a changed address.
func (s *stage) confirming(err error, key string) {
	s.portal.confirm = func(services.Secret) error { return err }
	s.open(nav.Route{Page: nav.PageConfirm, Token: "abc"})
	s.screen.WaitFor(s.say(key))
}

// choosePassword types a new password twice.
func (s *stage) choosePassword() {
	s.open(nav.Route{Page: nav.PageReset, Token: "abc"})
	s.enter("field.password.new", goodPassword)
	s.enter("field.confirm", goodPassword)
	s.screen.Until("the judgement", func() bool { return s.page().(*resetPage).state.strength.Ready() })
}

// left is how much of a picture is left out: the brand panel is the same on all pages, and two pictures show it.
func left(name string) int {
	if name == "signin" || name == "register" {
		return 0
	}
	return 520
}

func TestPages_Golden(t *testing.T) {
	for _, look := range uitest.Looks {
		for _, st := range states {
			t.Run(st.name+"-"+look.Name, func(t *testing.T) {
				s := newStage(t, look.Lang, look.Appearance, 1)
				st.open(s)
				s.screen.GoldenRight(st.name+"-"+look.Name, left(st.name))
			})
		}
	}
}
