package core_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/core"
)

const alice = "alice.tremblay@example.ca"

func TestRegister_FieldReasons(t *testing.T) {
	h := newHarness(t)
	for name, c := range map[string]struct {
		change func(*services.Registration)
		want   map[string]string
	}{
		"nothing": {func(r *services.Registration) { *r = services.Registration{} }, map[string]string{
			"first_name": "required", "last_name": "required", "email": "required", "password": "required",
			"language": "required", "terms_version": "required", "terms_language": "required", "captcha": "required",
		}},
		"blank name":       {func(r *services.Registration) { r.FirstName = " \t\u202e" }, map[string]string{"first_name": "required"}},
		"name of 101":      {func(r *services.Registration) { r.LastName = strings.Repeat("é", 101) }, map[string]string{"last_name": "too_long"}},
		"name of signs":    {func(r *services.Registration) { r.LastName = "🙂 42" }, map[string]string{"last_name": "format"}},
		"no address":       {func(r *services.Registration) { r.Email = "alice" }, map[string]string{"email": "format"}},
		"line break":       {func(r *services.Registration) { r.Email = "a@example.ca\r\nBcc: b@example.ca" }, map[string]string{"email": "control"}},
		"address of 255":   {func(r *services.Registration) { r.Email = strings.Repeat("a", 255-11) + "@example.ca" }, map[string]string{"email": "too_long"}},
		"password of 11":   {func(r *services.Registration) { r.Password = "kZ7!vPq2#xL" }, map[string]string{"password": "too_short"}},
		"password of 129":  {func(r *services.Registration) { r.Password = services.Secret(strings.Repeat("kZ7!vPq2#", 15)) }, map[string]string{"password": "too_long"}},
		"common password":  {func(r *services.Registration) { r.Password = "password1234" }, map[string]string{"password": "common"}},
		"own name":         {func(r *services.Registration) { r.Password = "alicetremblay" }, map[string]string{"password": "context"}},
		"unknown language": {func(r *services.Registration) { r.Language = "de" }, map[string]string{"language": "unknown"}},
		"outdated terms":   {func(r *services.Registration) { r.TermsVersion = "2001-01-01" }, map[string]string{"terms_version": "outdated"}},
		"terms in another": {func(r *services.Registration) {
			r.TermsLanguage, r.TermsShown = "de", map[string]time.Time{"de": start}
		}, map[string]string{"terms_language": "unknown", "terms_shown": "unknown"}},
		"made up captcha":   {func(r *services.Registration) { r.Captcha = "bm8=" }, map[string]string{"captcha": "mismatch"}},
		"captcha too late":  {func(*services.Registration) { h.clock.Move(11 * time.Minute) }, map[string]string{"captcha": "outdated"}},
		"name and password": {func(r *services.Registration) { r.FirstName, r.Password = "", "short" }, map[string]string{"first_name": "required", "password": "too_short"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := h.registration(alice)
			c.change(&r)
			err := h.Register(t.Context(), r)
			wantCode(t, err, services.CodeInvalid)
			wantFields(t, err, c.want)
		})
	}
	if kinds := h.kinds(alice); len(kinds) > 0 {
		t.Errorf("refused registrations sent %v", kinds)
	}
}

func TestRegister_AcceptsUnusual(t *testing.T) {
	h := newHarness(t)
	for i, change := range []func(*services.Registration){
		func(r *services.Registration) { r.FirstName = "  Jean\u00a0 Luc\u200b " },
		func(r *services.Registration) { r.LastName = "O’Brien-Lefèbvre d’Été" },
		func(r *services.Registration) { r.FirstName = strings.Repeat("é", 100) },
		func(r *services.Registration) { r.FirstName = "李" },
		func(r *services.Registration) { r.Password = "correct horse 電池 staple" },
	} {
		h.clock.Move(time.Hour)
		r := h.registration(alice)
		change(&r)
		if err := h.Register(t.Context(), r); err != nil {
			t.Errorf("registration %d: %v", i, err)
		}
	}
}

