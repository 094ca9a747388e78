package core_test

import (
	"context"
	"fmt"
	"net/netip"
	"sync"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/totp"
)

const changedPassword services.Secret = "another-Meadow-47-kettle"

// security signs somebody in who is linked to nothing.
func security(h *harness, email string) services.Security {
	h.t.Helper()
	return h.signIn(email).(services.Security)
}

func TestChangePassword(t *testing.T) {
	h := newHarness(t)
	ctx := t.Context()
	h.person("alice@example.ca")
	here, elsewhere := h.signIn("alice@example.ca"), h.signIn("alice@example.ca")
	s := here.(services.Security)

	wantFields(t, s.ChangePassword(ctx, services.PasswordChange{Current: password, Password: "short"}), map[string]string{"password": "too_short"})
	wantFields(t, s.ChangePassword(ctx, services.PasswordChange{Current: "wrong", Password: changedPassword}), map[string]string{"current": "mismatch"})
	must(t, s.ChangePassword(ctx, services.PasswordChange{Current: password, Password: changedPassword}))

	if _, err := here.Reload(ctx); err != nil {
		t.Errorf("the session it was changed in: %v", err)
	}
	_, err := elsewhere.Reload(ctx)
	wantCode(t, err, services.CodeUnauthenticated)
	if h.kinds("alice@example.ca")[0] != "password_changed" {
		t.Errorf("mails %v", h.kinds("alice@example.ca"))
	}
	_, err = h.SignIn(ctx, credentials("alice@example.ca"))
	wantCode(t, err, services.CodeUnauthenticated)
	c := credentials("alice@example.ca")
	c.Password = changedPassword
	_, err = h.SignIn(ctx, c)
	must(t, err)
}

func TestChangePassword_WrongOnesLock(t *testing.T) {
	h := newHarness(t)
	h.person("alice@example.ca")
	s := security(h, "alice@example.ca")
	var err error
	for range h.Brand.Rules.LockoutAfter {
		err = s.ChangePassword(t.Context(), services.PasswordChange{Current: "wrong", Password: changedPassword})
		h.clock.Move(31 * time.Second)
	}
	wantCode(t, err, services.CodeLocked)
	_, err = h.SignIn(t.Context(), credentials("alice@example.ca"))
	wantCode(t, err, services.CodeLocked)
}

func TestSecurity_NeedsDeviceWhenLinked(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	s := c.signIn(amelieAddress).(services.Security)
	_, factor := s.SecondFactor(ctx)
	_, setup := s.SetUpSecondFactor(ctx, password)
	_, confirm := s.ConfirmSecondFactor(ctx, "123456")
	_, history := s.SignInHistory(ctx, services.Page{})
	for i, err := range []error{
		factor, setup, confirm, history, s.RemoveSecondFactor(ctx, password),
		s.ChangePassword(ctx, services.PasswordChange{Current: password, Password: changedPassword}),
		s.ChangeEmail(ctx, services.EmailChange{Password: password, Email: "new@example.ca"}),
	} {
		if services.CodeOf(err) != services.CodeDeviceUnauthorized {
			t.Errorf("%d: %v", i, err)
		}
	}
}

func TestChangeEmail(t *testing.T) {
	h := newHarness(t)
	ctx := t.Context()
	h.person("alice@example.ca")
	session := h.signIn("alice@example.ca")
	s := session.(services.Security)

	for email, reason := range map[string]string{"": "required", "no address": "format", "ALICE@example.ca": "duplicate"} {
		err := s.ChangeEmail(ctx, services.EmailChange{Password: password, Email: email})
		wantFields(t, err, map[string]string{"email": reason})
	}
	err := s.ChangeEmail(ctx, services.EmailChange{Password: "wrong", Email: "new@example.ca"})
	wantFields(t, err, map[string]string{"password": "mismatch"})
	must(t, s.ChangeEmail(ctx, services.EmailChange{Password: password, Email: "new@example.ca"}))
	if got := h.kinds("alice@example.ca")[0]; got != "email_change" {
		t.Errorf("the old address was told %q", got)
	}
	// A reset that lies in the old mailbox ends with the change; so does a registration with the new address.
	must(t, h.RequestPasswordReset(ctx, services.AddressRequest{Email: "alice@example.ca", Captcha: h.captcha()}))
	must(t, h.Register(ctx, h.registration("new@example.ca")))
	token := h.mail("new@example.ca", "email_confirm").Token
	must(t, h.ConfirmEmail(ctx, token))
	wantCode(t, h.ConfirmEmail(ctx, token), services.CodeGone)
	if got := h.kinds("alice@example.ca")[0]; got != "email_changed" {
		t.Errorf("the old address was told %q", got)
	}
	if token := h.mail("alice@example.ca", "reset").Token; token != "" {
		t.Error("the reset in the old mailbox still counts")
	}
	info, err := session.Reload(ctx)
	must(t, err)
	if info.Person.Email != "new@example.ca" {
		t.Errorf("the session says %q", info.Person.Email)
	}
	_, err = h.SignIn(ctx, credentials("new@example.ca"))
	must(t, err)
	_, err = h.SignIn(ctx, credentials("alice@example.ca"))
	wantCode(t, err, services.CodeUnauthenticated)
}

