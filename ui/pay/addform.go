package pay

import (
	"fmt"

	"fyne.io/fyne/v2"

	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

// addForm is where a new account is typed, under the drawing of a cheque.
type addForm struct {
	pg     *accountsPage
	cheque *cheque
	fields map[string]*kit.Field
}

// form draws the form of a new account.
func (pg *accountsPage) form() fyne.CanvasObject {
	p, s := pg.printer, pg.presenter
	f := &addForm{pg: pg, cheque: newCheque(p), fields: map[string]*kit.Field{}}
	transit := f.digits(fieldTransit, p.T("pay.accounts.transit"), transitDigits, func(form *accountForm) *string { return &form.transit })
	institution := f.digits(fieldInstitution, p.T("pay.accounts.institution"), institutionDigits, func(form *accountForm) *string { return &form.institution })
	number := f.digits(fieldNumber, p.T("pay.accounts.number"), numberMost, func(form *accountForm) *string { return &form.number })
	number.SetHint(p.T("pay.accounts.number.hint"))
	holder := kit.NewField(p.T("pay.accounts.holder"))
	holder.SetText(s.form.holder)
	f.take(fieldHolder, holder, func(form *accountForm) *string { return &form.holder })
	business := kit.NewCheck(p.T("pay.accounts.is_business"), func(on bool) { s.form.business = on })
	business.SetChecked(s.form.business)
	problem := badLine()
	save := kit.NewPrimary(p.T("pay.accounts.save"), s.save)
	save.SetBusyText(p.T("pay.accounts.saving"))
	actions := kit.Flow(theme.Gap4, theme.Gap2, save)
	if len(s.accounts) > 0 {
		actions.Add(kit.NewButton(p.T("pay.leave"), s.dismiss))
	}
	pg.first = transit.Focusable()
	pg.fill = func() {
		f.show()
		showLine(problem, s.problem(p))
		save.SetBusy(s.request.Busy)
	}
	return kit.NewCard(kit.VStack(theme.Gap4, kit.NewCardTitle(p.T("pay.accounts.new")),
		kit.NewWrapped(p.T("pay.accounts.where"), kit.StyleQuiet), f.cheque.object,
		kit.Columns(1, 1)(transit, institution), number, holder, business, problem, actions), kit.CardInset(theme.Gap6, theme.Gap6))
}

// digits makes a field for one of the numbers. A whole line of a cheque that is pasted fills all of them. Of what else is
// pasted nothing is cut off: a number with digits too many is said to be wrong, where one without them would seem right.
func (f *addForm) digits(name, label string, most int, of func(*accountForm) *string) *kit.Field {
	s := f.pg.presenter
	field := kit.NewField(label)
	field.MaxRunes, field.Filter = 2*most, func(r rune) bool { return r >= '0' && r <= '9' }
	field.SetTabular(true)
	field.SetText(*of(&s.form))
	field.OnShortcut = f.pasted
	field.OnFocus = func(on bool) {
		f.cheque.parts[name].light(on)
		if !on {
			s.left(name)
			f.pg.refill()
		}
	}
	f.take(name, field, of)
	return field
}

// take keeps what is typed into a field.
func (f *addForm) take(name string, field *kit.Field, of func(*accountForm) *string) {
	s := f.pg.presenter
	f.fields[name] = field
	field.OnChanged = func(typed string) {
		s.set(name, func(form *accountForm) { *of(form) = typed })
		f.pg.refill()
	}
	field.OnSubmitted = func(string) { s.save() }
}

// pasted takes a whole line of a cheque.
func (f *addForm) pasted(shortcut fyne.Shortcut) bool {
	paste, ok := shortcut.(*fyne.ShortcutPaste)
	if !ok || paste.Clipboard == nil {
		return false
	}
	n, ok := parseMICR(paste.Clipboard.Content())
	if !ok {
		return false
	}
	f.fields[fieldTransit].SetText(n.transit)
	f.fields[fieldInstitution].SetText(n.institution)
	f.fields[fieldNumber].SetText(n.number)
	return true
}

// show draws what is typed in the cheque, how much is missing, and what is refused.
func (f *addForm) show() {
	p, s := f.pg.printer, f.pg.presenter
	f.cheque.show(s.form)
	f.count(fieldTransit, s.form.transit, transitDigits, transitDigits)
	f.count(fieldInstitution, s.form.institution, institutionDigits, institutionDigits)
	f.count(fieldNumber, s.form.number, numberLeast, numberMost)
	for name, field := range f.fields {
		setError(field, s.say(p, name))
	}
}

// count shows how many of the digits are there.
func (f *addForm) count(name, typed string, least, most int) {
	n := len(typed)
	switch {
	case n < least:
		f.fields[name].SetTrailing(fmt.Sprintf("%d / %d", n, least), theme.QuietText)
	case n > most:
		f.fields[name].SetTrailing(fmt.Sprintf("%d / %d", n, most), theme.Bad)
	default:
		f.fields[name].SetTrailing(fmt.Sprintf("%d ✓", n), theme.Good)
	}
}