func TestParseAddress(t *testing.T) {
	for typed, want := range map[string]string{
		" Alice@Example.CA ":     "Alice@example.ca",
		"a.b+c@mail.example.ca":  "a.b+c@mail.example.ca",
		"alice@montréal.example": "alice@xn--montral-fya.example",
	} {
		if got, reason := core.ParseAddress(typed); got != want || reason != "" {
			t.Errorf("%q: got %q, %q", typed, got, reason)
		}
	}
	for typed, want := range map[string]string{
		"": "required", "   ": "required", "a@b": "format", "a@@example.ca": "format", "a@b@example.ca": "format",
		"@example.ca": "format", "a@.ca": "format", "a@example.": "format", "a@example.ca.": "format",
		"a..b@example.ca": "format", ".a@example.ca": "format", "a b@example.ca": "format", "é@example.ca": "format",
		`"a"@example.ca`: "format", "<a@example.ca>": "format", "a@exa mple.ca": "format", "a@-example.ca": "format",
		"a,b@example.ca": "format", "a@example.ca\x00": "control", "a@exam\u202eple.ca": "control",
		strings.Repeat("a", 65) + "@example.ca": "format",
	} {
		if got, reason := core.ParseAddress(typed); got != "" || reason != want {
			t.Errorf("%q: got %q, %q, want %q", typed, got, reason, want)
		}
	}
	if core.AddressKey(" ALICE@Example.ca") != core.AddressKey("alice@EXAMPLE.CA") {
		t.Error("writings of one address have different keys")
	}
}

// An accepted address can never add a header or a recipient (after Ory Kratos' FuzzIsEmailAddress).
func FuzzParseAddress(f *testing.F) {
	f.Add("foo@ory.sh\r\nBcc: evil@x")
	f.Add("a@montréal.example")
	f.Fuzz(func(t *testing.T, typed string) {
		address, reason := core.ParseAddress(typed)
		if (address == "") == (reason == "") {
			t.Fatalf("%q: got %q, %q", typed, address, reason)
		}
		if address == "" {
			return
		}
		if strings.Count(address, "@") != 1 || strings.ContainsAny(address, " \t\r\n,;:<>()[]\"\\") || len(address) > 254 {
			t.Fatalf("%q: got %q", typed, address)
		}
		if again, reason := core.ParseAddress(address); again != address || reason != "" {
			t.Fatalf("%q: cleaned again %q, %q", address, again, reason)
		}
	})
}

func TestRegister_ActivateSignIn(t *testing.T) {
	h := newHarness(t)
	must(t, h.Register(t.Context(), h.registration(" Alice.Tremblay@Example.CA")))
	_, err := h.SignIn(t.Context(), credentials(alice))
	wantCode(t, err, services.CodeNotActivated)
	m := h.mail(alice, "activate")
	if m.Action != services.MailActivate || m.Button == "" || !strings.Contains(m.Text, m.Token.Reveal()) {
		t.Errorf("mail with action %q, button %q", m.Action, m.Button)
	}
	if !strings.Contains(m.Text, "Alice,") || strings.Contains(m.HTML, "Tremblay") {
		t.Error("the mail to an unconfirmed address greets otherwise than with the first name alone")
	}
	must(t, h.Activate(t.Context(), m.Token))
	info := h.signIn("ALICE.tremblay@example.ca").Info()
	if info.Person.FirstName != "Alice" || info.Person.Email != "Alice.Tremblay@example.ca" || info.Role != services.RoleCustomer {
		t.Errorf("session of %+v", info.Person)
	}
	if info.Linked || info.Device.Authorized || !info.Device.Current || info.Device.Name != "Linux computer" {
		t.Errorf("session info %+v", info)
	}
	used := h.mail(alice, "activate")
	if used.Token != "" || used.Button != "" || used.UsedAt.IsZero() || strings.Contains(used.Text, m.Token.Reveal()) {
		t.Errorf("a used mail still carries its token: used %v, button %q", used.UsedAt, used.Button)
	}
}

