package page_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"myaccount/assets"
	"myaccount/services"
	"myaccount/services/brand"
	"myaccount/services/server/page"
	"myaccount/services/text"
)

const (
	token    = "abcDEF123-_x"
	formType = "application/x-www-form-urlencoded"
	good     = "silver Meadow 38 compass"
)

// service stands for the rules, which have their own tests: it counts, and answers what the test asks for.
type service struct {
	calls  atomic.Int32
	answer func(reset services.PasswordReset) error
}

func (s *service) Activate(ctx context.Context, token services.Secret) error {
	return s.ResetPassword(ctx, services.PasswordReset{Token: token})
}

func (s *service) ConfirmEmail(ctx context.Context, token services.Secret) error {
	return s.ResetPassword(ctx, services.PasswordReset{Token: token})
}

func (s *service) ConfirmIdentity(ctx context.Context, token services.Secret) error {
	return s.ResetPassword(ctx, services.PasswordReset{Token: token})
}

func (s *service) ResetPassword(_ context.Context, r services.PasswordReset) error {
	s.calls.Add(1)
	if s.answer == nil {
		return nil
	}
	return s.answer(r)
}

// failing is a service with one answer.
func failing(err error) *service {
	return &service{answer: func(services.PasswordReset) error { return err }}
}

// site makes the pages of a service; the log goes to a writer.
func site(t testing.TB, s page.Service, log io.Writer) http.Handler {
	t.Helper()
	b, err := brand.Load(assets.Brand)
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := text.Load(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	return page.New(page.Config{
		Service: s, Brand: b, Catalogue: catalogue, Log: slog.New(slog.NewTextHandler(log, nil)),
	})
}

// get opens a page.
func get(h http.Handler, target string) *httptest.ResponseRecorder {
	return do(h, httptest.NewRequest(http.MethodGet, target, nil))
}

// post presses the button of a page.
func post(h http.Handler, target string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, target, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", formType)
	return do(h, r)
}

func do(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// twice is a form with a password and its confirmation.
func twice(first, second string) url.Values {
	return url.Values{"password": {first}, "confirm": {second}}
}

var (
	styleBlock = regexp.MustCompile(`(?s)<style>.*</style>`)
	mainBlock  = regexp.MustCompile(`(?s)<main>.*</main>`)
	iconLink   = regexp.MustCompile(`(?s)href="data:[^"]*"`)
	titleTag   = regexp.MustCompile(`<title>.*</title>`)
)

// golden compares a text with testdata/<name>.html; UPDATE_GOLDEN=1 writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".html")
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is not as it was (UPDATE_GOLDEN=1 renews it):\n%s", file, got)
	}
}

// content is what a page has for itself: its title and its main part.
func content(page string) string {
	return titleTag.FindString(page) + "\n" + mainBlock.FindString(page) + "\n"
}

// frame is what stands around the content of a page, but its style and icon.
func frame(page string) string {
	page = styleBlock.ReplaceAllLiteralString(page, "<style>…</style>")
	page = iconLink.ReplaceAllLiteralString(page, `href="…"`)
	page = titleTag.ReplaceAllLiteralString(page, "<title>…</title>")
	return mainBlock.ReplaceAllLiteralString(page, "<main>…</main>")
}

func TestGolden_Frame(t *testing.T) {
	h := site(t, &service{}, t.Output())
	for _, lang := range []string{"en", "fr"} {
		page := frame(get(h, "/messages?lang="+lang).Body.String())
		golden(t, "frame-"+lang, page)
		// Every page stands in the same one; its own address is all that differs, in the link to the other language.
		other := frame(get(h, "/activate?lang="+lang+"&token="+token).Body.String())
		if got := strings.ReplaceAll(other, "&amp;token="+token, ""); got != page {
			t.Errorf("the frame of another page in %s:\n%s", lang, got)
		}
	}
}

