package profile

import (
	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// emailPage draws emailChange: the form, then what is to be done with the mail.
type emailPage struct {
	env   nav.Env
	state *emailChange
	room  *fyne.Container // holds the stage
	p     *text.Printer
	view  *formView // of the form; nil when the mail was sent
	first fyne.Focusable
}

func newEmailPage(env nav.Env, deps Deps) nav.Page {
	pg := &emailPage{env: env, state: newEmailChange(env, deps)}
	pg.state.changed = pg.update
	return pg
}

// Start is part of nav.Page.
func (pg *emailPage) Start() { pg.state.start() }

// Stop is part of nav.Page.
func (pg *emailPage) Stop() {
	pg.state.stop()
	pg.room, pg.view, pg.first = nil, nil, nil
}

// Focus is part of nav.Focuser.
func (pg *emailPage) Focus() fyne.Focusable { return pg.first }

// Refresh is part of nav.Refresher: the address may have been confirmed meanwhile.
func (pg *emailPage) Refresh(e services.Event) {
	if e.Kind == services.EventSession && pg.state.sent != "" && pg.state.deps.Info().Person.Email == pg.state.sent {
		pg.env.Back()
	}
}

// Build is part of nav.Page.
func (pg *emailPage) Build(p *text.Printer) fyne.CanvasObject {
	pg.p, pg.room = p, kit.VStack(0)
	pg.draw()
	lead := p.T("profile.email.lead", text.Vars{"Email": pg.state.deps.Info().Person.Email})
	return sheet(p, pg.env, p.T("profile.email.title"), lead, pg.room)
}

// draw puts the stage into its room.
func (pg *emailPage) draw() {
	if pg.state.sent != "" {
		pg.view = nil
		pg.room.Objects = []fyne.CanvasObject{pg.sent()}
	} else {
		pg.room.Objects = []fyne.CanvasObject{pg.form()}
	}
	pg.room.Refresh()
}

func (pg *emailPage) form() fyne.CanvasObject {
	p := pg.p
	submit := kit.NewPrimary(p.T("profile.email.submit"), pg.state.submit)
	submit.SetBusyText(p.T("profile.form.busy"))
	v := newFormView(p, pg.env, pg.state.form, submit)
	email := v.add(fieldEmail, kit.NewField(p.T("profile.email.new")))
	password := v.secret(fieldPassword, p.T("profile.form.password"))
	pg.view, pg.first = v, email.Focusable()
	v.update(pg.sentence)
	return v.object(email, password)
}

// sent says where the mail went, and offers what can be done about it here.
func (pg *emailPage) sent() fyne.CanvasObject {
	p, s := pg.p, pg.state
	actions := kit.Flow(theme.Gap4, theme.Gap2)
	code := kit.NewButton(p.T("profile.email.paste"), func() { pg.env.Go(nav.Route{Page: nav.PageConfirm}) })
	pg.first = code
	if open := s.deps.OpenMail; open != nil {
		address := s.sent
		mail := kit.NewPrimary(p.T("profile.email.open"), func() { open(address) })
		pg.first = mail
		actions.Add(mail)
	}
	actions.Add(code)
	return kit.MaxWidth(formWidth, kit.VStack(theme.Gap5,
		kit.NewPanel(kit.Good, p.T("profile.email.sent.title"), p.T("profile.email.sent.text", text.Vars{"Email": s.sent})),
		actions, kit.HStack(0, kit.NewLink(p.T("profile.email.again"), s.again))))
}

// sentence says why a field was refused.
func (pg *emailPage) sentence(field, reason string) string {
	if field == fieldEmail && reason == services.ReasonDuplicate {
		return pg.p.T("profile.email.same")
	}
	return nav.FieldSentence(pg.p, field, reason)
}

// update draws what has changed.
func (pg *emailPage) update() {
	if pg.room == nil {
		return
	}
	if (pg.state.sent == "") != (pg.view != nil) {
		pg.draw()
		pg.env.Window.Canvas().Focus(pg.first)
		return
	}
	if pg.view != nil {
		pg.view.update(pg.sentence)
	}
}
