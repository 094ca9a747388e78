package page_test

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"myaccount/services"
	"myaccount/services/server/page/chromiumtest"
)

// state is a page that somebody may see.
type state struct {
	name    string
	path    string
	service *service
	press   bool // its button
}

var states = []state{
	{"activate", "/activate?token=" + token, &service{}, false},
	{"activate-done", "/activate?token=" + token, &service{}, true},
	{"activate-wait", "/activate?token=" + token, failing(services.FailAfter(services.CodeThrottled, 5*time.Minute)), true},
	{"activate-gone", "/activate?token=" + token, failing(services.Fail(services.CodeGone)), true},
	{"reset", "/reset?token=" + token, &service{}, false},
	{"reset-refused", "/reset?token=" + token, &service{}, true},
	{"incomplete", "/reset", &service{}, false},
}

// TestBrowser_Layout: nothing reaches beyond the window, from the narrowest one to twice the size of the page or of its
// text, and nothing lies upon another. With -artifacts -outputdir DIR the pictures stay.
func TestBrowser_Layout(t *testing.T) {
	normal := chromiumtest.Start(t)
	large := chromiumtest.Start(t, chromedp.Flag("blink-settings", "defaultFontSize=32"))
	for _, look := range []struct {
		name, language, scheme string
		width, height          int64
		largeText              bool
	}{
		{"320-en-light", "en", "light", 320, 640, false},
		{"320-fr-dark", "fr", "dark", 320, 640, false},
		{"zoomed-fr-light", "fr", "light", 640, 400, false}, // 1280 by 800 at 200 %
		{"1280-en-light", "en", "light", 1280, 800, false},
		{"1280-fr-dark", "fr", "dark", 1280, 800, false},
		{"large-fr-light", "fr", "light", 1280, 800, true},
		{"large-320-en-dark", "en", "dark", 320, 640, true},
	} {
		t.Run(look.name, func(t *testing.T) {
			chromium := normal
			if look.largeText {
				chromium = large
			}
			b := open(chromium, t, look.language)
			b.run(emulation.SetDeviceMetricsOverride(look.width, look.height, 1, false), emulation.SetEmulatedMedia().
				WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: look.scheme}}))
			for _, s := range states {
				b.lay(s, look.width, look.largeText)
			}
		})
	}
}

// measure gives how far to the right anything reaches, how large the text of a button is, and what the switch of
// language lies upon.
const measure = `(() => {
	const box = (e) => e.getBoundingClientRect();
	const lie = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
	const other = document.querySelector("nav a");
	return {
		right: Math.ceil(Math.max(...Array.from(document.querySelectorAll("body *"), e => Math.max(box(e).right, box(e).left + e.scrollWidth)))),
		text: parseFloat(getComputedStyle(document.querySelector(".lead")).fontSize),
		under: other ? Array.from(document.querySelectorAll(".product, .claim p, main > *"), e => e).filter(e => lie(box(e), box(other))).map(e => e.innerText) : [],
	};
})()`

// lay opens a page and measures it.
func (b *tab) lay(s state, width int64, largeText bool) {
	server := httptest.NewServer(site(b.T, s.service, b.Output()))
	defer server.Close()
	b.run(chromedp.Navigate(server.URL + s.path))
	if s.press {
		b.run(chromedp.Focus("button", chromedp.ByQuery))
		b.press(kb.Enter)
	}
	var got struct {
		Right int64
		Text  float64
		Under []string
	}
	var picture []byte
	b.run(chromedp.Evaluate(measure, &got), chromedp.FullScreenshot(&picture, 100))
	if got.Right > width || len(got.Under) > 0 {
		b.Errorf("%s reaches to %d; under the switch of language: %q", s.name, got.Right, got.Under)
	}
	if want := map[bool]float64{false: 16, true: 32}[largeText]; got.Text != want {
		b.Errorf("%s: text of %g pixels", s.name, got.Text)
	}
	if err := os.WriteFile(filepath.Join(b.ArtifactDir(), s.name+".png"), picture, 0o600); err != nil {
		b.Fatal(err)
	}
}