func TestGolden(t *testing.T) {
	h := site(t, &service{}, t.Output())
	gone := site(t, failing(services.Fail(services.CodeGone)), t.Output())
	for name, w := range map[string]*httptest.ResponseRecorder{
		"activate-ask-en":     get(h, "/activate?token="+token),
		"activate-done-fr":    post(h, "/activate?lang=fr&token="+token, nil),
		"activate-gone-en":    post(gone, "/activate?token="+token, nil),
		"email-ask-en":        get(h, "/confirm-email?lang=en&token="+token),
		"email-done-fr":       post(h, "/confirm-email?lang=fr&token="+token, nil),
		"email-gone-fr":       post(gone, "/confirm-email?lang=fr&token="+token, nil),
		"messages-en":         get(h, "/messages"),
		"messages-fr":         get(h, "/messages?lang=fr"),
		"identity-ask-fr":     get(h, "/confirm-identity?lang=fr&token="+token),
		"identity-done-en":    post(h, "/confirm-identity?token="+token, nil),
		"identity-gone-en":    post(gone, "/confirm-identity?token="+token, nil),
		"reset-ask-fr":        get(h, "/reset?lang=fr&token="+token),
		"reset-mismatch-en":   post(h, "/reset?lang=en&token="+token, twice(good, "other")),
		"reset-incomplete-en": get(h, "/reset"),
	} {
		t.Run(name, func(t *testing.T) { golden(t, name, content(w.Body.String())) })
	}
}

// outcomes says what each code of the service shows: the end of the title's key, the key of the problem, or a button.
var outcomes = map[services.Code]struct {
	title, problem string
	again          bool // there is a button that posts
}{
	services.CodeInvalid:            {title: "page.stop.incomplete"}, // of a field that the page does not have
	services.CodeUnauthenticated:    {title: "page.stop.app"},
	services.CodeNotActivated:       {title: "page.stop.app"},
	services.CodeForbidden:          {title: "page.stop.app"},
	services.CodeNotLinked:          {title: "page.stop.app"},
	services.CodeDeviceUnauthorized: {title: "page.stop.app"},
	services.CodeLocked:             {title: "page.%s.ask", problem: "page.problem.wait", again: true},
	services.CodeThrottled:          {title: "page.%s.ask", problem: "page.problem.wait", again: true},
	services.CodeNotFound:           {title: "page.%s.gone"},
	services.CodeConflict:           {title: "page.%s.ask", problem: "page.problem.conflict", again: true},
	services.CodeGone:               {title: "page.%s.gone"},
	services.CodeTooLarge:           {title: "page.stop.form"},
	services.CodeUnsupportedType:    {title: "page.stop.form"},
	services.CodeUnavailable:        {title: "page.%s.ask", problem: "page.problem.unavailable", again: true},
	services.CodeInternal:           {title: "page.%s.ask", problem: "page.problem.internal", again: true},
}