func TestRegister_KnownAddressIsNotTold(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	var known, unknown error
	hashedKnown := h.hashed(func() {
		r := h.registration(alice)
		r.Password = "another-Harbour-17-candle"
		known = h.Register(t.Context(), r)
	})
	hashedUnknown := h.hashed(func() { unknown = h.Register(t.Context(), h.registration("new@example.ca")) })
	if known != nil || unknown != nil {
		t.Errorf("answers %v and %v", known, unknown)
	}
	if hashedKnown != 1 || hashedUnknown != 1 {
		t.Errorf("hashed %d and %d passwords, want 1 each", hashedKnown, hashedUnknown)
	}
	if got := h.kinds(alice); !slices.Equal(got, []string{"already_registered", "activate"}) {
		t.Errorf("mails %v", got)
	}
	h.signIn(alice) // with the old password
}

// Whoever else registers the address, before or after: what its owner clicks activates what came with that mail, and
// what came with others is gone.
func TestActivate_EachMailItsOwnRegistration(t *testing.T) {
	for name, c := range map[string]struct {
		click int // the first mail or the second
		want  string
	}{
		"the first":  {0, "Alice"},
		"the latest": {1, "Mallory"},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t)
			must(t, h.Register(t.Context(), h.registration(alice)))
			tokens := []services.Secret{h.mail(alice, "activate").Token}
			h.clock.Move(time.Hour)
			r := h.registration(alice)
			r.FirstName, r.LastName, r.Password, r.Language = "Mallory", "Roy", "somebody-Else-55-anchor", "fr"
			must(t, h.Register(t.Context(), r))
			tokens = append(tokens, h.mail(alice, "activate").Token)
			must(t, h.Activate(t.Context(), tokens[c.click]))
			wantCode(t, h.Activate(t.Context(), tokens[1-c.click]), services.CodeGone)
			for _, m := range h.mails(alice) {
				if m.Token != "" || m.Button != "" {
					t.Error("a mail still carries a token")
				}
			}
			passwords := map[string]services.Secret{"Alice": password, "Mallory": r.Password}
			cr := credentials(alice)
			cr.Password = passwords[c.want]
			session, err := h.SignIn(t.Context(), cr)
			must(t, err)
			p := session.Info().Person
			if p.FirstName != c.want || (p.LastName == "Roy") != (c.want == "Mallory") || (p.Language == "fr") != (c.want == "Mallory") {
				t.Errorf("activated %+v", p)
			}
			delete(passwords, c.want)
			for _, other := range passwords {
				cr.Password = other
				_, err = h.SignIn(t.Context(), cr)
				wantCode(t, err, services.CodeUnauthenticated)
			}
			var left int
			must(t, h.db.File.Reader.QueryRowContext(t.Context(), "SELECT count(*) FROM token").Scan(&left))
			if left != 0 {
				t.Errorf("%d registrations are kept", left)
			}
		})
	}
}

// What was registered lies sealed beside its token.
func TestRegister_PendingIsSealed(t *testing.T) {
	h := newHarness(t)
	must(t, h.Register(t.Context(), h.registration(alice)))
	var kept []byte
	must(t, h.db.File.Reader.QueryRowContext(t.Context(), "SELECT grants FROM token").Scan(&kept))
	if len(kept) == 0 || bytes.Contains(kept, []byte("Tremblay")) || bytes.Contains(kept, []byte("argon2")) {
		t.Errorf("kept as it is: %q", kept)
	}
}

