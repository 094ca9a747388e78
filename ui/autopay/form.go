package autopay

import (
	"strconv"

	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// formView is the choice of account, day and extra.
type formView struct {
	pg      *page
	object  fyne.CanvasObject
	first   fyne.Focusable
	account *kit.Select
	day     *kit.Select // nil where it cannot be chosen
	extra   *kit.Field  // nil where there is none
	submit  *kit.Button
}

func newFormView(pg *page) *formView {
	v, p, state := &formView{pg: pg}, pg.printer, pg.presenter
	v.submit = kit.NewPrimary(p.T("autopay.form.submit"), state.review)
	v.submit.SetBusyText(p.T("autopay.busy"))
	column := kit.VStack(theme.Gap4, v.accounts())
	if state.takesDay() {
		v.day = kit.NewSelect(p.T("autopay.day"), days(p), func(id string) {
			state.set(fieldDay, func(f *form) { f.day, _ = strconv.Atoi(id) })
			pg.fill()
		})
		v.day.SetSelected(strconv.Itoa(state.form.day))
		column.Add(v.day)
	}
	column.Add(kit.NewWrapped(pg.dueStays(), kit.StyleHint))
	if state.takesExtra() {
		v.extra = kit.NewField(p.T("autopay.form.extra"))
		v.extra.MaxRunes = 40
		v.extra.SetTabular(true)
		v.extra.SetText(nav.Amount(p, state.form.extra, state.currency()))
		v.extra.OnChanged = func(typed string) {
			state.set(fieldExtra, func(f *form) { f.extra = typed })
			pg.fill()
		}
		v.extra.OnSubmitted = func(string) { state.review() }
		column.Add(v.extra)
		column.Add(kit.NewWrapped(p.T("autopay.form.extra.hint"), kit.StyleHint))
	}
	column.Add(pg.problemLine())
	cancel := kit.NewButton(p.T("autopay.cancel"), pg.back)
	column.Add(kit.Flow(theme.Gap4, theme.Gap2, v.submit, cancel))
	notes := kit.VStack(theme.Gap4)
	if note := pg.endedNote(); note != nil {
		notes.Add(note)
	}
	if rate := state.deps.RateDiscount; rate != "" {
		notes.Add(kit.NewPanel(kit.Info, p.T("autopay.discount", text.Vars{"Rate": percent(p, rate)}), ""))
	}
	if v.first == nil {
		v.first = v.account.Focusable()
	}
	notes.Add(kit.NewCard(column, kit.CardInset(theme.Gap6, theme.Gap6)))
	lead := kit.NewWrapped(p.T("autopay.form.lead"), kit.StyleQuiet)
	v.object = kit.MaxWidth(formWidth, kit.VStack(theme.Gap4, lead, notes))
	return v
}

// accounts are those to choose from, and the way to add one.
func (v *formView) accounts() fyne.CanvasObject {
	pg, p, state := v.pg, v.pg.printer, v.pg.presenter
	var options []kit.Option
	for _, a := range state.have.Value.accounts {
		options = append(options, kit.Option{ID: a.ID, Label: accountName(p, a)})
	}
	v.account = kit.NewSelect(p.T("autopay.account"), options, func(id string) {
		state.set(fieldAccount, func(f *form) { f.account = id })
		pg.fill()
	})
	v.account.SetPlaceholder(p.T("autopay.account.choose"))
	v.account.SetSelected(state.form.account)
	open := func() { pg.env.Go(nav.Route{Page: nav.PageAccounts}) }
	if len(options) == 0 {
		add := kit.NewPrimary(p.T("autopay.account.add"), open)
		v.first = add
		return kit.VStack(theme.Gap2, kit.NewText(p.T("autopay.account"), kit.StyleFieldName),
			kit.NewWrapped(p.T("autopay.account.none"), kit.StyleQuiet), kit.HStack(0, add))
	}
	return kit.VStack(theme.Gap1, v.account, kit.HStack(0, kit.NewLink(p.T("autopay.account.add"), open)))
}

// days are the choices of a day.
func days(p *text.Printer) []kit.Option {
	options := make([]kit.Option, 32)
	for day := range options {
		options[day] = kit.Option{ID: strconv.Itoa(day), Label: dayName(p, day)}
	}
	return options
}

// percent writes an exact decimal of the brand file.
func percent(p *text.Printer, rate string) string {
	value, err := strconv.ParseFloat(rate, 64)
	if err != nil {
		return rate
	}
	return p.Percent(value)
}

// dueStays says how the day of a debit and the day it is due go together.
func (pg *page) dueStays() string {
	if pg.presenter.takesDay() {
		return pg.printer.T("autopay.due_stays")
	}
	return pg.printer.T("autopay.due_stays.each")
}

// endedNote says that autopay was ended, and what of it still happens; nil when it was not.
func (pg *page) endedNote() fyne.CanvasObject {
	p, was := pg.printer, pg.presenter.ended
	if was == nil {
		return nil
	}
	words := p.T("autopay.stop.ask.none")
	if next := was.next; next != nil {
		words = p.T("autopay.stopped.text", text.Vars{"Due": p.DateLong(next.Due)})
		if next.CancelUntil.IsZero() {
			words = p.T("autopay.stopped.stays", text.Vars{"Date": p.DateLong(next.On)})
		}
	}
	return kit.NewPanel(kit.Good, p.T("autopay.stopped.title"), words)
}

// fill draws what is refused, and what is under way.
func (v *formView) fill() {
	p, state := v.pg.printer, v.pg.presenter
	says := func(field string) string {
		if reason := state.form.fields[field]; reason != "" {
			return nav.FieldSentence(p, "autopay_"+field, reason)
		}
		return ""
	}
	v.account.SetError(says(fieldAccount))
	if v.day != nil {
		v.day.SetError(says(fieldDay))
	}
	if v.extra != nil && v.extra.Error() != says(fieldExtra) {
		v.extra.SetError(says(fieldExtra))
	}
	v.submit.SetBusy(state.request.Busy)
	if len(state.have.Value.accounts) == 0 {
		v.submit.Disable()
	}
}
