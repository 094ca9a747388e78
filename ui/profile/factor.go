package profile

import (
	"strings"

	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// factorPage draws factorSetup. Its stages look so different that each is drawn by itself.
type factorPage struct {
	env   nav.Env
	state *factorSetup
	view  *factorView
}

// factorView is what the page touches after it was drawn.
type factorView struct {
	p     *text.Printer
	room  *fyne.Container // holds the stage
	stage factorStage     // as drawn
	late  bool            // as drawn
	form  *formView       // of the stages that have one
	done  *kit.Button
	first fyne.Focusable
}

func newFactorPage(env nav.Env, deps Deps) nav.Page {
	pg := &factorPage{env: env, state: newFactorSetup(env, deps)}
	pg.state.changed = pg.update
	return pg
}

// Start is part of nav.Page.
func (pg *factorPage) Start() { pg.state.start() }

// Stop is part of nav.Page.
func (pg *factorPage) Stop() {
	pg.state.stop()
	pg.view = nil
}

// Focus is part of nav.Focuser.
func (pg *factorPage) Focus() fyne.Focusable {
	if pg.view == nil {
		return nil
	}
	return pg.view.first
}

// Build is part of nav.Page.
func (pg *factorPage) Build(p *text.Printer) fyne.CanvasObject {
	pg.view = &factorView{p: p, room: kit.VStack(0)}
	pg.draw()
	return sheet(p, pg.env, p.T("profile.factor.title"), p.T("profile.factor.lead"), pg.view.room)
}

// draw puts the stage into its room.
func (pg *factorPage) draw() {
	v := pg.view
	*v = factorView{p: v.p, room: v.room, stage: pg.state.stage, late: pg.state.late()}
	var face fyne.CanvasObject
	switch {
	case v.stage == factorPassword:
		face = pg.ask()
	case v.stage == factorCodes:
		face = pg.codes()
	case v.late:
		face = pg.gone()
	default:
		face = pg.scan()
	}
	v.room.Objects = []fyne.CanvasObject{face}
	v.room.Refresh()
	pg.update()
}

// ask asks for the password.
func (pg *factorPage) ask() fyne.CanvasObject {
	v, s := pg.view, pg.state
	submit := kit.NewPrimary(v.p.T("profile.factor.next"), s.begin)
	submit.SetBusyText(v.p.T("profile.form.busy"))
	v.form = newFormView(v.p, pg.env, s.password, submit)
	password := v.form.secret(fieldPassword, v.p.T("profile.form.password"))
	v.first = password.Focusable()
	return v.form.object(password)
}

// scan shows the secret in both forms, and asks for a code of the app.
func (pg *factorPage) scan() fyne.CanvasObject {
	v, s := pg.view, pg.state
	submit := kit.NewPrimary(v.p.T("profile.factor.confirm"), s.confirm)
	submit.SetBusyText(v.p.T("profile.form.busy"))
	v.form = newFormView(v.p, pg.env, s.code, submit)
	code := v.form.add(fieldCode, kit.NewField(v.p.T("profile.factor.code")))
	code.SetTabular(true)
	v.first = code.Focusable()
	steps := kit.VStack(theme.Gap3,
		kit.NewWrapped(v.p.T("profile.factor.scan"), kit.StyleLabel), pg.picture(),
		kit.NewWrapped(v.p.T("profile.factor.type"), kit.StyleLabel), pg.secret())
	return kit.Columns(1, 1)(kit.NewCard(steps, kit.CardInset(theme.Gap6, theme.Gap6)),
		v.form.object(kit.NewWrapped(v.p.T("profile.factor.enter"), kit.StyleLabel), code))
}

// picture is the QR code. Without one there is still the secret to type.
func (pg *factorPage) picture() fyne.CanvasObject {
	code, err := qrCode(pg.state.setup.URI)
	if err != nil {
		return kit.NewWrapped(pg.view.p.T("profile.factor.no_picture"), kit.StyleQuiet)
	}
	return kit.HStack(0, code)
}

// secret is the secret to type, with a button that copies it.
func (pg *factorPage) secret() fyne.CanvasObject {
	p, s := pg.view.p, pg.state
	words := kit.NewSelectable(s.groups(), kit.StyleAmount).SetWrapping(true)
	copied := kit.NewIconButton(theme.IconCopy, p.T("profile.factor.copy"), func() {
		fyne.CurrentApp().Clipboard().SetContent(s.setup.Secret.Reveal())
		pg.env.Toast(p.T("profile.factor.copied"))
	})
	return kit.HStack(theme.Gap2, kit.HFill(words), copied)
}

// gone says that the secret waited too long.
func (pg *factorPage) gone() fyne.CanvasObject {
	v := pg.view
	again := kit.NewPrimary(v.p.T("profile.factor.again"), pg.state.again)
	v.first = again
	return kit.MaxWidth(formWidth, kit.VStack(theme.Gap5,
		kit.NewPanel(kit.Warn, v.p.T("profile.factor.late.title"), v.p.T("profile.factor.late.text")), kit.HStack(0, again)))
}

// codes shows the recovery codes. The page is left when they are kept.
func (pg *factorPage) codes() fyne.CanvasObject {
	v, s := pg.view, pg.state
	list := kit.NewSelectable(strings.TrimSpace(s.list()), kit.StyleAmount)
	copied := kit.NewButton(v.p.T("profile.codes.copy"), func() {
		fyne.CurrentApp().Clipboard().SetContent(s.list())
		pg.env.Toast(v.p.T("profile.codes.copied"))
	})
	kept := kit.NewCheck(v.p.T("profile.codes.kept"), nil)
	kept.OnChanged = s.keep
	kept.SetChecked(s.kept)
	v.done = kit.NewPrimary(v.p.T("profile.codes.done"), func() {
		s.stage, s.recovery, s.kept = factorPassword, nil, false
		pg.env.Back()
	})
	v.first = copied
	return kit.MaxWidth(formWidth, kit.VStack(theme.Gap5,
		kit.NewPanel(kit.Good, v.p.T("profile.codes.title"), v.p.T("profile.codes.text")),
		kit.NewCard(kit.VStack(theme.Gap4, list,
			kit.Flow(theme.Gap3, theme.Gap2, copied, kit.NewButton(v.p.T("profile.codes.save"), pg.save)),
			kit.NewRule(), kept, kit.HStack(0, v.done)), kit.CardInset(theme.Gap6, theme.Gap6))))
}

// save writes the recovery codes into a file of the person's.
func (pg *factorPage) save() {
	p := pg.view.p
	words := p.T("profile.codes.head", text.Vars{"Product": pg.env.Policy.Product}) + "\n\n" + pg.state.list()
	pg.env.Files.Save(p.T("profile.codes.dialog"), p.T("profile.codes.file"), []byte(words), func(path string, err error) {
		switch {
		case err != nil:
			pg.env.Toast(p.T("profile.export.failed"))
		case path != "":
			pg.env.Toast(p.T("profile.codes.saved"))
		}
	})
}

// update draws what has changed.
func (pg *factorPage) update() {
	v, s := pg.view, pg.state
	if v == nil {
		return
	}
	if v.stage != s.stage || v.late != s.late() {
		pg.draw()
		pg.env.Window.Canvas().Focus(v.first)
		return
	}
	if v.form != nil {
		v.form.update(pg.sentence)
	}
	if v.done != nil {
		if s.kept {
			v.done.Enable()
		} else {
			v.done.Disable()
		}
	}
}

// sentence says why a field was refused. The code is the app's, not one of a mail.
func (pg *factorPage) sentence(field, reason string) string {
	if field == fieldCode {
		field = "totp"
	}
	return nav.FieldSentence(pg.view.p, field, reason)
}
