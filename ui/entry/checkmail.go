package entry

import (
	"time"

	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// checkMailPage draws checkMail.
type checkMailPage struct {
	env   nav.Env
	site  *Site
	state *checkMail
	view  *checkMailView
}

// checkMailView is what the page touches after it was drawn.
type checkMailView struct {
	p      *text.Printer
	code   *kit.Field
	resend *resendBox
}

// NewCheckMail makes the page "Check your mail" of a route: Arg is the address, Payload a Mailed.
func NewCheckMail(env nav.Env, site *Site, route nav.Route) nav.Page {
	mailed, _ := route.Payload.(Mailed)
	pg := &checkMailPage{env: env, site: site, state: newCheckMail(env, site, route.Arg, mailed)}
	pg.state.changed = pg.update
	return pg
}

// Start is part of nav.Page.
func (pg *checkMailPage) Start() { pg.state.start() }

// Stop is part of nav.Page.
func (pg *checkMailPage) Stop() {
	pg.state.stop()
	pg.view = nil
}

// Focus is part of nav.Focuser.
func (pg *checkMailPage) Focus() fyne.Focusable {
	if pg.view == nil {
		return nil
	}
	return pg.view.code.Focusable()
}

// Build is part of nav.Page.
func (pg *checkMailPage) Build(p *text.Printer) fyne.CanvasObject {
	s := pg.state
	v := &checkMailView{p: p}
	v.code = codeField(p, s.code.Reveal(), s.setCode, pg.next)
	v.resend = newResendBox(p, s.resend, kit.NewButton(p.T("entry.checkmail.again"), s.again).SetCompact(true))
	form := kit.VStack(theme.Gap5, headingOf(p.T("entry.checkmail.title"), pg.lead(p)))
	if pg.site.Tray != nil {
		form.Add(kit.NewPrimary(p.T("entry.tray"), func() { pg.site.Tray(s.address) }))
	}
	form.Add(kit.NewCard(kit.VStack(theme.Gap3, kit.NewCardTitle(p.T("entry.checkmail.code.title")), v.code,
		kit.Flow(0, 0, kit.NewButton(p.T("entry.checkmail.code.submit"), pg.next)))))
	form.Add(kit.VStack(theme.Gap2, kit.NewWrapped(p.T("entry.checkmail.nothing"), kit.StyleQuiet), v.resend.object))
	form.Add(kit.NewRule())
	form.Add(question(p.T("entry.checkmail.wrong"), p.T("entry.checkmail.wrong.back"), pg.env.Back))
	form.Add(backToSignIn(p, pg.env, s.address))
	pg.view = v
	pg.update()
	return frame(p, pg.env, pg.site, wide, form)
}

// lead says what was sent and how long it works.
func (pg *checkMailPage) lead(p *text.Printer) string {
	if pg.state.mailed.Reset {
		return p.T("entry.checkmail.reset", text.Vars{"Email": pg.state.address, "Minutes": int(pg.env.Policy.ResetTTL / time.Minute)})
	}
	return p.T("entry.checkmail.activate", text.Vars{"Email": pg.state.address, "Hours": int(pg.env.Policy.ActivationTTL / time.Hour)})
}

// codeField is the field for a code or link from a mail.
func codeField(p *text.Printer, typed string, changed func(string), submit func()) *kit.Field {
	f := field(kit.NewField(p.T("entry.field.code")), typed, changed)
	f.SetHint(p.T("entry.field.code.hint"))
	f.OnSubmitted = func(string) { submit() }
	return f
}

// backToSignIn is the quiet way out of a page.
func backToSignIn(p *text.Printer, env nav.Env, address string) fyne.CanvasObject {
	return kit.Flow(0, 0, kit.NewLink(p.T("entry.back.signin"), func() { env.Go(nav.Route{Page: nav.PageSignIn, Arg: address}) }))
}

func (pg *checkMailPage) next() {
	if route, ok := pg.state.next(); ok {
		pg.env.Go(route)
	}
}

// update draws what has changed.
func (pg *checkMailPage) update() {
	v := pg.view
	if v == nil {
		return
	}
	words := ""
	if pg.state.empty {
		words = nav.FieldSentence(v.p, fieldCode, "required")
	}
	setError(v.code, words)
	v.resend.update()
}
