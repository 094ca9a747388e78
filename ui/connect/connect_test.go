package connect

import (
	"context"
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

// size is that of the window before the program.
var size = fyne.NewSize(760, 520)

const shownPrint = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f809"

// service answers what a test sets.
type service struct {
	err      error // of Reach
	pinErr   error
	pinned   []string
	reached  int
	ready    []services.Policy
	quits    int
	accepted bool // changes what Reach answers once the certificate is accepted
}

// strange is the error of a certificate.
type strange struct{ changed bool }

func (strange) Error() string { return "strange certificate" }

func (s *service) deps() Deps {
	return Deps{
		Host: "portal.example.ca:8443",
		Reach: func(context.Context) (services.Policy, error) {
			s.reached++
			if s.err != nil && (!s.accepted || len(s.pinned) == 0) {
				return services.Policy{}, s.err
			}
			return uitest.Policy(), nil
		},
		Refused: func(err error) (string, bool, bool) {
			var e strange
			ok := errors.As(err, &e)
			return shownPrint, e.changed, ok
		},
		Accept: func(_ context.Context, fingerprint string) error {
			if s.pinErr == nil {
				s.pinned = append(s.pinned, fingerprint)
			}
			return s.pinErr
		},
		Ready: func(p services.Policy) { s.ready = append(s.ready, p) },
		Shown: func() {}, Quit: func() { s.quits++ },
	}
}

func show(t *testing.T, s *service, lang text.Lang, appearance theme.Appearance) (*uitest.App, *uitest.Screen) {
	t.Helper()
	app := uitest.NewApp(t, lang, appearance, 1)
	return app, app.Show(t, New(app.Env(), s.deps()), size)
}

func TestConnect_Reached(t *testing.T) {
	s := &service{}
	_, screen := show(t, s, text.English, theme.Light)
	screen.Until("ready", func() bool { return len(s.ready) == 1 })
	if s.reached != 1 {
		t.Errorf("looked %d times", s.reached)
	}
}

// At the first connection the person compares, says so and accepts, by keyboard alone.
func TestConnect_CertificateIsComparedAndAccepted(t *testing.T) {
	s := &service{err: strange{}, accepted: true}
	app, screen := show(t, s, text.English, theme.Light)
	say := app.Printer.T
	screen.WaitFor(say("connect.unknown.title"))
	screen.WaitFor("1A2B 3C4D 5E6F 7081 92A3 B4C5 D6E7 F809")
	accept := say("connect.unknown.accept")
	if screen.Enabled(accept) {
		t.Error("a certificate can be accepted that nobody has compared")
	}
	screen.Press(fyne.KeySpace)
	screen.Until("that it can be accepted", func() bool { return screen.Enabled(accept) })
	screen.Canvas().FocusNext()
	screen.Press(fyne.KeyReturn)
	screen.Until("ready", func() bool { return len(s.ready) == 1 })
	if len(s.pinned) != 1 || s.pinned[0] != shownPrint {
		t.Errorf("accepted %q", s.pinned)
	}
}

// Another certificate than the accepted one is a warning without a way past it.
func TestConnect_OtherCertificateIsRefused(t *testing.T) {
	s := &service{err: strange{changed: true}, accepted: true}
	app, screen := show(t, s, text.English, theme.Light)
	screen.WaitFor(app.Printer.T("connect.changed.title"))
	for _, words := range screen.Texts() {
		if strings.Contains(words, app.Printer.T("connect.unknown.accept")) {
			t.Errorf("it can be accepted: %q", words)
		}
	}
	page := screen.Page().(*page)
	page.presenter.compare(true)
	page.presenter.accept()
	screen.Drain()
	if len(s.pinned) != 0 || len(s.ready) != 0 {
		t.Error("it was accepted")
	}
	screen.Tap(app.Printer.T("app.fault.quit"))
	if s.quits != 1 {
		t.Error("the program cannot be closed")
	}
}

func TestConnect_UnreachableAndTriedAgain(t *testing.T) {
	s := &service{err: services.Fail(services.CodeUnavailable)}
	app, screen := show(t, s, text.English, theme.Light)
	screen.WaitFor(app.Printer.T("connect.away.title"))
	s.err = nil
	screen.Tap(app.Printer.T("app.fault.retry"))
	screen.Until("ready", func() bool { return len(s.ready) == 1 })
}

func TestConnect_AcceptingFails(t *testing.T) {
	s := &service{err: strange{}, pinErr: services.Fail(services.CodeUnavailable)}
	app, screen := show(t, s, text.English, theme.Light)
	screen.WaitFor(app.Printer.T("connect.unknown.title"))
	screen.Tick(app.Printer.T("connect.unknown.compared"))
	screen.Tap(app.Printer.T("connect.unknown.accept"))
	screen.WaitFor(app.Printer.T("connect.failed.title"))
	if len(s.ready) != 0 {
		t.Error("it goes on without the certificate")
	}
}

func TestConnect_Pictures(t *testing.T) {
	for name, c := range map[string]struct {
		err error
		key string
	}{
		"certificate": {strange{}, "connect.unknown.title"},
		"changed":     {strange{changed: true}, "connect.changed.title"},
		"away":        {services.Fail(services.CodeUnavailable), "connect.away.title"},
	} {
		for _, look := range uitest.Looks {
			app, screen := show(t, &service{err: c.err}, look.Lang, look.Appearance)
			screen.WaitFor(app.Printer.T(c.key))
			screen.AssertLayout()
			screen.Golden(name + "-" + look.Name)
		}
		app := uitest.NewApp(t, text.French, theme.HighContrast, 2)
		screen := app.Show(t, New(app.Env(), (&service{err: c.err}).deps()), size)
		screen.WaitFor(app.Printer.T(c.key))
		screen.AssertLayout()
	}
}