func TestChangeEmail_ToOneWithALogin(t *testing.T) {
	h := newHarness(t)
	ctx := t.Context()
	h.person("alice@example.ca")
	h.person("bob@example.ca")
	s := security(h, "alice@example.ca")
	must(t, s.ChangeEmail(ctx, services.EmailChange{Password: password, Email: "bob@example.ca"}))
	if got := h.kinds("bob@example.ca")[0]; got != "already_registered" {
		t.Errorf("bob was told %q", got)
	}
	// Somebody takes the address before it is confirmed.
	must(t, s.ChangeEmail(ctx, services.EmailChange{Password: password, Email: "carol@example.ca"}))
	token := h.mail("carol@example.ca", "email_confirm").Token
	h.person("carol@example.ca")
	wantCode(t, h.ConfirmEmail(ctx, token), services.CodeGone)
}

func TestChangeEmail_LaterOneCounts(t *testing.T) {
	h := newHarness(t)
	ctx := t.Context()
	h.person("alice@example.ca")
	s := security(h, "alice@example.ca")
	must(t, s.ChangeEmail(ctx, services.EmailChange{Password: password, Email: "one@example.ca"}))
	first := h.mail("one@example.ca", "email_confirm").Token
	must(t, s.ChangeEmail(ctx, services.EmailChange{Password: password, Email: "two@example.ca"}))
	wantCode(t, h.ConfirmEmail(ctx, first), services.CodeGone)
	h.clock.Move(h.Brand.Rules.ActivationTTL)
	if token := h.mail("two@example.ca", "email_confirm").Token; token != "" {
		t.Error("the link does not expire")
	}
}

// TestChangeEmail_EndsWithThePassword gives somebody back their login who learns at the old address that a stranger who
// knows the password asked for another one.
func TestChangeEmail_EndsWithThePassword(t *testing.T) {
	for name, change := range map[string]func(h *harness){
		"Reset": func(h *harness) {
			must(h.t, h.RequestPasswordReset(h.ctx, services.AddressRequest{Email: "alice@example.ca", Captcha: h.captcha()}))
			token := h.mail("alice@example.ca", "reset").Token
			must(h.t, h.ResetPassword(h.ctx, services.PasswordReset{Token: token, Password: changedPassword}))
		},
		"Change": func(h *harness) {
			s := security(h, "alice@example.ca")
			must(h.t, s.ChangePassword(h.ctx, services.PasswordChange{Current: password, Password: changedPassword}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t)
			h.person("alice@example.ca")
			stranger := security(h, "alice@example.ca")
			must(t, stranger.ChangeEmail(t.Context(), services.EmailChange{Password: password, Email: "stranger@example.ca"}))
			token := h.mail("stranger@example.ca", "email_confirm").Token
			change(h)
			wantCode(t, h.ConfirmEmail(t.Context(), token), services.CodeGone)
		})
	}
}

// TestChangeEmail_Bounded keeps a login from having mails sent to all the world, and counts no right password as wrong.
func TestChangeEmail_Bounded(t *testing.T) {
	h := newHarness(t)
	h.person("alice@example.ca")
	s := security(h, "alice@example.ca")
	ask := func(i int) error {
		return s.ChangeEmail(t.Context(), services.EmailChange{Password: password, Email: fmt.Sprintf("new%d@example.ca", i)})
	}
	for i := range 10 {
		must(t, ask(i))
	}
	for i := range 2 * h.Brand.Rules.LockoutAfter {
		wantCode(t, ask(10+i), services.CodeThrottled)
	}
	if n := len(h.mails("new10@example.ca")); n != 0 {
		t.Errorf("%d mails", n)
	}
	h.clock.Move(time.Hour)
	s = security(h, "alice@example.ca") // the session has ended, and nothing is locked
	must(t, ask(100))
}

