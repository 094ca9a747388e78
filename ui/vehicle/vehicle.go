package vehicle

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

// The weights of the two columns.
const (
	facts    = 469
	distance = 497
)

// page draws the presenter. Its widgets live from Build to Stop.
type page struct {
	env       nav.Env
	presenter *presenter
	printer   *text.Printer
	content   *fyne.Container
	which     nav.Which
	form      *formView
	full      *kit.PageScroll // what is shown of an agreement
	places    nav.Places      // what the controls are for, to find the focus again
}

// New makes the page of nav.PageVehicle, which begins with an agreement, or with the first one.
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
	pg.printer, pg.content, pg.which, pg.form, pg.full, pg.places = nil, nil, nav.Which{}, nil, nil, nil
}

// Refresh is part of nav.Refresher.
func (pg *page) Refresh(e services.Event) { pg.presenter.happened(e) }

// Build is part of nav.Page.
func (pg *page) Build(p *text.Printer) fyne.CanvasObject {
	pg.printer, pg.content, pg.full, pg.form = p, container.NewStack(), nil, nil
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
	title := kit.NewWrapped(pg.printer.T("vehicle.title"), kit.StyleTitle)
	var face fyne.CanvasObject
	switch choice := &pg.presenter.choice; choice.State() {
	case nav.Loading:
		face = kit.NewPageScroll(column(kit.VStack(5, title, kit.NewSkeleton(290)), skeleton()))
	case nav.Full:
		face = pg.agreement(choice.Agreement())
	default:
		face = choice.Outside(pg.printer, pg.env, title, theme.IconVehicle, pg.presenter.retry)
	}
	pg.content.Objects = []fyne.CanvasObject{face}
	pg.content.Refresh()
}

// agreement shows everything about the vehicle of one. What arrives meanwhile does not move what the person is reading.
func (pg *page) agreement(a services.Agreement) fyne.CanvasObject {
	cards := kit.VStack(theme.Gap4, kit.Columns(facts, distance)(pg.factsCard(a), pg.distanceCard(a)))
	if steps := pg.stepsCard(a); steps != nil {
		cards.Add(steps)
	}
	cards.Add(pg.logCard(a))
	pg.which = pg.presenter.choice.Which(pg.printer, false, pg.choose)
	pg.which.Place(pg.places)
	content := column(kit.VStack(2, kit.NewWrapped(nav.VehicleName(pg.printer, a), kit.StyleTitle), pg.which.Line), cards)
	if pg.full == nil {
		pg.full = kit.NewPageScroll(content)
	} else {
		pg.full.SetContent(content)
	}
	return pg.full
}

// column is a head with cards under it.
func column(head, cards fyne.CanvasObject) fyne.CanvasObject {
	return kit.PageMargin(kit.VStack(theme.Gap5, head, cards))
}

// choose shows another agreement and keeps the focus where it was.
func (pg *page) choose(id string) {
	pg.presenter.choose(id)
	pg.which.Focus(pg.env)
}

// notLoaded says in a card that a part of it could not be read, and offers to try again.
func (pg *page) notLoaded(err error, load func()) fyne.CanvasObject {
	return nav.NotLoaded(pg.printer, pg.env, err, func() {
		load()
		pg.update()
	})
}

// today is the date where the person is.
func (pg *page) today() services.Date { return civil.DateOf(pg.env.Clock.Now().Local()) }

// skeleton stands where the cards will be.
func skeleton() fyne.CanvasObject {
	return kit.VStack(theme.Gap4,
		kit.Columns(facts, distance)(
			kit.NewCard(kit.VStack(theme.Gap3, kit.NewSkeleton(110), kit.NewSkeletonRows(4))),
			kit.NewCard(kit.VStack(theme.Gap3, kit.NewSkeleton(110), kit.NewSkeletonBlock(240, 180)))),
		kit.NewCard(kit.VStack(theme.Gap3, kit.NewSkeleton(160), kit.NewSkeletonRows(3))))
}
