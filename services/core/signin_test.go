package core_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/seal"
)

// wrong are credentials with a wrong password and a solved challenge.
func (h *harness) wrong(email string) services.Credentials {
	c := credentials(email)
	c.Password, c.Captcha = "wrong", h.captcha()
	return c
}

// fail tries a wrong password n times, waiting as long as is asked for.
func (h *harness) fail(email string, n int) error {
	h.t.Helper()
	var err error
	for range n {
		h.clock.Move(31 * time.Second)
		_, err = h.SignIn(h.ctx, h.wrong(email))
	}
	return err
}

func TestSignIn_UniformAnswer(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	var known, unknown error
	for try := range 12 {
		h.clock.Move(31 * time.Second)
		a := h.hashed(func() { _, known = h.SignIn(t.Context(), h.wrong(alice)) })
		b := h.hashed(func() { _, unknown = h.SignIn(t.Context(), h.wrong("nobody@example.ca")) })
		if a != b {
			t.Fatalf("try %d: hashed %d passwords for a known address, %d for an unknown one", try, a, b)
		}
		if known == nil || known.Error() != unknown.Error() || services.RetryAfterOf(known) != services.RetryAfterOf(unknown) {
			t.Fatalf("try %d: answers %v and %v", try, known, unknown)
		}
	}
	wantCode(t, known, services.CodeLocked)
}

func TestSignIn_Course(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	try := func() error {
		_, err := h.SignIn(t.Context(), h.wrong(alice))
		return err
	}
	for range 3 {
		wantCode(t, try(), services.CodeUnauthenticated)
	}
	for _, wait := range []time.Duration{1, 2, 4, 8, 16, 30, 30} {
		wait *= time.Second
		err := try()
		wantCode(t, err, services.CodeThrottled)
		if got := services.RetryAfterOf(err); got != wait {
			t.Fatalf("wait %v, want %v", got, wait)
		}
		h.clock.Move(wait - time.Millisecond)
		wantCode(t, try(), services.CodeThrottled)
		h.clock.Move(time.Millisecond)
		c := h.wrong(alice)
		c.Captcha = ""
		_, err = h.SignIn(t.Context(), c)
		wantFields(t, err, map[string]string{"captcha": "required"})
		err = try()
		if services.CodeOf(err) == services.CodeLocked {
			break
		}
		wantCode(t, err, services.CodeUnauthenticated)
	}
	err := try()
	wantCode(t, err, services.CodeLocked)
	if got := services.RetryAfterOf(err); got != 24*time.Hour {
		t.Errorf("locked for %v", got)
	}
	if m := h.mail(alice, "locked"); m.UsedAt != (time.Time{}) || m.Button != "" {
		t.Errorf("mail %+v", m)
	}
	h.clock.Move(23 * time.Hour)
	right := credentials(alice)
	_, err = h.SignIn(t.Context(), right)
	wantCode(t, err, services.CodeLocked) // even with the right password
	if got := services.RetryAfterOf(err); got != time.Hour {
		t.Errorf("locked for another %v", got)
	}
	h.clock.Move(time.Hour)
	h.signIn(alice)
}

func TestSignIn_SuccessForgetsFailures(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	wantCode(t, h.fail(alice, 9), services.CodeUnauthenticated)
	h.clock.Move(31 * time.Second)
	c := credentials(alice)
	c.Captcha = h.captcha()
	_, err := h.SignIn(t.Context(), c)
	must(t, err)
	wantCode(t, h.fail(alice, 9), services.CodeUnauthenticated)
}

func TestSignIn_WindowSlides(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	wantCode(t, h.fail(alice, 9), services.CodeUnauthenticated)
	h.clock.Move(time.Hour - 9*31*time.Second)
	wantCode(t, h.fail(alice, 1), services.CodeUnauthenticated) // the first one is an hour old
	h.clock.Move(2 * time.Hour)
	for range 3 { // nothing is left to wait for or to solve
		_, err := h.SignIn(t.Context(), services.Credentials{Email: alice, Password: "wrong"})
		wantCode(t, err, services.CodeUnauthenticated)
	}
}

