package profile

import (
	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// formWidth is that of a form at text scale 1.
const formWidth = 460

// longestEntry bounds what can be pasted into a field, in characters: far beyond every limit, so that too long is told
// and not cut, but not so much that drawing it takes time.
const longestEntry = 1000

// sheet is the page of a part: the way back, what it is about, and its content, which scrolls when it is too high.
func sheet(p *text.Printer, env nav.Env, title, lead string, content fyne.CanvasObject) fyne.CanvasObject {
	back := kit.NewLink("‹ "+p.T("profile.title"), env.Back)
	head := kit.VStack(theme.Gap1, kit.NewWrapped(title, kit.StyleTitle))
	if lead != "" {
		head.Add(kit.MaxWidth(2*formWidth, kit.NewWrapped(lead, kit.StyleQuiet)))
	}
	return kit.NewPageScroll(kit.PageMargin(kit.VStack(theme.Gap5, kit.HStack(0, back), head, content)))
}

// formView is a form as it is drawn.
type formView struct {
	p       *text.Printer
	env     nav.Env
	state   *form
	fields  map[string]*kit.Field
	problem *kit.Wrapped
	submit  *kit.Button
	refusal int // as drawn
}

func newFormView(p *text.Printer, env nav.Env, state *form, submit *kit.Button) *formView {
	v := &formView{p: p, env: env, state: state, fields: map[string]*kit.Field{}, problem: kit.NewWrapped("", kit.StyleLabel), submit: submit, refusal: state.refusal}
	v.problem.SetColorName(theme.Bad)
	return v
}

// add makes a field of the form.
func (v *formView) add(name string, f *kit.Field) *kit.Field {
	f.MaxRunes = longestEntry
	f.SetText(v.state.typed[name].Reveal())
	f.OnChanged = func(typed string) { v.state.set(name, typed) }
	f.OnSubmitted = func(string) { v.submit.OnTapped() }
	v.fields[name] = f
	return f
}

// secret makes a field for a password.
func (v *formView) secret(name, label string) *kit.Field {
	return v.add(name, kit.NewPasswordField(label, v.p.T("profile.form.show"), v.p.T("profile.form.hide")))
}

// object puts the fields into a card, with the buttons under them.
func (v *formView) object(fields ...fyne.CanvasObject) fyne.CanvasObject {
	column := kit.VStack(theme.Gap4, fields...)
	column.Add(v.problem)
	column.Add(kit.Flow(theme.Gap4, theme.Gap2, v.submit, kit.NewButton(v.p.T("profile.cancel"), v.env.Back)))
	return kit.MaxWidth(formWidth, kit.NewCard(column, kit.CardInset(theme.Gap6, theme.Gap6)))
}

// focus is the first field.
func (v *formView) focus() fyne.Focusable {
	if v == nil || len(v.state.fields) == 0 {
		return nil
	}
	return v.fields[v.state.fields[0]].Focusable()
}

// update draws what has changed. After a refusal the focus goes to what is to be corrected.
func (v *formView) update(sentence func(field, reason string) string) {
	for name, f := range v.fields {
		words := ""
		if reason := v.state.fieldReason(name); reason != "" {
			words = sentence(name, reason)
		}
		if f.Error() != words {
			f.SetError(words)
		}
	}
	words := v.state.problem(v.p)
	v.problem.SetText(words)
	if words == "" {
		v.problem.Hide()
	} else {
		v.problem.Show()
	}
	v.submit.SetBusy(v.state.request.Busy)
	if v.state.request.Ready() || v.state.request.Busy {
		v.submit.Enable()
	} else {
		v.submit.Disable()
	}
	if v.refusal == v.state.refusal {
		return
	}
	v.refusal = v.state.refusal
	if f := v.fields[v.state.first()]; f != nil {
		f.Focus(v.env.Window.Canvas())
		if taker, ok := f.Focusable().(fyne.Shortcutable); ok {
			taker.TypedShortcut(&fyne.ShortcutSelectAll{})
		}
	}
}

// fieldSentence says why a field was refused.
func (v *formView) fieldSentence(field, reason string) string {
	return nav.FieldSentence(v.p, field, reason)
}
