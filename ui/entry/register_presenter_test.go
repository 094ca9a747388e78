package entry

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"myaccount/services"
	"myaccount/ui/nav"
)

const goodPassword = "soleil et pluie sur le quai"

// filled is a form with everything typed.
func (b *bench) filled() (r *register, done *[]string) {
	done = new([]string)
	r = newRegister(b.env, b.site, func(r services.Registration) { *done = append(*done, r.Email) })
	r.start()
	for field, v := range map[string]string{
		fieldFirst: "Amélie", fieldLast: "Tremblay", fieldEmail: "amelie.tremblay@example.ca",
		fieldPassword: goodPassword, fieldConfirm: goodPassword,
	} {
		r.set(field, v)
	}
	r.accept(true)
	r.robot.toggle()
	b.settle()
	return r, done
}

func TestRegister_Submit(t *testing.T) {
	inBubble(t, func(b *bench) {
		r, done := b.filled()
		if !r.complete() {
			t.Fatalf("not complete: %q, robot %t", r.firstWrong(), r.robot.solved())
		}
		r.submit()
		r.submit()
		b.settle()
		if len(b.portal.registrations) != 1 || len(*done) != 1 || (*done)[0] != "amelie.tremblay@example.ca" {
			t.Fatalf("%d requests, done %q", len(b.portal.registrations), *done)
		}
		got := b.portal.registrations[0]
		if got.Language != "fr" || got.TermsVersion != "2026-06-01" || got.Captcha == "" || got.Password.Reveal() != goodPassword {
			t.Errorf("sent %+v", got)
		}
		if got.TermsLanguage != "fr" || len(got.TermsShown) != 0 {
			t.Errorf("terms nobody opened: %q %v", got.TermsLanguage, got.TermsShown)
		}
		if r.value(fieldFirst) != "Amélie" || r.robot.solved() {
			t.Error("the way back must keep the form and ask for a new check")
		}
	})
}

// Which text of the terms was seen, and when, goes with the registration.
func TestRegister_TermsShown(t *testing.T) {
	inBubble(t, func(b *bench) {
		r, _ := b.filled()
		opened := b.env.Clock.Now()
		page := NewTerms(b.env, b.site, nav.Route{}).(*termsPage)
		page.Start()
		b.settle()
		time.Sleep(time.Minute)
		for _, lang := range []string{"en", "fr", "en"} {
			page.state.choose(lang)
			b.settle()
		}
		page.Stop()
		r.submit()
		b.settle()
		got := b.portal.registrations[0]
		want := map[string]time.Time{"fr": opened, "en": opened.Add(time.Minute)}
		if got.TermsLanguage != "en" || !maps.Equal(got.TermsShown, want) {
			t.Errorf("sent %q %v, want %v", got.TermsLanguage, got.TermsShown, want)
		}
		b.filled() // a new form: whoever fills it in has seen nothing yet
		if b.site.terms.last != "" || len(b.site.terms.shown) != 0 {
			t.Errorf("still %+v", b.site.terms)
		}
	})
}

func TestRegister_CompleteNeedsEverything(t *testing.T) {
	for name, spoil := range map[string]func(*register){
		"first name": func(r *register) { r.set(fieldFirst, "  ") },
		"long name":  func(r *register) { r.set(fieldLast, strings.Repeat("é", 101)) },
		"address":    func(r *register) { r.set(fieldEmail, "amelie.tremblay@example") },
		"weak":       func(r *register) { r.set(fieldPassword, "password1234"); r.set(fieldConfirm, "password1234") },
		"own name":   func(r *register) { r.set(fieldPassword, "tremblay1975"); r.set(fieldConfirm, "tremblay1975") },
		"confirm":    func(r *register) { r.set(fieldConfirm, goodPassword+"x") },
		"terms":      func(r *register) { r.accept(false) },
		"robot":      func(r *register) { r.robot.reset() },
		"not judged": func(r *register) {
			r.set(fieldPassword, goodPassword+"!")
			r.set(fieldConfirm, goodPassword+"!")
			r.stop()
		},
		"under way": func(r *register) { r.request.Busy = true },
	} {
		inBubble(t, func(b *bench) {
			r, _ := b.filled()
			spoil(r)
			b.settle()
			if r.complete() {
				t.Errorf("%s: complete", name)
			}
			r.submit()
			b.settle()
			if len(b.portal.registrations) != 0 {
				t.Errorf("%s: sent", name)
			}
		})
	}
}

func TestRegister_NamesAreJudgedInThePassword(t *testing.T) {
	inBubble(t, func(b *bench) {
		r, _ := b.filled()
		for _, field := range []string{fieldPassword, fieldConfirm} {
			r.set(field, "wintergarten")
		}
		b.settle()
		before := r.reason(fieldPassword)
		r.set(fieldLast, "Wintergarten")
		b.settle()
		if got := r.reason(fieldPassword); got != "context" || before == got {
			t.Errorf("refused as %q before, %q after typing the same name", before, got)
		}
	})
}

func TestRegister_NothingNagsWhileTyping(t *testing.T) {
	inBubble(t, func(b *bench) {
		r := newRegister(b.env, b.site, nil)
		r.start()
		for _, field := range registerFields {
			r.left(field) // tabbed through
			for _, typed := range []string{"a", "am", "am@"} {
				r.set(field, typed)
				b.settle()
				if got := r.fieldError(b.p, field); got != "" {
					t.Errorf("%s: %q while typing", field, got)
				}
			}
		}
		r.left(fieldEmail)
		if got := r.fieldError(b.p, fieldEmail); got != "Enter a full address, like name@example.ca. It will be your username." {
			t.Errorf("on leaving the address: %q", got)
		}
		r.set(fieldEmail, "am@e")
		if got := r.fieldError(b.p, fieldEmail); got != "" {
			t.Errorf("nags while it is corrected: %q", got)
		}
	})
}

