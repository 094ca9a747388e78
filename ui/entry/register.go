package entry

import (
	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// registerPage draws register.
type registerPage struct {
	env   nav.Env
	site  *Site
	state *register
	view  *registerView
}

// registerView is what the page touches after it was drawn.
type registerView struct {
	p           *text.Printer
	fields      map[string]*kit.Field // names and address
	newPassword *newPassword
	robot       *robotCard
	terms       *kit.Check
	problem     *kit.Wrapped
	submit      *kit.Button
	help        *kit.Wrapped
}

// NewRegister makes the page to register.
func NewRegister(env nav.Env, site *Site, _ nav.Route) nav.Page {
	pg := &registerPage{env: env, site: site}
	pg.state = newRegister(env, site, func(registered services.Registration) {
		env.Go(nav.Route{Page: nav.PageCheckMail, Arg: registered.Email, Payload: Mailed{Registered: &registered}})
	})
	pg.state.changed = pg.update
	return pg
}

// Start is part of nav.Page.
func (pg *registerPage) Start() { pg.state.start() }

// Stop is part of nav.Page.
func (pg *registerPage) Stop() {
	pg.state.stop()
	pg.view = nil
}

// Focus is part of nav.Focuser: the first field that is empty, else the check that is left. Somebody who comes back from
// the terms goes on beside the link to them.
func (pg *registerPage) Focus() fyne.Focusable {
	v, s := pg.view, pg.state
	if v == nil {
		return nil
	}
	for _, name := range registerFields {
		if s.value(name) == "" {
			return v.of(name).Focusable()
		}
	}
	if !s.robot.solved() {
		return v.robot.check.Focusable()
	}
	return v.terms.Focusable()
}

// of is a field by its name.
func (v *registerView) of(name string) *kit.Field {
	switch name {
	case fieldPassword:
		return v.newPassword.password
	case fieldConfirm:
		return v.newPassword.confirm
	}
	return v.fields[name]
}

// Build is part of nav.Page.
func (pg *registerPage) Build(p *text.Printer) fyne.CanvasObject {
	s := pg.state
	v := &registerView{p: p, fields: map[string]*kit.Field{}, robot: newRobotCard(p, s.robot), problem: problemLine()}
	for name, label := range map[string]string{fieldFirst: "entry.field.first", fieldLast: "entry.field.last", fieldEmail: "entry.field.email"} {
		v.fields[name] = pg.field(name, p.T(label))
	}
	v.fields[fieldEmail].SetHint(p.T("entry.field.email.hint"))
	v.newPassword = newNewPassword(p, s.strength, p.T("entry.field.password"), s.value(fieldPassword), s.value(fieldConfirm), passwordActions{
		setPassword: func(typed string) { s.set(fieldPassword, typed) },
		setConfirm:  func(typed string) { s.set(fieldConfirm, typed) },
		left:        s.left, submit: pg.submit,
	})
	v.terms = kit.NewCheck(p.T("entry.register.accept"), s.accept)
	v.terms.SetLink(p.T("entry.register.terms"), func() { pg.env.Go(nav.Route{Page: nav.PageTerms}) })
	v.submit = kit.NewPrimary(p.T("entry.register.submit"), pg.submit)
	v.submit.SetBusyText(p.T("entry.register.busy"))
	v.help = kit.NewWrapped(pg.helpText(p), kit.StyleHint)
	pg.view = v
	form := kit.VStack(theme.Gap4,
		kit.VStack(theme.Gap1, kit.NewWrapped(p.T("entry.register.title"), kit.StyleTitle),
			question(p.T("entry.register.known"), p.T("entry.register.signin"), func() { pg.env.Go(nav.Route{Page: nav.PageSignIn, Arg: s.value(fieldEmail)}) })),
		kit.Columns(1, 1)(v.fields[fieldFirst], v.fields[fieldLast]),
		v.fields[fieldEmail],
		v.newPassword.object,
		kit.VStack(theme.Gap3, v.robot.object, v.terms),
		v.problem,
		v.submit,
		kit.VStack(theme.Gap1, kit.NewWrapped(p.T("entry.register.next"), kit.StyleHint),
			kit.Flow(0, 0, kit.NewTextLink(p.T("entry.register.help"), s.toggleHelp).SetSizeName(theme.SizeHint).SetColorName(theme.QuietText)),
			v.help),
	)
	pg.update()
	return frame(p, pg.env, pg.site, wide, form)
}

func (pg *registerPage) field(name, label string) *kit.Field {
	s := pg.state
	f := field(kit.NewField(label), s.value(name), func(typed string) { s.set(name, typed) })
	f.OnSubmitted = func(string) { pg.submit() }
	f.OnFocus = func(on bool) {
		if !on {
			s.left(name)
		}
	}
	return f
}

func (pg *registerPage) helpText(p *text.Printer) string {
	return p.T("entry.register.help.text", text.Vars{"Phone": pg.env.Policy.Phone, "Hours": pg.env.Policy.Hours[string(p.Lang())]})
}

// submit registers, or goes to the first field that is not right.
func (pg *registerPage) submit() {
	wrong := pg.state.submit()
	switch {
	case wrong == "" || pg.view == nil:
	case wrong == fieldTerms:
		focus(pg.env, pg.view.terms.Focusable())
	default:
		focus(pg.env, pg.view.of(wrong).Focusable())
	}
}

// update draws what has changed.
func (pg *registerPage) update() {
	v, s := pg.view, pg.state
	if v == nil {
		return
	}
	for name, f := range v.fields {
		setError(f, s.fieldError(v.p, name))
	}
	v.newPassword.update(s.fieldError(v.p, fieldPassword), s.fieldError(v.p, fieldConfirm))
	v.robot.update()
	v.terms.SetChecked(s.accepted)
	v.terms.SetError(s.fieldError(v.p, fieldTerms))
	say(v.problem, s.problem(v.p))
	v.submit.SetBusy(s.request.Busy)
	enable(v.submit, s.complete() || s.request.Busy)
	show(v.help, s.help)
}
