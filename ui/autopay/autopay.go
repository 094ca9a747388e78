package autopay

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

const (
	formWidth = 520 // of a form at text scale 1
	textWidth = 680 // of a text to read
)

// page draws the presenter. Its widgets live from Build to Stop.
type page struct {
	env       nav.Env
	presenter *presenter
	printer   *text.Printer
	content   *fyne.Container
	drawn     drawn
	first     fyne.Focusable
	form      *formView
	reading   *readingView
	end       *kit.Button // of what is in force
	problem   *kit.Wrapped
}

// drawn is what decides whether the page is drawn anew: fields stay as they are as long as it is the same.
type drawn struct {
	state    state
	stage    stage
	of       string
	autopay  *services.Autopay
	accounts int
	stopped  *services.NextDebit
	version  string
	lang     string
	err      error
}

// New makes the page of nav.PageAutopay, which begins with an agreement, or with the first one.
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
	pg.content, pg.first, pg.form, pg.reading, pg.end, pg.problem = nil, nil, nil, nil, nil, nil
}

// Refresh is part of nav.Refresher.
func (pg *page) Refresh(e services.Event) { pg.presenter.happened(e) }

// Focus is part of nav.Focuser.
func (pg *page) Focus() fyne.Focusable { return pg.first }

// Build is part of nav.Page.
func (pg *page) Build(p *text.Printer) fyne.CanvasObject {
	pg.printer, pg.content = p, container.NewStack()
	pg.draw()
	return pg.content
}

func (pg *page) now() drawn {
	s := pg.presenter
	d := drawn{state: s.state(), stage: s.stage, stopped: s.stopped, err: s.err}
	if d.state == full {
		d.of, d.autopay, d.accounts = s.have.of, s.have.autopay, len(s.have.accounts)
		d.err = nil
	}
	if s.stage == stageText {
		d.version, d.lang, d.autopay = s.reading.text.Version, s.reading.lang, nil
	}
	return d
}

// update draws what the presenter knows now: all of it only when somebody is elsewhere on the way.
func (pg *page) update() {
	if pg.content == nil {
		return
	}
	if now := pg.now(); now != pg.drawn {
		elsewhere := now.stage != pg.drawn.stage || now.state != pg.drawn.state
		pg.draw()
		if elsewhere && pg.first != nil {
			pg.env.Window.Canvas().Focus(pg.first)
		}
	}
	pg.fill()
}

// draw makes the page of the stage.
func (pg *page) draw() {
	pg.drawn = pg.now()
	pg.first, pg.form, pg.reading, pg.end, pg.problem = nil, nil, nil, nil, nil
	p := pg.printer
	var object fyne.CanvasObject
	switch pg.drawn.state {
	case loading:
		object = kit.NewPageScroll(kit.PageMargin(kit.VStack(theme.Gap5, pg.title(),
			kit.MaxWidth(formWidth, kit.NewCard(kit.NewSkeleton(160, 300, 220, 280))))))
	case failed:
		err := pg.presenter.err
		object = pg.titled(kit.NewFailedState(p.T("autopay.failed"), nav.Sentence(p, err, pg.env.Clock.Now()), p.T("autopay.retry"),
			pg.presenter.retry, kit.Reference(pg.env.Reference(p, err))))
	case empty:
		object = pg.titled(kit.NewEmptyState(theme.IconPayments, p.T("autopay.empty.title"), p.T("autopay.empty.text"),
			kit.NewPrimary(p.T("autopay.payments"), pg.leave)))
	case full:
		object = kit.NewPageScroll(kit.PageMargin(kit.VStack(theme.Gap5, pg.head(), pg.stage())))
	}
	pg.content.Objects = []fyne.CanvasObject{object}
	pg.content.Refresh()
	pg.fill()
}

// stage is what somebody is at.
func (pg *page) stage() fyne.CanvasObject {
	switch pg.presenter.stage {
	case stageForm:
		pg.form = newFormView(pg)
		pg.first = pg.form.first
		return pg.form.object
	case stageText:
		pg.reading = newReadingView(pg)
		pg.first = pg.reading.languages
		return pg.reading.object
	case stageDone:
		return pg.done()
	default:
		return pg.inForce(*pg.presenter.have.autopay)
	}
}

// fill draws what changes while somebody stays: what is refused, and what is under way.
func (pg *page) fill() {
	if pg.form != nil {
		pg.form.fill()
	}
	if pg.reading != nil {
		pg.reading.fill()
	}
	if pg.end != nil {
		pg.end.SetBusy(pg.presenter.request.Busy)
	}
	if pg.problem != nil {
		words := pg.presenter.problem(pg.printer)
		pg.problem.SetText(words)
		if words == "" {
			pg.problem.Hide()
		} else {
			pg.problem.Show()
		}
	}
}

// problemLine is the one sentence that says what is wrong.
func (pg *page) problemLine() *kit.Wrapped {
	pg.problem = kit.NewWrapped("", kit.StyleLabel)
	pg.problem.SetColorName(theme.Bad)
	pg.problem.Hide()
	return pg.problem
}

// leave goes to the payments.
func (pg *page) leave() { pg.env.Go(nav.Route{Page: nav.PagePayments, Arg: pg.presenter.have.of}) }

// back goes one stage back, or to where somebody came from.
func (pg *page) back() {
	if !pg.presenter.back() {
		pg.env.Back()
	}
}

// titled puts what there is to say, in the middle of the page, under the title.
func (pg *page) titled(note fyne.CanvasObject) fyne.CanvasObject {
	return kit.HeadBody(kit.Inset(theme.PageTop, theme.PageMargin, 0, theme.PageMargin, pg.title()), note)
}

func (pg *page) title() fyne.CanvasObject {
	return kit.NewWrapped(pg.printer.T("autopay.title"), kit.StyleTitle)
}

// head is the way back, the title, and the agreement that it is about.
func (pg *page) head() fyne.CanvasObject {
	p, a := pg.printer, pg.presenter.agreement()
	way := kit.NewLink("‹ "+p.T("autopay.payments"), pg.leave)
	if stage := pg.presenter.stage; stage == stageText || stage == stageForm && pg.presenter.have.autopay != nil {
		way = kit.NewLink("‹ "+p.T("autopay.back"), pg.back)
	}
	var which fyne.CanvasObject = kit.NewWrapped(nav.AgreementName(p, a), kit.StyleQuiet)
	if list := pg.presenter.have.agreements; len(list) > 1 && pg.presenter.stage != stageText {
		options := make([]kit.Option, len(list))
		for i, other := range list {
			options[i] = kit.Option{ID: other.ID, Label: nav.AgreementName(p, other)}
		}
		which = kit.HStack(0, kit.NewSwitcher(nav.AgreementName(p, a), a.ID, options, pg.presenter.choose))
	}
	return kit.VStack(theme.Gap2, kit.HStack(0, way), kit.VStack(2, pg.title(), which))
}
