package kit

import (
	"cloud.google.com/go/civil"
	"fyne.io/fyne/v2"

	"myaccount/ui/theme"
)

// datePanel is the month that opens under a DateField.
type datePanel struct {
	field  *DateField
	modal  *modal
	title  *Text
	grid   *monthGrid
	reason *Wrapped
}

// open shows the month of the day that is chosen, of today, or of the first day
// that may be chosen.
func (d *DateField) open() {
	c := fyne.CurrentApp().Driver().CanvasForObject(d.field)
	if c == nil || d.Disabled() || d.panel != nil {
		return
	}
	p := &datePanel{field: d, title: NewStrong(""), reason: NewWrapped("", StyleHint)}
	p.grid = newMonthGrid(p)
	back := NewIconButton(theme.IconChevronLeft, d.printer.T("text.date.previous"), func() { p.grid.turn(-1) })
	on := NewIconButton(theme.IconChevronRight, d.printer.T("text.date.next"), func() { p.grid.turn(1) })
	p.title.SetAlignment(fyne.TextAlignCenter)
	column := VStack(theme.Gap2, HStack(theme.Gap2, back, HFill(p.title), on), p.grid, p.reason)
	panel := newBlocker(NewCard(column, CardInset(theme.Gap3, theme.Gap3), CardColors(theme.Card, theme.Border)))
	p.modal = newModal(c, panel, underneath{d.field.frame})
	p.modal.scrim.Hide()
	p.modal.onScrim, p.modal.onKey = d.close, func(ev *fyne.KeyEvent) {
		if ev.Name == fyne.KeyEscape {
			d.close()
		}
	}
	d.panel = p
	p.grid.goTo(d.opening())
	p.modal.open(p.grid)
}

// opening is the day that the month opens at.
func (d *DateField) opening() civil.Date {
	for _, date := range []civil.Date{d.chosen(), d.Today, d.first} {
		if !date.IsZero() {
			return date
		}
	}
	return d.example()
}

// chosen is the day that is typed, zero if there is none.
func (d *DateField) chosen() civil.Date {
	date, _ := d.read()
	return date
}

// close closes the month and gives the focus back to the field.
func (d *DateField) close() {
	if d.panel == nil {
		return
	}
	d.panel.modal.close()
	d.panel = nil
	focusOn(d.field.input)
}

// show says which month it is, and what there is to say about a day.
func (p *datePanel) show(date civil.Date) {
	d := p.field
	p.title.SetText(d.printer.Month(date))
	said, ink := d.refusal(date), theme.Bad
	if said == "" {
		said, ink = d.printer.DateWeekday(date), theme.QuietText
	}
	p.reason.SetText(said)
	p.reason.SetColorName(ink)
	p.modal.content.Refresh()
}

// underneath places a panel under an object, or over it where there is more
// room, and inside the window.
type underneath struct{ anchor fyne.CanvasObject }

func (underneath) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (u underneath) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	panel := objects[0]
	width := panel.MinSize().Width
	height := settle(panel, width)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(u.anchor)
	x := max(min(at.X, size.Width-width-theme.Gap1), 0)
	y := at.Y + u.anchor.Size().Height + theme.Gap1
	if y+height > size.Height {
		y = max(min(at.Y-height-theme.Gap1, size.Height-height), 0)
	}
	panel.Resize(fyne.NewSize(width, height))
	panel.Move(fyne.NewPos(x, y))
}
