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
	state     nav.State
	stage     stage
	of        string
	accounts  int
	account   string // the newest one
	first     services.Date
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
	case d.state == nav.Failed:
		d.err = s.have.Err
	case d.state == nav.Full && d.stage == stageForm:
		d.of, d.accounts, d.first = s.of, len(s.have.Value.accounts), s.have.Value.terms.First
		if d.accounts > 0 {
			d.account = s.have.Value.accounts[0].ID
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
	switch state := pg.drawn.state; {
	case s.choice.State() == nav.Loading || state == nav.Loading:
		object = kit.NewPageScroll(kit.PageMargin(kit.VStack(theme.Gap5, title(p.T("pay.title")),
			kit.MaxWidth(formWidth, kit.NewCard(kit.NewSkeleton(160, 300, 220, 280))))))
	case s.choice.State() != nav.Full:
		object = s.choice.Outside(p, pg.env, title(p.T("pay.title")), theme.IconPayments, s.retry)
	case state == nav.Failed:
		object = titled(pg.head(), kit.NewFailedState(p.T("pay.failed"), nav.Unread(p, s.have.Err, pg.env.Clock.Now()),
			p.T("nav.retry"), s.retry, kit.Reference(pg.env.Reference(p, s.have.Err))))
	case state == nav.Empty:
		object = titled(pg.head(), pg.nothing())
	default:
		object = kit.NewPageScroll(kit.PageMargin(kit.VStack(theme.Gap5, pg.head(), kit.MaxWidth(formWidth, pg.stage()))))
	}
	pg.content.Objects = []fyne.CanvasObject{object}
	pg.content.Refresh()
	pg.refill()
}

// nothing says why there is nothing to pay on the agreement, and leads to what was paid.
func (pg *payPage) nothing() fyne.CanvasObject {
	p := pg.printer
	title, words := p.T("pay.paid.title"), p.T("pay.paid.text")
	if pg.presenter.closed() {
		title, words = p.T("pay.closed.title"), p.T("pay.closed.text")
	}
	return kit.NewEmptyState(theme.IconPayments, title, words, kit.NewPrimary(p.T("pay.payments"), pg.leave))
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
	pg.env.Go(nav.Route{Page: nav.PagePayments, Arg: pg.presenter.choice.Agreement().ID})
}

// head is the way back, the title, the agreement that is paid on, and the step.
func (pg *payPage) head() fyne.CanvasObject {
	p, s := pg.printer, pg.presenter
	column := kit.VStack(theme.Gap2)
	var which fyne.CanvasObject = kit.NewWrapped(nav.AgreementName(p, s.choice.Agreement()), kit.StyleQuiet)
	if s.stage == stageForm {
		column.Add(kit.HStack(0, kit.NewLink("‹ "+p.T("pay.payments"), pg.leave)))
		which = s.choice.Which(p, true, s.choose).Line
	}
	column.Add(kit.VStack(2, title(p.T("pay.title")), which))
	if pg.drawn.state == nav.Full && s.stage != stageDone {
		steps := kit.NewStepper([]string{p.T("pay.step.form"), p.T("pay.step.check")})
		steps.SetCurrent(int(s.stage))
		column.Add(kit.Inset(theme.Gap2, 0, 0, 0, steps))
	}
	return column
}

func title(words string) fyne.CanvasObject { return kit.NewWrapped(words, kit.StyleTitle) }

// titled puts what there is to say, in the middle of the page, under its head.
func titled(head, note fyne.CanvasObject) fyne.CanvasObject {
	return kit.HeadBody(kit.Inset(theme.PageTop, theme.PageMargin, 0, theme.PageMargin, head), note)
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
