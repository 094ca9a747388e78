package overview

import (
	"cloud.google.com/go/civil"
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// The weights of the two columns under the figures.
const (
	wide   = 600
	narrow = 368
)

// page draws the presenter. Its widgets live from Build to Stop.
type page struct {
	env       nav.Env
	presenter *presenter
	printer   *text.Printer
	content   *fyne.Container
	which     nav.Which
	full      *kit.PageScroll // what is shown of an agreement
	places    nav.Places      // what the controls are for, to find the focus again
}

// New makes the page of nav.PageOverview, which begins with an agreement, or with the first one.
func New(env nav.Env, deps Deps, agreementID string) nav.Page {
	pg := &page{env: env, presenter: newPresenter(env.Dispatcher, deps, agreementID)}
	pg.presenter.changed = pg.update
	return pg
}

// Start is part of nav.Page.
func (pg *page) Start() { pg.presenter.start() }

// Stop is part of nav.Page.
func (pg *page) Stop() {
	pg.presenter.scope.Stop()
	pg.printer, pg.content, pg.which, pg.full, pg.places = nil, nil, nav.Which{}, nil, nil
}

// Refresh is part of nav.Refresher.
func (pg *page) Refresh(e services.Event) { pg.presenter.happened(e) }

// Build is part of nav.Page.
func (pg *page) Build(p *text.Printer) fyne.CanvasObject {
	pg.printer, pg.content, pg.full = p, container.NewStack(), nil
	pg.update()
	return pg.content
}

// update draws what the presenter knows now. The focus stays on what it was on, as long as that is there.
func (pg *page) update() {
	if pg.content == nil {
		return
	}
	pg.places.Redraw(pg.env.Window.Canvas(), pg.draw)
}

// place notes what a control is for.
func (pg *page) place(name string, control *kit.Button) *kit.Button {
	pg.places[control] = name
	return control
}

// draw puts the cards of the state into the page.
func (pg *page) draw() {
	var face fyne.CanvasObject
	switch choice := &pg.presenter.choice; choice.State() {
	case nav.Loading:
		face = kit.NewPageScroll(column(kit.VStack(5, pg.title(), kit.NewSkeleton(290)), skeleton()))
	case nav.Full:
		face = pg.agreement(choice.Agreement())
	default:
		face = choice.Outside(pg.printer, pg.env, pg.title(), theme.IconOverview, pg.presenter.retry)
	}
	pg.content.Objects = []fyne.CanvasObject{face}
	pg.content.Refresh()
}

// agreement shows everything about one. What arrives meanwhile does not move what the person is reading.
func (pg *page) agreement(a services.Agreement) fyne.CanvasObject {
	content := column(pg.head(a), pg.cards(a))
	if pg.full == nil {
		pg.full = kit.NewPageScroll(content)
	} else {
		pg.full.SetContent(content)
	}
	return pg.full
}

// column is a head with cards under it.
func column(head, cards fyne.CanvasObject) fyne.CanvasObject {
	return kit.PageMargin(kit.VStack(theme.Gap6, head, cards))
}

// title greets the person by the time of day.
func (pg *page) title() fyne.CanvasObject {
	key := "overview.greeting." + partOfDay(pg.env.Clock.Now().Local().Hour())
	name := pg.presenter.deps.Person().FirstName
	return kit.NewWrapped(pg.printer.T(key, text.Vars{"Name": name}), kit.StyleTitle)
}

// head is the greeting with the agreement that is shown, and the ways to pay and to write to the lender.
func (pg *page) head(a services.Agreement) fyne.CanvasObject {
	p, write := pg.printer, func() { pg.compose(a.ID) }
	pg.which = pg.presenter.choice.Which(p, true, pg.choose)
	pg.which.Place(pg.places)
	name := kit.VStack(2, pg.title(), pg.which.Line)
	if a.ClosedOn != nil {
		return kit.Sides(name, pg.place("message", kit.NewPrimary(p.T("overview.message"), write)))
	}
	pay := kit.NewPrimary(p.T("overview.pay"), func() { pg.env.Go(nav.Route{Page: nav.PagePay, Arg: a.ID}) })
	return kit.Sides(name, kit.HStack(theme.Gap4,
		pg.place("message", kit.NewButton(p.T("overview.message"), write)), pg.place("pay", pay)))
}

// choose shows another agreement and keeps the focus where it was.
func (pg *page) choose(id string) {
	pg.presenter.choose(id)
	pg.which.Focus(pg.env)
}

func (pg *page) compose(agreementID string) {
	pg.env.Go(nav.Route{Page: nav.PageCompose, Payload: nav.ComposePreset{AgreementID: agreementID}})
}

// today is the date where the person is.
func (pg *page) today() services.Date { return civil.DateOf(pg.env.Clock.Now().Local()) }

// skeleton stands where the cards will be.
func skeleton() fyne.CanvasObject {
	figure := func() fyne.CanvasObject {
		return kit.NewCard(kit.VStack(theme.Gap3, kit.NewSkeleton(100), kit.HStack(0, kit.NewSkeletonBlock(160, 28)), kit.NewSkeleton(180), kit.Gap(3)))
	}
	list := func(n int) fyne.CanvasObject {
		return kit.NewCard(kit.VStack(theme.Gap1, kit.NewSkeleton(130), kit.NewSkeletonRows(n)))
	}
	return kit.VStack(theme.Gap4,
		kit.Columns(1, 1, 1)(figure(), figure(), figure()),
		kit.Columns(wide, narrow)(kit.NewCard(kit.VStack(theme.Gap3, kit.NewSkeleton(130), kit.NewSkeletonBlock(240, 180))),
			kit.NewCard(kit.NewSkeleton(130, 160, 240, 240))),
		kit.Columns(wide, narrow)(list(recentPayments), list(recentPayments)))
}
