// Package connect holds what is shown before the program while its service is looked for: that it is, the certificate
// that has to be compared at the first connection, the warning that another certificate is shown than the one accepted,
// and what to do when the service cannot be reached and nothing is known of it yet.
package connect

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// Deps is what the page works with. Every field is needed.
type Deps struct {
	Host string // of the service, as the person knows it
	// Reach looks for the service and gives its policy.
	Reach func(ctx context.Context) (services.Policy, error)
	// Refused says what certificate an error of Reach is about, and whether another one was accepted before.
	Refused func(err error) (fingerprint string, changed, ok bool)
	// Accept takes a certificate as the service's from now on.
	Accept func(ctx context.Context, fingerprint string) error
	// Ready is told once the service was found.
	Ready func(services.Policy)
	// Shown is told when there is something to read.
	Shown func()
	Quit  func()
}

// page draws the presenter. Its widgets live from Build to Stop.
type page struct {
	env       nav.Env
	presenter *presenter
	p         *text.Printer
	body      *fyne.Container
	shown     state
	accept    *kit.Button
	retry     *kit.Button
	check     *kit.Check
}

// New makes the page. Of env it uses Dispatcher, Clock and Window.
func New(env nav.Env, deps Deps) nav.Page {
	pg := &page{env: env, presenter: newPresenter(env.Dispatcher, deps), shown: -1}
	pg.presenter.update = pg.update
	return pg
}

// Start is part of nav.Page.
func (pg *page) Start() { pg.presenter.start() }

// Stop is part of nav.Page.
func (pg *page) Stop() {
	pg.presenter.scope.Stop()
	*pg = page{env: pg.env, presenter: pg.presenter, shown: -1}
}

// Focus is part of nav.Focuser: what has to be read first.
func (pg *page) Focus() fyne.Focusable {
	switch {
	case pg.check != nil:
		return pg.check.Focusable()
	case pg.retry != nil:
		return pg.retry
	}
	return nil
}

// Build is part of nav.Page.
func (pg *page) Build(p *text.Printer) fyne.CanvasObject {
	pg.p, pg.body, pg.shown = p, container.NewStack(), -1
	pg.draw()
	return container.NewStack(kit.NewGround(theme.Ground), kit.NewPageScroll(kit.PageMargin(kit.CenterBox(cardWidth, pg.body))))
}

// cardWidth is that of the card, at text scale 1.
const cardWidth = 620

// update draws what the presenter knows now, with the focus on what is to be decided.
func (pg *page) update() {
	if pg.body == nil {
		return
	}
	before := pg.shown
	pg.draw()
	if focus := pg.Focus(); before != pg.shown && focus != nil {
		pg.env.Window.Canvas().Focus(focus)
	}
}

func (pg *page) draw() {
	s := pg.presenter
	if s.state != pg.shown {
		pg.shown, pg.check, pg.accept, pg.retry = s.state, nil, nil, nil
		pg.body.Objects = []fyne.CanvasObject{kit.NewCard(pg.face())}
		pg.body.Refresh()
		if s.state != looking {
			pg.presenter.deps.Shown()
		}
	}
	if pg.accept != nil {
		pg.accept.SetBusy(s.busy)
		enable(pg.accept, s.compared)
	}
	if pg.retry != nil {
		pg.retry.SetBusy(s.busy)
	}
}

func enable(b *kit.Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// face is the card of a state.
func (pg *page) face() fyne.CanvasObject {
	p, s := pg.p, pg.presenter
	host := text.Vars{"Host": s.deps.Host}
	if s.state == looking {
		return kit.NewBusy(p.T("connect.looking", host))
	}
	key := map[state]string{unknown: "unknown", changed: "changed", away: "away", notWritten: "failed"}[s.state]
	icon, color := theme.IconWarn, theme.Warn
	switch s.state {
	case unknown:
		icon, color = theme.IconLock, theme.Primary
	case changed:
		color = theme.Bad
	}
	column := kit.VStack(theme.Gap4,
		kit.HStack(theme.Gap2, kit.NewIcon(icon, color), kit.HFill(kit.NewWrapped(p.T("connect."+key+".title"), kit.StyleSection))),
		kit.NewWrapped(p.T("connect."+key+".text", host), kit.StyleLabel))
	quit := kit.NewButton(p.T("app.fault.quit"), s.deps.Quit)
	pg.retry = kit.NewButton(p.T("app.fault.retry"), s.look)
	switch s.state {
	case unknown:
		pg.ask(column)
		pg.retry = nil
		column.Add(kit.Flow(theme.Gap3, theme.Gap2, pg.accept, quit))
	case changed:
		column.Add(pg.fingerprint())
		column.Add(kit.NewWrapped(p.T("connect.changed.todo"), kit.StyleQuiet))
		column.Add(kit.Flow(theme.Gap3, theme.Gap2, quit, pg.retry))
	default:
		pg.retry = kit.NewPrimary(p.T("app.fault.retry"), s.look)
		if services.CodeOf(s.err) != services.CodeUnavailable { // which the title says
			column.Add(kit.NewWrapped(nav.Sentence(p, s.err, pg.env.Clock.Now()), kit.StyleQuiet))
		}
		column.Add(kit.Flow(theme.Gap3, theme.Gap2, pg.retry, quit))
	}
	return column
}

// ask shows the fingerprint, says what to compare it with, and asks for a word that it was done.
func (pg *page) ask(column *fyne.Container) {
	p, s := pg.p, pg.presenter
	pg.check = kit.NewCheck(p.T("connect.unknown.compared"), s.compare)
	pg.check.SetChecked(s.compared)
	pg.accept = kit.NewPrimary(p.T("connect.unknown.accept"), s.accept)
	for _, o := range []fyne.CanvasObject{
		pg.fingerprint(), kit.NewWrapped(p.T("connect.unknown.how"), kit.StyleQuiet), pg.check,
	} {
		column.Add(o)
	}
}

// fingerprint is that of the certificate, in groups that people can compare, and can be copied.
func (pg *page) fingerprint() fyne.CanvasObject {
	groups := services.FingerprintGroups(pg.presenter.fingerprint)
	half := len(groups) / 2
	lines := kit.VStack(theme.Gap1, kit.NewQuiet(pg.p.T("connect.fingerprint")))
	for _, line := range []string{groups[:half], groups[min(half+1, len(groups)):]} {
		lines.Add(kit.NewSelectable(line, kit.StyleAmount).SetWrapping(true))
	}
	return kit.NewCard(lines, kit.CardInset(theme.Gap3, theme.Gap4))
}
