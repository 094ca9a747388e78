package entry

import (
	"time"

	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// identityPage draws identity.
type identityPage struct {
	env   nav.Env
	site  *Site
	state *identity
	view  *identityView
}

// identityView is what the page touches after it was drawn.
type identityView struct {
	staged[identityStage]
	field   *kit.Field   // of the stage, nil when it has none
	terms   *kit.Check   // likewise
	problem *kit.Wrapped // likewise
	submit  *kit.Button  // likewise
}

// NewIdentity makes the page to sign in with a login elsewhere, which opens the browser at once.
func NewIdentity(env nav.Env, site *Site, _ nav.Route) nav.Page {
	pg := &identityPage{env: env, site: site, state: newIdentity(env, site)}
	pg.state.changed = pg.update
	return pg
}

// Start is part of nav.Page.
func (pg *identityPage) Start() { pg.state.start() }

// Stop is part of nav.Page.
func (pg *identityPage) Stop() {
	pg.state.stop()
	pg.view = nil
}

// Focus is part of nav.Focuser.
func (pg *identityPage) Focus() fyne.Focusable {
	switch v := pg.view; {
	case v == nil:
		return nil
	case v.field != nil:
		return v.field.Focusable()
	case v.terms != nil:
		return v.terms.Focusable()
	case v.submit != nil:
		return v.submit
	}
	return nil
}

// Build is part of nav.Page.
func (pg *identityPage) Build(p *text.Printer) fyne.CanvasObject {
	pg.view = &identityView{staged: newStaged[identityStage](p)}
	pg.drawStage()
	pg.update()
	return frame(p, pg.env, pg.site, narrow, pg.view.room)
}

// drawStage puts the form of the stage into its room.
func (pg *identityPage) drawStage() {
	v := pg.view
	*v = identityView{staged: v.at(pg.state.stage)}
	form := map[identityStage]func() *fyne.Container{
		identityBrowser: pg.browser, identityChecking: pg.checking, identityCode: pg.factor, identityTerms: pg.accept,
		identityMailed: pg.mailed, identityFailed: pg.failed,
	}[v.stage]()
	v.put(form, backToSignIn(v.p, pg.env, pg.site.Address()))
}

// say is a sentence that may name the provider.
func (pg *identityPage) say(key string) string {
	return pg.view.p.T(key, text.Vars{"Provider": pg.env.Policy.IdentityProvider})
}

func (pg *identityPage) browser() *fyne.Container {
	v := pg.view
	v.submit = kit.NewButton(v.p.T("entry.identity.browser.cancel"), pg.leave)
	return kit.VStack(theme.Gap5, headingOf(pg.say("entry.identity.browser.title"), pg.say("entry.identity.browser.text")), kit.Flow(0, 0, v.submit))
}

// leave gives up and goes back to the sign-in page, which ends the wait.
func (pg *identityPage) leave() {
	pg.env.Go(nav.Route{Page: nav.PageSignIn, Arg: pg.site.Address()})
}

func (pg *identityPage) checking() *fyne.Container {
	return kit.VStack(theme.Gap5, headingOf(pg.say("entry.identity.checking.title"), pg.say("entry.identity.checking.text")), kit.NewSkeleton(320, 240))
}

func (pg *identityPage) factor() *fyne.Container {
	v, s := pg.view, pg.state
	v.field = field(kit.NewField(v.p.T("entry.signin.code")), s.code.Reveal(), s.setCode)
	v.field.SetTabular(true)
	v.field.SetHint(v.p.T("entry.signin.code.hint"))
	v.field.OnSubmitted = func(string) { s.submit() }
	v.problem, v.submit = problemLine(), kit.NewPrimary(v.p.T("entry.signin.submit"), s.submit)
	return kit.VStack(theme.Gap5, headingOf(pg.say("entry.identity.code.title"), pg.say("entry.identity.code.text")), v.field, v.problem, v.submit)
}

func (pg *identityPage) accept() *fyne.Container {
	v, s := pg.view, pg.state
	v.terms = kit.NewCheck(v.p.T("entry.register.accept"), s.accept)
	v.terms.SetLink(v.p.T("entry.register.terms"), func() { pg.env.Go(nav.Route{Page: nav.PageTerms}) })
	v.problem, v.submit = problemLine(), kit.NewPrimary(v.p.T("entry.identity.terms.submit"), s.submit)
	return kit.VStack(theme.Gap5, headingOf(pg.say("entry.identity.terms.title"), pg.say("entry.identity.terms.text")), v.terms, v.problem, v.submit)
}

func (pg *identityPage) mailed() *fyne.Container {
	v, s := pg.view, pg.state
	words := v.p.T("entry.identity.mailed.text", text.Vars{
		"Email": s.sentTo, "Hours": int(pg.env.Policy.ActivationTTL / time.Hour), "Provider": pg.env.Policy.IdentityProvider,
	})
	v.field = codeField(v.p, s.mailed.Reveal(), s.setMailed, pg.next)
	return kit.VStack(theme.Gap5, headingOf(v.p.T("entry.checkmail.title"), words),
		kit.NewCard(kit.VStack(theme.Gap3, kit.NewCardTitle(v.p.T("entry.checkmail.code.title")), v.field,
			kit.Flow(0, 0, kit.NewButton(v.p.T("entry.checkmail.code.submit"), pg.next)))),
		kit.NewWrapped(pg.say("entry.identity.mailed.nothing"), kit.StyleQuiet))
}

func (pg *identityPage) next() {
	if route, ok := pg.state.next(); ok {
		pg.env.Go(route)
	}
}

func (pg *identityPage) failed() *fyne.Container {
	v := pg.view
	v.submit = kit.NewPrimary(v.p.T("entry.retry"), pg.state.again)
	return kit.VStack(theme.Gap5, headingOf(v.p.T("entry.identity.declined.title"), pg.state.problem(v.p)), v.submit)
}

// update draws what has changed.
func (pg *identityPage) update() {
	v, s := pg.view, pg.state
	if v == nil {
		return
	}
	if v.stage != s.stage {
		pg.drawStage()
		focus(pg.env, pg.Focus())
	}
	if v.field != nil {
		setError(v.field, s.fieldError(v.p))
	}
	if v.terms != nil {
		v.terms.SetChecked(s.accepted)
		v.terms.SetError(s.fieldError(v.p))
	}
	if v.problem != nil {
		say(v.problem, s.problem(v.p))
	}
	if v.submit != nil && s.stage != identityBrowser {
		v.submit.SetBusy(s.request.Busy)
		enable(v.submit, s.request.Ready() || s.request.Busy)
	}
}

// identityOffer is the way to a login elsewhere on the sign-in page.
func identityOffer(p *text.Printer, env nav.Env) fyne.CanvasObject {
	provider := text.Vars{"Provider": env.Policy.IdentityProvider}
	return kit.VStack(theme.Gap2,
		kit.NewButton(p.T("entry.signin.identity", provider), func() { env.Go(nav.Route{Page: nav.PageIdentity}) }),
		kit.NewWrapped(p.T("entry.signin.identity.text"), kit.StyleQuiet))
}
