package entry

import (
	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

// robotCard draws the check "I'm not a robot".
type robotCard struct {
	object fyne.CanvasObject
	p      *text.Printer
	state  *robot
	check  *kit.Check
	bar    *kit.Progress
	word   *kit.Text
}

func newRobotCard(p *text.Printer, state *robot) *robotCard {
	c := &robotCard{
		p: p, state: state, bar: kit.NewProgress(), word: kit.NewHint(""),
		check: kit.NewCheck(p.T("entry.robot.label"), nil),
	}
	c.check.SetGood(true)
	c.check.OnChanged = func(bool) {
		state.toggle()
		c.update()
	}
	row := kit.HStack(theme.Gap3, kit.HFill(c.check), c.bar, c.word)
	c.object = kit.NewCard(row, kit.CardInset(theme.Gap3, 14))
	c.update()
	return c
}

// update draws what the check has come to.
func (c *robotCard) update() {
	c.check.SetChecked(c.state.solved())
	c.check.SetError(c.state.sentence(c.p))
	show(c.bar, c.state.working)
	c.bar.Set(c.state.progress)
	c.word.SetText(c.words())
	show(c.word, c.words() != "")
	c.object.Refresh()
}

func (c *robotCard) words() string {
	switch {
	case c.state.solved():
		return c.p.T("entry.robot.done")
	case c.state.working:
		return c.p.T("entry.robot.working", text.Vars{"Percent": percent(c.p, c.state.progress)})
	}
	return ""
}

// percent writes a fraction as whole percents.
func percent(p *text.Printer, fraction float64) string {
	return p.Percent(float64(int(fraction * 100)))
}
