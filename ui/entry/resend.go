package entry

import (
	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

// resendBox draws a button that sends a mail again, with its wait and what came of it.
type resendBox struct {
	object fyne.CanvasObject
	p      *text.Printer
	state  *resend
	button *kit.Button
	hint   *kit.Wrapped
	fail   *kit.Wrapped
}

func newResendBox(p *text.Printer, state *resend, button *kit.Button) *resendBox {
	b := &resendBox{p: p, state: state, button: button, hint: kit.NewWrapped("", kit.StyleHint), fail: kit.NewWrapped("", kit.StyleHint)}
	b.fail.SetColorName(theme.Bad)
	b.object = kit.VStack(theme.Gap2, kit.Flow(0, 0, button), b.hint, b.fail)
	return b
}

// update draws what has changed.
func (b *resendBox) update() {
	r := b.state
	enable(b.button, r.ready())
	say(b.hint, b.words())
	fail := r.robot.sentence(b.p)
	if fail == "" && r.request.Wait.Over() {
		fail = r.request.Sentence(b.p)
	}
	say(b.fail, fail)
	b.object.Refresh()
}

// words tell what goes on, or how long to wait.
func (b *resendBox) words() string {
	r := b.state
	words := ""
	if r.sent {
		words = b.p.T("entry.checkmail.again.done") + " "
	}
	switch {
	case r.robot.working || r.request.Busy:
		return b.p.T("entry.checkmail.again.working", text.Vars{"Percent": percent(b.p, r.robot.progress)})
	case r.left() > 0:
		words += b.p.T("entry.checkmail.again.wait", text.Vars{"Wait": b.p.Countdown(r.left())})
	}
	return words
}