func TestRegister_CaptchaCountsOnce(t *testing.T) {
	h := newHarness(t)
	r := h.registration(alice)
	must(t, h.Register(t.Context(), r))
	r.Email = "other@example.ca"
	wantFields(t, h.Register(t.Context(), r), map[string]string{"captcha": "outdated"})
	r.Captcha = h.captcha()
	r.FirstName = ""
	wantFields(t, h.Register(t.Context(), r), map[string]string{"first_name": "required"})
	r.FirstName = "Bob"
	must(t, h.Register(t.Context(), r)) // the refused one did not use it up
}

// One solved challenge is not enough to have many passwords hashed at once.
func TestCaptcha_OneSolutionHashesOnce(t *testing.T) {
	h := newHarness(t)
	for name, ask := range map[string]func(solution, email string) error{
		"register": func(solution, email string) error {
			r := h.registration(email)
			r.Captcha = solution
			return h.Register(t.Context(), r)
		},
		"resend": func(solution, email string) error {
			return h.ResendActivation(t.Context(), services.AddressRequest{Email: email, Captcha: solution})
		},
		"reset": func(solution, email string) error {
			return h.RequestPasswordReset(t.Context(), services.AddressRequest{Email: email, Captcha: solution})
		},
	} {
		t.Run(name, func(t *testing.T) {
			solution := h.captcha()
			var done atomic.Int64
			hashed := h.hashed(func() {
				var all sync.WaitGroup
				for i := range 20 {
					all.Go(func() {
						if ask(solution, fmt.Sprintf("%s%d@example.ca", name, i)) == nil {
							done.Add(1)
						}
					})
				}
				all.Wait()
			})
			if hashed != 1 || done.Load() != 1 {
				t.Errorf("%d hashed, %d done", hashed, done.Load())
			}
		})
	}
}

func TestRegister_MailsAreBounded(t *testing.T) {
	h := newHarness(t)
	for range 10 {
		must(t, h.Register(t.Context(), h.registration(alice)))
		h.clock.Move(time.Minute)
	}
	err := h.Register(t.Context(), h.registration(alice))
	wantCode(t, err, services.CodeThrottled)
	if wait := services.RetryAfterOf(err); wait != 50*time.Minute {
		t.Errorf("wait %v, want 50m", wait)
	}
	must(t, h.Register(t.Context(), h.registration("other@example.ca")))
	h.clock.Move(50 * time.Minute)
	must(t, h.Register(t.Context(), h.registration(alice)))
}

// Whoever registers somebody's address again and again does not use up the mails that let its owner in again.
func TestRegister_MailsLeaveThoseOfResets(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	var err error
	for range 10 {
		err = h.Register(t.Context(), h.registration(alice))
	}
	wantCode(t, err, services.CodeThrottled)
	must(t, h.requestReset(alice))
	h.mail(alice, "reset")
}

func TestResendActivation(t *testing.T) {
	h := newHarness(t)
	must(t, h.Register(t.Context(), h.registration(alice)))
	old := h.mail(alice, "activate").Token
	request := func(email string) error {
		return h.ResendActivation(t.Context(), services.AddressRequest{Email: email, Captcha: h.captcha()})
	}
	must(t, request(alice))
	err := request(alice)
	wantCode(t, err, services.CodeThrottled)
	if wait := services.RetryAfterOf(err); wait != time.Minute {
		t.Errorf("wait %v, want a minute", wait)
	}
	must(t, request("unknown@example.ca"))
	wantCode(t, request("unknown@example.ca"), services.CodeThrottled) // as for a known one
	must(t, h.Activate(t.Context(), h.mail(alice, "activate").Token))
	wantCode(t, h.Activate(t.Context(), old), services.CodeGone)
	h.clock.Move(time.Minute)
	must(t, request(alice))
	if got := h.kinds(alice); !slices.Equal(got, []string{"activate", "activate"}) {
		t.Errorf("mails %v", got)
	}
	wantFields(t, h.ResendActivation(t.Context(), services.AddressRequest{Email: "x"}),
		map[string]string{"email": "format", "captcha": "required"})
}

