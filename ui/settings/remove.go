package settings

import (
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// askWipe asks for a word before everything is removed. The dialog stays while the work goes on, and after a failure.
func (pg *page) askWipe() {
	p, env, deps := pg.printer, pg.env, pg.presenter.deps
	word := p.T("settings.wipe.word")
	field := kit.NewField(p.T("settings.wipe.field", text.Vars{"Word": word}))
	problem := kit.NewWrapped("", kit.StyleLabel)
	problem.SetColorName(theme.Bad)
	problem.Hide()
	over := false
	d := kit.ShowDialog(env.Window, p.T("settings.wipe.question"),
		kit.VStack(theme.Gap3, kit.NewWrapped(p.T("settings.wipe.warning"), kit.StyleQuiet), field, problem),
		p.T("settings.wipe.confirm"), p.T("settings.cancel"), true, func(bool) { pg.dialog = nil })
	pg.dialog = d
	d.Validate = func() bool {
		if over || !confirms(field.Text(), word) {
			return over
		}
		d.ConfirmButton().SetBusy(true)
		pg.presenter.removal.run(deps.Data.DeleteEverything, func(err error) { // the page may have been left by then
			d.ConfirmButton().SetBusy(false)
			if err != nil {
				problem.SetText(nav.Sentence(p, err, env.Clock.Now()))
				problem.Show()
				return
			}
			over = true
			d.Close(true)
			deps.Deleted()
		})
		return over
	}
	field.OnChanged = func(typed string) { enable(d.ConfirmButton(), confirms(typed, word)) }
	field.OnSubmitted = func(string) { d.Close(true) }
	field.OnChanged("")
	d.Focus(field.Focusable())
}

func enable(b *kit.Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}