func TestCodes(t *testing.T) {
	catalogue, err := text.Load(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range services.Codes() {
		want, known := outcomes[code]
		if !known {
			t.Fatalf("no page for %s", code)
		}
		for _, lang := range text.Langs() {
			for _, name := range []string{"activate", "confirm-email", "confirm-identity", "reset"} {
				t.Run(fmt.Sprintf("%s %s %s", name, code, lang), func(t *testing.T) {
					var log strings.Builder
					s := failing(fmt.Errorf("wrapped: %w", services.Fail(code)))
					w := post(site(t, s, &log), "/"+name+"?lang="+string(lang)+"&token="+token, twice(good, good))
					p := parse(t, w)
					if w.Code != code.Status() || p.lang != string(lang) || s.calls.Load() != 1 {
						t.Errorf("status %d, lang %q, %d calls", w.Code, p.lang, s.calls.Load())
					}
					title := want.title
					if strings.Contains(title, "%s") {
						title = fmt.Sprintf(title, name)
					}
					say := catalogue.Printer(lang)
					if p.heading != say.T(title+".title") || !strings.Contains(p.text, say.T(title+".text", text.Vars{"Provider": "BMW Login"})) {
						t.Errorf("%q with %q", p.heading, p.text)
					}
					if want.problem != "" && p.alert != say.T(want.problem) || want.problem == "" && p.alert != "" {
						t.Errorf("alert %q", p.alert)
					}
					if p.form != want.again {
						t.Errorf("form: %t", p.form)
					}
					logs := code == services.CodeInternal || code == services.CodeUnavailable
					if (log.Len() > 0) != logs || strings.Contains(log.String(), token) || strings.Contains(log.String(), good) {
						t.Errorf("log %q", log.String())
					}
				})
			}
		}
	}
}

func TestForeignError(t *testing.T) {
	var log strings.Builder
	w := post(site(t, failing(errors.New("the disk is on fire")), &log), "/activate?token="+token, nil)
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "fire") {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
	if !strings.Contains(log.String(), "the disk is on fire") {
		t.Errorf("log %q", log.String())
	}
}

func TestRetryAfter(t *testing.T) {
	for _, test := range []struct {
		wait         time.Duration
		header, says string
	}{
		{0, "", "wait a little"},
		{time.Millisecond, "1", "in 1 minute."},
		{61 * time.Second, "61", "in 2 minutes"},
		{2 * time.Hour, "7200", "in 120 minutes"},
		{23*time.Hour + time.Second, "82801", "in 24 hours"},
	} {
		for _, code := range []services.Code{services.CodeThrottled, services.CodeLocked} {
			w := post(site(t, failing(services.FailAfter(code, test.wait)), t.Output()), "/reset?token="+token, twice(good, good))
			if p := parse(t, w); !strings.Contains(p.alert, test.says) || w.Header().Get("Retry-After") != test.header {
				t.Errorf("%s: %q, Retry-After %q", test.wait, p.alert, w.Header().Get("Retry-After"))
			}
		}
	}
}

func TestReset_Fields(t *testing.T) {
	for name, test := range map[string]struct {
		form           url.Values
		reason         string // of the service
		field, refused string
		calls          int32
	}{
		"nothing":    {form: nil, field: "password", refused: "Please fill this in."},
		"no second":  {form: twice(good, ""), field: "confirm", refused: "Please fill this in."},
		"differs":    {form: twice(good, good+" "), field: "confirm", refused: "The two passwords differ."},
		"too short":  {twice("x", "x"), services.ReasonTooShort, "password", "That was too short: a password has at least 12 characters.", 1},
		"too long":   {twice(good, good), services.ReasonTooLong, "password", "That was too long: a password has at most 128 characters.", 1},
		"common":     {twice(good, good), services.ReasonCommon, "password", "That password is easy to guess. Please choose another.", 1},
		"context":    {twice(good, good), services.ReasonContext, "password", "Please leave out your name, your address and our name.", 1},
		"new reason": {twice(good, good), "haunted", "password", "We cannot take this password. Please choose another.", 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := failing(services.Invalid("password", test.reason))
			w := post(site(t, s, t.Output()), "/reset?lang=en&token="+token, test.form)
			p := parse(t, w)
			if w.Code != http.StatusUnprocessableEntity || s.calls.Load() != test.calls {
				t.Errorf("status %d, %d calls", w.Code, s.calls.Load())
			}
			in := p.inputs[test.field]
			if in["aria-invalid"] != "true" || p.focus != test.field || p.byID[test.field+"-refused"] != test.refused {
				t.Errorf("%s: %v, focus %q, says %q", test.field, in, p.focus, p.byID[test.field+"-refused"])
			}
			if !strings.HasPrefix(in["aria-describedby"], test.field+"-refused") || p.alert == "" || !strings.HasPrefix(p.title, "Please check · ") {
				t.Errorf("described by %q, alert %q, title %q", in["aria-describedby"], p.alert, p.title)
			}
			if strings.Contains(w.Body.String(), good) {
				t.Error("the page has the password")
			}
		})
	}
}

