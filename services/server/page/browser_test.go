package page_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"myaccount/services"
	"myaccount/services/server/page/chromiumtest"
)

// tab is one tab of a browser, with all that the browser complained about.
type tab struct {
	*testing.T
	ctx context.Context

	mu         sync.Mutex
	complaints []string
}

// open opens a tab in a language of the browser.
func open(browser context.Context, t *testing.T, language string) *tab {
	t.Helper()
	ctx, stop := chromedp.NewContext(browser)
	t.Cleanup(stop)
	b := &tab{T: t, ctx: ctx}
	chromedp.ListenTarget(ctx, b.listen)
	b.run(log.Enable(), runtime.Enable(), network.Enable(),
		network.SetExtraHTTPHeaders(network.Headers{"Accept-Language": language}))
	return b
}

// listen gathers errors of the console and violations of the policy. That a page has the status 422 is none, nor is the
// advice (verbose) to show the username, which the page does not know.
func (b *tab) listen(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *log.EventEntryAdded:
		answered := e.Entry.Source == log.SourceNetwork && strings.Contains(e.Entry.Text, "responded with a status of")
		if !answered && e.Entry.Level != log.LevelVerbose {
			b.complaints = append(b.complaints, string(e.Entry.Source)+": "+e.Entry.Text)
		}
	case *runtime.EventConsoleAPICalled:
		b.complaints = append(b.complaints, fmt.Sprintf("console.%s", e.Type))
	case *runtime.EventExceptionThrown:
		b.complaints = append(b.complaints, e.ExceptionDetails.Error())
	}
}

// heard gives what the browser complained about so far.
func (b *tab) heard() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.complaints)
}

func (b *tab) run(actions ...chromedp.Action) {
	b.Helper()
	if err := chromedp.Run(b.ctx, actions...); err != nil {
		b.Fatal(err)
	}
}

// heading is the title of the page.
func (b *tab) heading() (text string) {
	b.Helper()
	b.run(chromedp.Text("h1", &text, chromedp.ByQuery))
	return text
}

// press types keys and waits until another page has come.
func (b *tab) press(keys string) {
	b.Helper()
	if _, err := chromedp.RunResponse(b.ctx, chromedp.KeyEvent(keys)); err != nil {
		b.Fatal(err)
	}
}

// focused tells what has the focus.
func (b *tab) focused() (text string) {
	b.Helper()
	b.run(chromedp.Evaluate(`document.activeElement.id || document.activeElement.innerText || ""`, &text))
	return text
}

// tabTo presses Tab until what is wanted has the focus, and tells the way there.
func (b *tab) tabTo(want string) (way []string) {
	b.Helper()
	for range 10 {
		b.run(chromedp.KeyEvent(kb.Tab))
		way = append(way, b.focused())
		if way[len(way)-1] == want {
			return way
		}
	}
	b.Fatalf("%q cannot be reached by Tab: %q", want, way)
	return nil
}

// strict is a service whose links work once and whose passwords have twelve characters.
func strict() *service {
	used := false
	var mu sync.Mutex
	return &service{answer: func(r services.PasswordReset) error {
		mu.Lock()
		defer mu.Unlock()
		if r.Password != "" && len(r.Password) < 12 {
			return services.Invalid("password", services.ReasonTooShort)
		}
		if used {
			return services.Fail(services.CodeGone)
		}
		used = true
		return nil
	}}
}

func TestBrowser(t *testing.T) {
	chromium := chromiumtest.Start(t)
	for name, test := range map[string]func(b *tab, s *service, url string){
		"activate by keyboard":              activateByKeyboard,
		"activate without a script":         activateWithoutScript,
		"reset, too short, then good":       resetTwice,
		"the switch of language":            switchLanguage,
		"reload of a used link":             reloadUsed,
		"a page of another site is useless": fromAnotherSite,
	} {
		t.Run(name, func(t *testing.T) {
			s := strict()
			server := httptest.NewServer(site(t, s, t.Output()))
			defer server.Close()
			b := open(chromium, t, "en-CA")
			test(b, s, server.URL)
			if heard := b.heard(); len(heard) > 0 {
				t.Errorf("the browser complained: %q", heard)
			}
		})
	}
}

