package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"myaccount/services/api"
	"myaccount/services/captcha"
	"myaccount/services/store/postgres/pgtest"
)

const (
	email    = "amelie.tremblay@example.ca"
	password = "quiet-Harbour-92-lantern"
)

// call sends JSON, wants a status, and reads the answer into one.
func (s *served) call(method, path string, body any, status int, into any) {
	s.t.Helper()
	data, err := json.Marshal(body)
	must(s.t, err)
	r, err := http.NewRequestWithContext(within(s.t), method, s.url+strings.TrimPrefix(path, "/"), bytes.NewReader(data))
	must(s.t, err)
	r.Header.Set("Content-Type", "application/json")
	answer, err := s.client.Do(r)
	must(s.t, err)
	said := read(s.t, answer)
	if answer.StatusCode != status {
		s.t.Fatalf("%s %s: %s: %s", method, path, answer.Status, said)
	}
	if into != nil {
		must(s.t, json.Unmarshal([]byte(said), into))
	}
}

// captcha solves a challenge.
func (s *served) captcha() string {
	s.t.Helper()
	var c api.Captcha
	s.call(http.MethodGet, api.PathCaptcha, nil, http.StatusOK, &c)
	solved, err := captcha.Solve(within(s.t), captcha.Challenge(c), nil)
	must(s.t, err)
	return solved
}

// register asks for a login in French.
func (s *served) register() {
	s.t.Helper()
	var policy struct {
		Terms string `json:"terms_version"`
	}
	s.call(http.MethodGet, api.PathPolicy, nil, http.StatusOK, &policy)
	s.call(http.MethodPost, api.PathRegistrations, api.Registration{
		FirstName: "Amélie", LastName: "Tremblay", Email: email, Password: password, Language: "fr",
		TermsVersion: policy.Terms, TermsLanguage: "fr", Captcha: s.captcha(),
	}, http.StatusAccepted, nil)
}

// open opens a page by its link in a mail, as this server's.
func (s *served) open(link string) string {
	s.t.Helper()
	u, err := url.Parse(link)
	must(s.t, err)
	answer, err := s.client.Get(s.url + strings.TrimPrefix(u.RequestURI(), "/"))
	must(s.t, err)
	return read(s.t, answer)
}

// press presses the button of the page.
func (s *served) press(link string) int {
	s.t.Helper()
	u, err := url.Parse(link)
	must(s.t, err)
	answer, err := s.client.PostForm(s.url+strings.TrimPrefix(u.RequestURI(), "/"), nil)
	must(s.t, err)
	read(s.t, answer)
	return answer.StatusCode
}

// TestJourney goes from the first start to a session, through the mail: on SQLite with mails in files, and on PostgreSQL
// with two replicas and a mail server. Every step calls another replica, if there is one.
func TestJourney(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		data := t.TempDir()
		s := serves(t, nil, "--data", data)
		journey(t, s, s, filepath.Join(data, "mail", "outgoing"), s.url)
		s.stop()
		again := serves(t, nil, "--data", data)
		if again.url == s.url {
			t.Log("the same port again")
		}
		again.call(http.MethodPost, api.PathSessions, api.Credentials{Email: email, Password: password}, http.StatusCreated, nil)
		again.stop()
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		url, data := pgtest.Database(t), t.TempDir()
		smtp, mails := mailServer(t)
		key := filepath.Join(data, "keyset")
		args := []string{
			"--http", "--database", url, "--keyset", key, "--smtp", smtp, "--public-url", "https://portal.example.ca",
			"--blobs", filepath.Join(data, "blobs"), "--data", filepath.Join(data, "scratch"),
		}
		one, two := serves(t, nil, args...), serves(t, nil, args...)
		journey(t, one, two, mails, "https://portal.example.ca/")
		one.stop()
		two.stop()
	})
}

func journey(t *testing.T, one, two *served, mails, base string) {
	one.register()
	eventually(t, "the mail", func() bool { return len(mailsIn(t, mails)) > 0 })
	mail := mailsIn(t, mails)[0]
	link := base + "activate?lang=fr&token=" + inMail(t, tokenForm, mail)
	if !strings.Contains(mail, link) {
		t.Fatalf("no %s in %s", link, mail)
	}
	credentials := api.Credentials{Email: email, Password: password, Device: api.DeviceClaim{Name: "Test", Kind: "personal"}}
	two.call(http.MethodPost, api.PathSessions, credentials, http.StatusForbidden, nil)
	if page := two.open(link); !strings.Contains(page, `lang="fr"`) {
		t.Errorf("the page is not in the mail's language: %s", page)
	}
	two.call(http.MethodPost, api.PathSessions, credentials, http.StatusForbidden, nil) // opening it does nothing
	if status := two.press(link); status != http.StatusOK {
		t.Fatalf("the button: %d", status)
	}
	var session api.Session
	one.call(http.MethodPost, api.PathSessions, credentials, http.StatusCreated, &session)
	if session.Token == "" || session.Person.FirstName != "Amélie" {
		t.Errorf("session of %q", session.Person.FirstName)
	}
	for _, s := range []*served{one, two} {
		for _, path := range []string{"healthz", "readyz", "metrics", "openapi.json"} {
			s.call(http.MethodGet, path, nil, http.StatusOK, nil)
		}
		if strings.Contains(s.errors(), "tremblay") || strings.Contains(s.errors(), session.Token) {
			t.Error("the log has what is private")
		}
	}
	if n := len(mailsIn(t, mails)); n != 1 {
		t.Errorf("%d mails", n)
	}
}
