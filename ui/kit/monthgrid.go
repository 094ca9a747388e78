package kit

import (
	"image/color"
	"strconv"
	"time"

	"cloud.google.com/go/civil"
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"myaccount/ui/theme"
)

// A month has up to six weeks; the row above them has their days' names.
const (
	weekDays  = 7
	monthRows = 1 + 6
)

// monthGrid is a month of days. The arrows move by days and weeks, Home and End
// to the ends of the week, Page Up and Page Down by months; Enter and Space
// choose the day.
type monthGrid struct {
	control
	panel  *datePanel
	cursor civil.Date
}

func newMonthGrid(p *datePanel) *monthGrid {
	g := &monthGrid{panel: p}
	g.self, g.key = g, g.typed
	g.ExtendBaseWidget(g)
	return g
}

// goTo puts the cursor on a day, or on the nearest that is within the bounds.
func (g *monthGrid) goTo(date civil.Date) {
	d := g.panel.field
	if !d.last.IsZero() && date.After(d.last) {
		date = d.last
	}
	if date.Before(d.first) {
		date = d.first
	}
	g.cursor = date
	g.panel.show(date)
	g.Refresh()
}

// turn moves by months, to the same day or to the last that the month has.
func (g *monthGrid) turn(months int) {
	first := civil.Date{Year: g.cursor.Year, Month: g.cursor.Month, Day: 1}
	month := first.AddMonths(months)
	last := month.AddMonths(1).AddDays(-1)
	month.Day = min(g.cursor.Day, last.Day)
	g.goTo(month)
}

func (g *monthGrid) typed(ev *fyne.KeyEvent) bool {
	column := g.column(g.cursor)
	switch ev.Name {
	case fyne.KeyLeft:
		g.goTo(g.cursor.AddDays(-1))
	case fyne.KeyRight:
		g.goTo(g.cursor.AddDays(1))
	case fyne.KeyUp:
		g.goTo(g.cursor.AddDays(-weekDays))
	case fyne.KeyDown:
		g.goTo(g.cursor.AddDays(weekDays))
	case fyne.KeyHome:
		g.goTo(g.cursor.AddDays(-column))
	case fyne.KeyEnd:
		g.goTo(g.cursor.AddDays(weekDays - 1 - column))
	case fyne.KeyPageUp:
		g.turn(-1)
	case fyne.KeyPageDown:
		g.turn(1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		g.choose(g.cursor)
	default:
		return false
	}
	return true
}

// choose takes a day, unless it may not be chosen: then it says why.
func (g *monthGrid) choose(date civil.Date) {
	d := g.panel.field
	if d.refusal(date) != "" {
		g.panel.show(date)
		return
	}
	d.choose(date)
}

// column is where a day stands in its week, from 0.
func (g *monthGrid) column(date civil.Date) int {
	return int(date.Weekday()-g.panel.field.printer.FirstWeekday()+weekDays) % weekDays
}

// start is the day of the first cell, which may belong to the month before.
func (g *monthGrid) start() civil.Date {
	first := civil.Date{Year: g.cursor.Year, Month: g.cursor.Month, Day: 1}
	return first.AddDays(-g.column(first))
}

// cell is the size of a day.
func (g *monthGrid) cell() fyne.Size {
	side := sizeOf(g, theme.SizeControlCompact) + 2
	return fyne.NewSize(side+2, side)
}

// at finds the day under the pointer.
func (g *monthGrid) at(pos fyne.Position) (civil.Date, bool) {
	cell := g.cell()
	column, row := int(pos.X/cell.Width), int(pos.Y/cell.Height)-1
	if pos.X < 0 || column >= weekDays || row < 0 || row >= monthRows-1 {
		return civil.Date{}, false
	}
	date := g.start().AddDays(row*weekDays + column)
	return date, date.Month == g.cursor.Month
}

// Tapped is part of fyne.Tappable.
func (g *monthGrid) Tapped(ev *fyne.PointEvent) {
	focusOn(g)
	if date, ok := g.at(ev.Position); ok {
		g.choose(date)
	}
}

// MouseMoved says what there is to say about the day under the pointer.
func (g *monthGrid) MouseMoved(ev *desktop.MouseEvent) {
	if date, ok := g.at(ev.Position); ok {
		g.panel.show(date)
	}
}

// AccessibilityLabel is what assistive technology reads: the day of the cursor
// and what is wrong with it.
func (g *monthGrid) AccessibilityLabel() string {
	d := g.panel.field
	return d.printer.DateWeekday(g.cursor) + " " + d.refusal(g.cursor)
}

// AccessibilityRole is part of fyne.Accessible.
func (g *monthGrid) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is part of fyne.Widget.
func (g *monthGrid) CreateRenderer() fyne.WidgetRenderer {
	r := &monthRenderer{g: g, ring: canvas.NewRectangle(nil), chosen: canvas.NewRectangle(nil), today: newFrame()}
	for range weekDays * monthRows {
		words := canvas.NewText("", color.Black)
		words.Alignment = fyne.TextAlignCenter
		r.words = append(r.words, words)
		r.strokes = append(r.strokes, canvas.NewRectangle(nil))
	}
	r.Refresh()
	return r
}

// monthRenderer draws the heads of the columns and the days in one grid.
type monthRenderer struct {
	g            *monthGrid
	chosen, ring *canvas.Rectangle
	today        *frame
	words        []*canvas.Text
	strokes      []*canvas.Rectangle // through the days that may not be chosen
}

func (r *monthRenderer) Destroy() {}

func (r *monthRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.today.Container, r.chosen}
	for i, words := range r.words {
		objects = append(objects, words, r.strokes[i])
	}
	return append(objects, r.ring)
}

