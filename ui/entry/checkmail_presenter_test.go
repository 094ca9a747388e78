package entry

import (
	"errors"
	"slices"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/ui/nav"
)

func TestCheckMail_SendAgain(t *testing.T) {
	for _, tt := range []struct {
		mailed Mailed
		want   string
	}{
		{Mailed{}, "activation amelie@example.ca"},
		{Mailed{Reset: true}, "reset amelie@example.ca"},
	} {
		inBubble(t, func(b *bench) {
			c := newCheckMail(b.env, b.site, "amelie@example.ca", tt.mailed)
			c.start()
			c.again()
			b.settle()
			if len(b.portal.mails) != 0 || c.resend.left() != time.Minute {
				t.Fatalf("sent %q with %v to wait", b.portal.mails, c.resend.left())
			}
			b.pass(time.Minute)
			c.again()
			c.again()
			b.settle()
			if !slices.Equal(b.portal.mails, []string{tt.want}) || !c.resend.sent || c.resend.ready() {
				t.Errorf("sent %q, told %t", b.portal.mails, c.resend.sent)
			}
			b.pass(time.Minute)
			if !c.resend.ready() {
				t.Error("not a third time")
			}
		})
	}
}

// What was registered is registered again: to ask for the latest of the address would bring what another registered.
func TestCheckMail_RegistersAgain(t *testing.T) {
	inBubble(t, func(b *bench) {
		registered := &services.Registration{FirstName: "Amélie", Email: "amelie@example.ca", Password: goodPassword, Captcha: "used"}
		c := newCheckMail(b.env, b.site, "amelie@example.ca", Mailed{Registered: registered})
		c.start()
		b.pass(time.Minute)
		c.again()
		b.settle()
		if len(b.portal.mails) != 0 || len(b.portal.registrations) != 1 || !c.resend.sent {
			t.Fatalf("mails %q, %d registrations, told %t", b.portal.mails, len(b.portal.registrations), c.resend.sent)
		}
		got := b.portal.registrations[0]
		if got.FirstName != "Amélie" || got.Password != goodPassword || got.Captcha == "used" || got.Captcha == "" {
			t.Errorf("registered %q with the proof %q", got.FirstName, got.Captcha)
		}
	})
}

func TestCheckMail_EarlierMailAgainAtOnce(t *testing.T) {
	inBubble(t, func(b *bench) {
		c := newCheckMail(b.env, b.site, "amelie@example.ca", Mailed{Earlier: true})
		c.start()
		c.again()
		b.settle()
		if len(b.portal.mails) != 1 {
			t.Errorf("sent %q", b.portal.mails)
		}
	})
}

func TestCheckMail_SendAgainFails(t *testing.T) {
	inBubble(t, func(b *bench) {
		c := newCheckMail(b.env, b.site, "amelie@example.ca", Mailed{Earlier: true})
		c.start()
		b.portal.captchaErr = services.Fail(services.CodeUnavailable)
		c.again()
		b.settle()
		if c.resend.robot.sentence(b.p) == "" || !c.resend.ready() {
			t.Error("a check that cannot be had is not told, or cannot be tried again")
		}
		b.portal.captchaErr = nil
		b.portal.mail = func(string, services.AddressRequest) error {
			return services.FailAfter(services.CodeThrottled, 20*time.Second)
		}
		c.again()
		b.settle()
		if c.resend.ready() || c.resend.left() != 20*time.Second || c.resend.request.Sentence(b.p) == "" || c.resend.sent {
			t.Errorf("throttled: %v left, says %q", c.resend.left(), c.resend.request.Sentence(b.p))
		}
		b.pass(20 * time.Second)
		b.portal.mail = func(string, services.AddressRequest) error {
			return services.Invalid(fieldCaptcha, services.ReasonMismatch)
		}
		c.again()
		b.settle()
		if c.resend.robot.sentence(b.p) == "" || !c.resend.ready() {
			t.Error("a refused check is not told")
		}
	})
}

func TestCheckMail_Next(t *testing.T) {
	for _, tt := range []struct {
		reset bool
		want  nav.PageID
	}{{false, nav.PageActivate}, {true, nav.PageReset}} {
		inBubble(t, func(b *bench) {
			c := newCheckMail(b.env, b.site, "amelie@example.ca", Mailed{Reset: tt.reset})
			c.start()
			defer c.stop()
			if _, ok := c.next(); ok || !c.empty {
				t.Error("goes on without a code")
			}
			c.setCode(" abc ")
			if route, ok := c.next(); !ok || route.Page != tt.want || route.Token != "abc" || c.empty {
				t.Errorf("goes to %+v", route)
			}
		})
	}
}

