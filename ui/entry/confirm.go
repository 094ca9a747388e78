package entry

import (
	"context"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// confirmPage draws confirm.
type confirmPage struct {
	env   nav.Env
	site  *Site
	words string // that its keys begin with
	state *confirm
	view  *confirmView
}

// confirmView is what the page touches after it was drawn.
type confirmView struct {
	staged[confirmStage]
	code   *kit.Field  // of the stage, nil when it has none
	submit *kit.Button // likewise
}

// NewConfirm makes the page to confirm a changed address: with the route's Token at once, without one it asks for the
// code.
func NewConfirm(env nav.Env, site *Site, route nav.Route) nav.Page {
	return newConfirmPage(env, site, "entry.confirm.", newConfirm(env, route.Token, site.Portal.ConfirmEmail, site.Confirmed))
}

// NewJoin makes the page to join a login elsewhere to one here: with the route's Token at once, without one it asks for
// the code.
func NewJoin(env nav.Env, site *Site, route nav.Route) nav.Page {
	confirm := func(context.Context, services.Secret) error { return services.Fail(services.CodeGone) } // a link for elsewhere
	if site.Identity != nil {
		confirm = site.Identity.ConfirmIdentity
	}
	return newConfirmPage(env, site, "entry.join.", newConfirm(env, route.Token, confirm, func() {
		env.Replace(nav.Route{Page: nav.PageSignIn, Payload: NoteJoined})
	}))
}

func newConfirmPage(env nav.Env, site *Site, words string, state *confirm) nav.Page {
	pg := &confirmPage{env: env, site: site, words: words, state: state}
	pg.state.changed = pg.update
	return pg
}

// Start is part of nav.Page.
func (pg *confirmPage) Start() { pg.state.start() }

// Stop is part of nav.Page.
func (pg *confirmPage) Stop() {
	pg.state.stop()
	pg.view = nil
}

// Focus is part of nav.Focuser.
func (pg *confirmPage) Focus() fyne.Focusable {
	switch v := pg.view; {
	case v == nil:
		return nil
	case v.code != nil:
		return v.code.Focusable()
	case v.submit != nil:
		return v.submit
	}
	return nil
}

// Build is part of nav.Page.
func (pg *confirmPage) Build(p *text.Printer) fyne.CanvasObject {
	pg.view = &confirmView{staged: newStaged[confirmStage](p)}
	pg.drawStage()
	pg.update()
	return frame(p, pg.env, pg.site, narrow, pg.view.room)
}

// drawStage puts the form of the stage into its room.
func (pg *confirmPage) drawStage() {
	v := pg.view
	*v = confirmView{staged: v.at(pg.state.stage)}
	form := map[confirmStage]func() *fyne.Container{
		confirmAsk: pg.ask, confirmWorking: pg.working, confirmFailed: pg.failed, confirmGone: pg.gone,
	}[v.stage]()
	var back fyne.CanvasObject
	if pg.site.Inside == nil || !pg.site.Inside() {
		back = backToSignIn(v.p, pg.env, pg.site.Address())
	}
	v.put(form, back)
}

func (pg *confirmPage) ask() *fyne.Container {
	v, s := pg.view, pg.state
	v.code = codeField(v.p, s.token.Reveal(), s.setCode, s.use)
	v.submit = kit.NewPrimary(v.p.T(pg.words+"ask.submit"), s.use)
	return kit.VStack(theme.Gap5, headingOf(v.p.T(pg.words+"ask.title"), v.p.T(pg.words+"ask.text")), v.code, v.submit)
}

func (pg *confirmPage) working() *fyne.Container {
	v := pg.view
	return kit.VStack(theme.Gap5, headingOf(v.p.T(pg.words+"working.title"), v.p.T(pg.words+"working.text")),
		kit.NewSkeleton(320, 240))
}

func (pg *confirmPage) failed() *fyne.Container {
	v, s := pg.view, pg.state
	v.submit = kit.NewPrimary(v.p.T("entry.retry"), s.use)
	return kit.VStack(theme.Gap5, headingOf(v.p.T(pg.words+"failed.title"), s.request.Sentence(v.p)), v.submit)
}

func (pg *confirmPage) gone() *fyne.Container {
	v := pg.view
	v.submit = kit.NewPrimary(v.p.T(pg.words+"gone.paste"), pg.state.paste)
	return kit.VStack(theme.Gap5, headingOf(v.p.T(pg.words+"gone.title"), v.p.T(pg.words+"gone.text")), v.submit)
}

// update draws what has changed.
func (pg *confirmPage) update() {
	v, s := pg.view, pg.state
	if v == nil {
		return
	}
	if v.stage != s.stage {
		pg.drawStage()
		focus(pg.env, pg.Focus())
	}
	if v.code != nil {
		words := ""
		if s.lacking {
			words = nav.FieldSentence(v.p, fieldCode, services.ReasonRequired)
		}
		setError(v.code, words)
	}
	if v.submit != nil && v.code == nil {
		enable(v.submit, s.request.Ready())
	}
}
