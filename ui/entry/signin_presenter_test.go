package entry

import (
	"errors"
	"strings"
	"testing"
	"time"

	"myaccount/services"
)

func (b *bench) signIn(email, pw string) *signIn {
	s := newSignIn(b.queue, b.env.Clock, b.site, "", NoteActivated)
	s.start()
	s.setEmail(email)
	s.setPassword(pw)
	return s
}

func TestSignIn_Submit(t *testing.T) {
	inBubble(t, func(b *bench) {
		s := b.signIn(" amelie@example.ca ", "a long pass phrase")
		s.submit()
		s.submit() // a second click
		b.settle()
		if b.sessions != 1 || len(b.portal.credentials) != 1 {
			t.Fatalf("%d sessions, %d requests", b.sessions, len(b.portal.credentials))
		}
		c := b.portal.credentials[0]
		if c.Email != "amelie@example.ca" || c.Password.Reveal() != "a long pass phrase" || c.Device.Name != "Linux computer" {
			t.Errorf("sent %+v", c)
		}
		if s.password != "" {
			t.Error("the password is kept after signing in")
		}
		if b.site.Address() != "amelie@example.ca" {
			t.Errorf("address for the tray: %q", b.site.Address())
		}
	})
}

func TestSignIn_Missing(t *testing.T) {
	inBubble(t, func(b *bench) {
		s := b.signIn("", "")
		s.submit()
		b.settle()
		if len(b.portal.credentials) != 0 {
			t.Fatal("sent without an address")
		}
		for _, field := range []string{fieldEmail, fieldPassword} {
			if s.fieldError(b.p, field) == "" {
				t.Errorf("nothing is said about %s", field)
			}
		}
		s.setEmail("a")
		if s.fieldError(b.p, fieldEmail) != "" {
			t.Error("still said after typing")
		}
	})
}

func TestSignIn_Refused(t *testing.T) {
	for _, tt := range []struct {
		err      error
		says     string // the sentence under the form, or
		panel    bool   // a panel of the page
		survives bool   // typing another password
	}{
		{services.Fail(services.CodeUnauthenticated), "not right", false, false},
		{services.Fail(services.CodeUnavailable), "could not reach", false, false},
		{errors.New("foreign"), "on our side", false, false},
		{services.Fail(services.CodeNotActivated), "", true, true},
		{services.FailAfter(services.CodeLocked, 24*time.Hour), "", true, true},
	} {
		inBubble(t, func(b *bench) {
			b.portal.signIn = func(services.Credentials) error { return tt.err }
			s := b.signIn("amelie@example.ca", "wrong")
			s.submit()
			b.settle()
			code := services.CodeOf(tt.err)
			if got := s.problem(b.p); !strings.Contains(got, tt.says) || (got == "") != tt.panel {
				t.Errorf("%s: says %q", code, got)
			}
			if s.email != "amelie@example.ca" || s.password.Reveal() != "wrong" || s.refused != 1 || s.note != "" {
				t.Errorf("%s: after a refusal %+v", code, s)
			}
			s.setPassword("wrong2")
			if (s.request.Code() != "") != tt.survives {
				t.Errorf("%s: after another password the answer is %q", code, s.request.Code())
			}
			s.setEmail("other@example.ca")
			if s.request.Code() != "" || !s.ready() {
				t.Errorf("%s: another address inherits the answer", code)
			}
		})
	}
}

func TestSignIn_LockedUntilStays(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.portal.signIn = func(services.Credentials) error { return services.FailAfter(services.CodeLocked, 90*time.Minute) }
		s := b.signIn("amelie@example.ca", "wrong")
		s.submit()
		b.settle()
		before := s.request.Sentence(b.p)
		time.Sleep(10 * time.Minute)
		if after := s.request.Sentence(b.p); before != after || !strings.Contains(before, "until") {
			t.Errorf("%q became %q", before, after)
		}
	})
}

func TestSignIn_ThrottledCountsDown(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.portal.signIn = func(services.Credentials) error { return services.FailAfter(services.CodeThrottled, 3*time.Second) }
		s := b.signIn("amelie@example.ca", "wrong")
		redrawn := 0
		s.submit()
		b.settle()
		s.changed = func() { redrawn++ }
		for _, want := range []string{"0:03", "0:02", "0:01"} {
			if got := s.problem(b.p); !strings.Contains(got, want) || s.ready() {
				t.Errorf("says %q, ready %t; want %s", got, s.ready(), want)
			}
			b.pass(time.Second)
		}
		if s.problem(b.p) != "" || !s.ready() || redrawn != 3 {
			t.Errorf("in the end %q, ready %t, drawn %d times", s.problem(b.p), s.ready(), redrawn)
		}
	})
}

func TestSignIn_StopEndsCountdown(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.portal.signIn = func(services.Credentials) error { return services.FailAfter(services.CodeThrottled, time.Minute) }
		s := b.signIn("amelie@example.ca", "wrong")
		s.submit()
		b.settle()
		s.stop()
		s.changed = func() { t.Error("drawn after the visit") }
		b.pass(3 * time.Second)
		if s.password != "" {
			t.Error("the password waits for the next visit")
		}
		s.changed = func() {}
		s.start()
		if s.ready() {
			t.Error("leaving ends the wait")
		}
		b.pass(time.Minute)
		if !s.ready() {
			t.Error("the wait never ends")
		}
		s.stop()
	})
}

func TestSignIn_RobotAskedFor(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.portal.signIn = func(c services.Credentials) error {
			if c.Captcha == "" {
				return services.Invalid(fieldCaptcha, services.ReasonRequired)
			}
			return services.Fail(services.CodeUnauthenticated)
		}
		s := b.signIn("amelie@example.ca", "wrong")
		s.submit()
		b.settle()
		if !s.asked || s.robot.sentence(b.p) == "" || s.problem(b.p) != "" {
			t.Fatalf("asked %t, robot says %q, form says %q", s.asked, s.robot.sentence(b.p), s.problem(b.p))
		}
		s.submit()
		b.settle()
		if len(b.portal.credentials) != 1 {
			t.Fatal("sent without the check")
		}
		s.robot.toggle()
		b.settle()
		s.submit()
		b.settle()
		first := b.portal.credentials[1].Captcha
		if first == "" || !s.robot.solved() || s.robot.solution == first {
			t.Errorf("after a refusal the solution is not renewed")
		}
	})
}

func TestSignIn_LeavingDropsTheAnswer(t *testing.T) {
	inBubble(t, func(b *bench) {
		s := b.signIn("amelie@example.ca", "right")
		s.submit()
		s.stop()
		b.settle()
		if b.sessions != 0 {
			t.Error("signed in on a page that was left")
		}
		s.start()
		if !s.ready() {
			t.Error("busy for ever after coming back")
		}
	})
}
