package messages

import (
	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// sentPage confirms that a message was received. It loads nothing: the receipt says it all.
type sentPage struct {
	env     nav.Env
	receipt services.Receipt
	first   *kit.Button
}

// NewSent makes the page of nav.PageSent, which shows the receipt that the route brings.
func NewSent(env nav.Env, _ Deps, route nav.Route) nav.Page {
	pg := &sentPage{env: env}
	pg.receipt, _ = route.Payload.(services.Receipt)
	pg.receipt.ThreadID = route.Arg
	return pg
}

// Start is part of nav.Page.
func (pg *sentPage) Start() {}

// Stop is part of nav.Page.
func (pg *sentPage) Stop() { pg.first = nil }

// Focus is part of nav.Focuser.
func (pg *sentPage) Focus() fyne.Focusable {
	if pg.first == nil {
		return nil
	}
	return pg.first
}

// Build is part of nav.Page.
func (pg *sentPage) Build(p *text.Printer) fyne.CanvasObject {
	pg.first = kit.NewPrimary(p.T("messages.sent.open"), func() { pg.env.Go(nav.Route{Page: nav.PageMessages, Arg: pg.receipt.ThreadID}) })
	center := kit.NewButton(p.T("messages.center.title"), func() { pg.env.Go(nav.Route{Page: nav.PageMessages}) })
	column := kit.VStack(theme.Gap4)
	if pg.receipt.Reference != "" {
		column.Add(pg.facts(p))
	}
	days := int(pg.env.Policy.Retention.Hours() / 24)
	column.Add(kit.VStack(theme.Gap2,
		kit.NewCardTitle(p.T("messages.sent.next")),
		kit.NewWrapped(p.T("messages.sent.next_text", text.Vars{"Company": pg.env.Policy.Company}), kit.StyleLabel),
		kit.NewWrapped(p.T("messages.center.hint", text.Vars{"Count": days}), kit.StyleQuiet)))
	column.Add(kit.Flow(theme.Gap4, theme.Gap2, pg.first, center))
	title := kit.NewWrapped(p.T("messages.sent.title"), kit.StyleTitle)
	mark := kit.NewIcon(theme.IconCheck, theme.Good)
	return kit.NewPageScroll(kit.PageMargin(kit.MaxWidth(composeWidth, kit.VStack(theme.Gap3,
		kit.HStack(theme.Gap2, mark, kit.HFill(title)), kit.NewCard(column)))))
}

// facts are the reference, to be copied, and when the message was received.
func (pg *sentPage) facts(p *text.Printer) fyne.CanvasObject {
	reference := pg.receipt.Reference
	copied := kit.NewButton(p.T("messages.sent.copy"), func() {
		fyne.CurrentApp().Clipboard().SetContent(reference)
		pg.env.Toast(p.T("messages.sent.copied"))
	}).SetCompact(true)
	at := p.T("messages.sent.at", text.Vars{"When": p.DateTime(pg.receipt.ReceivedAt.Local())})
	return kit.VStack(theme.Gap1, kit.NewQuiet(p.T("messages.sent.reference")),
		kit.Flow(theme.Gap4, theme.Gap2, kit.NewSelectable(reference, kit.StyleFigure), copied),
		kit.NewWrapped(at, kit.StyleQuiet))
}
