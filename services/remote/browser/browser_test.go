package browser_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"myaccount/assets"
	"myaccount/services"
	"myaccount/services/remote/browser"
	"myaccount/services/text"
)

func printer(t *testing.T, lang text.Lang) *text.Printer {
	t.Helper()
	catalogue, err := text.Load(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	return catalogue.Printer(lang)
}

func start() services.IdentityStart {
	return services.IdentityStart{
		Issuer: "https://login.example", Endpoint: "https://login.example/auth?tenant=1", ClientID: "app",
		Scopes: []string{"openid", "email"}, State: "the-state", Nonce: "the-nonce", Life: time.Minute,
	}
}

// visit asks for a page as a browser does, and gives what it shows.
func visit(t *testing.T, address string) (status int, header http.Header, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, answer.Header, string(data)
}

// back is where the provider sends the browser, with the values given.
func back(page *url.URL, values ...string) string {
	query := url.Values{"state": {page.Query().Get("state")}}
	for i := 0; i < len(values); i += 2 {
		query.Set(values[i], values[i+1])
	}
	return page.Query().Get("redirect_uri") + "?" + query.Encode()
}

func TestSignIn(t *testing.T) {
	for lang, want := range map[text.Lang]string{text.English: "You can close this window", text.French: "Vous pouvez fermer cette fenêtre"} {
		t.Run(string(lang), func(t *testing.T) {
			var asked url.Values
			shown := make(chan string, 1)
			open := func(page *url.URL) error {
				asked = page.Query()
				if page.Host != "login.example" || page.Path != "/auth" {
					t.Errorf("opened %s", page)
				}
				go func() {
					status, header, body := visit(t, back(page, "code", "the code", "iss", "https://login.example"))
					if status != http.StatusOK || !strings.HasPrefix(header.Get("Content-Security-Policy"), "default-src 'none'") || header.Get("Cache-Control") != "no-store" {
						t.Errorf("%d %v", status, header)
					}
					shown <- body
				}()
				return nil
			}
			proof, err := browser.SignIn(t.Context(), start(), open, printer(t, lang))
			if err != nil {
				t.Fatal(err)
			}
			if body := <-shown; !strings.Contains(body, want) || !strings.Contains(body, `lang="`+string(lang)+`"`) || strings.Contains(body, "<script") {
				t.Errorf("the page: %s", body)
			}
			for name, want := range map[string]string{
				"response_type": "code", "client_id": "app", "scope": "openid email", "state": "the-state", "nonce": "the-nonce",
				"code_challenge_method": "S256", "code_challenge": oauth2.S256ChallengeFromVerifier(proof.Verifier.Reveal()), "tenant": "1",
				"redirect_uri": proof.RedirectURI,
			} {
				if asked.Get(name) != want {
					t.Errorf("%s is %q, want %q", name, asked.Get(name), want)
				}
			}
			if proof.Code != "the code" || proof.State != "the-state" || len(proof.Verifier) < 43 || !strings.HasPrefix(proof.RedirectURI, "http://127.0.0.1:") {
				t.Errorf("%+v", proof)
			}
			if _, err := http.Get(proof.RedirectURI); err == nil { //nolint:noctx // nobody is there
				t.Error("the port still answers")
			}
		})
	}
}

func TestSignIn_Ends(t *testing.T) {
	for name, c := range map[string]struct {
		values []string
		code   services.Code
	}{
		"declined":         {[]string{"error", "access_denied"}, services.CodeForbidden},
		"no code":          {nil, services.CodeForbidden},
		"another provider": {[]string{"code", "c", "iss", "https://other.example"}, services.CodeUnauthenticated},
	} {
		t.Run(name, func(t *testing.T) {
			shown := make(chan string, 1)
			open := func(page *url.URL) error {
				go func() {
					_, _, body := visit(t, back(page, c.values...))
					shown <- body
				}()
				return nil
			}
			_, err := browser.SignIn(t.Context(), start(), open, printer(t, text.English))
			if services.CodeOf(err) != c.code {
				t.Errorf("%v", err)
			}
			if body := <-shown; !strings.Contains(body, "You were not signed in") {
				t.Errorf("the page: %s", body)
			}
		})
	}
}

// TestSignIn_OthersCall: what comes without our state, to another path, by another method or under another name of the
// host changes nothing.
func TestSignIn_OthersCall(t *testing.T) {
	var calling sync.WaitGroup
	open := func(page *url.URL) error {
		right := back(page, "code", "right")
		calling.Go(func() {
			for _, wrong := range []string{
				back(page, "code", "wrong", "state", "another"), back(page, "code", "wrong", "state", ""),
				strings.Replace(back(page, "code", "wrong"), "/callback", "/", 1),
				strings.Replace(back(page, "code", "wrong"), "127.0.0.1", "localhost", 1),
			} {
				if status, _, _ := visit(t, wrong); status != http.StatusNotFound {
					t.Errorf("%s: %d", wrong, status)
				}
			}
			answer, err := http.Post(right, "text/plain", nil) //nolint:noctx // of a test
			if err != nil || answer.StatusCode != http.StatusNotFound {
				t.Errorf("posted: %v, %v", answer, err)
			}
			_ = answer.Body.Close()
			visit(t, right)
		})
		return nil
	}
	proof, err := browser.SignIn(t.Context(), start(), open, printer(t, text.English))
	calling.Wait()
	if err != nil || proof.Code != "right" {
		t.Errorf("%q, %v", proof.Code.Reveal(), err)
	}
}

func TestSignIn_Fails(t *testing.T) {
	opened := func(*url.URL) error { return nil }
	cancelled, cancel := context.WithCancel(t.Context())
	t.Run("cancelled", func(t *testing.T) {
		_, err := browser.SignIn(cancelled, start(), func(*url.URL) error { cancel(); return nil }, printer(t, text.English))
		if services.CodeOf(err) != services.CodeUnavailable || !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
	})
	t.Run("too late", func(t *testing.T) {
		late := start()
		late.Life = time.Millisecond
		if _, err := browser.SignIn(t.Context(), late, opened, printer(t, text.English)); services.CodeOf(err) != services.CodeGone {
			t.Errorf("%v", err)
		}
	})
	t.Run("no browser", func(t *testing.T) {
		none := errors.New("no browser")
		_, err := browser.SignIn(t.Context(), start(), func(*url.URL) error { return none }, printer(t, text.English))
		if services.CodeOf(err) != services.CodeUnavailable || !errors.Is(err, none) {
			t.Errorf("%v", err)
		}
	})
	for _, endpoint := range []string{"file:///etc/passwd", "http://login.example/auth", "javascript:alert(1)", "", "mybmwaccount://reset", "://"} {
		s := start()
		s.Endpoint = endpoint
		_, err := browser.SignIn(t.Context(), s, func(page *url.URL) error {
			t.Errorf("opened %s", page)
			return nil
		}, printer(t, text.English))
		if services.CodeOf(err) != services.CodeUnavailable {
			t.Errorf("%q: %v", endpoint, err)
		}
	}
}