func TestSignIn_FiftyAtOnceCountRight(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	solved := make([]services.Credentials, 50)
	for i := range solved {
		solved[i] = h.wrong(alice)
	}
	var checked, held atomic.Int64
	hashed := h.hashed(func() {
		var all sync.WaitGroup
		for _, c := range solved {
			all.Go(func() {
				switch _, err := h.SignIn(t.Context(), c); services.CodeOf(err) {
				case services.CodeUnauthenticated:
					checked.Add(1)
				case services.CodeThrottled:
					held.Add(1)
				default:
					t.Errorf("unexpected: %v", err)
				}
			})
		}
		all.Wait()
	})
	if checked.Load() != 3 || held.Load() != 47 || hashed != 3 {
		t.Errorf("%d tries reached the password and %d were held, %d hashed; want 3, 47, 3", checked.Load(), held.Load(), hashed)
	}
}

func TestSignIn_FiftyAtOnceLockOnce(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	wantCode(t, h.fail(alice, 9), services.CodeUnauthenticated)
	h.clock.Move(31 * time.Second)
	solved := make([]services.Credentials, 50)
	for i := range solved {
		solved[i] = h.wrong(alice)
	}
	hashed := h.hashed(func() {
		var all sync.WaitGroup
		for _, c := range solved {
			all.Go(func() {
				if _, err := h.SignIn(t.Context(), c); services.CodeOf(err) != services.CodeLocked {
					t.Errorf("unexpected: %v", err)
				}
			})
		}
		all.Wait()
	})
	if hashed != 1 {
		t.Errorf("%d passwords were looked at, want 1", hashed)
	}
	if kinds := h.kinds(alice); len(kinds) != 2 || kinds[0] != "locked" {
		t.Errorf("mails %v", kinds)
	}
}

func TestSignIn_UnusualInput(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	for _, c := range []services.Credentials{
		{},
		{Email: alice},
		{Email: "no address\x00", Password: "x"},
		{Email: alice, Password: services.Secret(make([]byte, 1<<20))},
		{Email: "bob@example.ca", Password: password, Device: services.DeviceClaim{Token: "unknown", Kind: "kiosk"}},
	} {
		var err error
		n := h.hashed(func() { _, err = h.SignIn(t.Context(), c) })
		wantCode(t, err, services.CodeUnauthenticated)
		if n != 1 {
			t.Errorf("hashed %d passwords", n)
		}
	}
}

func TestSignIn_UpgradesOldHashes(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	costly := &countedPasswords{Passwords: seal.NewPasswords(seal.Params{Time: 2, Memory: 16, Threads: 1})}
	h.passwords = costly
	h.Passwords = costly
	if n := h.hashed(func() { h.signIn(alice) }); n != 2 {
		t.Errorf("first sign-in hashed %d times, want 2", n)
	}
	if n := h.hashed(func() { h.signIn(alice) }); n != 1 {
		t.Errorf("second sign-in hashed %d times, want 1", n)
	}
}

// interrupted runs something while a password is being verified.
type interrupted struct {
	core.Passwords
	meanwhile func()
}

func (p interrupted) Verify(ctx context.Context, stored, password string) (ok, outdated bool, err error) {
	p.meanwhile()
	return p.Passwords.Verify(ctx, stored, password)
}

func TestSignIn_PasswordChangedMeanwhile(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	must(t, h.requestReset(alice))
	reset := services.PasswordReset{Token: h.mail(alice, "reset").Token, Password: newPassword}
	h.Passwords = interrupted{h.Passwords, func() { must(t, h.ResetPassword(t.Context(), reset)) }}
	_, err := h.SignIn(t.Context(), credentials(alice))
	wantCode(t, err, services.CodeUnauthenticated)
}

func TestSignIn_PendingIsNotTold(t *testing.T) {
	h := newHarness(t)
	must(t, h.Register(t.Context(), h.registration(alice)))
	wantCode(t, h.fail(alice, 10), services.CodeLocked)
	if got := h.kinds(alice); len(got) != 1 {
		t.Errorf("mails %v to an address that nobody confirmed", got)
	}
}

