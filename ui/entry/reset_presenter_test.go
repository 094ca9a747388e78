package entry

import (
	"testing"

	"myaccount/services"
)

// choosing is a reset presenter with both passwords typed.
func (b *bench) choosing(pw string) *reset {
	r := newReset(b.env, b.site, "abc")
	r.start()
	r.setPassword(pw)
	r.setConfirm(pw)
	b.settle()
	return r
}

func TestReset_Submit(t *testing.T) {
	inBubble(t, func(b *bench) {
		r := b.choosing(goodPassword)
		if !r.ready() {
			t.Fatal("not ready")
		}
		r.submit()
		r.submit()
		b.settle()
		if len(b.portal.resets) != 1 || b.portal.resets[0].Token != "abc" || b.portal.resets[0].Password != goodPassword {
			t.Fatalf("%d requests", len(b.portal.resets))
		}
		if r.stage != resetDone || r.password != "" || r.token != "" || r.strength.Bars() != 0 {
			t.Errorf("stage %d; something secret is kept", r.stage)
		}
	})
}

func TestReset_Pasted(t *testing.T) {
	inBubble(t, func(b *bench) {
		r := newReset(b.env, b.site, "")
		r.start()
		r.useCode()
		if r.stage != resetAsk || r.fieldError(b.p, fieldCode) == "" {
			t.Error("an empty code is taken")
		}
		r.setCode("https://example.ca/reset?token=abc")
		if r.fieldError(b.p, fieldCode) != "" {
			t.Error("nags while typing")
		}
		r.useCode()
		if r.stage != resetChoose || r.token != "abc" {
			t.Errorf("stage %d", r.stage)
		}
	})
}

func TestReset_Wrong(t *testing.T) {
	inBubble(t, func(b *bench) {
		r := b.choosing("password1234")
		r.left(fieldPassword)
		if r.fieldError(b.p, fieldPassword) == "" || r.ready() {
			t.Error("a common password is taken")
		}
		r.setPassword(goodPassword)
		b.settle()
		r.submit()
		b.settle()
		if r.fieldError(b.p, fieldConfirm) != "The two passwords differ." || len(b.portal.resets) != 0 {
			t.Errorf("says %q", r.fieldError(b.p, fieldConfirm))
		}
	})
}

func TestReset_Refused(t *testing.T) {
	for _, tt := range []struct {
		err   error
		stage resetStage
		says  bool // above the button
		field bool // at the password
	}{
		{services.Fail(services.CodeGone), resetGone, true, false},
		{services.Invalid(fieldPassword, services.ReasonContext), resetChoose, false, true},
		{services.Fail(services.CodeUnavailable), resetChoose, true, false},
	} {
		inBubble(t, func(b *bench) {
			b.portal.reset = func(services.PasswordReset) error { return tt.err }
			r := b.choosing(goodPassword)
			r.submit()
			b.settle()
			if r.stage != tt.stage || (r.problem(b.p) != "") != tt.says {
				t.Errorf("%v: stage %d, says %q", tt.err, r.stage, r.problem(b.p))
			}
			if tt.stage == resetChoose && (r.fieldError(b.p, fieldPassword) != "") != tt.field {
				t.Errorf("%v: field says %q", tt.err, r.fieldError(b.p, fieldPassword))
			}
			if tt.stage == resetChoose && r.password != goodPassword {
				t.Errorf("%v: what was typed is lost", tt.err)
			}
		})
	}
}

func TestStrength_LatestCounts(t *testing.T) {
	inBubble(t, func(b *bench) {
		r := newReset(b.env, b.site, "abc")
		r.start()
		for i := range goodPassword {
			r.setPassword(goodPassword[:i+1])
		}
		if r.strength.Ready() || r.strength.Bars() != 1 {
			t.Error("judged before it was judged")
		}
		b.settle()
		if !r.strength.Ready() || r.strength.Bars() < 3 {
			t.Errorf("judged %t, %d bars", r.strength.Ready(), r.strength.Bars())
		}
		r.setPassword("")
		if r.strength.Bars() != 0 || r.strength.Reason() != "required" {
			t.Error("an empty password has bars")
		}
	})
}
