package entry

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

func TestPages_Layout(t *testing.T) {
	for _, as := range []struct {
		name  string
		size  fyne.Size
		scale float32
		lang  text.Lang
		look  theme.Appearance
	}{
		{"small", uitest.Small, 1, text.English, theme.Light},
		{"small with large text", uitest.Small, 2, text.French, theme.HighContrast},
		{"large", uitest.Large, 1.5, text.French, theme.Dark},
	} {
		for _, st := range states {
			t.Run(st.name+" "+as.name, func(t *testing.T) {
				s := newStage(t, as.lang, as.look, as.scale)
				s.size = as.size
				st.open(s)
				s.screen.AssertLayout()
				s.screen.AssertKeyboard()
			})
		}
	}
}

func TestSignInPage_Keyboard(t *testing.T) {
	s := english(t)
	s.withTray()
	s.open(nav.Route{Page: nav.PageSignIn})
	want := []string{"Email address", "Password", "Show", "Sign in", "Forgot your password?", "Register now"}
	if got := s.screen.TabOrder(); !slices.Equal(got, want) {
		t.Errorf("Tab goes to %q", got)
	}
	s.screen.Rebuild()
	s.screen.TypeFocused(email)
	s.screen.Canvas().FocusNext()
	s.screen.TypeFocused("a long pass phrase")
	s.screen.Press(fyne.KeyReturn)
	s.screen.Press(fyne.KeyReturn)
	s.screen.Until("the session", func() bool { return s.sessions > 0 })
	if c := s.portal.credentials; len(c) != 1 || c[0].Email != email || c[0].Password != "a long pass phrase" {
		t.Errorf("%d requests", len(c))
	}
}

func TestSignInPage_RefusedPasswordIsSelected(t *testing.T) {
	s := english(t)
	s.refused(services.Fail(services.CodeUnauthenticated))
	if !s.screen.Has("The e-mail address or the password is not right.") {
		t.Errorf("says %q", s.screen.Texts())
	}
	s.screen.TypeFocused("x")
	if got := s.screen.Field("Password").Text(); got != "x" {
		t.Errorf("a key does not replace the refused password: %d characters", len(got))
	}
	if s.screen.Has("is not right") {
		t.Error("the sentence stays while typing")
	}
}

func TestSignInPage_RobotByKeyboard(t *testing.T) {
	s := english(t)
	s.refused(services.Invalid(fieldCaptcha, services.ReasonRequired))
	s.portal.signIn = nil
	s.screen.Press(fyne.KeySpace) // the focus is at the check
	s.screen.WaitFor("verified on this device")
	s.screen.Tap("Sign in")
	s.screen.Until("the session", func() bool { return s.sessions == 1 })
	if c := s.portal.credentials; c[len(c)-1].Captcha == "" {
		t.Error("sent without the solution")
	}
}

func TestRegisterPage_PasteIsBounded(t *testing.T) {
	s := english(t)
	s.open(nav.Route{Page: nav.PageRegister})
	first := s.screen.Field("First name")
	fyne.CurrentApp().Clipboard().SetContent(strings.Repeat("Amélie ", 10_000))
	first.Focusable().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutPaste{Clipboard: fyne.CurrentApp().Clipboard()})
	s.screen.Blur()
	if n := len([]rune(first.Text())); n > longestEntry || !strings.Contains(first.Error(), "100") {
		t.Errorf("%d characters, says %q", n, first.Error())
	}
}

func TestSignInPage_Links(t *testing.T) {
	s := english(t)
	s.withTray()
	s.open(nav.Route{Page: nav.PageSignIn, Arg: email})
	for _, link := range []string{"Forgot your password?", "Register now"} {
		s.screen.Tap(link)
	}
	want := []nav.Route{{Page: nav.PageForgot, Arg: email}, {Page: nav.PageRegister}}
	if !slices.Equal(s.Went, want) {
		t.Errorf("went to %+v", s.Went)
	}
}