func TestReset_HandsOn(t *testing.T) {
	got := services.PasswordReset{}
	s := &service{answer: func(r services.PasswordReset) error { got = r; return nil }}
	w := post(site(t, s, t.Output()), "/reset?token="+token, twice("  pass é \x00 ", "  pass é \x00 "))
	want := services.PasswordReset{Token: token, Password: "  pass é \x00 "}
	if w.Code != http.StatusOK || got != want {
		t.Errorf("status %d, got %q of %q", w.Code, got.Password.Reveal(), got.Token.Reveal())
	}
}

// TestOpening: mail scanners open links, so opening one does nothing, however often and with whatever in it.
func TestOpening(t *testing.T) {
	s := &service{}
	server := httptest.NewServer(site(t, s, t.Output()))
	defer server.Close()
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodPut, http.MethodDelete} {
		for _, path := range []string{"/activate", "/confirm-email", "/confirm-identity", "/reset"} {
			r, err := http.NewRequestWithContext(t.Context(), method, server.URL+path+"?token="+token, strings.NewReader("password=x&confirm=x"))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", formType)
			w, err := server.Client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(w.Body)
			if closed := w.Body.Close(); err != nil || closed != nil {
				t.Fatal(err, closed)
			}
			opens := method == http.MethodGet || method == http.MethodHead
			if opens != (w.StatusCode == http.StatusOK) || !opens && (w.StatusCode != http.StatusMethodNotAllowed || w.Header.Get("Allow") != "GET, HEAD, POST") {
				t.Errorf("%s %s: %d, Allow %q", method, path, w.StatusCode, w.Header.Get("Allow"))
			}
			if (method == http.MethodHead) != (len(body) == 0) || w.ContentLength == 0 {
				t.Errorf("%s %s: %d bytes of %d", method, path, len(body), w.ContentLength)
			}
		}
	}
	if n := s.calls.Load(); n != 0 {
		t.Errorf("opening the pages called the service %d times", n)
	}
}

func TestRefusedRequests(t *testing.T) {
	request := func(kind, body string, headers ...string) *http.Request {
		r := httptest.NewRequest(http.MethodPost, "https://portal.example.ca/reset?token="+token, strings.NewReader(body))
		r.Header.Set("Content-Type", kind)
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		return r
	}
	valid := twice(good, good).Encode()
	for name, test := range map[string]struct {
		r      *http.Request
		status int
	}{
		"our own page":      {request(formType+"; charset=utf-8", valid, "Sec-Fetch-Site", "same-origin"), http.StatusOK},
		"our own origin":    {request(formType, valid, "Origin", "https://portal.example.ca"), http.StatusOK},
		"another site":      {request(formType, valid, "Sec-Fetch-Site", "cross-site"), http.StatusForbidden},
		"a sister site":     {request(formType, valid, "Sec-Fetch-Site", "same-site"), http.StatusForbidden},
		"another origin":    {request(formType, valid, "Origin", "https://evil.example"), http.StatusForbidden},
		"no origin":         {request(formType, valid, "Origin", "null"), http.StatusForbidden},
		"JSON":              {request("application/json", `{}`), http.StatusUnsupportedMediaType},
		"multipart":         {request("multipart/form-data; boundary=x", valid), http.StatusUnsupportedMediaType},
		"no type":           {request("", valid), http.StatusUnsupportedMediaType},
		"as large as can":   {request(formType, valid+"&more="+strings.Repeat("x", 8<<10-len(valid)-6)), http.StatusOK},
		"too large":         {request(formType, valid+"&more="+strings.Repeat("x", 8<<10-len(valid)-5)), http.StatusRequestEntityTooLarge},
		"broken escape":     {request(formType, "password=%zz"), http.StatusBadRequest},
		"not UTF-8":         {request(formType, "password=%ff&confirm=%ff"), http.StatusBadRequest},
		"cut in the middle": {httptest.NewRequest(http.MethodPost, "/reset?token="+token, io.MultiReader(strings.NewReader("pass"), broken{})), http.StatusBadRequest},
	} {
		t.Run(name, func(t *testing.T) {
			if name == "cut in the middle" {
				test.r.Header.Set("Content-Type", formType)
			}
			s := &service{}
			w := do(site(t, s, t.Output()), test.r)
			if w.Code != test.status || (s.calls.Load() == 1) != (test.status == http.StatusOK) {
				t.Errorf("status %d, %d calls", w.Code, s.calls.Load())
			}
			if p := parse(t, w); test.status != http.StatusOK && p.links["Start again"] != "?lang=en&token="+token {
				t.Errorf("no way to start again: %v", p.links)
			}
		})
	}
}

