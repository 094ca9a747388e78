package remote_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/basetest"
	"myaccount/services/remote"
)

// against opens a portal on a handler that plays the service, and counts requests, but those for the policy: that is asked
// for to see whether a service is back.
func against(t *testing.T, handler http.HandlerFunc) (*remote.Portal, *atomic.Int64) {
	t.Helper()
	var requests atomic.Int64
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != api.PathPolicy {
			requests.Add(1)
		}
		handler(w, r)
	}))
	t.Cleanup(front.Close)
	return opened(t, front.URL), &requests
}

func opened(t *testing.T, address string) *remote.Portal {
	t.Helper()
	p, err := remote.Open(t.Context(), remote.Options{
		URL: address, Folder: filepath.Join(t.TempDir(), "cache"), Box: newBox(t), Secrets: &secrets{}, Clock: basetest.Running(basetest.Start),
		NewID: newID, Passwords: weak,
	})
	must(t, err)
	t.Cleanup(func() { must(t, p.Close()) })
	return p
}

func TestOpen_RefusesWhatIsNoAddress(t *testing.T) {
	for _, address := range []string{"", "portal.example", "ftp://portal.example", "https://", "https://\x00"} {
		_, err := remote.Open(t.Context(), remote.Options{URL: address, Folder: t.TempDir(), Box: newBox(t), Clock: basetest.Running(basetest.Start), NewID: newID})
		if err == nil {
			t.Errorf("%q was taken", address)
		}
	}
}

func answer(status int, contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.Header().Set(api.HeaderRequestID, "THE-REQUEST")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

// TestClient_Answers reads what a service, or something in between, may answer.
func TestClient_Answers(t *testing.T) {
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		want    services.Error
	}{
		"problem": {
			answer(422, api.TypeProblem, `{"status":422,"code":"invalid","fields":{"email":"format"}}`),
			services.Error{Code: services.CodeInvalid, Fields: map[string]string{"email": "format"}},
		},
		"wait in the problem":  {answer(429, api.TypeProblem, `{"status":429,"code":"throttled","retry_after":90}`), services.Error{Code: services.CodeThrottled, RetryAfter: 90 * time.Second}},
		"code of a newer one":  {answer(409, api.TypeProblem, `{"status":409,"code":"brand_new"}`), services.Error{Code: services.CodeConflict}},
		"malformed problem":    {answer(404, api.TypeProblem, `{"status":`), services.Error{Code: services.CodeNotFound}},
		"problem without code": {answer(403, api.TypeProblem, `{"title":"no"}`), services.Error{Code: services.CodeForbidden}},
		"page of a proxy":      {answer(413, "text/html", `<html>`), services.Error{Code: services.CodeTooLarge}},
		"bad gateway":          {answer(502, "text/html", `<html>`), services.Error{Code: services.CodeUnavailable}},
		"teapot":               {answer(418, "text/plain", `short`), services.Error{Code: services.CodeUnavailable}},
		"sign-in of a network": {answer(511, "text/html", `<html>`), services.Error{Code: services.CodeUnavailable}},
		"refusal of a proxy":   {answer(403, "text/html", `<html>`), services.Error{Code: services.CodeUnavailable}},
		"proxy wants a login":  {answer(401, "text/html", `<html>`), services.Error{Code: services.CodeUnavailable}},
		"page is not there":    {answer(404, "text/html", `<html>`), services.Error{Code: services.CodeUnavailable}},
		"proxy is overrun":     {answer(429, "text/html", `<html>`), services.Error{Code: services.CodeThrottled}},
		"sent elsewhere": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:1/sign-in", http.StatusFound)
		}, services.Error{Code: services.CodeUnavailable}},
		"page of a network that wants a sign-in": {answer(200, "text/html", `<html>`), services.Error{Code: services.CodeUnavailable}},
		"no JSON":                                {answer(200, api.TypeJSON, `{"algorithm":`), services.Error{Code: services.CodeInternal}},
		"JSON of another":                        {answer(200, api.TypeJSON, `{"algorithm":7}`), services.Error{Code: services.CodeInternal}},
		"far too much":                           {answer(200, api.TypeJSON, `"`+strings.Repeat("x", 9<<20)+`"`), services.Error{Code: services.CodeInternal}},
		"cut in the middle": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			panic(http.ErrAbortHandler)
		}, services.Error{Code: services.CodeUnavailable}},
	} {
		t.Run(name, func(t *testing.T) {
			p, _ := against(t, test.handler)
			_, err := p.Captcha(t.Context())
			if services.CodeOf(err) != test.want.Code || services.RetryAfterOf(err) != test.want.RetryAfter ||
				len(services.FieldsOf(err)) != len(test.want.Fields) || services.FieldsOf(err)["email"] != test.want.Fields["email"] {
				t.Errorf("got %v, want %v", err, &test.want)
			}
			if online, _ := p.Online(); online != (test.want.Code != services.CodeUnavailable) {
				t.Errorf("online: %t", online)
			}
		})
	}
}