func TestRegister_SubmitNamesWhatIsMissing(t *testing.T) {
	inBubble(t, func(b *bench) {
		r := newRegister(b.env, b.site, nil)
		r.start()
		if wrong := r.submit(); wrong != fieldFirst {
			t.Errorf("first wrong field %q", wrong)
		}
		for _, field := range append(registerFields, fieldTerms) {
			if r.fieldError(b.p, field) == "" {
				t.Errorf("nothing is said about %s", field)
			}
		}
		if r.robot.sentence(b.p) == "" {
			t.Error("nothing is said about the check")
		}
	})
}

func TestRegister_RefusedByThePortal(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.portal.register = func(services.Registration) error {
			return &services.Error{Code: services.CodeInvalid, Fields: map[string]string{
				fieldEmail: services.ReasonFormat, fieldPassword: services.ReasonCommon,
				fieldCaptcha: services.ReasonMismatch, fieldTerms: services.ReasonOutdated,
			}}
		}
		r, done := b.filled()
		r.submit()
		b.settle()
		for _, field := range []string{fieldEmail, fieldPassword, fieldTerms} {
			if r.fieldError(b.p, field) == "" {
				t.Errorf("nothing is said about %s", field)
			}
		}
		if len(*done) != 0 || r.problem(b.p) != "" || r.accepted || r.robot.solved() || r.robot.sentence(b.p) == "" {
			t.Errorf("done %q, says %q, accepted %t, solved %t", *done, r.problem(b.p), r.accepted, r.robot.solved())
		}
		r.set(fieldEmail, "amelie@example.ca")
		if r.reason(fieldEmail) != "" {
			t.Error("the refusal outlives the address")
		}
	})
}

func TestRegister_FailuresKeepEverything(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.portal.register = func(services.Registration) error { return services.FailAfter(services.CodeThrottled, 2*time.Second) }
		r, _ := b.filled()
		r.submit()
		b.settle()
		if !strings.Contains(r.problem(b.p), "0:02") || r.complete() {
			t.Errorf("says %q", r.problem(b.p))
		}
		b.pass(2 * time.Second)
		b.portal.register = nil
		if !r.complete() {
			t.Fatal("what was typed is lost")
		}
	})
}

func TestRegister_CheckGoesOnWhileTheTermsAreRead(t *testing.T) {
	inBubble(t, func(b *bench) {
		r, _ := b.filled()
		r.robot.reset()
		r.robot.toggle()
		r.stop() // to read the terms
		b.settle()
		r.start()
		if !r.complete() {
			t.Error("the form is not as it was left, with the check done meanwhile")
		}
	})
}

func TestRegister_ValuesNeverPrint(t *testing.T) {
	inBubble(t, func(b *bench) {
		r, _ := b.filled()
		if all := fmt.Sprintf("%v %+v %#v", r.values, r.values, r.values); strings.Contains(all, "quai") || strings.Contains(all, "Tremblay") {
			t.Errorf("prints %s", all)
		}
	})
}

func TestAddressReason(t *testing.T) {
	for typed, want := range map[string]string{
		"": "required", "  ": "required", "amelie": "format", "amelie@example": "format", "@example.ca": "format",
		"a b@example.ca": "format", "a@b@example.ca": "format", "a@.ca": "format", "a@example.": "format",
		"a@example.ca, b@example.ca": "format", strings.Repeat("a", 250) + "@example.ca": "too_long",
		"amelie@example.ca": "", " amelie@example.ca ": "", "a+b@éxample.ca": "", "o'neil@mail.example.ca": "",
	} {
		if got := nav.AddressReason(typed); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

func TestTokenFrom(t *testing.T) {
	const token = "wEx4J_5n-0oXyZ"
	for pasted, want := range map[string]string{
		token: token, " " + token + "\n": token, "wEx4J_5n\n-0oXyZ": token, "": "", " \t": "",
		"mybmwaccount://activate?token=" + token:                          token,
		"https://example.ca/reset?lang=fr&token=" + token:                 token,
		"<https://example.ca/reset?token=" + token + ">":                  token,
		"https://example.ca/reset?other=1":                                "https://example.ca/reset?other=1",
		"mybmwaccount://activate?token=" + token[:6] + "\r\n" + token[6:]: token,
	} {
		if got := tokenFrom(pasted).Reveal(); got != want {
			t.Errorf("%q: %q, want %q", pasted, got, want)
		}
	}
}

func FuzzTokenFrom(f *testing.F) {
	f.Add("mybmwaccount://activate?token=abc")
	f.Add("?%zz&token=")
	f.Fuzz(func(t *testing.T, pasted string) {
		if got := tokenFrom(pasted).Reveal(); len(got) > 3*len(pasted) {
			t.Errorf("%q grew to %q", pasted, got)
		}
	})
}

func TestTokenFrom_AnyWrapping(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		token := rapid.StringMatching(`[A-Za-z0-9_-]{43}`).Draw(t, "token")
		link := rapid.SampledFrom([]string{"", "mybmwaccount://reset?token=", "https://example.ca/activate?lang=en&token="}).Draw(t, "link")
		space := rapid.SampledFrom([]string{"", " ", "\n", "\r\n", "\t"}).Draw(t, "space")
		if got := tokenFrom(space + link + token + space).Reveal(); got != token {
			t.Errorf("%q became %q", token, got)
		}
	})
}
