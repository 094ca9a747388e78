package core_test

import (
	"slices"
	"testing"
	"time"

	"myaccount/services"
)

const newPassword services.Secret = "silver-Meadow-38-compass"

func (h *harness) requestReset(email string) error {
	return h.RequestPasswordReset(h.ctx, services.AddressRequest{Email: email, Captcha: h.captcha()})
}

func TestResetPassword(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	before := h.signIn(alice)
	must(t, h.requestReset(alice))
	m := h.mail(alice, "reset")
	if m.Action != services.MailReset || m.Button == "" {
		t.Errorf("mail with action %q, button %q", m.Action, m.Button)
	}
	wantFields(t, h.ResetPassword(t.Context(), services.PasswordReset{Token: m.Token, Password: "short"}),
		map[string]string{"password": "too_short"})
	wantFields(t, h.ResetPassword(t.Context(), services.PasswordReset{Token: m.Token, Password: "tremblay alice"}),
		map[string]string{"password": "context"})
	reset := services.PasswordReset{Token: m.Token, Password: newPassword}
	must(t, h.ResetPassword(t.Context(), reset)) // the refused ones did not use it up
	wantCode(t, h.ResetPassword(t.Context(), reset), services.CodeGone)

	_, err := before.Reload(t.Context())
	wantCode(t, err, services.CodeUnauthenticated)
	_, err = h.SignIn(t.Context(), credentials(alice))
	wantCode(t, err, services.CodeUnauthenticated)
	c := credentials(alice)
	c.Password = newPassword
	_, err = h.SignIn(t.Context(), c)
	must(t, err)
	if got := h.kinds(alice); !slices.Equal(got, []string{"password_changed", "reset", "activate"}) {
		t.Errorf("mails %v", got)
	}
	if used := h.mail(alice, "reset"); used.Token != "" || used.UsedAt.IsZero() {
		t.Error("the used mail still carries its token")
	}
}

func TestResetPassword_LiftsLock(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	wantCode(t, h.fail(alice, 10), services.CodeLocked)
	must(t, h.requestReset(alice))
	must(t, h.ResetPassword(t.Context(), services.PasswordReset{Token: h.mail(alice, "reset").Token, Password: password}))
	h.signIn(alice)
}

func TestResetPassword_Tokens(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	try := func(token services.Secret) error {
		return h.ResetPassword(t.Context(), services.PasswordReset{Token: token, Password: newPassword})
	}
	must(t, h.requestReset(alice))
	first := h.mail(alice, "reset").Token
	wantCode(t, h.requestReset(alice), services.CodeThrottled)
	h.clock.Move(time.Minute)
	must(t, h.requestReset(alice))
	second := h.mail(alice, "reset").Token
	wantCode(t, try(first), services.CodeGone) // a newer one was asked for
	wantCode(t, h.Activate(t.Context(), second), services.CodeGone)
	h.clock.Move(time.Hour)
	wantCode(t, try(second), services.CodeGone) // an hour is over
	wantCode(t, try(""), services.CodeGone)
}

func TestResetPassword_OnceOfFifty(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	must(t, h.requestReset(alice))
	reset := services.PasswordReset{Token: h.mail(alice, "reset").Token, Password: newPassword}
	onceOfFifty(t, func() error { return h.ResetPassword(t.Context(), reset) })
}

func TestRequestPasswordReset_NeverTells(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	must(t, h.Register(t.Context(), h.registration("pending@example.ca")))
	for _, email := range []string{alice, "pending@example.ca", "nobody@example.ca"} {
		if n := h.hashed(func() { must(t, h.requestReset(email)) }); n != 1 {
			t.Errorf("%s: hashed %d times", email, n)
		}
		wantCode(t, h.requestReset(email), services.CodeThrottled)
	}
	if got := h.kinds("pending@example.ca"); !slices.Equal(got, []string{"activate", "activate"}) {
		t.Errorf("mails to a pending address: %v", got)
	}
	if got := h.kinds("nobody@example.ca"); len(got) > 0 {
		t.Errorf("mails to an unknown address: %v", got)
	}
	wantFields(t, h.RequestPasswordReset(t.Context(), services.AddressRequest{}),
		map[string]string{"email": "required", "captcha": "required"})
}
