package core_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/core"
)

func TestMails_OnlyToTheAddress(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	h.person("bob@example.ca")
	for address, want := range map[string]int{"ALICE.Tremblay@example.ca ": 1, "bob@example.ca": 1, "carol@example.ca": 0, "": 0} {
		if got := h.mails(address); len(got) != want {
			t.Errorf("%q: %d mails, want %d", address, len(got), want)
		}
	}
}

func TestMails_NewestFirst(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	for range 3 {
		h.clock.Move(time.Minute)
		must(t, h.requestReset(alice))
	}
	list := h.mails(alice)
	for i := 1; i < len(list); i++ {
		if list[i].At.After(list[i-1].At) {
			t.Fatalf("mail %d is newer than the one before", i)
		}
	}
	if len(list) != 4 || list[0].Token == "" || list[1].Token != "" || list[2].Token != "" {
		t.Errorf("of %d mails more than the latest carries a token", len(list))
	}
}

// Before the address is confirmed anybody may have typed the name: a mail says it only when it can be nothing else.
func TestMails_NameOfAStranger(t *testing.T) {
	for first, want := range map[string]string{
		"Amélie": "Hello Amélie, one", "Mary-Jane O’Neil": "Hello Mary-Jane O’Neil, one", "李": "Hello 李, one",
		"evil.example": "Hello, one", "See www": "Hello See www, one", "Win 500": "Hello, one", "a@b": "Hello, one", "Hi: x": "Hello, one",
		"https //x": "Hello, one", strings.Repeat("é", 40): "Hello " + strings.Repeat("é", 40) + ", one", strings.Repeat("é", 41): "Hello, one",
	} {
		h := newHarness(t)
		r := h.registration(alice)
		r.FirstName, r.LastName = first, "Visit-Us"
		must(t, h.Register(t.Context(), r))
		m := h.mail(alice, "activate")
		if !strings.HasPrefix(m.Summary, want) || strings.Contains(m.Text+m.HTML, "Visit-Us") {
			t.Errorf("%q: %q", first, m.Summary)
		}
	}
}

func TestMails_InFrenchInLocalTime(t *testing.T) {
	east, err := time.LoadLocation("America/Toronto")
	must(t, err)
	h := newHarness(t, func(c *core.Config) { c.Location = east })
	r := h.registration(alice)
	r.Language = "fr"
	must(t, h.Register(t.Context(), r))
	must(t, h.Activate(t.Context(), h.mail(alice, "activate").Token))
	must(t, h.requestReset(alice))
	must(t, h.ResetPassword(t.Context(), services.PasswordReset{Token: h.mail(alice, "reset").Token, Password: newPassword}))
	m := h.mail(alice, "password_changed")
	if !strings.Contains(m.Summary, "Alice") || !strings.Contains(m.Summary, "9\u00a0h\u00a000") { // 14:00 UTC
		t.Errorf("summary %q", m.Summary)
	}
	if m.Token != "" || m.Code != "" || m.Button != "" || !m.ExpiresAt.IsZero() {
		t.Errorf("a mail without a link has one: %+v", m)
	}
}

func TestCore_WakesAfterMails(t *testing.T) {
	woken := 0
	h := newHarness(t, func(c *core.Config) { c.Wake = func() { woken++ } })
	must(t, h.Register(t.Context(), h.registration(alice)))
	if woken != 1 {
		t.Errorf("woken %d times by a registration", woken)
	}
	_, _ = h.SignIn(t.Context(), h.wrong("nobody@example.ca"))
	must(t, h.RequestPasswordReset(t.Context(), services.AddressRequest{Email: "nobody@example.ca", Captcha: h.captcha()}))
	if woken != 1 {
		t.Errorf("woken %d times, though nothing was written", woken)
	}
}

// What lies on the disk shows nobody's name, address, device, password or token.
func TestStore_NothingReadable(t *testing.T) {
	h := newHarness(t)
	must(t, h.Register(t.Context(), h.registration(alice)))
	activation := h.mail(alice, "activate").Token
	var files [][]byte
	read := func() {
		paths, err := filepath.Glob(filepath.Join(filepath.Dir(h.path), "portal.db*"))
		must(t, err)
		for _, path := range paths {
			data, err := os.ReadFile(path)
			must(t, err)
			files = append(files, data)
		}
	}
	read()
	must(t, h.Activate(t.Context(), activation))
	session := h.signIn(alice)
	read()
	all := bytes.ToLower(bytes.Join(files, nil))
	if !bytes.Contains(all, []byte(session.Info().Person.ID)) {
		t.Fatal("this is not the database")
	}
	for _, private := range []string{
		"alice", "tremblay", "example.ca", "linux computer", password.Reveal(), activation.Reveal(),
	} {
		if bytes.Contains(all, []byte(strings.ToLower(private))) {
			t.Errorf("%q can be read on the disk", private)
		}
	}
}