// activation is an activate presenter that notes where it leads.
func (b *bench) activation(token services.Secret) (a *activate, done, mailed *int) {
	done, mailed = new(int), new(int)
	a = newActivate(b.env, b.site, token, func() { *done++ }, func(string) { *mailed++ })
	a.start()
	b.settle()
	return a, done, mailed
}

func TestActivate_FromLink(t *testing.T) {
	inBubble(t, func(b *bench) {
		_, done, _ := b.activation("abc")
		if *done != 1 || !slices.Equal(b.portal.tokens, []services.Secret{"abc"}) {
			t.Errorf("done %d, tokens %d", *done, len(b.portal.tokens))
		}
	})
}

func TestActivate_Pasted(t *testing.T) {
	inBubble(t, func(b *bench) {
		a, done, _ := b.activation("")
		a.use()
		if a.stage != activateAsk || a.reason == "" {
			t.Error("an empty code is taken")
		}
		a.setCode("mybmwaccount://activate?token=abc")
		a.use()
		a.use()
		b.settle()
		if *done != 1 || len(b.portal.tokens) != 1 || b.portal.tokens[0] != "abc" {
			t.Errorf("done %d, %d tokens", *done, len(b.portal.tokens))
		}
	})
}

func TestActivate_Gone(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.portal.activate = func(services.Secret) error { return services.Fail(services.CodeGone) }
		b.site.use("amelie@example.ca")
		a, done, mailed := b.activation("abc")
		if a.stage != activateGone || *done != 0 || a.email != "amelie@example.ca" {
			t.Fatalf("stage %d, address %q", a.stage, a.email)
		}
		a.setEmail("amelie")
		a.again()
		b.settle()
		if a.reason == "" || len(b.portal.mails) != 0 {
			t.Error("half an address is sent")
		}
		a.setEmail("amelie@example.ca")
		a.again()
		b.settle()
		if *mailed != 1 || len(b.portal.mails) != 1 {
			t.Errorf("mails %q, led on %d times", b.portal.mails, *mailed)
		}
		a.paste()
		if a.stage != activateAsk || a.token != "" {
			t.Error("no way to paste another code")
		}
	})
}

func TestActivate_TryAgain(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.portal.activate = func(services.Secret) error { return errors.New("cable") }
		a, done, _ := b.activation("abc")
		if a.stage != activateFailed || a.request.Sentence(b.p) == "" {
			t.Fatalf("stage %d", a.stage)
		}
		b.portal.activate = nil
		a.use()
		b.settle()
		if *done != 1 {
			t.Error("the second try does nothing")
		}
	})
}

func TestForgot_Submit(t *testing.T) {
	inBubble(t, func(b *bench) {
		var done []string
		f := newForgot(b.env, b.site, "amelie@example.ca", func(a string) { done = append(done, a) })
		f.start()
		f.submit()
		b.settle()
		if f.robot.sentence(b.p) == "" || len(b.portal.mails) != 0 {
			t.Fatal("sent without the check")
		}
		f.robot.toggle()
		b.settle()
		f.submit()
		f.submit()
		b.settle()
		if !slices.Equal(b.portal.mails, []string{"reset amelie@example.ca"}) || !slices.Equal(done, []string{"amelie@example.ca"}) {
			t.Errorf("mails %q, done %q", b.portal.mails, done)
		}
		if f.robot.solved() {
			t.Error("a used check is kept")
		}
	})
}

func TestForgot_Refused(t *testing.T) {
	inBubble(t, func(b *bench) {
		f := newForgot(b.env, b.site, "", func(string) { t.Error("done") })
		f.start()
		f.left()
		if f.reason != "" {
			t.Error("an empty field is reproached on leaving it")
		}
		f.setEmail("amelie")
		f.left()
		if f.reason != services.ReasonFormat || f.ready() {
			t.Error("half an address is taken")
		}
		f.setEmail("amelie@example.ca")
		f.robot.toggle()
		b.settle()
		b.portal.mail = func(string, services.AddressRequest) error {
			return &services.Error{Code: services.CodeInvalid, Fields: map[string]string{"email": "format", "captcha": "mismatch"}}
		}
		f.submit()
		b.settle()
		if f.reason != services.ReasonFormat || f.robot.sentence(b.p) == "" || f.problem(b.p) != "" {
			t.Errorf("says %q, %q, %q", f.reason, f.robot.sentence(b.p), f.problem(b.p))
		}
		f.setEmail("amelie@mail.example.ca")
		b.portal.mail = func(string, services.AddressRequest) error { return services.Fail(services.CodeUnavailable) }
		f.robot.toggle()
		b.settle()
		f.submit()
		b.settle()
		if f.problem(b.p) == "" || !f.ready() {
			t.Error("a failure is not told, or costs the check")
		}
	})
}