// withFactor adds an authenticator app to a login and gives its secret and recovery codes.
func withFactor(h *harness, email string) (secret string, recovery []services.Secret) {
	h.t.Helper()
	s := security(h, email)
	setup, err := s.SetUpSecondFactor(h.ctx, password)
	must(h.t, err)
	code, err := totp.Code(setup.Secret.Reveal(), h.clock.Now())
	must(h.t, err)
	recovery, err = s.ConfirmSecondFactor(h.ctx, services.Secret(code))
	must(h.t, err)
	h.clock.Move(time.Minute) // to the next codes
	return setup.Secret.Reveal(), recovery
}

// signInWith signs in with a second factor.
func (h *harness) signInWith(email, code string) error {
	c := credentials(email)
	c.TOTP = services.Secret(code)
	_, err := h.SignIn(h.ctx, c)
	return err
}

// shows is what the app shows now.
func (h *harness) shows(secret string) string {
	h.t.Helper()
	code, err := totp.Code(secret, h.clock.Now())
	must(h.t, err)
	return code
}

func TestSecondFactor_Course(t *testing.T) {
	h := newHarness(t)
	const email = "alice@example.ca"
	h.person(email)
	secret, recovery := withFactor(h, email)
	if len(recovery) != 10 || h.kinds(email)[0] != "factor_added" {
		t.Fatalf("%d recovery codes, mails %v", len(recovery), h.kinds(email))
	}
	wantFields(t, h.signInWith(email, ""), map[string]string{"totp": "required"})
	wantFields(t, h.signInWith(email, "000000"), map[string]string{"totp": "mismatch"})
	wrong := h.wrong(email)
	_, err := h.SignIn(h.ctx, wrong)
	wantCode(t, err, services.CodeUnauthenticated) // never asks for the code before the password is right
	code := h.shows(secret)
	must(t, h.signInWith(email, code))
	wantFields(t, h.signInWith(email, code), map[string]string{"totp": "mismatch"}) // each counts once
	h.clock.Move(30 * time.Second)
	must(t, h.signInWith(email, h.shows(secret)))
	// A recovery code, however it is typed, counts once.
	must(t, h.signInWith(email, " "+recovery[3].Reveal()+" "))
	if h.kinds(email)[0] != "recovery_used" {
		t.Errorf("mails %v", h.kinds(email))
	}
	wantFields(t, h.signInWith(email, recovery[3].Reveal()), map[string]string{"totp": "mismatch"})
	h.clock.Move(time.Minute)
	c := credentials(email)
	c.TOTP = services.Secret(h.shows(secret))
	session, err := h.SignIn(h.ctx, c)
	must(t, err)
	s := session.(services.Security)
	state, err := s.SecondFactor(h.ctx)
	must(t, err)
	if state.Since.IsZero() || state.Recovery != 9 {
		t.Errorf("%+v", state)
	}
	wantFields(t, s.RemoveSecondFactor(h.ctx, "wrong"), map[string]string{"password": "mismatch"})
	must(t, s.RemoveSecondFactor(h.ctx, password))
	must(t, s.RemoveSecondFactor(h.ctx, password))
	must(t, h.signInWith(email, ""))
	if got := h.kinds(email); got[0] != "factor_removed" || got[1] == "factor_removed" {
		t.Errorf("mails %v", got)
	}
}

func TestSecondFactor_SetUp(t *testing.T) {
	h := newHarness(t)
	const email = "alice@example.ca"
	h.person(email)
	s := security(h, email)
	_, err := s.ConfirmSecondFactor(h.ctx, "123456")
	wantCode(t, err, services.CodeGone)
	_, err = s.SetUpSecondFactor(h.ctx, "wrong")
	wantFields(t, err, map[string]string{"password": "mismatch"})
	setup, err := s.SetUpSecondFactor(h.ctx, password)
	must(t, err)
	must(t, h.signInWith(email, "")) // nothing is asked for before it is confirmed
	for typed, reason := range map[services.Secret]string{"": "required", "12345": "format", "abcdef": "format", "000000": "mismatch"} {
		_, err = s.ConfirmSecondFactor(h.ctx, typed)
		wantFields(t, err, map[string]string{"code": reason})
	}
	h.clock.Move(10 * time.Minute)
	_, err = s.ConfirmSecondFactor(h.ctx, services.Secret(h.shows(setup.Secret.Reveal())))
	wantCode(t, err, services.CodeGone)
	_, err = s.SetUpSecondFactor(h.ctx, password)
	must(t, err)
	for range 5 {
		_, err = s.ConfirmSecondFactor(h.ctx, "000000")
	}
	wantFields(t, err, map[string]string{"code": "mismatch"})
	_, err = s.ConfirmSecondFactor(h.ctx, "000000")
	wantCode(t, err, services.CodeThrottled)
}