// TestClient_PageInPlaceOfAnAnswer is a network that answers everything with a page of its own: nothing was done, nothing
// was read, and no session has ended.
func TestClient_PageInPlaceOfAnAnswer(t *testing.T) {
	for _, status := range []int{200, 401, 403, 404, 410} {
		w := newRunning(t)
		s, ctx := w.customer(), t.Context()
		m := w.outgoing(s, "held", "A question", w.attach(s, "note.txt", 100).ID)
		must(t, second(s.Threads(ctx, services.ThreadQuery{})))
		w.backend.between(func(rw http.ResponseWriter, r *http.Request) bool {
			rw.Header().Set("Content-Type", "text/html")
			rw.WriteHeader(status)
			_, _ = rw.Write([]byte("<html>Welcome to this train"))
			return true
		})
		if err := s.ChangePassword(ctx, services.PasswordChange{Current: password, Password: password + "-new"}); services.CodeOf(err) != services.CodeUnavailable {
			t.Errorf("%d: a password is changed: %v", status, err)
		}
		if err := s.Export(ctx, io.Discard); services.CodeOf(err) != services.CodeUnavailable {
			t.Errorf("%d: an archive: %v", status, err)
		}
		if receipt, err := s.Send(ctx, m); err != nil || !receipt.Waiting {
			t.Errorf("%d: a message: %+v, %v", status, receipt, err)
		}
		if _, err := s.Threads(ctx, services.ThreadQuery{}); err != nil {
			t.Errorf("%d: what was seen: %v", status, err)
		}
		if online, _ := w.portal.Online(); online {
			t.Errorf("%d: the service counts as there", status)
		}
		w.away()
		w.back()
		w.arrived(s, map[string]int{m.Body: 1})
	}
}

func TestClient_NamesTheRequest(t *testing.T) {
	p, _ := against(t, answer(500, api.TypeProblem, `{"status":500,"code":"internal"}`))
	if got := p.LastRequestID(); got != "" {
		t.Errorf("before any call: %q", got)
	}
	_, err := p.Captcha(t.Context())
	if p.LastRequestID() != "THE-REQUEST" || !strings.Contains(err.Error(), "THE-REQUEST") {
		t.Errorf("%q, %v", p.LastRequestID(), err)
	}
}

// TestClient_KeepsQuiet looks for what a person typed in the error of a service that is not there.
func TestClient_KeepsQuiet(t *testing.T) {
	p := opened(t, "http://127.0.0.1:1")
	_, err := p.Terms(t.Context(), "what-I-typed")
	if services.CodeOf(err) != services.CodeUnavailable || strings.Contains(err.Error(), "what-I-typed") {
		t.Errorf("got %v", err)
	}
	c := credentials()
	_, err = p.SignIn(t.Context(), c)
	if services.CodeOf(err) != services.CodeUnavailable || strings.Contains(err.Error(), password.Reveal()) || strings.Contains(err.Error(), alice) {
		t.Errorf("got %v", err)
	}
	if online, since := p.Online(); online || since.IsZero() {
		t.Errorf("online %t since %v", online, since)
	}
}

