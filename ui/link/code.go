package link

import (
	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

// codeForm is the form of the second step.
type codeForm struct {
	page      *page
	presenter *code
	length    int
	intro     *kit.Wrapped
	boxes     *kit.CodeEntry
	gone      *kit.Panel
	problem   *kit.Wrapped
	authorize *kit.Button
	resend    *kit.Button
}

// codeStep draws the boxes for the code.
func (pg *page) codeStep() fyne.CanvasObject {
	p := pg.printer
	f := &codeForm{page: pg, presenter: pg.presenter.code, length: pg.env.Policy.CodeLength}
	f.intro = kit.NewWrapped("", kit.StyleQuiet)
	f.boxes = kit.NewCodeEntry(f.length, nil)
	f.boxes.SetCode(f.presenter.digits)
	f.boxes.OnChanged = f.presenter.typeDigits
	f.boxes.OnSubmitted = func(string) { f.submit() }
	f.gone = kit.NewPanel(kit.Warn, p.T("link.gone.title"), p.T("link.gone.text"))
	f.problem = kit.NewWrapped("", kit.StyleLabel)
	f.problem.SetColorName(theme.Bad)
	f.authorize = kit.NewPrimary(p.T("link.code.authorize"), f.submit)
	f.authorize.SetBusyText(p.T("link.code.busy"))
	f.resend = kit.NewButton("", f.again)
	pg.update = f.update
	pg.focus = func() fyne.Focusable { return f.boxes.Focusable() }
	return kit.MaxWidth(cardWidth, f.card(p))
}

func (f *codeForm) card(p *text.Printer) fyne.CanvasObject {
	days := int(f.page.env.Policy.TrustFor.Hours() / 24)
	trust := kit.NewCheck(p.T("link.code.trust", text.Vars{"Count": days}), f.presenter.setTrust)
	trust.SetChecked(f.presenter.trust)
	content := kit.VStack(0,
		kit.NewWrapped(p.T("link.code.title", text.Vars{"Count": f.length}), kit.StyleCardTitle), kit.Gap(6), f.intro,
		kit.Gap(18), f.boxes, kit.Gap(18), trust, kit.Gap(18),
		kit.VStack(theme.Gap4, f.gone, f.problem, kit.Flow(theme.Gap4, theme.Gap2, f.authorize, f.resend)))
	if links := f.links(p); len(links) > 0 {
		content.Add(kit.Gap(theme.Gap4))
		content.Add(kit.Flow(theme.Gap5, theme.Gap2, links...))
	}
	return kit.NewCard(content)
}

// links lead to the mail and back to the details.
func (f *codeForm) links(p *text.Printer) []fyne.CanvasObject {
	var links []fyne.CanvasObject
	if open := f.page.presenter.deps.OpenMail; open != nil {
		links = append(links, kit.NewLink(p.T("link.code.mail"), open))
	}
	if !f.page.presenter.deviceOnly {
		links = append(links, kit.NewLink(p.T("link.code.back"), f.page.presenter.back))
	}
	return links
}

// again sends a new code, and makes the boxes ready for it.
func (f *codeForm) again() {
	f.presenter.send()
	f.boxes.Focus(f.page.env.Window.Canvas())
}

func (f *codeForm) submit() { f.presenter.submit(f.length) }

// update brings the form up to date with the presenter.
func (f *codeForm) update() {
	p, c := f.page.printer, f.presenter
	f.intro.SetText(c.intro(p))
	if f.boxes.Code() != c.digits {
		f.boxes.SetCode(c.digits)
	}
	f.boxes.SetError(c.wrongSentence(p))
	show(f.gone, c.dead() && !c.sending)
	problem := c.problem(p, f.page.env.Clock.Now())
	f.problem.SetText(problem)
	show(f.problem, problem != "")
	f.authorize.SetBusy(c.authorizing)
	enable(f.authorize, c.ready(f.length) || c.authorizing)
	f.resend.SetText(c.resend(p))
	f.resend.SetBusy(c.sending)
	enable(f.resend, c.canSend() || c.sending)
	f.page.body.Refresh()
}

func enable(b *kit.Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}