func TestSignInPage_NotActivated(t *testing.T) {
	s := english(t)
	s.refused(services.Fail(services.CodeNotActivated))
	s.screen.Tap("Send the e-mail again")
	if len(s.Went) != 1 || s.Went[0] != (nav.Route{Page: nav.PageCheckMail, Arg: email, Payload: Mailed{Earlier: true}}) {
		t.Errorf("went to %+v", s.Went)
	}
}

func TestSignInPage_Locked(t *testing.T) {
	s := english(t)
	s.refused(services.FailAfter(services.CodeLocked, time.Hour))
	if !s.screen.Has("until 10:30") {
		t.Errorf("says %q", s.screen.Texts())
	}
	s.screen.Tap("Set a new password")
	if len(s.Went) != 1 || s.Went[0].Page != nav.PageForgot || s.Went[0].Arg != email {
		t.Errorf("went to %+v", s.Went)
	}
}

func TestSignInPage_Notes(t *testing.T) {
	for _, note := range []Note{NoteActivated, NotePassword, NoteIdle, NoteSignedOut, NoteEnded, NoteConfirmed} {
		for _, lang := range text.Langs() {
			s := newStage(t, lang, theme.Light, 1)
			s.open(nav.Route{Page: nav.PageSignIn, Payload: note})
			key := "signin.note." + string(note)
			if !s.screen.Has(s.say(key+".title")) || s.say(key+".title") == "entry."+key+".title" {
				t.Errorf("%s %s: says %q", lang, note, s.screen.Texts())
			}
		}
	}
}

func TestSignInPage_Sample(t *testing.T) {
	s := english(t)
	data := &fakeSample{}
	s.withTray()
	s.site.Sample, s.site.OpenDesk = data, func() { s.desks++ }
	s.open(nav.Route{Page: nav.PageSignIn})
	s.screen.Until("the sample", func() bool { return s.screen.Enabled("Load the sample portfolio") })
	s.screen.Tap("Load the sample portfolio")
	s.screen.WaitFor("The made-up customers are loaded.")
	if s.screen.Canvas().Focused() != s.screen.Field("Email address").Focusable() {
		t.Error("the focus went with the button")
	}
	s.screen.Tap("Sample advisor")
	s.screen.Until("the tray", func() bool { return len(s.trays) == 1 })
	s.screen.Tap("Open the advisor desk")
	if s.desks != 1 || s.trays[0] != "advisor@example.ca" {
		t.Errorf("%d desks, trays %q", s.desks, s.trays)
	}
}

func TestRegisterPage_Journey(t *testing.T) {
	s := english(t)
	s.fillRegister(email)
	if s.screen.Enabled("Register now") {
		t.Fatal("Register now before the terms are accepted")
	}
	s.screen.Tick("I have read and accept the")
	if !s.screen.Enabled("Register now") {
		t.Fatalf("everything is typed, but Register now is off: %q", s.screen.Texts())
	}
	s.screen.Tap("Register now")
	s.screen.Until("the answer", func() bool { return len(s.Went) > 0 })
	to := s.Went[0]
	if to.Page != nav.PageCheckMail || to.Arg != email || to.Payload.(Mailed).Registered.Email != email || s.site.Address() != email {
		t.Errorf("went to %+v", s.Went)
	}
}

func TestRegisterPage_LanguageKeepsEverything(t *testing.T) {
	s := english(t)
	s.fillRegister(email)
	s.screen.Tick("I have read and accept the")
	s.Printer = uitest.Printer(t, text.French)
	s.screen.Rebuild()
	for label, want := range map[string]string{
		"Prénom": "Amélie", "Nom": "Tremblay", "Adresse courriel": email,
		"Mot de passe": goodPassword, "Confirmation du mot de passe": goodPassword,
	} {
		if got := s.screen.Field(label).Text(); got != want {
			t.Errorf("%s: %q", label, got)
		}
	}
	if !s.screen.Enabled("S’inscrire") || !s.screen.Check("Je ne suis pas un robot").Checked() {
		t.Error("the form is no longer complete")
	}
}

