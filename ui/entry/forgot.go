package entry

import (
	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// forgotPage draws forgot.
type forgotPage struct {
	env   nav.Env
	site  *Site
	state *forgot
	view  *forgotView
}

// forgotView is what the page touches after it was drawn.
type forgotView struct {
	p       *text.Printer
	email   *kit.Field
	robot   *robotCard
	problem *kit.Wrapped
	submit  *kit.Button
}

// NewForgot makes the page for a forgotten password of a route: Arg is an address to begin with.
func NewForgot(env nav.Env, site *Site, route nav.Route) nav.Page {
	pg := &forgotPage{env: env, site: site}
	pg.state = newForgot(env, site, route.Arg, func(address string) {
		env.Go(nav.Route{Page: nav.PageCheckMail, Arg: address, Payload: Mailed{Reset: true}})
	})
	pg.state.changed = pg.update
	return pg
}

// Start is part of nav.Page.
func (pg *forgotPage) Start() { pg.state.start() }

// Stop is part of nav.Page.
func (pg *forgotPage) Stop() {
	pg.state.stop()
	pg.view = nil
}

// Focus is part of nav.Focuser.
func (pg *forgotPage) Focus() fyne.Focusable {
	switch {
	case pg.view == nil:
		return nil
	case pg.state.email == "":
		return pg.view.email.Focusable()
	}
	return pg.view.robot.check.Focusable()
}

// Build is part of nav.Page.
func (pg *forgotPage) Build(p *text.Printer) fyne.CanvasObject {
	s := pg.state
	v := &forgotView{p: p, robot: newRobotCard(p, s.robot), problem: problemLine()}
	v.email = field(kit.NewField(p.T("entry.field.email")), s.email, s.setEmail)
	v.email.OnSubmitted = func(string) { s.submit() }
	v.email.OnFocus = func(on bool) {
		if !on {
			s.left()
		}
	}
	v.submit = kit.NewPrimary(p.T("entry.forgot.submit"), s.submit)
	v.submit.SetBusyText(p.T("entry.forgot.busy"))
	form := kit.VStack(theme.Gap5,
		headingOf(p.T("entry.forgot.title"), p.T("entry.forgot.lead")),
		kit.VStack(theme.Gap4, v.email, v.robot.object, v.problem),
		kit.Ends(160, v.submit, backToSignIn(p, pg.env, s.email)),
	)
	pg.view = v
	pg.update()
	return frame(p, pg.env, pg.site, narrow, form)
}

// update draws what has changed.
func (pg *forgotPage) update() {
	v, s := pg.view, pg.state
	if v == nil {
		return
	}
	words := ""
	if s.reason != "" {
		words = nav.FieldSentence(v.p, fieldEmail, s.reason)
	}
	setError(v.email, words)
	v.robot.update()
	say(v.problem, s.problem(v.p))
	v.submit.SetBusy(s.request.Busy)
	enable(v.submit, s.ready() || s.request.Busy)
}
