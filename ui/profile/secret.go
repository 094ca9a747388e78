package profile

import (
	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
)

// secretPage draws secretAsk.
type secretPage struct {
	env    nav.Env
	state  *secretAsk
	words  secretWords
	danger bool // what it does cannot be taken back
	view   *formView
}

// secretWords are the keys of what the page says.
type secretWords struct{ title, lead, submit string }

// newNoFactorPage makes the page that removes the authenticator app.
func newNoFactorPage(env nav.Env, deps Deps) nav.Page {
	pg := &secretPage{env: env, words: secretWords{"profile.nofactor.title", "profile.nofactor.lead", "profile.nofactor.submit"}}
	pg.state = newSecretAsk(env, deps.Security.RemoveSecondFactor, func() {
		words := pg.view.p.T("profile.nofactor.done")
		env.Back()
		env.Toast(words)
	})
	pg.state.changed = pg.update
	return pg
}

// newDeletePage makes the page that deletes the account.
func newDeletePage(env nav.Env, deps Deps) nav.Page {
	pg := &secretPage{env: env, danger: true, words: secretWords{"profile.delete.title", "profile.delete.warning", "profile.delete.button"}}
	pg.state = removal(env, deps.Profile.DeleteAccount, deps.Deleted)
	pg.state.changed = pg.update
	return pg
}

// Start is part of nav.Page.
func (pg *secretPage) Start() { pg.state.start() }

// Stop is part of nav.Page.
func (pg *secretPage) Stop() {
	pg.state.stop()
	pg.view = nil
}

// Focus is part of nav.Focuser.
func (pg *secretPage) Focus() fyne.Focusable { return pg.view.focus() }

// Build is part of nav.Page.
func (pg *secretPage) Build(p *text.Printer) fyne.CanvasObject {
	submit := kit.NewPrimary(p.T(pg.words.submit), pg.state.submit)
	if pg.danger {
		submit = kit.NewDanger(p.T(pg.words.submit), pg.state.submit)
	}
	submit.SetBusyText(p.T("profile.form.busy"))
	pg.view = newFormView(p, pg.env, pg.state.form, submit)
	password := pg.view.secret(fieldPassword, p.T("profile.form.password"))
	pg.update()
	return sheet(p, pg.env, p.T(pg.words.title), p.T(pg.words.lead), pg.view.object(password))
}

// update draws what has changed.
func (pg *secretPage) update() {
	if pg.view != nil {
		pg.view.update(pg.view.fieldSentence)
	}
}
