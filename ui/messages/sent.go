package messages

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// sentPage confirms that a message was received, or that it waits. Its widgets live from Build to Stop.
type sentPage struct {
	env   nav.Env
	s     *sent
	p     *text.Printer
	body  *fyne.Container
	first *kit.Button
}

// NewSent makes the page of nav.PageSent, which shows the receipt that the route brings.
func NewSent(env nav.Env, deps Deps, route nav.Route) nav.Page {
	pg := &sentPage{env: env, s: newSent(env.Dispatcher, deps, route)}
	pg.s.changed = pg.update
	return pg
}

// Start is part of nav.Page.
func (pg *sentPage) Start() { pg.s.start() }

// Refresh is part of nav.Refresher.
func (pg *sentPage) Refresh(e services.Event) {
	if e.Kind == services.EventOutbox {
		pg.s.look()
	}
}

// Stop is part of nav.Page.
func (pg *sentPage) Stop() {
	pg.s.scope.Stop()
	pg.p, pg.body, pg.first = nil, nil, nil
}

// Focus is part of nav.Focuser.
func (pg *sentPage) Focus() fyne.Focusable {
	if pg.first == nil {
		return nil
	}
	return pg.first
}

// Build is part of nav.Page.
func (pg *sentPage) Build(p *text.Printer) fyne.CanvasObject {
	pg.p, pg.body = p, container.NewStack()
	pg.draw()
	return kit.NewPageScroll(kit.PageMargin(kit.MaxWidth(composeWidth, pg.body)))
}

// update draws anew when the message has arrived; the button that had the focus has it again.
func (pg *sentPage) update() {
	if pg.body == nil {
		return
	}
	c := pg.env.Window.Canvas()
	had := c.Focused() == fyne.Focusable(pg.first)
	pg.draw()
	if had {
		c.Focus(pg.first)
	}
}

func (pg *sentPage) draw() {
	p := pg.p
	title, mark, card := p.T("messages.sent.title"), kit.NewIcon(theme.IconCheck, theme.Good), pg.received
	switch {
	case pg.s.back:
		title, mark, card = p.T("messages.outbox.refused"), kit.NewIcon(theme.IconWarn, theme.Warn), pg.waiting
	case pg.s.key != "":
		title, mark, card = p.T("messages.outbox.waiting"), kit.NewIcon(theme.IconMail, theme.Warn), pg.waiting
	}
	pg.body.Objects = []fyne.CanvasObject{kit.VStack(theme.Gap3,
		kit.HStack(theme.Gap2, mark, kit.HFill(kit.NewWrapped(title, kit.StyleTitle))), kit.NewCard(card()))}
	pg.body.Refresh()
}

// waiting says what becomes of a message that the service could not be reached for.
func (pg *sentPage) waiting() fyne.CanvasObject {
	p := pg.p
	words := "messages.outbox.later"
	if pg.s.back {
		words = "messages.outbox.back"
	}
	pg.first = kit.NewPrimary(p.T("messages.center.title"), func() { pg.env.Go(nav.Route{Page: nav.PageMessages}) })
	return kit.VStack(theme.Gap4, kit.NewWrapped(p.T(words), kit.StyleLabel), kit.Flow(theme.Gap4, theme.Gap2, pg.first))
}

// received is the receipt and what follows.
func (pg *sentPage) received() fyne.CanvasObject {
	p, receipt := pg.p, pg.s.receipt
	pg.first = kit.NewPrimary(p.T("messages.sent.open"), func() { pg.env.Go(nav.Route{Page: nav.PageMessages, Arg: receipt.ThreadID}) })
	center := kit.NewButton(p.T("messages.center.title"), func() { pg.env.Go(nav.Route{Page: nav.PageMessages}) })
	column := kit.VStack(theme.Gap4)
	if receipt.Reference != "" {
		column.Add(pg.facts(p))
	}
	days := int(pg.env.Policy.Retention.Hours() / 24)
	column.Add(kit.VStack(theme.Gap2,
		kit.NewCardTitle(p.T("messages.sent.next")),
		kit.NewWrapped(p.T("messages.sent.next_text", text.Vars{"Company": pg.env.Policy.Company}), kit.StyleLabel),
		kit.NewWrapped(p.T("messages.center.hint", text.Vars{"Count": days}), kit.StyleQuiet)))
	column.Add(kit.Flow(theme.Gap4, theme.Gap2, pg.first, center))
	return column
}

// facts are the reference, to be copied, and when the message was received.
func (pg *sentPage) facts(p *text.Printer) fyne.CanvasObject {
	reference := pg.s.receipt.Reference
	copied := kit.NewButton(p.T("messages.sent.copy"), func() {
		fyne.CurrentApp().Clipboard().SetContent(reference)
		pg.env.Toast(p.T("messages.sent.copied"))
	}).SetCompact(true)
	at := p.T("messages.sent.at", text.Vars{"When": p.DateTime(pg.s.receipt.ReceivedAt.Local())})
	return kit.VStack(theme.Gap1, kit.NewQuiet(p.T("messages.sent.reference")),
		kit.Flow(theme.Gap4, theme.Gap2, kit.NewSelectable(reference, kit.StyleFigure), copied),
		kit.NewWrapped(at, kit.StyleQuiet))
}