// broken is a connection that ends.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestTokens(t *testing.T) {
	for query, want := range map[string]string{
		"token=" + token: token, "token=abc%0A%20def": "abcdef", "token=a&token=b": "a",
		"token=" + strings.Repeat("x", 512): strings.Repeat("x", 512),
		"":                                  "", "token=": "", "token=%22%3E%3Cscript%3E": "", "token=é": "", "token=a;b": "", "token=%zz": "", "token=a/b": "",
		"token=" + strings.Repeat("x", 513): "",
	} {
		s := &service{}
		got := services.Secret("")
		s.answer = func(r services.PasswordReset) error { got = r.Token; return nil }
		r := httptest.NewRequest(http.MethodPost, "/activate", nil)
		r.URL.RawQuery = query
		r.Header.Set("Content-Type", formType)
		w := do(site(t, s, t.Output()), r)
		if got.Reveal() != want || (w.Code == http.StatusOK) != (want != "") {
			t.Errorf("%s: status %d, token %q", query, w.Code, got.Reveal())
		}
		if p := parse(t, w); want == "" && (w.Code != http.StatusBadRequest || p.links["Open the app"] != "mybmwaccount://signin" || p.form) {
			t.Errorf("%s: status %d, %v", query, w.Code, p.links)
		}
	}
}

