package entry

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"myaccount/services"
	"myaccount/services/captcha"
	"myaccount/services/password"
	"myaccount/services/text"
	"myaccount/ui/nav"
	"myaccount/ui/uitest"
)

// fakePortal answers as the test says and notes what it was asked.
type fakePortal struct {
	services.Portal
	captchaErr error
	unsolvable bool // the challenge has no solution, so all of it is tried
	signIn     func(services.Credentials) error
	register   func(services.Registration) error
	mail       func(kind string, r services.AddressRequest) error
	activate   func(services.Secret) error
	reset      func(services.PasswordReset) error
	confirm    func(services.Secret) error
	termsErr   error

	credentials   []services.Credentials
	registrations []services.Registration
	mails         []string
	tokens        []services.Secret
	resets        []services.PasswordReset
}

// captchaKey signs the fakes' challenges.
var captchaKey = []byte("a key for tests")

func (f *fakePortal) Captcha(context.Context) (services.Captcha, error) {
	if f.captchaErr != nil {
		return services.Captcha{}, f.captchaErr
	}
	cost := int64(1000)
	if f.unsolvable {
		cost = 100_000
	}
	c, err := captcha.New(captchaKey, cost, time.Now().Add(time.Hour))
	if f.unsolvable {
		c.Challenge = strings.Repeat("0", len(c.Challenge))
	}
	return services.Captcha(c), err
}

func (f *fakePortal) SignIn(_ context.Context, c services.Credentials) (services.Session, error) {
	f.credentials = append(f.credentials, c)
	if f.signIn != nil {
		if err := f.signIn(c); err != nil {
			return nil, err
		}
	}
	return fakeSession{}, nil
}

// fakeSession is a session that nothing is asked of.
type fakeSession struct{ services.Session }

func (f *fakePortal) Register(_ context.Context, r services.Registration) error {
	f.registrations = append(f.registrations, r)
	if f.register == nil {
		return nil
	}
	return f.register(r)
}

func (f *fakePortal) ResendActivation(_ context.Context, r services.AddressRequest) error {
	return f.mailed("activation", r)
}

func (f *fakePortal) RequestPasswordReset(_ context.Context, r services.AddressRequest) error {
	return f.mailed("reset", r)
}

func (f *fakePortal) mailed(kind string, r services.AddressRequest) error {
	f.mails = append(f.mails, kind+" "+r.Email)
	if _, err := captcha.Verify(captchaKey, r.Captcha, time.Now()); err != nil {
		return services.Invalid(fieldCaptcha, services.ReasonMismatch)
	}
	if f.mail == nil {
		return nil
	}
	return f.mail(kind, r)
}

func (f *fakePortal) Activate(_ context.Context, token services.Secret) error {
	f.tokens = append(f.tokens, token)
	if f.activate == nil {
		return nil
	}
	return f.activate(token)
}

func (f *fakePortal) ConfirmEmail(_ context.Context, token services.Secret) error {
	f.tokens = append(f.tokens, token)
	if f.confirm == nil {
		return nil
	}
	return f.confirm(token)
}

func (f *fakePortal) ResetPassword(_ context.Context, r services.PasswordReset) error {
	f.resets = append(f.resets, r)
	if f.reset == nil {
		return nil
	}
	return f.reset(r)
}

func (f *fakePortal) Terms(_ context.Context, language string) (services.Terms, error) {
	if f.termsErr != nil {
		return services.Terms{}, f.termsErr
	}
	words := map[string]string{
		"en": "# Terms of Use\n\nVersion 2026-06-01\n\n## 1. What this is\n\nA portal for\ncustomers.\n\n- Your **own** name.\n- Your own address.\n",
		"fr": "# Conditions d’utilisation\n\nVersion 2026-06-01\n\n## 1. De quoi il s’agit\n\nUn portail pour\nles clients.\n\n- Votre **propre** nom.\n- Votre propre adresse.\n",
	}
	return services.Terms{Version: "2026-06-01", Language: language, Text: words[language]}, nil
}

// fakeIdentity is a provider that answers as the test says.
type fakeIdentity struct {
	services.IdentitySignIns
	start  error
	browse func(ctx context.Context) (services.IdentityProof, error)
	signIn func(services.IdentityProof) (services.IdentityAnswer, error)
	join   func(services.Secret) error

	began  int
	langs  []string // that the browser was to speak
	proofs []services.IdentityProof
	tokens []services.Secret
}

func (f *fakeIdentity) StartIdentity(context.Context) (services.IdentityStart, error) {
	f.began++
	return services.IdentityStart{State: "state"}, f.start
}

func (f *fakeIdentity) Browse(ctx context.Context, start services.IdentityStart, lang string) (services.IdentityProof, error) {
	f.langs = append(f.langs, lang)
	if f.browse != nil {
		return f.browse(ctx)
	}
	return services.IdentityProof{State: start.State, Code: "code"}, nil
}

func (f *fakeIdentity) SignInWithIdentity(_ context.Context, p services.IdentityProof) (services.IdentityAnswer, error) {
	f.proofs = append(f.proofs, p)
	if f.signIn != nil {
		return f.signIn(p)
	}
	return services.IdentityAnswer{Session: fakeSession{}}, nil
}

func (f *fakeIdentity) ConfirmIdentity(_ context.Context, token services.Secret) error {
	f.tokens = append(f.tokens, token)
	if f.join != nil {
		return f.join(token)
	}
	return nil
}

// systemClock is the bubble's own clock.
type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

// bench is what a presenter needs in a test, in a bubble of its own time.
type bench struct {
	t        *testing.T
	queue    *nav.Queue
	portal   *fakePortal
	site     *Site
	env      nav.Env
	p        *text.Printer
	sessions int
	trays    []string
}

// inBubble runs a test in a bubble whose time moves only when everything waits.
func inBubble(t *testing.T, test func(b *bench)) {
	synctest.Test(t, func(t *testing.T) { test(newBench(t)) })
}

func newBench(t *testing.T) *bench {
	b := &bench{t: t, queue: nav.NewQueue(), portal: &fakePortal{}, p: uitest.Printer(t, text.English)}
	b.site = &Site{
		Portal: b.portal, Passwords: password.Policy{Min: 12, Max: 128, Words: []string{"bmw"}},
		Device:   services.DeviceClaim{Name: "Linux computer", Kind: "personal"},
		SignedIn: func(services.Session) { b.sessions++ },
		Tray:     func(address string) { b.trays = append(b.trays, address) },
	}
	b.env = nav.Env{
		Dispatcher: b.queue, Clock: systemClock{}, Policy: uitest.Policy(), Language: func() string { return "fr" },
	}
	return b
}

// settle lets everything that is under way come to its end.
func (b *bench) settle() {
	for {
		synctest.Wait()
		if b.queue.Drain() == 0 {
			return
		}
	}
}

// pass lets time pass, a second at a time as for a person.
func (b *bench) pass(d time.Duration) {
	for ; d > 0; d -= time.Second {
		time.Sleep(min(d, time.Second))
		b.settle()
	}
}
