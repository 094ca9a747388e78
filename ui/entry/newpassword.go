package entry

import (
	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// newPassword draws the field for a new password with its meter and advice, and the field to confirm it.
type newPassword struct {
	object            fyne.CanvasObject
	p                 *text.Printer
	state             *nav.Strength
	password, confirm *kit.Field
	meter             *kit.Meter
}

// passwordActions is what the page does about the two fields.
type passwordActions struct {
	setPassword, setConfirm func(string)
	left                    func(field string)
	submit                  func()
}

func newNewPassword(p *text.Printer, state *nav.Strength, label, password, confirm string, do passwordActions) *newPassword {
	n := &newPassword{p: p, state: state, meter: kit.NewMeter(4)}
	n.password = n.field(label, password, fieldPassword, do.setPassword, do)
	n.confirm = n.field(p.T("entry.field.confirm"), confirm, fieldConfirm, do.setConfirm, do)
	n.password.SetMeter(n.meter)
	n.object = kit.VStack(theme.Gap4, n.password, n.confirm)
	return n
}

func (n *newPassword) field(label, typed, name string, set func(string), do passwordActions) *kit.Field {
	f := field(kit.NewPasswordField(label, n.p.T("entry.show"), n.p.T("entry.hide")), typed, set)
	f.OnSubmitted = func(string) { do.submit() }
	f.OnFocus = func(on bool) {
		if !on {
			do.left(name)
		}
	}
	return f
}

// update draws the judgement; what is said against a field comes from the page, and stands in place of the advice.
func (n *newPassword) update(passwordError, confirmError string) {
	bars := n.state.Bars()
	var color fyne.ThemeColorName = theme.Warn
	if bars >= 3 {
		color = theme.Good
	}
	n.meter.Set(bars, color)
	n.password.SetHint(n.state.Advice(n.p))
	setError(n.password, passwordError)
	setError(n.confirm, confirmError)
}

// setError spares the work when nothing changes.
func setError(f *kit.Field, words string) {
	if f.Error() != words {
		f.SetError(words)
	}
}