func activateByKeyboard(b *tab, s *service, url string) {
	b.run(chromedp.Navigate(url + "/activate?token=" + token))
	if way := b.tabTo("Activate now"); !slices.Equal(way, []string{"Français", "Activate now"}) {
		b.Errorf("the way there: %q", way)
	}
	if s.calls.Load() != 0 {
		b.Error("opening the page did something")
	}
	b.press(kb.Enter)
	if got := b.heading(); got != "Your account is active" || s.calls.Load() != 1 {
		b.Errorf("%q after %d calls", got, s.calls.Load())
	}
	b.tabTo("Open the app")
}

func activateWithoutScript(b *tab, s *service, url string) {
	b.run(emulation.SetScriptExecutionDisabled(true), chromedp.Navigate(url+"/activate?lang=fr&token="+token),
		chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Tab))
	b.press(kb.Enter)
	if got := b.heading(); got != "Votre compte est actif" || s.calls.Load() != 1 {
		b.Errorf("%q after %d calls", got, s.calls.Load())
	}
}

func resetTwice(b *tab, s *service, url string) {
	b.run(chromedp.Navigate(url + "/reset?token=" + token))
	b.tabTo("password")
	b.run(chromedp.KeyEvent("short"), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent("short"))
	b.press(kb.Enter)
	var refused, typed string
	b.run(chromedp.Text("#password-refused", &refused, chromedp.ByQuery), chromedp.Value("#password", &typed, chromedp.ByQuery))
	if !strings.Contains(refused, "at least 12") || typed != "" || b.focused() != "password" {
		b.Errorf("%q; the field has %q; the focus is on %q", refused, typed, b.focused())
	}
	b.run(chromedp.KeyEvent(good), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(good))
	b.press(kb.Enter)
	if got := b.heading(); got != "Your password is changed" || s.calls.Load() != 2 {
		b.Errorf("%q after %d calls", got, s.calls.Load())
	}
}

func switchLanguage(b *tab, s *service, url string) {
	b.run(chromedp.Navigate(url + "/reset?token=" + token))
	b.tabTo("Français")
	b.press(kb.Enter)
	if got := b.heading(); got != "Choisissez un nouveau mot de passe" {
		b.Errorf("%q", got)
	}
	b.tabTo("password")
	b.run(chromedp.KeyEvent(good), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(good))
	b.press(kb.Enter)
	if got := b.heading(); got != "Votre mot de passe est changé" || s.calls.Load() != 1 {
		b.Errorf("%q after %d calls", got, s.calls.Load())
	}
}

func reloadUsed(b *tab, s *service, url string) {
	b.run(chromedp.Navigate(url + "/activate?token=" + token))
	b.tabTo("Activate now")
	b.press(kb.Enter)
	if _, err := chromedp.RunResponse(b.ctx, page.Reload()); err != nil { // posts again
		b.Fatal(err)
	}
	if got := b.heading(); got != "This link was used already or has expired" || s.calls.Load() != 2 {
		b.Errorf("%q after %d calls", got, s.calls.Load())
	}
}

func fromAnotherSite(b *tab, s *service, url string) {
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = fmt.Fprintf(w, `<link rel=icon href="data:,"><form method=post action="%s/activate?token=%s"><button>Win</button></form>`, url, token)
	}))
	defer other.Close()
	b.run(chromedp.Navigate(strings.Replace(other.URL, "127.0.0.1", "localhost", 1)))
	b.tabTo("Win")
	b.press(kb.Enter)
	if got := b.heading(); got != "Please start from the e-mail" || s.calls.Load() != 0 {
		b.Errorf("%q after %d calls", got, s.calls.Load())
	}
	b.tabTo("Start again")
	b.press(kb.Enter)
	if got := b.heading(); got != "Activate your login" {
		b.Errorf("%q", got)
	}
}

// TestBrowser_Complains: the ear of the other tests is not deaf.
func TestBrowser_Complains(t *testing.T) {
	handler := site(t, &service{}, t.Output())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		inner := httptest.NewRecorder()
		handler.ServeHTTP(inner, r)
		w.Header().Set("Content-Security-Policy", inner.Header().Get("Content-Security-Policy"))
		_, _ = fmt.Fprint(w, strings.Replace(inner.Body.String(), "</main>", "<p style='color:red'><img src=/x><script>1</script></main>", 1))
	}))
	defer server.Close()
	b := open(chromiumtest.Start(t), t, "en")
	b.run(chromedp.Navigate(server.URL+"/activate?token="+token), chromedp.WaitReady("footer", chromedp.ByQuery))
	if heard := b.heard(); len(heard) != 3 {
		t.Errorf("of three violations it heard %q", heard)
	}
}
