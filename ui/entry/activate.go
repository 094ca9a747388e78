package entry

import (
	"time"

	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// activatePage draws activate.
type activatePage struct {
	env   nav.Env
	site  *Site
	state *activate
	view  *activateView
}

// activateView is what the page touches after it was drawn.
type activateView struct {
	staged[activateStage]
	field  *kit.Field // of the stage, nil when it has none
	resend *resendBox
	submit *kit.Button
}

// NewActivate makes the page to activate a login: with the route's Token at once, without one it asks for the code.
func NewActivate(env nav.Env, site *Site, route nav.Route) nav.Page {
	pg := &activatePage{env: env, site: site}
	pg.state = newActivate(env, site, route.Token, func() {
		env.Replace(nav.Route{Page: nav.PageSignIn, Arg: site.Address(), Payload: NoteActivated})
	}, func(address string) {
		env.Replace(nav.Route{Page: nav.PageCheckMail, Arg: address, Payload: Mailed{}})
	})
	pg.state.changed = pg.update
	return pg
}

// Start is part of nav.Page.
func (pg *activatePage) Start() { pg.state.start() }

// Stop is part of nav.Page.
func (pg *activatePage) Stop() {
	pg.state.stop()
	pg.view = nil
}

// Focus is part of nav.Focuser.
func (pg *activatePage) Focus() fyne.Focusable {
	if pg.view == nil || pg.view.field == nil {
		return nil
	}
	return pg.view.field.Focusable()
}

// Build is part of nav.Page.
func (pg *activatePage) Build(p *text.Printer) fyne.CanvasObject {
	pg.view = &activateView{staged: newStaged[activateStage](p)}
	pg.drawStage()
	pg.update()
	return frame(p, pg.env, pg.site, narrow, pg.view.room)
}

// drawStage puts the form of the stage into its room.
func (pg *activatePage) drawStage() {
	v := pg.view
	*v = activateView{staged: v.at(pg.state.stage)}
	form := map[activateStage]func() *fyne.Container{
		activateAsk: pg.ask, activateWorking: pg.working, activateFailed: pg.failed, activateGone: pg.gone,
	}[v.stage]()
	v.put(form, backToSignIn(v.p, pg.env, pg.site.Address()))
}

func (pg *activatePage) ask() *fyne.Container {
	v, s := pg.view, pg.state
	v.field = codeField(v.p, s.token.Reveal(), s.setCode, s.use)
	return kit.VStack(theme.Gap5, headingOf(v.p.T("entry.activate.ask.title"), v.p.T("entry.activate.ask.text")),
		v.field, kit.NewPrimary(v.p.T("entry.activate.ask.submit"), s.use))
}

func (pg *activatePage) working() *fyne.Container {
	v := pg.view
	return kit.VStack(theme.Gap5, headingOf(v.p.T("entry.activate.working.title"), v.p.T("entry.activate.working.text")),
		kit.NewSkeleton(320, 240))
}

func (pg *activatePage) failed() *fyne.Container {
	v, s := pg.view, pg.state
	v.submit = kit.NewPrimary(v.p.T("entry.retry"), s.use)
	return kit.VStack(theme.Gap5, headingOf(v.p.T("entry.activate.failed.title"), s.request.Sentence(v.p)), v.submit)
}

func (pg *activatePage) gone() *fyne.Container {
	v, s := pg.view, pg.state
	hours := text.Vars{"Hours": int(pg.env.Policy.ActivationTTL / time.Hour)}
	v.field = field(kit.NewField(v.p.T("entry.field.email")), s.email, s.setEmail)
	v.field.OnSubmitted = func(string) { s.again() }
	v.resend = newResendBox(v.p, s.resend, kit.NewPrimary(v.p.T("entry.activate.gone.submit"), s.again))
	return kit.VStack(theme.Gap5, headingOf(v.p.T("entry.activate.gone.title"), v.p.T("entry.activate.gone.text", hours)),
		v.field, v.resend.object, kit.Flow(0, 0, kit.NewLink(v.p.T("entry.activate.gone.paste"), s.paste)))
}

// update draws what has changed.
func (pg *activatePage) update() {
	v, s := pg.view, pg.state
	if v == nil {
		return
	}
	if v.stage != s.stage {
		pg.drawStage()
		focus(pg.env, pg.Focus())
	}
	if v.field != nil {
		words := ""
		if s.reason != "" && s.stage == activateGone {
			words = nav.FieldSentence(v.p, fieldEmail, s.reason)
		} else if s.reason != "" {
			words = nav.FieldSentence(v.p, fieldCode, s.reason)
		}
		setError(v.field, words)
	}
	if v.resend != nil {
		v.resend.update()
	}
	if v.submit != nil {
		enable(v.submit, s.request.Ready())
	}
}
