package payments

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// page draws the presenter. Its widgets live from Build to Stop: those of the table stay while it is searched and sorted.
type page struct {
	env       nav.Env
	presenter *presenter
	printer   *text.Printer
	content   *fyne.Container
	shown     face
	which     nav.Which
	autopay   *fyne.Container // the autopay card
	told      told            // what it says
	list      *listing
}

// face is what decides how the page is divided: while it stays, only the parts of it change.
type face struct {
	state  nav.State
	id     string
	closed bool
	many   int
}

// New makes the page of nav.PagePayments, which begins with an agreement, or with the first one.
func New(env nav.Env, deps Deps, agreementID string) nav.Page {
	pg := &page{env: env, presenter: newPresenter(env, deps, agreementID)}
	pg.presenter.changed = pg.update
	return pg
}

// Start is part of nav.Page.
func (pg *page) Start() { pg.presenter.start() }

// Stop is part of nav.Page.
func (pg *page) Stop() {
	pg.presenter.scope.Stop()
	pg.printer, pg.content, pg.which, pg.autopay, pg.list = nil, nil, nav.Which{}, nil, nil
}

// Refresh is part of nav.Refresher.
func (pg *page) Refresh(e services.Event) { pg.presenter.happened(e) }

// Build is part of nav.Page.
func (pg *page) Build(p *text.Printer) fyne.CanvasObject {
	pg.printer, pg.content, pg.presenter.words = p, container.NewStack(), pg.searchable()
	pg.draw()
	return pg.content
}

// update draws what the presenter knows now: the whole page only when it is divided otherwise.
func (pg *page) update() {
	switch {
	case pg.content == nil:
	case pg.face() != pg.shown:
		pg.draw()
	case pg.shown.state == nav.Full:
		pg.updateAutopay()
		pg.list.update()
	}
}

func (pg *page) face() face {
	choice := &pg.presenter.choice
	f := face{state: choice.State()}
	if f.state == nav.Full {
		a := choice.Agreement()
		f.id, f.closed, f.many = a.ID, a.ClosedOn != nil, choice.Count()
	}
	return f
}

// draw divides the page.
func (pg *page) draw() {
	pg.shown = pg.face()
	var object fyne.CanvasObject
	switch choice := &pg.presenter.choice; pg.shown.state {
	case nav.Loading:
		object = kit.NewPageScroll(kit.PageMargin(kit.VStack(theme.Gap6, kit.VStack(5, pg.title(), kit.NewSkeleton(290)), skeleton())))
	case nav.Full:
		object = pg.agreement(choice.Agreement())
	default:
		object = choice.Outside(pg.printer, pg.env, pg.title(), theme.IconPayments, pg.presenter.retry)
	}
	pg.content.Objects = []fyne.CanvasObject{object}
	pg.content.Refresh()
}

// agreement shows the cards and the table of one. The table takes the height that is left, and no more than it needs.
func (pg *page) agreement(a services.Agreement) fyne.CanvasObject {
	pg.list = newListing(pg)
	top := kit.VStack(theme.Gap6, pg.head(a), pg.cards(a))
	return kit.NewPageScroll(kit.PageMargin(kit.HeadFit(theme.Gap4, top, pg.list.card, pg.list.natural)))
}

func (pg *page) title() fyne.CanvasObject {
	return kit.NewWrapped(pg.printer.T("payments.title"), kit.StyleTitle)
}

// head is the title with the agreement that is shown, and what can be done.
func (pg *page) head(a services.Agreement) fyne.CanvasObject {
	p := pg.printer
	actions := kit.HStack(theme.Gap4, kit.NewMenuButton(p.T("payments.export"), pg.exports))
	if a.ClosedOn == nil {
		actions.Add(kit.NewPrimary(p.T("payments.pay"), func() { pg.env.Go(nav.Route{Page: nav.PagePay, Arg: a.ID}) }))
	}
	pg.which = pg.presenter.choice.Which(p, true, pg.choose)
	return kit.Sides(kit.VStack(2, pg.title(), pg.which.Line), actions)
}

// choose shows another agreement and keeps the focus where it was.
func (pg *page) choose(id string) {
	pg.presenter.choose(id)
	pg.which.Focus(pg.env)
}

func (pg *page) compose(agreementID string) {
	pg.env.Go(nav.Route{Page: nav.PageCompose, Payload: nav.ComposePreset{AgreementID: agreementID}})
}

// skeleton stands where the cards and the table will be.
func skeleton() fyne.CanvasObject {
	card := func() fyne.CanvasObject { return kit.NewCard(kit.NewSkeleton(110, 260, 200)) }
	return kit.VStack(theme.Gap4, kit.Columns(wide, narrow)(card(), card()),
		kit.NewCard(kit.VStack(theme.Gap3, kit.HStack(0, kit.NewSkeletonBlock(266, 36)), kit.NewSkeletonRows(7))))
}
