package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"myaccount/services"
	"myaccount/ui/desk"
	"myaccount/ui/entry"
	"myaccount/ui/kit"
	"myaccount/ui/mailtray"
	"myaccount/ui/messages"
	"myaccount/ui/nav"
)

// frame is one window with its own way through the pages and its own session.
type frame struct {
	program *Program
	window  fyne.Window
	desk    bool // the advisor's window
	env     nav.Env
	history *history
	wanted  nav.Route // where the person wanted to go before signing in

	site    *entry.Site      // what the pages before sign-in share
	tray    *mailtray.Drawer // nil when the portal keeps no mails
	toaster *kit.Toaster
	banner  *banner // that the service is away; nil in local-only mode

	session   services.Session // nil when nobody is signed in
	begun     *messages.Begun  // what was begun to be written in this session
	answers   desk.Begun       // likewise, at the desk
	life      nav.Scope        // of the session
	idle      *idle
	warning   *kit.Dialog   // that the session is about to end
	countdown *kit.Wrapped  // its sentence
	parting   *kit.Dialog   // the question at sign-out
	telling   bool          // the language of mails is being changed
	unread    int           // threads with an unread reply
	badge     *kit.RailItem // where unread shows
	here      *kit.RailItem // the entry of the page that is shown; nil without a rail
}

func (p *Program) newFrame(title string, desk bool) *frame {
	f := &frame{program: p, window: p.App.NewWindow(title), desk: desk, history: newHistory()}
	f.life.Dispatcher = p.Dispatcher
	f.toaster = kit.NewToaster(p.After)
	f.env = nav.Env{
		Dispatcher: p.Dispatcher, Clock: p.Clock, Window: f.window, Policy: p.Policy, Files: p.Files(f.window),
		Go: f.goTo, Replace: f.replace, Back: f.back, Toast: f.toaster.Say,
		Language: func() string { return string(p.printer.Lang()) },
	}
	f.tray = f.newTray()
	f.site = f.newSite()
	f.window.SetPadded(false)
	f.window.Resize(p.Size)
	f.window.SetOnDropped(f.dropped)
	f.keys()
	p.frames = append(p.frames, f)
	return f
}

// open begins anew at a route: there is no way back behind it.
func (f *frame) open(route nav.Route) {
	f.leave()
	f.history.clear()
	f.arrive(route)
}

// goTo goes on to a route. Going where one is draws the page anew.
func (f *frame) goTo(route nav.Route) {
	f.touched()
	route = f.allowed(route)
	f.leave()
	f.arrive(route)
}

// replace goes to a route in place of the current page.
func (f *frame) replace(route nav.Route) {
	f.leave()
	v := visit{route: route, page: f.page(route)}
	f.history.replace(v)
	v.page.Start()
	f.rebuild()
}

// back goes back, or home when there is nothing to go back to.
func (f *frame) back() { f.move(-1) }

func (f *frame) move(step int) {
	f.touched()
	if before, ok := f.history.current(); ok && f.history.move(step) {
		stop(before.page)
		v, _ := f.history.current()
		v.page.Start()
		f.rebuild()
	}
}

// arrive makes a route's page and shows it.
func (f *frame) arrive(route nav.Route) {
	v := visit{route: route, page: f.page(route)}
	f.history.push(v)
	v.page.Start()
	f.rebuild()
}

// leave ends the current visit.
func (f *frame) leave() {
	if v, ok := f.history.current(); ok {
		stop(v.page)
	}
}

func stop(page nav.Page) {
	if l, ok := page.(nav.Leaver); ok {
		l.Leaving()
	}
	page.Stop()
}

// rebuild draws the window from the state of the page and of the session.
func (f *frame) rebuild() {
	v, ok := f.history.current()
	if !ok {
		return
	}
	f.toaster.Clear()
	_, byRail := f.window.Canvas().Focused().(*kit.RailItem)
	page := v.page.Build(f.program.printer)
	f.here = nil
	f.window.SetContent(container.NewStack(f.ground(), f.withBanner(f.around(v.route, page)), f.toaster))
	if target := focusOf(v.page); target != nil {
		f.window.Canvas().Focus(target)
	} else if byRail && f.here != nil { // who goes by keyboard goes on from there
		f.window.Canvas().Focus(f.here)
	}
}

// focusOf says where typing begins in a page; nil when nowhere.
func focusOf(page nav.Page) fyne.Focusable {
	if focuser, ok := page.(nav.Focuser); ok {
		return focuser.Focus()
	}
	return nil
}

// around puts a page where it belongs: beside the rail, or under the bar of those who are not signed in.
func (f *frame) around(route nav.Route, page fyne.CanvasObject) fyne.CanvasObject {
	switch {
	case f.session == nil:
		return f.entrance(route.Page, page)
	case f.session.Info().Role == services.RoleAdvisor:
		return container.New(beside{}, f.deskRail(), page)
	default:
		return container.New(beside{}, f.customerRail(route.Page), page)
	}
}

// keys binds what works everywhere: back and forward, and the signs of a person who is there.
func (f *frame) keys() {
	c := f.window.Canvas()
	c.SetOnTypedRune(func(rune) { f.touched() })
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		f.touched()
		if ev.Name == fyne.KeyEscape {
			f.back()
		}
	})
	for key, step := range map[fyne.KeyName]int{fyne.KeyLeft: -1, fyne.KeyRight: 1} {
		c.AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierAlt}, func(fyne.Shortcut) { f.move(step) })
	}
}
