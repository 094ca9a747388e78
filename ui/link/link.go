package link

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// cardWidth is that of the card in the middle of the page.
const cardWidth = 560

// page draws the presenter. Its widgets live from Build to Stop.
type page struct {
	env       nav.Env
	presenter *presenter
	printer   *text.Printer
	scroll    *kit.PageScroll
	stepper   *kit.Stepper
	body      *fyne.Container
	update    func()                // brings the widgets of the step up to date
	focus     func() fyne.Focusable // where typing begins in the step
}

// New makes the page of nav.PageLink.
func New(env nav.Env, deps Deps) nav.Page {
	pg := &page{env: env, presenter: newPresenter(env.Dispatcher, env.Clock, deps)}
	pg.presenter.leave = pg.leave
	pg.presenter.changed = func() {
		if pg.update != nil {
			pg.update()
		}
	}
	pg.presenter.moved = pg.move
	return pg
}

// Start is part of nav.Page.
func (pg *page) Start() { pg.presenter.start() }

// Stop is part of nav.Page.
func (pg *page) Stop() {
	pg.presenter.scope.Stop()
	pg.printer, pg.scroll, pg.stepper, pg.body, pg.update, pg.focus = nil, nil, nil, nil, nil, nil
}

// Focus is part of nav.Focuser.
func (pg *page) Focus() fyne.Focusable {
	if pg.focus == nil {
		return nil
	}
	return pg.focus()
}

// Build is part of nav.Page.
func (pg *page) Build(p *text.Printer) fyne.CanvasObject {
	pg.printer = p
	title, subtitle := p.T("link.title"), p.T("link.subtitle")
	if pg.presenter.deviceOnly {
		title, subtitle = p.T("link.device.title"), p.T("link.device.subtitle")
	}
	pg.stepper = kit.NewStepper([]string{p.T("link.step.details"), p.T("link.step.code"), p.T("link.step.done")})
	pg.body = container.NewStack()
	head := kit.VStack(0, kit.NewWrapped(title, kit.StyleTitle), kit.Gap(2), kit.NewWrapped(subtitle, kit.StyleQuiet), kit.Gap(theme.Gap5))
	if !pg.presenter.deviceOnly {
		head.Add(pg.stepper)
		head.Add(kit.Gap(18))
	}
	head.Add(pg.body)
	pg.fill()
	pg.scroll = kit.NewPageScroll(kit.PageMargin(head))
	return pg.scroll
}

// move shows another step in the page that stands.
func (pg *page) move() {
	if pg.body == nil {
		return
	}
	pg.fill()
	pg.body.Refresh()
	pg.scroll.ScrollToTop()
	if f := pg.Focus(); f != nil {
		pg.env.Window.Canvas().Focus(f)
	}
}

// leave goes on to the overview. Who skipped the last step hears there that all is well.
func (pg *page) leave() {
	p := pg.printer
	pg.env.Replace(nav.Route{Page: nav.PageOverview})
	if pg.presenter.deviceOnly && p != nil {
		pg.env.Toast(p.T("link.code.authorized"))
	}
}

// fill puts the widgets of the current step into the body.
func (pg *page) fill() {
	pg.stepper.SetCurrent(int(pg.presenter.step))
	var content fyne.CanvasObject
	switch pg.presenter.step {
	case stepDetails:
		content = pg.detailsStep()
	case stepCode:
		content = pg.codeStep()
	case stepDone:
		content = pg.doneStep()
	}
	pg.body.Objects = []fyne.CanvasObject{content}
	pg.update()
}

// doneStep says that everything is linked.
func (pg *page) doneStep() fyne.CanvasObject {
	p := pg.printer
	pg.stepper.SetCurrent(int(stepDone) + 1)
	next := kit.NewPrimary(p.T("link.done.next"), pg.presenter.leave)
	pg.update = func() {}
	pg.focus = func() fyne.Focusable { return next }
	return kit.MaxWidth(cardWidth, kit.NewCard(kit.VStack(0,
		kit.NewWrapped(p.T("link.done.title"), kit.StyleCardTitle), kit.Gap(6),
		kit.NewWrapped(p.T("link.done.text"), kit.StyleQuiet), kit.Gap(18),
		kit.HStack(0, next))))
}

// show makes an object visible or not.
func show(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}
