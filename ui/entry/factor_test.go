package entry

import (
	"testing"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/ui/nav"
)

// withFactor asks for the code "123456" beside the password.
func (b *bench) withFactor() {
	b.portal.signIn = func(c services.Credentials) error {
		switch {
		case c.Password != "right":
			return services.Fail(services.CodeUnauthenticated)
		case c.TOTP == "":
			return services.Invalid(fieldFactor, services.ReasonRequired)
		case c.TOTP != "123456":
			return services.Invalid(fieldFactor, services.ReasonMismatch)
		}
		return nil
	}
}

func TestSignIn_SecondFactor(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.withFactor()
		s := b.signIn("amelie@example.ca", "right")
		s.submit()
		b.settle()
		if !s.coding || s.password != "right" || s.fieldError(b.p, fieldFactor) != "" || s.problem(b.p) != "" {
			t.Fatalf("asked for the code: %t, says %q and %q", s.coding, s.fieldError(b.p, fieldFactor), s.problem(b.p))
		}
		s.submit() // without a code
		b.settle()
		if len(b.portal.credentials) != 1 || s.fieldError(b.p, fieldFactor) == "" {
			t.Fatal("sent without a code")
		}
		s.setCode("654321")
		s.submit()
		b.settle()
		if b.sessions != 0 || s.code != "654321" || s.fieldError(b.p, fieldFactor) == "" {
			t.Fatalf("a wrong code: %d sessions, says %q", b.sessions, s.fieldError(b.p, fieldFactor))
		}
		s.setCode("123456")
		if s.fieldError(b.p, fieldFactor) != "" {
			t.Error("still said after typing")
		}
		s.submit()
		b.settle()
		if b.sessions != 1 || s.code != "" || s.password != "" || s.coding {
			t.Errorf("%d sessions, kept %q", b.sessions, s.code.Reveal())
		}
	})
}

func TestSignIn_CodeGoesWithItsAddress(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.withFactor()
		s := b.signIn("amelie@example.ca", "right")
		s.submit()
		b.settle()
		s.setCode("123456")
		s.setEmail("other@example.ca")
		if s.coding || s.code != "" {
			t.Error("another person's code is still asked for")
		}
		s.submit()
		b.settle()
		if c := b.portal.credentials[1]; c.TOTP != "" {
			t.Error("another person's code was sent")
		}
	})
}

func TestSignInPage_SecondFactorByKeyboard(t *testing.T) {
	s := english(t)
	s.refused(services.Invalid(fieldFactor, services.ReasonRequired))
	code := s.screen.Field("Code of your authenticator app")
	if s.screen.Canvas().Focused() != code.Focusable() {
		t.Fatalf("the focus is on %T", s.screen.Canvas().Focused())
	}
	s.screen.TypeFocused("123456")
	s.screen.Press(fyne.KeyEscape)
	if s.screen.Has("Code of your authenticator app") || s.Backs != 0 {
		t.Error("Escape does not go back to the password")
	}
	if s.screen.Canvas().Focused() != s.screen.Field("Password").Focusable() || s.screen.Field("Password").Text() != "sunny afternoon" {
		t.Error("what was typed is lost")
	}
}

func TestConfirmPage_GoesOn(t *testing.T) {
	s := english(t)
	gone := 0
	s.site.Confirmed = func() { gone++ }
	s.open(nav.Route{Page: nav.PageConfirm, Token: "abc"})
	s.screen.Until("the end", func() bool { return gone == 1 })
	if len(s.portal.tokens) != 1 || s.portal.tokens[0] != "abc" {
		t.Errorf("used %d tokens", len(s.portal.tokens))
	}
}

func TestConfirmPage_Pasted(t *testing.T) {
	s := english(t)
	gone := 0
	s.site.Confirmed, s.site.Inside = func() { gone++ }, func() bool { return true }
	s.open(nav.Route{Page: nav.PageConfirm})
	s.screen.Press(fyne.KeyReturn)
	if !s.screen.Has(s.Printer.T("nav.reason.required")) || len(s.portal.tokens) != 0 {
		t.Fatalf("without a code: says %q", s.screen.Texts())
	}
	s.screen.TypeFocused("mybmwaccount://confirm-email?token=tok-9")
	s.screen.Press(fyne.KeyReturn)
	s.screen.Until("the end", func() bool { return gone == 1 })
	if s.portal.tokens[0] != "tok-9" || s.screen.Has(s.say("back.signin")) {
		t.Errorf("used %q; says %q", s.portal.tokens[0].Reveal(), s.screen.Texts())
	}
}

func TestConfirmPage_TriesAgain(t *testing.T) {
	s := english(t)
	gone := 0
	s.site.Confirmed = func() { gone++ }
	s.confirming(services.Fail(services.CodeUnavailable), "confirm.failed.title")
	s.portal.confirm = nil
	s.screen.Press(fyne.KeyReturn)
	s.screen.Until("the end", func() bool { return gone == 1 })
}
