package nav

import (
	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

// Which stands under the title of a page: the agreement that it is about. Where there are several it is a switcher, which
// keeps the focus when pick has drawn the page anew.
type Which struct {
	Line     fyne.CanvasObject
	switcher *kit.Switcher // nil with one agreement
}

// Which draws it, with the vehicle before it where its name is not the title of the page. pick is called with the id of
// another agreement.
func (c *Choice) Which(p *text.Printer, vehicle bool, pick func(id string)) Which {
	a := c.Agreement()
	name := AgreementEnding(p, a)
	if len(c.list.Value) == 1 {
		if vehicle {
			name = AgreementName(p, a)
		}
		return Which{kit.NewWrapped(name, kit.StyleQuiet), nil}
	}
	options := make([]kit.Option, len(c.list.Value))
	for i, other := range c.list.Value {
		options[i] = kit.Option{ID: other.ID, Label: AgreementName(p, other)}
	}
	switcher := kit.NewSwitcher(name, a.ID, options, pick)
	if !vehicle {
		return Which{kit.Flow(theme.Gap1, 2, switcher), switcher}
	}
	return Which{kit.Flow(theme.Gap1, 2, kit.NewQuiet(VehicleName(p, a)+" ·"), switcher), switcher}
}

// Focus gives it the focus, where there is something to choose.
func (w Which) Focus(env Env) {
	if w.switcher != nil {
		env.Window.Canvas().Focus(w.switcher.Focusable())
	}
}

// Place notes what it is for.
func (w Which) Place(places Places) {
	if w.switcher != nil {
		places[w.switcher.Focusable()] = "which"
	}
}

// Outside is what a page shows, in the middle under its title, that has no agreement to be about: that they could not be
// read, or that there is none.
func (c *Choice) Outside(p *text.Printer, env Env, title fyne.CanvasObject, icon theme.IconName, retry func()) fyne.CanvasObject {
	write := kit.NewPrimary(p.T("nav.agreements.message"), func() { env.Go(Route{Page: PageCompose, Payload: ComposePreset{}}) })
	note := kit.NewEmptyState(icon, p.T("nav.agreements.empty.title"), p.T("nav.agreements.empty.text"), write)
	if err := c.list.Err; c.State() == Failed {
		note = kit.NewFailedState(p.T("nav.agreements.failed"), Unread(p, err, env.Clock.Now()), p.T("nav.retry"), retry,
			kit.Reference(env.Reference(p, err)))
	}
	return kit.HeadBody(kit.Inset(theme.PageTop, theme.PageMargin, 0, theme.PageMargin, title), note)
}

// NotLoaded says in a card that what it shows could not be read, and offers to try again.
func NotLoaded(p *text.Printer, env Env, err error, retry func()) fyne.CanvasObject {
	return kit.VStack(theme.Gap2, kit.NewWrapped(Unread(p, err, env.Clock.Now()), kit.StyleQuiet),
		kit.HStack(0, kit.NewLink(p.T("nav.retry"), retry)))
}
