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
	switcher  *kit.Switcher
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
	pg.printer, pg.content, pg.switcher, pg.form, pg.full, pg.places = nil, nil, nil, nil, nil, nil
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
	p := pg.printer
	title := kit.NewWrapped(p.T("vehicle.title"), kit.StyleTitle)
	var face fyne.CanvasObject
	switch err := pg.presenter.agreements.err; pg.presenter.state() {
	case loading:
		face = kit.NewPageScroll(column(kit.VStack(5, title, kit.NewSkeleton(290)), skeleton()))
	case failed:
		face = titled(title, kit.NewFailedState(p.T("nav.agreements.failed"), pg.why(err), p.T("nav.retry"),
			pg.presenter.retry, kit.Reference(pg.env.Reference(p, err))))
	case empty:
		face = titled(title, kit.NewEmptyState(theme.IconVehicle, p.T("nav.agreements.empty.title"), p.T("nav.agreements.empty.text"),
			kit.NewPrimary(p.T("overview.message"), func() { pg.env.Go(nav.Route{Page: nav.PageCompose}) })))
	case full:
		face = pg.agreement(pg.presenter.agreement())
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
	content := column(kit.VStack(2, kit.NewWrapped(nav.VehicleName(pg.printer, a), kit.StyleTitle), pg.which(a)), cards)
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

// titled puts what there is to say, in the middle of the page, under the title.
func titled(title, note fyne.CanvasObject) fyne.CanvasObject {
	return kit.HeadBody(kit.Inset(theme.PageTop, theme.PageMargin, 0, theme.PageMargin, title), note)
}

// which says which agreement is shown, and lets the person choose another one.
func (pg *page) which(a services.Agreement) fyne.CanvasObject {
	p := pg.printer
	if len(pg.presenter.agreements.value) == 1 {
		return kit.NewWrapped(nav.AgreementEnding(p, a), kit.StyleQuiet)
	}
	var options []kit.Option
	for _, other := range pg.presenter.agreements.value {
		options = append(options, kit.Option{ID: other.ID, Label: nav.VehicleName(p, other) + " · " + nav.AgreementEnding(p, other)})
	}
	pg.switcher = kit.NewSwitcher(nav.AgreementEnding(p, a), a.ID, options, pg.choose)
	pg.places[pg.switcher.Focusable()] = "switcher"
	return kit.Flow(theme.Gap1, 2, pg.switcher)
}

// choose shows another agreement and keeps the focus where it was.
func (pg *page) choose(id string) {
	pg.presenter.choose(id)
	if pg.switcher != nil {
		pg.env.Window.Canvas().Focus(pg.switcher.Focusable())
	}
}

// why says why something could not be read.
func (pg *page) why(err error) string {
	if code := services.CodeOf(err); code == services.CodeUnavailable || code == services.CodeInternal {
		return pg.printer.T("nav.read." + string(code))
	}
	return nav.Sentence(pg.printer, err, pg.env.Clock.Now())
}

// notLoaded says in a card that a part of it could not be read, and offers to try again.
func (pg *page) notLoaded(err error, retry func()) fyne.CanvasObject {
	return kit.VStack(theme.Gap2, kit.NewWrapped(pg.why(err), kit.StyleQuiet),
		kit.HStack(0, kit.NewLink(pg.printer.T("nav.retry"), func() {
			retry()
			pg.update()
		})))
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