func TestRegisterPage_TermsAndBack(t *testing.T) {
	s := english(t)
	s.fillRegister(email)
	s.screen.Tap("Terms of Use")
	if len(s.Went) != 1 || s.Went[0].Page != nav.PageTerms {
		t.Fatalf("went to %+v", s.Went)
	}
	page := s.page()
	page.Stop()
	page.Start()
	s.screen.Rebuild()
	if s.screen.Field("Email address").Text() != email || !s.screen.Check("I’m not a robot").Checked() {
		t.Error("reading the terms loses what was typed")
	}
	if s.screen.Canvas().Focused() != s.screen.Check("I have read and accept the").Focusable() {
		t.Error("after reading the terms the focus is not beside them")
	}
}

func TestRegisterPage_EnterGoesToWhatIsMissing(t *testing.T) {
	s := english(t)
	s.open(nav.Route{Page: nav.PageRegister})
	s.screen.TypeFocused("Amélie")
	s.screen.Press(fyne.KeyReturn)
	if got := s.screen.Canvas().Focused(); got != s.screen.Field("Last name").Focusable() {
		t.Errorf("the focus is at %v", got)
	}
	if s.screen.Field("First name").Error() != "" || s.screen.Field("Last name").Error() == "" {
		t.Error("the wrong field is marked")
	}
}

func TestRegisterPage_TabOrder(t *testing.T) {
	s := english(t)
	s.fillRegister(email)
	s.screen.Tick("I have read and accept the")
	want := []string{
		"Sign in instead", "First name", "Last name", "Email address", "Password", "Show", "Confirm password", "Show",
		"I’m not a robot", "I have read and accept the", "Terms of Use", "Register now", "Need help?",
	}
	if got := s.screen.TabOrder(); !slices.Equal(got, want) {
		t.Errorf("Tab goes to %q", got)
	}
}

func TestRegisterPage_Help(t *testing.T) {
	s := english(t)
	s.open(nav.Route{Page: nav.PageRegister})
	s.screen.Tap("Need help?")
	if !s.screen.Has("1-800-555-0142") {
		t.Errorf("says %q", s.screen.Texts())
	}
}

func TestRobotCard_CalledOff(t *testing.T) {
	s := english(t)
	s.portal.captchaErr = errors.New("no challenge")
	s.open(nav.Route{Page: nav.PageForgot, Arg: email})
	s.screen.Tick("I’m not a robot")
	s.screen.WaitFor("The check could not be loaded.")
	s.portal.captchaErr = nil
	s.screen.Tick("I’m not a robot")
	s.screen.WaitFor("verified on this device")
	if s.screen.Has("could not be loaded") || !s.screen.Enabled("Continue") {
		t.Errorf("says %q", s.screen.Texts())
	}
}

func TestCheckMailPage(t *testing.T) {
	s := english(t)
	s.withTray()
	s.open(nav.Route{Page: nav.PageCheckMail, Arg: email, Payload: Mailed{Earlier: true}})
	s.screen.Tap("Open mail on this device")
	s.screen.Tap("Go back and change it")
	s.screen.Tap("Continue")
	if !s.screen.Has("Please fill this in.") || s.Backs != 1 || !slices.Equal(s.trays, []string{email}) {
		t.Errorf("backs %d, trays %q, says %q", s.Backs, s.trays, s.screen.Texts())
	}
	s.screen.Tap("Send it again")
	s.screen.WaitFor("We sent it again. You can send it again in 1:00.")
	s.enter("field.code", "abc")
	s.screen.Press(fyne.KeyReturn)
	if len(s.Went) != 1 || s.Went[0] != (nav.Route{Page: nav.PageActivate, Token: "abc"}) {
		t.Errorf("went to %+v", s.Went)
	}
}

func TestActivatePage_FromLink(t *testing.T) {
	s := english(t)
	s.site.use(email)
	s.open(nav.Route{Page: nav.PageActivate, Token: "abc"})
	s.screen.Until("the way on", func() bool { return len(s.Replaced) > 0 })
	if s.Replaced[0] != (nav.Route{Page: nav.PageSignIn, Arg: email, Payload: NoteActivated}) {
		t.Errorf("replaced by %+v", s.Replaced)
	}
}

