// Package mailtray is the drawer "Mail on this device": in local-only mode it shows the mails that would be sent, with
// their buttons working.
package mailtray

import (
	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// Drawer shows the mails to one address over the window.
type Drawer struct {
	env   nav.Env
	act   func(services.Mail)
	state *tray
	view  *view // nil while it is closed

	behind fyne.Focusable // what has the focus in the page; the drawer hides that meanwhile
}

// view is what the drawer touches after it was drawn.
type view struct {
	p       *text.Printer
	drawer  *kit.Drawer
	room    *fyne.Container
	version int // of the list, as drawn
	face    face
	address *kit.Field
	first   fyne.Focusable            // what the person most likely wants
	places  map[fyne.Focusable]string // what the buttons belong to, to find the focus again
}

// face is what the drawer shows.
type face int

const (
	faceNone face = iota
	faceAsk
	faceLoading
	faceFailed
	faceEmpty
	faceFull
)

// New makes a drawer. act is called, after the drawer has closed, when the person presses the button of a mail.
func New(env nav.Env, mails services.MailTray, act func(services.Mail)) *Drawer {
	d := &Drawer{env: env, act: act, state: newTray(env.Dispatcher, env.Clock, mails)}
	d.state.changed = d.update
	return d
}

// Open shows the mails to an address. own says that the person is signed in under it; else the drawer offers to take
// another one, and asks for one when it is empty.
func (d *Drawer) Open(p *text.Printer, address string, own bool) {
	d.Close()
	d.state.start(address, own)
	if d.behind = d.env.Window.Canvas().Focused(); d.behind != nil {
		d.behind.FocusLost()
	}
	d.draw(p)
}

// closed gives the page its focus back, if it is still where it was.
func (d *Drawer) closed() {
	d.state.stop()
	d.view = nil
	if d.behind != nil && d.env.Window.Canvas().Focused() == d.behind {
		d.behind.FocusGained()
	}
	d.behind = nil
}

// Shown says whether the drawer is open.
func (d *Drawer) Shown() bool { return d.view != nil }

// Close closes the drawer.
func (d *Drawer) Close() {
	if d.view != nil {
		d.view.drawer.Close()
	}
}

// Rebuild draws an open drawer anew, after a change of language.
func (d *Drawer) Rebuild(p *text.Printer) {
	if d.view == nil {
		return
	}
	d.view.drawer.OnClosed = nil
	d.view.drawer.Close()
	d.draw(p)
}

func (d *Drawer) draw(p *text.Printer) {
	v := &view{p: p, room: kit.VStack(theme.Gap3)}
	body := kit.NewPageScroll(kit.Inset(2, 28, 28, 28, v.room))
	v.drawer = kit.NewDrawer(p.T("mailtray.title"), p.T("mailtray.lead"), p.T("mailtray.close"), body)
	v.drawer.OnClosed = d.closed
	d.view = v
	v.drawer.Show(d.env.Window)
	d.update()
}

// faceOf is what the drawer should show now.
func (d *Drawer) faceOf() face {
	switch s := d.state; {
	case s.asking():
		return faceAsk
	case s.loading:
		return faceLoading
	case s.err != nil:
		return faceFailed
	case len(s.list) == 0:
		return faceEmpty
	}
	return faceFull
}

// update draws what has changed.
func (d *Drawer) update() {
	v := d.view
	if v == nil {
		return
	}
	if face := d.faceOf(); v.face != face || v.version != d.state.version {
		fresh := v.face != face
		v.face, v.version = face, d.state.version
		d.drawFace(fresh)
	}
	if v.address != nil {
		words := ""
		if d.state.lacking {
			words = nav.FieldSentence(v.p, "email", services.ReasonRequired)
		}
		v.address.SetError(words)
	}
}

// drawFace puts the face into its room. A fresh one takes the focus to where the person most likely goes on, else the
// focus stays where it was.
func (d *Drawer) drawFace(fresh bool) {
	v, s := d.view, d.state
	before := v.places[d.env.Window.Canvas().Focused()]
	v.address, v.first, v.places = nil, nil, map[fyne.Focusable]string{}
	v.room.Objects = nil
	if !s.asking() && !s.own {
		v.room.Add(d.head())
	}
	switch v.face {
	case faceAsk:
		v.room.Add(d.ask())
	case faceLoading:
		v.room.Add(kit.NewCard(kit.NewSkeleton(220, 160, 300)))
	case faceFailed:
		v.room.Add(kit.NewFailedState(v.p.T("mailtray.failed"), nav.Sentence(v.p, s.err, d.env.Clock.Now()), v.p.T("mailtray.retry"), s.retry, kit.Reference(d.env.Reference(v.p, s.err))))
	case faceEmpty:
		v.room.Add(kit.NewEmptyState(theme.IconMail, v.p.T("mailtray.empty.title"), v.p.T("mailtray.empty.text", text.Vars{"Email": s.address}), nil))
	case faceFull:
		for _, m := range s.visible() {
			v.room.Add(d.card(m))
		}
		if len(s.visible()) < len(s.list) {
			v.room.Add(kit.Flow(0, 0, kit.NewButton(v.p.T("mailtray.more"), s.more).SetCompact(true)))
		}
	}
	v.room.Refresh()
	if fresh && v.first != nil {
		d.env.Window.Canvas().Focus(v.first)
	}
	for f, place := range v.places {
		if place == before && before != "" {
			d.env.Window.Canvas().Focus(f)
		}
	}
}

// head says whose mails these are, to whoever is not signed in.
func (d *Drawer) head() fyne.CanvasObject {
	p := d.view.p
	return kit.Sides(kit.NewWrapped(p.T("mailtray.to", text.Vars{"Email": d.state.address}), kit.StyleHint),
		kit.NewTextLink(p.T("mailtray.other"), d.state.other).SetSizeName(theme.SizeHint).SetColorName(theme.QuietText))
}

// ask asks for the address whose mails to show.
func (d *Drawer) ask() fyne.CanvasObject {
	v, s := d.view, d.state
	v.address = kit.NewField(v.p.T("mailtray.address"))
	v.address.SetText(s.typed)
	v.address.OnChanged = s.setTyped
	v.address.OnSubmitted = func(string) { s.show() }
	v.first = v.address.Focusable()
	return kit.VStack(theme.Gap4, kit.NewWrapped(v.p.T("mailtray.ask"), kit.StyleLabel), v.address,
		kit.Flow(0, 0, kit.NewPrimary(v.p.T("mailtray.show"), s.show)))
}