func TestLanguages(t *testing.T) {
	h := site(t, &service{}, t.Output())
	for _, test := range []struct{ query, header, want string }{
		{"", "", "en"},
		{"", "fr-CA,fr;q=0.9,en;q=0.8", "fr"},
		{"", "en-CA,fr;q=0.9", "en"},
		{"", "de,fr;q=0.5,en;q=0.4", "fr"},
		{"", "en;q=0.1,fr;q=0.2", "fr"},
		{"", "de", "en"},
		{"", "*", "en"},
		{"", "fr;q=x", "en"},
		{"lang=fr&", "en", "fr"},
		{"lang=en&", "fr", "en"},
		{"lang=de&", "fr", "fr"},
		{"lang=FR&", "", "en"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/activate?"+test.query+"token="+token, nil)
		r.Header.Set("Accept-Language", test.header)
		w := do(h, r)
		p := parse(t, w)
		if p.lang != test.want || w.Header().Get("Content-Language") != test.want || w.Header().Get("Vary") != "Accept-Language" {
			t.Errorf("%+v: %q", test, p.lang)
		}
		other, name := "fr", "Français"
		if test.want == "fr" {
			other, name = "en", "English"
		}
		if want := "?lang=" + other + "&token=" + token; p.links[name] != want {
			t.Errorf("%+v: the switch leads to %q", test, p.links[name])
		}
	}
}

func TestAppLinks(t *testing.T) {
	h := site(t, &service{}, t.Output())
	for _, name := range []string{"activate", "confirm-email", "confirm-identity", "reset"} {
		ask := parse(t, get(h, "/"+name+"?token="+token))
		if want := "mybmwaccount://" + name + "?token=" + token; ask.links["Open the app instead"] != want {
			t.Errorf("%s: %v", name, ask.links)
		}
		done := parse(t, post(h, "/"+name+"?token="+token, twice(good, good)))
		if want := "mybmwaccount://signin"; done.links["Open the app"] != want || len(done.links) != 1 {
			t.Errorf("%s: %v", name, done.links)
		}
	}
}

func TestHeaders(t *testing.T) {
	h := site(t, &service{}, t.Output())
	for name, w := range map[string]*httptest.ResponseRecorder{
		"ask": get(h, "/activate?token="+token), "done": post(h, "/activate?token="+token, nil),
		"incomplete": get(h, "/reset"), "missing": get(h, "/handoff"), "cleaned path": get(h, "//activate?token="+token),
	} {
		for header, want := range map[string]string{
			"Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
			"X-Frame-Options": "DENY", "X-Robots-Tag": "noindex, nofollow",
			"Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
		} {
			if got := w.Header().Get(header); got != want {
				t.Errorf("%s: %s is %q", name, header, got)
			}
		}
		policy := regexp.MustCompile(`^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; img-src data:; ` +
			`form-action 'self'; base-uri 'none'; frame-ancestors 'none'$`)
		if got := w.Header().Get("Content-Security-Policy"); !policy.MatchString(got) {
			t.Errorf("%s: policy %q", name, got)
		}
		if got := w.Header().Get("Content-Type"); got != "text/html; charset=utf-8" {
			t.Errorf("%s: type %q", name, got)
		}
	}
	if w := get(h, "/handoff"); w.Code != http.StatusNotFound || parse(t, w).heading != "There is no such page" {
		t.Errorf("status %d", w.Code)
	}
}

// TestTwoAtOnce: pages share nothing that one visit could see of another.
func TestTwoAtOnce(t *testing.T) {
	s := &service{answer: func(r services.PasswordReset) error {
		if r.Password == "" || !strings.HasSuffix(r.Password.Reveal(), r.Token.Reveal()) {
			return errors.New("mixed up")
		}
		return nil
	}}
	h := site(t, s, t.Output())
	for range 8 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				token := rapid.StringMatching(`[A-Za-z0-9_-]{1,20}`).Draw(t, "token")
				if w := post(h, "/reset?token="+token, twice(good+token, good+token)); w.Code != http.StatusOK {
					t.Fatalf("status %d", w.Code)
				}
			})
		})
	}
}

// FuzzVisit: whatever stands in the address and in the form, the page is whole and echoes neither password nor markup.
func FuzzVisit(f *testing.F) {
	f.Add("lang=fr&token="+token, "password=a&confirm=a", "fr-CA,en;q=0.5", formType)
	f.Add("token=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "password=%zz", "*", formType)
	f.Add("token=a;b&lang=%00", "a=b&a=c&%ff", "-", "text/plain")
	h := site(f, &service{}, io.Discard)
	f.Fuzz(func(t *testing.T, query, body, languages, kind string) {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			r := httptest.NewRequest(method, "/reset", strings.NewReader(body))
			r.URL.RawQuery = query
			r.Header["Accept-Language"] = []string{languages}
			r.Header["Content-Type"] = []string{kind}
			w := do(h, r)
			p := parse(t, w)
			if w.Code >= 500 || p.lang != "en" && p.lang != "fr" || p.heading == "" || len(p.scripts) > 0 {
				t.Errorf("%s: status %d: %s", method, w.Code, w.Body)
			}
			for name, in := range p.inputs {
				if _, echoed := in["value"]; echoed {
					t.Errorf("%s has a value", name)
				}
			}
			for label, to := range p.links {
				if !strings.HasPrefix(to, "?lang=") && !strings.HasPrefix(to, "mybmwaccount://") {
					t.Errorf("%s leads to %q", label, to)
				}
			}
		}
	})
}

func TestMessages(t *testing.T) {
	calls := &service{}
	h := site(t, calls, t.Output())
	if w := get(h, "/messages"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `href="mybmwaccount://messages"`) {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
	if w := post(h, "/messages", nil); w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: status %d, Allow %q", w.Code, w.Header().Get("Allow"))
	}
	if n := calls.calls.Load(); n != 0 {
		t.Errorf("%d calls", n)
	}
}
