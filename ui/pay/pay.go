package pay

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// formWidth is that of a form at text scale 1.
const formWidth = 560

// payPage draws the presenter of a payment. Its widgets live from Build to Stop.
type payPage struct {
	env       nav.Env
	presenter *payPresenter
	printer   *text.Printer
	content   *fyne.Container
	drawn     drawnPayment
	first     fyne.Focusable
	fill      func() // draws what changes while somebody stays at a stage
	problem   *kit.Wrapped
}

// drawnPayment is what decides whether the page is drawn anew: fields stay as they are as long as it is the same.
type drawnPayment struct {
	state     state
	stage     stage
	of        string
	accounts  int
	account   string // the newest one
	terms     services.Date
	same      bool
	cancelled bool
	err       error
}

// New makes the page of nav.PagePay, for an agreement, or for the first one that is open.
func New(env nav.Env, deps Deps, route nav.Route) nav.Page {
	preset, _ := route.Payload.(nav.PayPreset)
	pg := &payPage{env: env, presenter: newPayPresenter(env, deps, route.Arg, preset)}
	pg.presenter.changed = pg.update
	return pg
}

// Start is part of nav.Page.
func (pg *payPage) Start() { pg.presenter.start() }

// Stop is part of nav.Page.
func (pg *payPage) Stop() {
	pg.presenter.scope.Stop()
	pg.content, pg.first, pg.fill, pg.problem = nil, nil, nil, nil
}

// Refresh is part of nav.Refresher.
func (pg *payPage) Refresh(e services.Event) { pg.presenter.happened(e) }

// Focus is part of nav.Focuser.
func (pg *payPage) Focus() fyne.Focusable { return pg.first }

// Build is part of nav.Page.
func (pg *payPage) Build(p *text.Printer) fyne.CanvasObject {
	pg.printer, pg.content = p, container.NewStack()
	pg.draw()
	return pg.content
}

func (pg *payPage) now() drawnPayment {
	s := pg.presenter
	d := drawnPayment{state: s.state(), stage: s.stage, same: s.same, cancelled: s.cancelled}
	switch {
	case d.state == failed:
		d.err = s.err
	case d.state == full && d.stage == stageForm:
		d.of, d.accounts, d.terms = s.have.agreement.ID, len(s.have.accounts), s.have.terms.First
		if d.accounts > 0 {
			d.account = s.have.accounts[0].ID
		}
	}
	return d
}

// update draws what the presenter knows now: all of it only when somebody is elsewhere on the way.
func (pg *payPage) update() {
	if pg.content == nil {
		return
	}
	if pg.now() != pg.drawn {
		pg.draw()
		if pg.first != nil {
			pg.env.Window.Canvas().Focus(pg.first)
		}
		return
	}
	pg.refill()
}

// draw makes the page of the stage.
func (pg *payPage) draw() {
	pg.drawn = pg.now()
	pg.first, pg.fill, pg.problem = nil, nil, nil
	p, s := pg.printer, pg.presenter
	var object fyne.CanvasObject
	switch pg.drawn.state {
	case loading:
		object = kit.NewPageScroll(kit.PageMargin(kit.VStack(theme.Gap5, title(p.T("pay.title")),
			kit.MaxWidth(formWidth, kit.NewCard(kit.NewSkeleton(160, 300, 220, 280))))))
	case failed:
		object = titled(p.T("pay.title"), kit.NewFailedState(p.T("pay.failed"), nav.Sentence(p, s.err, pg.env.Clock.Now()),
			p.T("pay.retry"), s.retry, kit.Reference(pg.env.Reference(p, s.err))))
	case empty:
		words := p.T("pay.closed.text")
		if s.chosen == "" {
			words = p.T("pay.none.text")
		}
		object = titled(p.T("pay.title"), kit.NewEmptyState(theme.IconPayments, p.T("pay.closed.title"), words,
			kit.NewPrimary(p.T("pay.payments"), pg.leave)))
	case full:
		object = kit.NewPageScroll(kit.PageMargin(kit.VStack(theme.Gap5, pg.head(), kit.MaxWidth(formWidth, pg.stage()))))
	}
	pg.content.Objects = []fyne.CanvasObject{object}
	pg.content.Refresh()
	pg.refill()
}

// stage is what somebody is at.
func (pg *payPage) stage() fyne.CanvasObject {
	switch pg.presenter.stage {
	case stageCheck:
		return pg.checking()
	case stageDone:
		return pg.done()
	default:
		return pg.form()
	}
}

// refill draws what is refused, and what is under way.
func (pg *payPage) refill() {
	if pg.fill != nil {
		pg.fill()
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
func (pg *payPage) problemLine() *kit.Wrapped {
	pg.problem = badLine()
	return pg.problem
}

// leave goes to the payments of the agreement, also of a closed one.
func (pg *payPage) leave() {
	id := pg.presenter.have.agreement.ID
	if id == "" {
		id = pg.presenter.chosen
	}
	pg.env.Go(nav.Route{Page: nav.PagePayments, Arg: id})
}

// head is the way back, the title, the agreement that is paid on, and the step.
func (pg *payPage) head() fyne.CanvasObject {
	p, s := pg.printer, pg.presenter
	a := s.have.agreement
	column := kit.VStack(theme.Gap2)
	if s.stage == stageForm {
		column.Add(kit.HStack(0, kit.NewLink("‹ "+p.T("pay.payments"), pg.leave)))
	}
	var which fyne.CanvasObject = kit.NewWrapped(nav.AgreementName(p, a), kit.StyleQuiet)
	if list := s.have.agreements; len(list) > 1 && s.stage == stageForm {
		options := make([]kit.Option, len(list))
		for i, other := range list {
			options[i] = kit.Option{ID: other.ID, Label: nav.AgreementName(p, other)}
		}
		which = kit.HStack(0, kit.NewSwitcher(nav.AgreementName(p, a), a.ID, options, s.choose))
	}
	column.Add(kit.VStack(2, title(p.T("pay.title")), which))
	if s.stage != stageDone {
		steps := kit.NewStepper([]string{p.T("pay.step.form"), p.T("pay.step.check")})
		steps.SetCurrent(int(s.stage))
		column.Add(steps)
	}
	return column
}

func title(words string) fyne.CanvasObject { return kit.NewWrapped(words, kit.StyleTitle) }

// titled puts what there is to say, in the middle of the page, under the title.
func titled(words string, note fyne.CanvasObject) fyne.CanvasObject {
	return kit.HeadBody(kit.Inset(theme.PageTop, theme.PageMargin, 0, theme.PageMargin, title(words)), note)
}

// badLine is an empty line for what is wrong.
func badLine() *kit.Wrapped {
	line := kit.NewWrapped("", kit.StyleLabel)
	line.SetColorName(theme.Bad)
	line.Hide()
	return line
}

// accountName is how people call an account: its last digits and its holder.
func accountName(p *text.Printer, a services.BankAccount) string {
	return p.T("pay.account.name", text.Vars{"Digits": a.LastDigits, "Holder": a.Holder})
}
