package entry

import (
	"time"

	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// resetPage draws reset, each stage by itself.
type resetPage struct {
	env   nav.Env
	site  *Site
	state *reset
	view  *resetView
}

// resetView is what the page touches after it was drawn.
type resetView struct {
	p           *text.Printer
	room        *fyne.Container // holds the stage
	stage       resetStage      // as drawn
	first       fyne.Focusable  // where typing begins in the stage
	code        *kit.Field
	newPassword *newPassword
	problem     *kit.Wrapped
	submit      *kit.Button
}

// NewReset makes the page for a new password: with the route's Token, without one it asks for the code first.
func NewReset(env nav.Env, site *Site, route nav.Route) nav.Page {
	pg := &resetPage{env: env, site: site, state: newReset(env, site, route.Token)}
	pg.state.changed = pg.update
	return pg
}

// Start is part of nav.Page.
func (pg *resetPage) Start() { pg.state.start() }

// Stop is part of nav.Page.
func (pg *resetPage) Stop() {
	pg.state.stop()
	pg.view = nil
}

// Focus is part of nav.Focuser.
func (pg *resetPage) Focus() fyne.Focusable {
	if pg.view == nil {
		return nil
	}
	return pg.view.first
}

// Build is part of nav.Page.
func (pg *resetPage) Build(p *text.Printer) fyne.CanvasObject {
	pg.view = &resetView{p: p, room: kit.VStack(0)}
	pg.drawStage()
	pg.update()
	return frame(p, pg.env, pg.site, narrow, pg.view.room)
}

// drawStage puts the form of the stage into its room.
func (pg *resetPage) drawStage() {
	v := pg.view
	*v = resetView{p: v.p, room: v.room, stage: pg.state.stage}
	form := map[resetStage]func() *fyne.Container{
		resetAsk: pg.ask, resetChoose: pg.choose, resetDone: pg.done, resetGone: pg.gone,
	}[v.stage]()
	if v.stage != resetDone {
		form.Add(kit.NewRule())
		form.Add(backToSignIn(v.p, pg.env, pg.site.Address()))
	}
	v.room.Objects = []fyne.CanvasObject{form}
	v.room.Refresh()
}

func (pg *resetPage) ask() *fyne.Container {
	v, s := pg.view, pg.state
	v.code = codeField(v.p, s.code.Reveal(), s.setCode, s.useCode)
	v.first = v.code.Focusable()
	return kit.VStack(theme.Gap5, headingOf(v.p.T("entry.reset.ask.title"), v.p.T("entry.reset.ask.text")),
		v.code, kit.NewPrimary(v.p.T("entry.checkmail.code.submit"), s.useCode))
}

func (pg *resetPage) choose() *fyne.Container {
	v, s := pg.view, pg.state
	v.newPassword = newNewPassword(v.p, s.strength, v.p.T("entry.field.password.new"), s.password.Reveal(), s.confirm.Reveal(), passwordActions{
		setPassword: s.setPassword, setConfirm: s.setConfirm, left: s.left, submit: s.submit,
	})
	v.first = v.newPassword.password.Focusable()
	v.problem = problemLine()
	v.submit = kit.NewPrimary(v.p.T("entry.reset.submit"), s.submit)
	v.submit.SetBusyText(v.p.T("entry.reset.busy"))
	return kit.VStack(theme.Gap5, headingOf(v.p.T("entry.reset.ask.title"), v.p.T("entry.reset.choose.text")),
		v.newPassword.object, v.problem, v.submit)
}

func (pg *resetPage) done() *fyne.Container {
	v := pg.view
	signIn := kit.NewPrimary(v.p.T("entry.reset.done.signin"), func() {
		pg.env.Replace(nav.Route{Page: nav.PageSignIn, Arg: pg.site.Address()})
	})
	v.first = signIn
	return kit.VStack(theme.Gap5, kit.NewPanel(kit.Good, v.p.T("entry.reset.done.title"), v.p.T("entry.reset.done.text")), signIn)
}

func (pg *resetPage) gone() *fyne.Container {
	v := pg.view
	again := kit.NewPrimary(v.p.T("entry.reset.gone.again"), func() {
		pg.env.Replace(nav.Route{Page: nav.PageForgot, Arg: pg.site.Address()})
	})
	v.first = again
	minutes := text.Vars{"Minutes": int(pg.env.Policy.ResetTTL / time.Minute)}
	return kit.VStack(theme.Gap5, headingOf(v.p.T("entry.reset.gone.title"), v.p.T("entry.reset.gone.text", minutes)), again)
}

// update draws what has changed.
func (pg *resetPage) update() {
	v, s := pg.view, pg.state
	if v == nil {
		return
	}
	if v.stage != s.stage {
		pg.drawStage()
		focus(pg.env, v.first)
	}
	switch s.stage {
	case resetAsk:
		setError(v.code, s.fieldError(v.p, fieldCode))
	case resetChoose:
		v.newPassword.update(s.fieldError(v.p, fieldPassword), s.fieldError(v.p, fieldConfirm))
		say(v.problem, s.problem(v.p))
		v.submit.SetBusy(s.request.Busy)
		enable(v.submit, s.ready() || s.request.Busy)
	}
}