func TestActivatePage_GoneSendsANewMail(t *testing.T) {
	s := english(t)
	s.site.use(email)
	s.activated(services.Fail(services.CodeGone), "activate.gone.title")
	s.screen.Tap("Send a new e-mail")
	s.screen.Until("the way on", func() bool { return len(s.Replaced) > 0 })
	if s.Replaced[0] != (nav.Route{Page: nav.PageCheckMail, Arg: email, Payload: Mailed{}}) {
		t.Errorf("replaced by %+v", s.Replaced)
	}
	s.screen.Tap("Paste another code")
	if !s.screen.Has("Activate your login") {
		t.Errorf("says %q", s.screen.Texts())
	}
}

func TestForgotPage_Journey(t *testing.T) {
	s := english(t)
	s.open(nav.Route{Page: nav.PageForgot})
	s.screen.TypeFocused(email)
	s.screen.Tick("I’m not a robot")
	s.screen.WaitFor("verified on this device")
	s.screen.Tap("Continue")
	s.screen.Until("the way on", func() bool { return len(s.Went) > 0 })
	if s.Went[0] != (nav.Route{Page: nav.PageCheckMail, Arg: email, Payload: Mailed{Reset: true}}) {
		t.Errorf("went to %+v", s.Went)
	}
}

func TestResetPage_Journey(t *testing.T) {
	s := english(t)
	s.site.use(email)
	s.open(nav.Route{Page: nav.PageReset})
	s.screen.TypeFocused("abc")
	s.screen.Press(fyne.KeyReturn)
	s.screen.TypeFocused(goodPassword) // the focus has gone on
	s.enter("field.confirm", goodPassword)
	s.screen.Until("the judgement", func() bool { return s.screen.Enabled("Reset your password") })
	s.screen.Tap("Reset your password")
	s.screen.WaitFor("Your password is changed")
	s.screen.Press(fyne.KeyReturn)
	if len(s.Replaced) != 1 || s.Replaced[0] != (nav.Route{Page: nav.PageSignIn, Arg: email}) {
		t.Errorf("replaced by %+v", s.Replaced)
	}
}

func TestTermsPage(t *testing.T) {
	s := english(t)
	s.open(nav.Route{Page: nav.PageTerms})
	s.screen.WaitFor("Terms of Use")
	s.page().(*termsPage).state.choose("fr")
	s.screen.WaitFor("Conditions d’utilisation")
	s.screen.Tap("Back to the form")
	if s.Backs != 1 {
		t.Error("no way back")
	}
}

// TestIdentityPage_Keyboard goes from the sign-in page to the provider and back, and to a session, without a mouse.
func TestIdentityPage_Keyboard(t *testing.T) {
	s := english(t)
	f := s.withIdentity(services.IdentityAnswer{Session: fakeSession{}}, nil)
	s.open(nav.Route{Page: nav.PageSignIn})
	want := []string{
		"Email address", "Password", "Show", "Sign in", "Forgot your password?", "Sign in with your BMW Login", "Register now",
	}
	if got := s.screen.TabOrder(); !slices.Equal(got, want) {
		t.Errorf("Tab goes to %q", got)
	}
	s.screen.Tap("Sign in with your BMW Login")
	if len(s.Went) != 1 || s.Went[0].Page != nav.PageIdentity {
		t.Fatalf("went to %+v", s.Went)
	}
	s.open(s.Went[0])
	s.screen.Until("the session", func() bool { return s.sessions == 1 })
	if len(f.proofs) != 1 || f.langs[0] != "en" {
		t.Errorf("%d proofs, the browser speaks %q", len(f.proofs), f.langs)
	}
	f.browse = func(ctx context.Context) (services.IdentityProof, error) {
		<-ctx.Done()
		return services.IdentityProof{}, ctx.Err()
	}
	s.open(nav.Route{Page: nav.PageIdentity})
	s.screen.Press(fyne.KeySpace) // Cancel has the focus
	if last := s.Went[len(s.Went)-1]; last.Page != nav.PageSignIn {
		t.Errorf("went to %+v", s.Went)
	}
}