// TestSecondFactor_MissingIsNoFailure: whoever is asked for the code has not failed; whoever types a wrong one has.
func TestSecondFactor_MissingIsNoFailure(t *testing.T) {
	h := newHarness(t)
	const email = "alice@example.ca"
	h.person(email)
	secret, _ := withFactor(h, email)
	for range 3 * h.Brand.Rules.LockoutAfter {
		wantFields(t, h.signInWith(email, ""), map[string]string{"totp": "required"})
	}
	var err error
	for range h.Brand.Rules.LockoutAfter {
		c := h.wrong(email) // with a solved challenge
		c.Password, c.TOTP = password, "000000"
		_, err = h.SignIn(h.ctx, c)
		h.clock.Move(31 * time.Second)
	}
	wantCode(t, err, services.CodeLocked)
	wantCode(t, h.signInWith(email, h.shows(secret)), services.CodeLocked)
	must(t, h.RequestPasswordReset(h.ctx, services.AddressRequest{Email: email, Captcha: h.captcha()}))
	must(t, h.ResetPassword(h.ctx, services.PasswordReset{Token: h.mail(email, "reset").Token, Password: password}))
	wantFields(t, h.signInWith(email, ""), map[string]string{"totp": "required"}) // a reset is no way around it
}

func TestSecondFactor_OneCodeAtOnce(t *testing.T) {
	h := newHarness(t)
	const email = "alice@example.ca"
	h.person(email)
	secret, recovery := withFactor(h, email)
	for _, code := range []string{h.shows(secret), recovery[0].Reveal()} {
		var wg sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			wg.Go(func() {
				c := h.wrong(email)
				c.Password, c.TOTP = password, services.Secret(code)
				_, errs[i] = h.SignIn(h.ctx, c)
			})
		}
		wg.Wait()
		var in int
		for _, err := range errs {
			if err == nil {
				in++
			}
		}
		if in != 1 {
			t.Errorf("let in %d times: %v", in, errs)
		}
		h.clock.Move(time.Hour)
	}
}

func TestSignInHistory(t *testing.T) {
	h := newHarness(t)
	const email = "alice@example.ca"
	h.person(email)
	ctx := core.WithClient(h.ctx, netip.MustParseAddr("192.0.2.7"))
	_, err := h.SignIn(ctx, h.wrong(email))
	wantCode(t, err, services.CodeUnauthenticated)
	_, err = h.SignIn(ctx, h.wrong("nobody@example.ca"))
	wantCode(t, err, services.CodeUnauthenticated)
	s := security(h, email)
	page, err := s.SignInHistory(h.ctx, services.Page{})
	must(t, err)
	if len(page.Items) != 2 || page.Next != "" {
		t.Fatalf("%+v", page)
	}
	if r := page.Items[0]; r.Outcome != services.SignInOK || r.From != "" || r.Device != "Linux computer" || !r.At.Equal(h.clock.Now()) {
		t.Errorf("%+v", r)
	}
	if r := page.Items[1]; r.Outcome != services.SignInPassword || r.From != "192.0.2.7" {
		t.Errorf("%+v", r)
	}
	var seen []string
	for after := ""; ; after = page.Next {
		page, err = s.SignInHistory(h.ctx, services.Page{After: after, Limit: 1})
		must(t, err)
		for _, r := range page.Items {
			seen = append(seen, fmt.Sprint(r.Outcome))
		}
		if page.Next == "" {
			break
		}
	}
	if fmt.Sprint(seen) != "[ok wrong_password]" {
		t.Errorf("pages gave %v", seen)
	}
	_, err = s.SignInHistory(h.ctx, services.Page{After: "a b"})
	wantFields(t, err, map[string]string{"after": "format"})
	h.clock.Move(181 * 24 * time.Hour)
	must(t, h.Work(h.ctx))
	page, err = security(h, email).SignInHistory(h.ctx, services.Page{})
	must(t, err)
	if len(page.Items) != 1 {
		t.Errorf("after half a year: %+v", page)
	}
}

// TestSignInHistory_NobodysLeavesNothing: what is written for an address that nobody has is gone again.
func TestSignInHistory_NobodysLeavesNothing(t *testing.T) {
	h := newHarness(t)
	_, err := h.SignIn(h.ctx, h.wrong("nobody@example.ca"))
	wantCode(t, err, services.CodeUnauthenticated)
	must(t, h.db.View(h.ctx, func(tx core.Tx) error {
		rows, err := tx.SignIns("", "", 10)
		if len(rows) != 0 {
			t.Errorf("%+v", rows)
		}
		return err
	}))
}
