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
	places    nav.Places // what the controls are for, to find the focus again
	form      *formView
	reading   *readingView
	end       *kit.Button // of what is in force
	problem   *kit.Wrapped
}

// drawn is what decides whether the page is drawn anew: fields stay as they are as long as it is the same.
type drawn struct {
	state    nav.State
	stage    stage
	of       string
	autopay  *services.Autopay // where it is shown
	on       bool
	accounts int
	account  string // the newest one
	ended    *ended
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
	pg.content, pg.first, pg.places, pg.form, pg.reading, pg.end, pg.problem = nil, nil, nil, nil, nil, nil, nil
}

// Refresh is part of nav.Refresher.
func (pg *page) Refresh(e services.Event) { pg.presenter.happened(e) }

// Focus is part of nav.Focuser.
func (pg *page) Focus() fyne.Focusable { return pg.first }

// Build is part of nav.Page.
func (pg *page) Build(p *text.Printer) fyne.CanvasObject {
	pg.printer, pg.content, pg.places = p, container.NewStack(), nav.Places{}
	pg.draw()
	return pg.content
}

func (pg *page) now() drawn {
	s := pg.presenter
	d := drawn{state: s.state(), stage: s.stage, of: s.of}
	switch have := s.have.Value; {
	case d.state == nav.Failed:
		d.err = s.have.Err
	case d.state != nav.Full:
	case s.stage == stageText:
		d.version, d.lang = s.reading.text.Version, s.reading.lang
	case s.stage == stageForm:
		d.on, d.accounts, d.ended = have.autopay != nil, len(have.accounts), s.ended
		if d.accounts > 0 {
			d.account = have.accounts[0].ID
		}
	default:
		d.autopay = have.autopay
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
		pg.places.Redraw(pg.env.Window.Canvas(), pg.draw)
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
	p, s := pg.printer, pg.presenter
	var object fyne.CanvasObject
	switch state := pg.drawn.state; {
	case s.choice.State() == nav.Loading || state == nav.Loading:
		object = kit.NewPageScroll(kit.PageMargin(kit.VStack(theme.Gap5, pg.title(),
			kit.MaxWidth(formWidth, kit.NewCard(kit.NewSkeleton(160, 300, 220, 280))))))
	case s.choice.State() != nav.Full:
		object = s.choice.Outside(p, pg.env, pg.title(), theme.IconPayments, s.retry)
	case state == nav.Failed:
		object = titled(pg.head(), kit.NewFailedState(p.T("autopay.failed"), nav.Unread(p, s.have.Err, pg.env.Clock.Now()),
			p.T("nav.retry"), s.retry, kit.Reference(pg.env.Reference(p, s.have.Err))))
	case state == nav.Empty:
		object = titled(pg.head(), kit.NewEmptyState(theme.IconPayments, p.T("autopay.empty.title"), p.T("autopay.empty.text"),
			kit.NewPrimary(p.T("autopay.payments"), pg.leave)))
	default:
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
		return pg.inForce(*pg.presenter.have.Value.autopay)
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
func (pg *page) leave() { pg.env.Go(nav.Route{Page: nav.PagePayments, Arg: pg.presenter.of}) }

// back goes one stage back, or to where somebody came from.
func (pg *page) back() {
	if !pg.presenter.back() {
		pg.env.Back()
	}
}

// place notes what a button is for.
func (pg *page) place(name string, b *kit.Button) *kit.Button {
	pg.places[b] = name
	return b
}

// titled puts what there is to say, in the middle of the page, under its head.
func titled(head, note fyne.CanvasObject) fyne.CanvasObject {
	return kit.HeadBody(kit.Inset(theme.PageTop, theme.PageMargin, 0, theme.PageMargin, head), note)
}

func (pg *page) title() fyne.CanvasObject {
	return kit.NewWrapped(pg.printer.T("autopay.title"), kit.StyleTitle)
}

// head is the way back, the title, and the agreement that it is about.
func (pg *page) head() fyne.CanvasObject {
	p, s := pg.printer, pg.presenter
	way := kit.NewLink("‹ "+p.T("autopay.payments"), pg.leave)
	if s.stage == stageText || s.stage == stageForm && s.have.Value.autopay != nil {
		way = kit.NewLink("‹ "+p.T("autopay.back"), pg.back)
	}
	var which fyne.CanvasObject = kit.NewWrapped(nav.AgreementName(p, s.choice.Agreement()), kit.StyleQuiet)
	if s.stage != stageText {
		line := s.choice.Which(p, true, s.choose)
		line.Place(pg.places)
		which = line.Line
	}
	return kit.VStack(theme.Gap2, kit.HStack(0, pg.place("way", way)), kit.VStack(2, pg.title(), which))
}
