package settings

import (
	"context"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// question is a dialog that asks to type something before it removes anything.
type question struct {
	title, text, confirm string
	field                *kit.Field
	allowed              func(typed string) bool
	work                 func(ctx context.Context, typed string) error
	done                 func()
}

// askAccount asks for the password before the login is deleted.
func (pg *page) askAccount() {
	p := pg.printer
	pg.ask(question{
		title: p.T("settings.account.title"), text: p.T("settings.account.warning"), confirm: p.T("settings.account.confirm"),
		field:   kit.NewPasswordField(p.T("settings.account.password"), p.T("settings.account.show"), p.T("settings.account.hide")),
		allowed: func(typed string) bool { return typed != "" },
		work: func(ctx context.Context, typed string) error {
			return pg.presenter.deps.Profile.DeleteAccount(ctx, services.Secret(typed))
		},
		done: pg.presenter.deps.AccountDeleted,
	})
}

// askWipe asks for a word before everything is removed.
func (pg *page) askWipe() {
	p := pg.printer
	word := p.T("settings.wipe.word")
	pg.ask(question{
		title: p.T("settings.wipe.question"), text: p.T("settings.wipe.warning"), confirm: p.T("settings.wipe.confirm"),
		field:   kit.NewField(p.T("settings.wipe.field", text.Vars{"Word": word})),
		allowed: func(typed string) bool { return confirms(typed, word) },
		work: func(ctx context.Context, _ string) error {
			return pg.presenter.deps.Data.DeleteEverything(ctx)
		},
		done: pg.presenter.deps.Deleted,
	})
}

// ask shows the question. The dialog stays while the work goes on, and after a failure.
func (pg *page) ask(q question) {
	p, r := pg.printer, &pg.presenter.removal
	problem := kit.NewWrapped("", kit.StyleLabel)
	problem.SetColorName(theme.Bad)
	problem.Hide()
	over := false
	d := kit.ShowDialog(pg.env.Window, q.title, kit.VStack(theme.Gap3, kit.NewWrapped(q.text, kit.StyleQuiet), q.field, problem),
		q.confirm, p.T("settings.cancel"), true, func(bool) { pg.dialog = nil })
	pg.dialog = d
	confirm := func() {
		d.ConfirmButton().SetBusy(true)
		typed := q.field.Text()
		r.run(func(ctx context.Context) error { return q.work(ctx, typed) }, func(err error) {
			d.ConfirmButton().SetBusy(false)
			if err == nil {
				over = true
				d.Close(true)
				q.done()
				return
			}
			pg.refused(p, q.field, problem, err)
		})
	}
	d.Validate = func() bool {
		if !over && q.allowed(q.field.Text()) {
			confirm()
		}
		return over
	}
	allow := func(typed string) {
		q.field.SetError("")
		enable(d.ConfirmButton(), q.allowed(typed))
	}
	q.field.OnChanged = allow
	q.field.OnSubmitted = func(string) { d.Close(true) }
	allow("")
	d.Focus(q.field.Focusable())
}

// refused says what was wrong: at the field, or under it. The page may have been left by then.
func (pg *page) refused(p *text.Printer, field *kit.Field, problem *kit.Wrapped, err error) {
	if reason := services.FieldsOf(err)["password"]; reason != "" {
		field.SetError(nav.FieldSentence(p, "password", reason))
		return
	}
	problem.SetText(nav.Sentence(p, err, pg.env.Clock.Now()))
	problem.Show()
}

func enable(b *kit.Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}
