package entry

import (
	"time"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// signInPage draws signIn.
type signInPage struct {
	env    nav.Env
	site   *Site
	state  *signIn
	sample *sample // nil where there is no sample data
	view   *signInView
}

// signInView is what the page touches after it was drawn.
type signInView struct {
	p               *text.Printer
	panel           *kit.Panel
	email, password *kit.Field
	code            *kit.Field // of the second factor
	robot           *robotCard
	problem         *kit.Wrapped
	submit          *kit.Button
	sample          *sampleBox
	refused         int // as drawn
}

// NewSignIn makes the sign-in page of a route: Arg is an address to begin with, Payload a Note.
func NewSignIn(env nav.Env, site *Site, route nav.Route) nav.Page {
	note, _ := route.Payload.(Note)
	pg := &signInPage{env: env, site: site, state: newSignIn(env.Dispatcher, env.Clock, site, route.Arg, note)}
	pg.state.changed = pg.update
	if site.Sample != nil {
		pg.sample = &sample{scope: &pg.state.scope, data: site.Sample, tray: site.Tray, changed: pg.update, loaded: site.sampleLoaded}
	}
	return pg
}

// Start is part of nav.Page.
func (pg *signInPage) Start() {
	pg.state.start()
	if pg.sample != nil {
		pg.sample.resume()
	}
}

// Stop is part of nav.Page.
func (pg *signInPage) Stop() {
	pg.state.stop()
	pg.view = nil
}

// Focus is part of nav.Focuser: the first field that is empty.
func (pg *signInPage) Focus() fyne.Focusable {
	switch {
	case pg.view == nil:
		return nil
	case pg.state.email == "":
		return pg.view.email.Focusable()
	case pg.state.coding:
		return pg.view.code.Focusable()
	}
	return pg.view.password.Focusable()
}

// Build is part of nav.Page.
func (pg *signInPage) Build(p *text.Printer) fyne.CanvasObject {
	s := pg.state
	v := &signInView{p: p, panel: kit.NewPanel(kit.Good, "", ""), problem: problemLine(), robot: newRobotCard(p, s.robot), refused: s.refused}
	v.email = field(kit.NewField(p.T("entry.field.email")), s.email, s.setEmail)
	v.password = field(kit.NewPasswordField(p.T("entry.field.password"), p.T("entry.show"), p.T("entry.hide")), s.password.Reveal(), s.setPassword)
	v.code = field(kit.NewField(p.T("entry.signin.code")), s.code.Reveal(), s.setCode)
	v.code.SetTabular(true)
	v.code.SetHint(p.T("entry.signin.code.hint"))
	v.code.OnEscape = pg.withoutCode
	for _, f := range []*kit.Field{v.email, v.password, v.code} {
		f.OnSubmitted = func(string) { s.submit() }
	}
	v.submit = kit.NewPrimary(p.T("entry.signin.submit"), s.submit)
	v.submit.SetBusyText(p.T("entry.signin.busy"))
	forgot := kit.NewLink(p.T("entry.signin.forgot"), pg.forgot)
	fields := kit.VStack(theme.Gap5,
		kit.VStack(theme.Gap4, v.email, v.password, v.code, v.robot.object, v.problem),
		kit.Ends(160, v.submit, forgot))
	if pg.site.Identity != nil {
		fields.Add(identityOffer(p, pg.env))
	}
	fields.Add(kit.NewRule())
	fields.Add(question(p.T("entry.signin.new"), p.T("entry.signin.register"), func() { pg.env.Go(nav.Route{Page: nav.PageRegister}) }))
	form := kit.VStack(theme.Gap6, v.panel, headingOf(p.T("entry.signin.title"), p.T("entry.signin.lead")), fields)
	if pg.sample != nil {
		v.sample = newSampleBox(p, pg.sample, pg.site.OpenDesk)
		form.Add(v.sample.object)
	}
	pg.view = v
	pg.update()
	return frame(p, pg.env, pg.site, narrow, form)
}

func (pg *signInPage) forgot() {
	pg.env.Go(nav.Route{Page: nav.PageForgot, Arg: pg.state.email})
}

// withoutCode goes back from the code of the second factor to the password.
func (pg *signInPage) withoutCode() {
	pg.state.withoutCode()
	focus(pg.env, pg.Focus())
}

// update draws what has changed.
func (pg *signInPage) update() {
	v, s := pg.view, pg.state
	if v == nil {
		return
	}
	pg.drawPanel()
	setError(v.email, s.fieldError(v.p, fieldEmail))
	setError(v.password, s.fieldError(v.p, fieldPassword))
	setError(v.code, s.fieldError(v.p, fieldFactor))
	show(v.code, s.coding)
	show(v.robot.object, s.asked)
	v.robot.update()
	say(v.problem, s.problem(v.p))
	v.submit.SetBusy(s.request.Busy)
	enable(v.submit, s.ready() || s.request.Busy)
	pg.drawSample()
	if v.refused != s.refused {
		v.refused = s.refused
		pg.goOn()
	}
}

// drawSample draws the box about the sample data. Its button goes once it has done its work, and must not take the focus
// along.
func (pg *signInPage) drawSample() {
	box := pg.view.sample
	if box == nil {
		return
	}
	pg.site.sampleLoaded = pg.sample.loaded
	focused := pg.env.Window != nil && pg.env.Window.Canvas().Focused() == box.load
	box.update()
	if focused && !box.load.Visible() {
		focus(pg.env, pg.Focus())
	}
}

// goOn puts the focus where a refusal asks for something: at the check, at the code, or at the password; the next key
// replaces what was typed there.
func (pg *signInPage) goOn() {
	if pg.state.robot.reason != "" {
		focus(pg.env, pg.view.robot.check.Focusable())
		return
	}
	f := pg.view.password.Focusable()
	if pg.state.coding && pg.state.request.Code() != services.CodeUnauthenticated {
		f = pg.view.code.Focusable()
	}
	focus(pg.env, f)
	if taker, ok := f.(fyne.Shortcutable); ok {
		taker.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// drawPanel shows why the person is here, or what stands in the way of signing in.
func (pg *signInPage) drawPanel() {
	v, s := pg.view, pg.state
	show(v.panel, true)
	switch code := s.request.Code(); {
	case code == services.CodeLocked:
		v.panel.Set(kit.Warn, v.p.T("entry.signin.locked.title"), s.request.Sentence(v.p))
		v.panel.SetActions(kit.NewLink(v.p.T("entry.signin.locked.reset"), pg.forgot))
	case code == services.CodeNotActivated:
		v.panel.Set(kit.Warn, v.p.T("entry.signin.inactive.title"), s.request.Sentence(v.p))
		v.panel.SetActions(kit.NewLink(v.p.T("entry.signin.inactive.again"), func() {
			pg.env.Go(nav.Route{Page: nav.PageCheckMail, Arg: pg.site.Address(), Payload: Mailed{Earlier: true}})
		}))
	case s.note != "":
		key := "entry.signin.note." + string(s.note)
		vars := text.Vars{"Minutes": int(pg.env.Policy.SessionIdle / time.Minute), "Provider": pg.env.Policy.IdentityProvider}
		v.panel.Set(noteKind(s.note), v.p.T(key+".title"), v.p.T(key+".text", vars))
		v.panel.SetActions()
	default:
		show(v.panel, false)
	}
}

// noteKind is green for what went well and blue for what is only told.
func noteKind(n Note) kit.Kind {
	if n == NoteIdle || n == NoteEnded {
		return kit.Info
	}
	return kit.Good
}