// Who registers an address that strangers have locked gets in by a reset like anybody else.
func TestSignIn_LockFromBeforeRegistration(t *testing.T) {
	h := newHarness(t)
	wantCode(t, h.fail(alice, 10), services.CodeLocked)
	h.person(alice)
	must(t, h.requestReset(alice))
	must(t, h.ResetPassword(t.Context(), services.PasswordReset{Token: h.mail(alice, "reset").Token, Password: password}))
	h.signIn(alice)
}

func TestSignIn_LongDeviceName(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	c := credentials(alice)
	c.Device.Name = " " + strings.Repeat("é", 200) + "\n"
	session, err := h.SignIn(t.Context(), c)
	must(t, err)
	if got := session.Info().Device.Name; got != strings.Repeat("é", 100) {
		t.Errorf("kept %d bytes of the name", len(got))
	}
}

func TestSignIn_ClockSetBack(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	wantCode(t, h.fail(alice, 10), services.CodeLocked)
	h.clock.Move(-10 * 24 * time.Hour)
	_, err := h.SignIn(t.Context(), credentials(alice))
	wantCode(t, err, services.CodeLocked)
	if got := services.RetryAfterOf(err); got > 24*time.Hour {
		t.Errorf("a clock set back locks for %v", got)
	}
	other := "bob@example.ca"
	h.person(other)
	wantCode(t, h.fail(other, 4), services.CodeUnauthenticated)
	h.clock.Move(-10 * 24 * time.Hour)
	_, err = h.SignIn(t.Context(), h.wrong(other))
	wantCode(t, err, services.CodeThrottled)
	if got := services.RetryAfterOf(err); got > 2*time.Second {
		t.Errorf("a clock set back makes the wait %v", got)
	}
}

// After a clock was set back, waiting has an end: the counter goes on from now.
func TestSignIn_ClockSetBackWaitEnds(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	wantCode(t, h.fail(alice, 10), services.CodeLocked)
	h.clock.Move(-10 * 24 * time.Hour)
	_, err := h.SignIn(t.Context(), credentials(alice))
	wantCode(t, err, services.CodeLocked)
	h.clock.Move(24 * time.Hour)
	h.signIn(alice)
}

func TestSignIn_ErrorsHoldNoSecret(t *testing.T) {
	h := newHarness(t)
	_, err := h.SignIn(t.Context(), credentials(alice))
	var known *services.Error
	if !errors.As(err, &known) || known.Err != nil || err.Error() != "unauthenticated" {
		t.Errorf("answer %v", err)
	}
}

func TestEnsureAdvisor(t *testing.T) {
	h := newHarness(t)
	const advisor = "advisor@example.ca"
	must(t, h.EnsureAdvisor(t.Context(), "Sam", "Roy", advisor))
	must(t, h.EnsureAdvisor(t.Context(), "Sam", "Roy", advisor))
	for _, try := range []services.Secret{"", password} {
		c := credentials(advisor)
		c.Password = try
		n := h.hashed(func() {
			_, err := h.SignIn(t.Context(), c)
			wantCode(t, err, services.CodeUnauthenticated)
		})
		if n != 1 {
			t.Errorf("hashed %d passwords", n)
		}
	}
	must(t, h.InviteAdvisor(t.Context(), advisor))
	m := h.mail(advisor, "set_password")
	if m.Action != services.MailReset {
		t.Errorf("action %q", m.Action)
	}
	must(t, h.ResetPassword(t.Context(), services.PasswordReset{Token: m.Token, Password: password}))
	if role := h.signIn(advisor).Info().Role; role != services.RoleAdvisor {
		t.Errorf("role %q", role)
	}
	h.person(alice)
	wantCode(t, h.EnsureAdvisor(t.Context(), "A", "T", alice), services.CodeConflict)
	wantCode(t, h.InviteAdvisor(t.Context(), alice), services.CodeNotFound)
	wantCode(t, h.InviteAdvisor(t.Context(), "nobody@example.ca"), services.CodeNotFound)
	wantFields(t, h.EnsureAdvisor(t.Context(), "", "T", "x"), map[string]string{"first_name": "required", "email": "format"})
}

var _ core.Passwords = (*seal.Passwords)(nil)
