// Package uitest helps to test screens without a display: it makes Fyne's test app with the real theme, fonts and
// sentences, shows one page as the shell would, and lets a test read, type, press and compare pictures.
//
// Nothing here runs in parallel: Fyne has one current app. Work that a page started elsewhere comes back through the
// Queue, which only the test drains, so every step of a test is decided by the test.
package uitest

import (
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	fynetest "fyne.io/fyne/v2/test"

	"myaccount/assets"
	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// The sizes that every screen is right at.
var (
	Small  = fyne.NewSize(1024, 700)
	Normal = fyne.NewSize(1280, 800)
	Large  = fyne.NewSize(1920, 1080)
)

// Now is the time at which every test and picture plays.
var Now = time.Date(2026, 11, 21, 14, 30, 0, 0, time.UTC)

// Clock is a clock that a test sets.
type Clock struct{ Time time.Time }

// Now is part of services.Clock.
func (c *Clock) Now() time.Time { return c.Time }

// App is the shell as far as a page knows it, and records what the page asks of it.
type App struct {
	Printer  *text.Printer
	Queue    *nav.Queue
	Clock    *Clock
	Policy   services.Policy
	Files    *Files
	Went     []nav.Route // by Go
	Replaced []nav.Route // by Replace
	Backs    int
	Toasts   []string

	window fyne.Window
}

// NewApp makes the app for one test, in a language, an appearance and a text scale of 1 to 2. Local time is
// America/Montreal's.
func NewApp(t *testing.T, lang text.Lang, appearance theme.Appearance, scale float32) *App {
	t.Helper()
	LocalTime()
	fyneApp := fynetest.NewApp()
	fyneApp.Settings().SetTheme(theme.New(appearance, scale))
	window := fyneApp.NewWindow("")
	window.SetPadded(false)
	t.Cleanup(window.Close)
	return &App{
		Printer: Printer(t, lang), Queue: nav.NewQueue(), Clock: &Clock{Now}, Policy: Policy(), Files: &Files{},
		window: window,
	}
}

// LocalTime makes local time what the pictures were drawn in, for the rest of the process: putting it back would race
// with whatever still asks for the time.
var LocalTime = sync.OnceFunc(func() { time.Local = time.FixedZone("EST", -5*60*60) })

// catalogue is read once for all tests of a package.
var catalogue = sync.OnceValues(func() (*text.Catalogue, error) { return text.Load(assets.Translations) })

// Printer gives the real sentences in a language.
func Printer(t testing.TB, lang text.Lang) *text.Printer {
	t.Helper()
	sentences, err := catalogue()
	if err != nil {
		t.Fatal(err)
	}
	return sentences.Printer(lang)
}

// Env is what the shell would give to a page. It can be changed before the page gets it.
func (a *App) Env() nav.Env {
	return nav.Env{
		Dispatcher: a.Queue,
		Clock:      a.Clock,
		Window:     a.window,
		Policy:     a.Policy,
		Files:      a.Files,
		Go:         func(r nav.Route) { a.Went = append(a.Went, r) },
		Replace:    func(r nav.Route) { a.Replaced = append(a.Replaced, r) },
		Back:       func() { a.Backs++ },
		Toast:      func(s string) { a.Toasts = append(a.Toasts, s) },
		Language:   func() string { return string(a.Printer.Lang()) },
	}
}

// Policy is a policy with the rules of the brand file's first version.
func Policy() services.Policy {
	topic := func(id, en, fr string) services.Topic {
		return services.Topic{ID: id, Name: map[string]string{"en": en, "fr": fr}}
	}
	return services.Policy{
		Product: "My BMW Account", Company: "BMW Financial Services", Phone: "1-800-555-0142",
		Hours: map[string]string{"en": "Monday to Friday, 8 a.m. to 8 p.m.", "fr": "Du lundi au vendredi, de 8 h à 20 h"},
		Topics: []services.Topic{
			topic("payments", "Payments and pre-authorized debit", "Paiements et débits préautorisés"),
			topic("lease_end", "End of my lease", "Fin de ma location"),
			topic("payoff", "Payoff", "Remboursement complet"),
			topic("address", "Address and contact", "Adresse et coordonnées"),
			topic("other", "Something else", "Autre sujet"),
		},
		Languages: []string{"en", "fr"}, TermsVersion: "2026-06-01",
		PasswordMin: 12, PasswordMax: 128, NameMax: 100, BodyMax: 4000,
		CodeLength: 6, CodeTTL: 10 * time.Minute, CodeResendWait: time.Minute,
		ActivationTTL: 24 * time.Hour, ResetTTL: time.Hour, LockoutAfter: 10, LockoutFor: 24 * time.Hour,
		SessionIdle: 15 * time.Minute, TrustFor: 30 * 24 * time.Hour, Retention: 30 * 24 * time.Hour,
		AttachmentMax: 10 << 20, AttachmentTypes: []string{"pdf", "jpg", "jpeg", "png", "heic", "txt", "docx"}, AttachmentsMax: 5,
	}
}

// Files answers for the file dialogs: the test sets what is chosen and reads what was written.
type Files struct {
	Choose []string // what Open answers
	SaveAs string   // path that Save answers
	SaveTo error    // error that Save answers
	Saved  map[string][]byte
	Shown  map[string][]byte
}

// Open is part of nav.Files.
func (f *Files) Open(_ string, _ []string, done func([]string)) { done(f.Choose) }

// Save is part of nav.Files.
func (f *Files) Save(_, name string, data []byte, done func(string, error)) {
	if f.Saved == nil {
		f.Saved = map[string][]byte{}
	}
	f.Saved[name] = data
	done(f.SaveAs, f.SaveTo)
}

// Show is part of nav.Files.
func (f *Files) Show(name string, data []byte) error {
	if f.Shown == nil {
		f.Shown = map[string][]byte{}
	}
	f.Shown[name] = data
	return nil
}