func (r *monthRenderer) MinSize() fyne.Size {
	cell := r.g.cell()
	return fyne.NewSize(cell.Width*weekDays, cell.Height*monthRows)
}

func (r *monthRenderer) Layout(fyne.Size) {
	cell := r.g.cell()
	for i, words := range r.words {
		at := fyne.NewPos(cell.Width*float32(i%weekDays), cell.Height*float32(i/weekDays))
		words.Resize(cell)
		words.Move(at)
		stroke := words.MinSize().Width + 2
		r.strokes[i].Resize(fyne.NewSize(stroke, theme.Hairline))
		r.strokes[i].Move(at.AddXY(float32(int((cell.Width-stroke)/2)), float32(int(cell.Height/2))))
	}
	r.put(r.g.cursor, r.ring, 1)
	r.put(r.g.panel.field.chosen(), r.chosen, 4)
	r.put(r.g.panel.field.Today, r.today, 4)
}

// put lays a mark on a day, so far inside its cell, and hides it where the month
// has no such day.
func (r *monthRenderer) put(date civil.Date, mark fyne.CanvasObject, inside float32) {
	g, cell := r.g, r.g.cell()
	here := date.Year == g.cursor.Year && date.Month == g.cursor.Month
	setVisible(mark, here)
	if !here {
		return
	}
	i := date.DaysSince(g.start()) + weekDays
	mark.Resize(cell.SubtractWidthHeight(2*inside, 2*inside))
	mark.Move(fyne.NewPos(cell.Width*float32(i%weekDays)+inside, cell.Height*float32(i/weekDays)+inside))
}

func (r *monthRenderer) Refresh() {
	g := r.g
	first := g.panel.field.printer.FirstWeekday()
	for i := range weekDays {
		r.words[i].Text = g.panel.field.printer.WeekdayShort((first + time.Weekday(i)) % weekDays)
		Style{Size: theme.SizeSmall, Color: theme.QuietText, Bold: true}.apply(g, r.words[i])
		r.strokes[i].Hide()
	}
	for i := weekDays; i < len(r.words); i++ {
		r.day(i, g.start().AddDays(i-weekDays))
	}
	r.chosen.FillColor, r.chosen.CornerRadius = colorOf(g, theme.Primary), theme.RadiusControl
	r.today.set(colorOf(g, theme.SelectedGround), colorOf(g, theme.InfoBorder), theme.Hairline, theme.RadiusControl)
	setRing(r.ring, g, g.focused, theme.RadiusControl)
	r.Layout(g.Size())
	canvas.Refresh(g)
}

// day writes a day into a cell; those of the months beside are left out.
func (r *monthRenderer) day(i int, date civil.Date) {
	g := r.g
	d, words, stroke := g.panel.field, r.words[i], r.strokes[i]
	words.Text = ""
	if date.Month == g.cursor.Month {
		words.Text = strconv.Itoa(date.Day)
	}
	off, chosen := d.refusal(date) != "", date == d.chosen()
	style := Style{Size: theme.SizeText, Color: theme.Text, Tabular: true}
	switch {
	case chosen:
		style.Color = theme.OnPrimary
	case off:
		style.Color = theme.QuietText
	}
	style.apply(g, words)
	stroke.FillColor = colorOf(g, style.Color)
	setVisible(stroke, off && words.Text != "")
}