// A mail that was sent again leaves those before it as they are; it carries the latest registration.
func TestResendActivation_OfTheLatest(t *testing.T) {
	for name, click := range map[string]struct {
		mail int // newest first: sent again, the second, the first
		want string
	}{
		"sent again": {0, "Bob"}, "the second": {1, "Bob"}, "the first": {2, "Alice"},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t)
			must(t, h.Register(t.Context(), h.registration(alice)))
			r := h.registration(alice)
			r.FirstName = "Bob"
			must(t, h.Register(t.Context(), r))
			must(t, h.ResendActivation(t.Context(), services.AddressRequest{Email: alice, Captcha: h.captcha()}))
			must(t, h.Activate(t.Context(), h.mails(alice)[click.mail].Token))
			if got := h.signIn(alice).Info().Person.FirstName; got != click.want {
				t.Errorf("activated %q", got)
			}
		})
	}
}

func TestResendActivation_ClockSetBack(t *testing.T) {
	h := newHarness(t)
	request := func() error {
		return h.ResendActivation(t.Context(), services.AddressRequest{Email: alice, Captcha: h.captcha()})
	}
	must(t, request())
	h.clock.Move(-10 * time.Second)
	err := request()
	wantCode(t, err, services.CodeThrottled)
	if wait := services.RetryAfterOf(err); wait > time.Minute {
		t.Errorf("wait %v", wait)
	}
	h.clock.Move(-24 * time.Hour)
	must(t, request())
}

func TestActivate_Pasted(t *testing.T) {
	for name, paste := range map[string]func(services.Mail) string{
		"as it is":     func(m services.Mail) string { return m.Token.Reveal() },
		"with blanks":  func(m services.Mail) string { return "  " + m.Token.Reveal() + " \n" },
		"broken line":  func(m services.Mail) string { return m.Token.Reveal()[:20] + "\r\n  " + m.Token.Reveal()[20:] },
		"the app link": func(m services.Mail) string { return "mybmwaccount://activate?token=" + m.Token.Reveal() },
		"a web link": func(m services.Mail) string {
			return "https://portal.example/activate?lang=fr&token=" + m.Token.Reveal()
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t)
			must(t, h.Register(t.Context(), h.registration(alice)))
			must(t, h.Activate(t.Context(), services.Secret(paste(h.mail(alice, "activate")))))
			h.signIn(alice)
		})
	}
}

func TestActivate_Gone(t *testing.T) {
	h := newHarness(t)
	for _, token := range []services.Secret{"", "nothing", "mybmwaccount://activate", "?token="} {
		wantCode(t, h.Activate(t.Context(), token), services.CodeGone)
	}
	must(t, h.Register(t.Context(), h.registration(alice)))
	token := h.mail(alice, "activate").Token
	h.clock.Move(24*time.Hour - time.Second)
	if h.mail(alice, "activate").Token != token {
		t.Error("the mail forgot its token too early")
	}
	h.clock.Move(time.Second)
	wantCode(t, h.Activate(t.Context(), token), services.CodeGone)
	if m := h.mail(alice, "activate"); m.Token != "" || m.Button != "" || strings.Contains(m.Text, token.Reveal()) {
		t.Error("an expired mail still shows its token")
	}
	_, err := h.SignIn(t.Context(), credentials(alice))
	wantCode(t, err, services.CodeNotActivated)
}

func FuzzActivate(f *testing.F) {
	h := newHarness(f)
	for _, typed := range []string{"", " \n", "%zz", "?token=%zz", "mybmwaccount://activate?token=a&token=b", "\x00\xff"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		wantCode(t, h.Activate(t.Context(), services.Secret(typed)), services.CodeGone)
	})
}

func TestActivate_OnceOfFifty(t *testing.T) {
	h := newHarness(t)
	must(t, h.Register(t.Context(), h.registration(alice)))
	token := h.mail(alice, "activate").Token
	onceOfFifty(t, func() error { return h.Activate(t.Context(), token) })
}