// failing answers with a status for some requests, and then as it should.
func failing(times int64, header http.Header, status int) http.HandlerFunc {
	var seen atomic.Int64
	return func(w http.ResponseWriter, _ *http.Request) {
		for name, values := range header {
			w.Header()[name] = values
		}
		w.Header().Set("Content-Type", api.TypeJSON)
		if seen.Add(1) <= times {
			w.WriteHeader(status)
			return
		}
		_, _ = w.Write([]byte(`{}`))
	}
}

func TestRetry_WhatOnlyReads(t *testing.T) {
	p, requests := against(t, failing(2, nil, 503))
	if _, err := p.Captcha(t.Context()); err != nil || requests.Load() != 3 {
		t.Errorf("%d requests, %v", requests.Load(), err)
	}
}

func TestRetry_NotForEver(t *testing.T) {
	p, requests := against(t, failing(100, nil, 503))
	if _, err := p.Captcha(t.Context()); services.CodeOf(err) != services.CodeUnavailable || requests.Load() != 3 {
		t.Errorf("%d requests, %v", requests.Load(), err)
	}
}

// TestRetry_NeverWhatIsUsedUp makes every call that uses up a challenge, a token or a try.
func TestRetry_NeverWhatIsUsedUp(t *testing.T) {
	for name, call := range map[string]func(p *remote.Portal) error{
		"Register":             func(p *remote.Portal) error { return p.Register(t.Context(), services.Registration{}) },
		"ResendActivation":     func(p *remote.Portal) error { return p.ResendActivation(t.Context(), services.AddressRequest{}) },
		"Activate":             func(p *remote.Portal) error { return p.Activate(t.Context(), "token") },
		"RequestPasswordReset": func(p *remote.Portal) error { return p.RequestPasswordReset(t.Context(), services.AddressRequest{}) },
		"ResetPassword":        func(p *remote.Portal) error { return p.ResetPassword(t.Context(), services.PasswordReset{}) },
		"SignIn":               func(p *remote.Portal) error { _, err := p.SignIn(t.Context(), credentials()); return err },
	} {
		t.Run(name, func(t *testing.T) {
			p, requests := against(t, answer(503, "text/html", ""))
			if err := call(p); services.CodeOf(err) != services.CodeUnavailable || requests.Load() != 1 {
				t.Errorf("%d requests, %v", requests.Load(), err)
			}
		})
	}
}

func TestRetry_WaitsAsAsked(t *testing.T) {
	p, requests := against(t, failing(1, http.Header{"Retry-After": {"1"}}, 503))
	began := time.Now()
	if _, err := p.Captcha(t.Context()); err != nil || requests.Load() != 2 || time.Since(began) < time.Second {
		t.Errorf("%d requests in %v, %v", requests.Load(), time.Since(began), err)
	}
	tomorrow := http.Header{"Retry-After": {"Tue, 03 Mar 2026 14:00:00 GMT"}, "Date": {"Mon, 02 Mar 2026 14:00:00 GMT"}}
	p, _ = against(t, failing(1, tomorrow, 503))
	if _, err := p.Captcha(t.Context()); services.RetryAfterOf(err) != 24*time.Hour {
		t.Errorf("until a moment: %v", err)
	}
	p, requests = against(t, failing(1, http.Header{"Retry-After": {"60"}}, 503))
	_, err := p.Captcha(t.Context())
	if services.RetryAfterOf(err) != time.Minute || requests.Load() != 1 {
		t.Errorf("%d requests, %v", requests.Load(), err)
	}
}

func TestRetry_EndsWithItsContext(t *testing.T) {
	p, _ := against(t, failing(100, http.Header{"Retry-After": {"4"}}, 503))
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	began := time.Now()
	if _, err := p.Captcha(ctx); services.CodeOf(err) != services.CodeUnavailable || time.Since(began) > 3*time.Second {
		t.Errorf("%v after %v", err, time.Since(began))
	}
}
