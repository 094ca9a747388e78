// Package ui is the shell of the desktop program: its windows, the rail, the way through the pages, and the life of a
// session. It is given a fyne.App and never makes one, so the tour and the tests run the same shell without a display.
//
// Who may do what: everything here runs on the user interface's goroutine. Work for the services goes through nav.Run
// and comes back through the Dispatcher; the session's own work (badge, events, touch) has a nav.Scope that ends with
// the session.
package ui

import (
	"context"
	"log/slog"
	"sync"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/brand"
	"myaccount/services/picture"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// Options is what the program runs on. Every field is needed but those said to be optional.
type Options struct {
	App        fyne.App
	Portal     services.Portal
	Policy     services.Policy
	Brand      brand.Brand
	Catalogue  *text.Catalogue
	Settings   nav.SettingsStore
	System     text.Lang // language of the system
	Clock      services.Clock
	Dispatcher nav.Dispatcher
	After      kit.After // runs something later, on the user interface's goroutine
	Files      func(fyne.Window) nav.Files
	Device     string // this computer's name, as the person knows it
	Version    string
	Log        *slog.Logger
	Size       fyne.Size // of the main window

	// Browse leads a person through the pages of an identity provider in the system's browser; optional.
	Browse func(ctx context.Context, start services.IdentityStart, lang string) (services.IdentityProof, error)

	// Pictures draws the first pages of documents; optional.
	Pictures *picture.Maker

	OfferSample bool        // sample data is offered on the sign-in page
	Crash       CrashReport // optional
}

// Program is the running program: a main window, and one for the advisor's desk when that is opened.
type Program struct {
	Options
	settings nav.Settings
	frames   []*frame
	printer  *text.Printer
	link     *connection    // nil in local-only mode
	ending   sync.WaitGroup // sessions that are being ended
}

// New makes the program; Open shows it.
func New(o Options) *Program {
	if o.Pictures == nil {
		o.Pictures = picture.New("")
	}
	p := &Program{Options: o, settings: o.Settings.Load()}
	p.apply()
	return p
}

// Open shows the main window at a route; the zero Route is where people start.
func (p *Program) Open(route nav.Route) {
	p.watchConnection()
	f := p.newFrame(p.Policy.Product, false)
	f.open(nav.Route{Page: nav.PageSignIn})
	if route.Page != "" {
		f.goTo(route)
	}
	f.window.SetContent(kit.WithFirstFrame(f.window.Content(), func() { p.Log.Info("first frame") }))
	f.window.SetMaster()
	f.window.SetOnClosed(p.Stop)
	f.window.Show()
	p.offerCrashReport(f)
}

// Handle goes to a route in the main window, which comes to the front: a link was opened, or the program was started
// once more.
func (p *Program) Handle(route nav.Route) {
	main := p.frames[0]
	main.window.Show()
	main.window.RequestFocus()
	if route.Page != "" {
		main.goTo(route)
	}
}

// OpenDesk opens the window of the advisor's desk, with a session or to sign in.
func (p *Program) OpenDesk(session services.Session) {
	for _, f := range p.frames {
		if f.desk {
			f.window.RequestFocus()
			if session != nil {
				f.signedIn(session)
			}
			return
		}
	}
	f := p.newFrame(p.printer.T("ui.desk.window", text.Vars{"Product": p.Policy.Product}), true)
	f.window.SetOnClosed(func() { p.closed(f) })
	if session != nil {
		f.signedIn(session)
	} else {
		f.open(nav.Route{Page: nav.PageSignIn})
	}
	f.window.Show()
}

// closed forgets a window and ends its session.
func (p *Program) closed(f *frame) {
	f.leave()
	f.endSession(context.Background())
	for i := range p.frames {
		if p.frames[i] == f {
			p.frames = append(p.frames[:i], p.frames[i+1:]...)
			return
		}
	}
}

// Stop ends every visit and session, for the end of the program. What was being saved is saved first; a service that
// does not answer holds the end up for a few seconds only.
func (p *Program) Stop() {
	if p.link != nil {
		p.link.scope.Stop()
	}
	for len(p.frames) > 0 {
		p.closed(p.frames[len(p.frames)-1])
	}
	ended := make(chan struct{})
	go func() {
		nav.Settle(settleTime)
		p.ending.Wait()
		close(ended)
	}()
	if !nav.Finish(ended, 2*settleTime) {
		p.Log.Warn("the end did not wait for a session")
	}
}

// Main is the main window.
func (p *Program) Main() fyne.Window { return p.frames[0].window }

// WindowSize is the size of the main window, zero when it is closed.
func (p *Program) WindowSize() fyne.Size {
	if len(p.frames) == 0 {
		return fyne.Size{}
	}
	return p.Main().Canvas().Size()
}

// Desk is the window of the advisor's desk, nil when it is not open.
func (p *Program) Desk() fyne.Window {
	for _, f := range p.frames {
		if f.desk {
			return f.window
		}
	}
	return nil
}

// Printer speaks the person's language.
func (p *Program) Printer() *text.Printer { return p.printer }

// Settings are what the person chose.
func (p *Program) Settings() nav.Settings { return p.settings }

// Change keeps new settings and draws everything anew, from the pages' state.
func (p *Program) Change(s nav.Settings) {
	p.settings = s
	if err := p.Options.Settings.Save(s); err != nil {
		p.Log.Warn("settings were not kept", "error", err)
	}
	p.apply()
	for _, f := range p.frames {
		f.tellLanguage()
		f.rebuild()
		if f.tray != nil {
			f.tray.Rebuild(p.printer)
		}
	}
}

// apply makes language and theme what the settings say.
func (p *Program) apply() {
	lang := p.System
	if p.settings.Language != "" {
		lang = text.ParseLang(p.settings.Language)
	}
	p.printer = p.Catalogue.Printer(lang)
	p.App.Settings().SetTheme(themeOf(p.settings))
}

// themeOf is the theme that the settings name.
func themeOf(s nav.Settings) *theme.Theme { return theme.New(appearances[s.Appearance], s.TextScale) }

// appearances maps what the settings name to the theme's; anything else follows the system.
var appearances = map[string]theme.Appearance{
	"light": theme.Light, "dark": theme.Dark, "contrast": theme.HighContrast,
}
