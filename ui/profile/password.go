package profile

import (
	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// passwordPage draws passwordChange.
type passwordPage struct {
	env   nav.Env
	state *passwordChange
	view  *formView
	meter *kit.Meter
}

func newPasswordPage(env nav.Env, deps Deps) nav.Page {
	pg := &passwordPage{env: env}
	pg.state = newPasswordChange(env, deps, func() {
		words := pg.view.p.T("profile.password.done")
		env.Back()
		env.Toast(words)
	})
	pg.state.changed = pg.update
	return pg
}

// Start is part of nav.Page.
func (pg *passwordPage) Start() { pg.state.start() }

// Stop is part of nav.Page.
func (pg *passwordPage) Stop() {
	pg.state.stop()
	pg.view = nil
}

// Focus is part of nav.Focuser.
func (pg *passwordPage) Focus() fyne.Focusable { return pg.view.focus() }

// Build is part of nav.Page.
func (pg *passwordPage) Build(p *text.Printer) fyne.CanvasObject {
	submit := kit.NewPrimary(p.T("profile.password.submit"), pg.state.submit)
	submit.SetBusyText(p.T("profile.form.busy"))
	v := newFormView(p, pg.env, pg.state.form, submit)
	pg.view, pg.meter = v, kit.NewMeter(4)
	_ = v.secret(fieldCurrent, p.T("profile.password.current"))
	v.secret(fieldPassword, p.T("profile.password.new")).SetMeter(pg.meter)
	_ = v.secret(fieldConfirm, p.T("profile.password.confirm"))
	for name, f := range v.fields {
		f.OnChanged = func(typed string) { pg.state.enter(name, typed) }
		f.OnFocus = func(on bool) {
			if !on {
				pg.state.left(name)
			}
		}
	}
	pg.update()
	return sheet(p, pg.env, p.T("profile.password.title"), p.T("profile.password.lead"),
		v.object(v.fields[fieldCurrent], v.fields[fieldPassword], v.fields[fieldConfirm]))
}

// update draws what has changed.
func (pg *passwordPage) update() {
	v, s := pg.view, pg.state
	if v == nil {
		return
	}
	var color fyne.ThemeColorName = theme.Warn
	if s.strength.Bars() >= 3 {
		color = theme.Good
	}
	pg.meter.Set(s.strength.Bars(), color)
	v.fields[fieldPassword].SetHint(s.strength.Advice(v.p))
	v.update(func(field, reason string) string {
		if field == fieldPassword {
			return s.strength.Sentence(v.p, reason)
		}
		return v.fieldSentence(field, reason)
	})
}
