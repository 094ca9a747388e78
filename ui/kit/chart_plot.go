package kit

import (
	"image/color"
	"math"

	"cloud.google.com/go/civil"
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"myaccount/ui/theme"
)

// plot is the picture of a chart.
type plot struct {
	control
	words  ChartWords
	today  civil.Date
	series []ChartSeries
	days   []stop
	scale  scale
	at     int // index of the day that is pointed at, or -1
	tip    *chartTip
	// pointed is told what stands at the day pointed at, or "".
	pointed func(said string)
}

func newPlot(words ChartWords, today civil.Date, series []ChartSeries, days []stop) *plot {
	p := &plot{words: words, today: today, series: series, days: days, scale: newScale(days), at: -1, tip: newChartTip()}
	p.self, p.key = p, p.typed
	p.ExtendBaseWidget(p)
	return p
}

// point moves to a day; -1 points at none.
func (p *plot) point(day int) {
	if day == p.at {
		return
	}
	p.at = day
	p.showTip()
	if p.pointed != nil {
		p.pointed(p.said())
	}
}

func (p *plot) showTip() {
	if p.at < 0 {
		p.tip.hide()
		return
	}
	p.tip.show(p.scale, p.days[p.at], p.words)
}

// said is what stands at the day pointed at: the day, and the figure of each line.
func (p *plot) said() string {
	if p.at < 0 {
		return ""
	}
	said := p.words.Date(p.days[p.at].on)
	for _, f := range p.days[p.at].figures {
		said += " · " + f.name + " " + p.words.Value(f.value)
	}
	return said
}

func (p *plot) typed(ev *fyne.KeyEvent) bool {
	last := len(p.days) - 1
	if last < 0 {
		return false
	}
	switch ev.Name {
	case fyne.KeyLeft:
		p.point(max(p.at-1, 0))
	case fyne.KeyRight:
		p.point(min(p.at+1, last))
	case fyne.KeyHome:
		p.point(0)
	case fyne.KeyEnd:
		p.point(last)
	default:
		return false
	}
	return true
}

// nearest is the day nearest to a place, or -1 where there is none.
func (p *plot) nearest(x float32) int {
	best, least := -1, float32(math.MaxFloat32)
	for i, d := range p.days {
		if away := float32(math.Abs(float64(p.scale.x(d.on) - x))); away < least {
			best, least = i, away
		}
	}
	return best
}

// FocusGained points at today, or at the day nearest to it.
func (p *plot) FocusGained() {
	if p.at < 0 {
		p.point(p.nearest(p.scale.x(p.today)))
	}
	p.control.FocusGained()
}

// FocusLost is part of fyne.Focusable.
func (p *plot) FocusLost() {
	p.point(-1)
	p.control.FocusLost()
}

// Tapped is part of fyne.Tappable.
func (p *plot) Tapped(ev *fyne.PointEvent) {
	p.point(p.nearest(ev.Position.X))
	focusOn(p)
}

// MouseIn is part of desktop.Hoverable.
func (p *plot) MouseIn(ev *desktop.MouseEvent) { p.MouseMoved(ev) }

// MouseMoved is part of desktop.Hoverable.
func (p *plot) MouseMoved(ev *desktop.MouseEvent) { p.point(p.nearest(ev.Position.X)) }

// MouseOut is part of desktop.Hoverable. What was reached by keyboard stays.
func (p *plot) MouseOut() {
	if !p.focused {
		p.point(-1)
	}
}

// Cursor is the ordinary one: nothing is pressed here.
func (p *plot) Cursor() desktop.Cursor { return desktop.DefaultCursor }

// AccessibilityLabel is part of fyne.Accessible.
func (p *plot) AccessibilityLabel() string {
	if p.at < 0 {
		return p.words.Name + ". " + p.words.Summary
	}
	return p.said()
}

// AccessibilityRole is part of fyne.Accessible.
func (p *plot) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is part of fyne.Widget.
func (p *plot) CreateRenderer() fyne.WidgetRenderer {
	r := &plotRenderer{p: p, ring: canvas.NewRectangle(nil)}
	r.lines = newLines(func() float32 { return p.Size().Width }, p.strokes)
	r.Refresh()
	return r
}

// plotRenderer draws the picture anew when its size or the theme changes; what is pointed at lies over it.
type plotRenderer struct {
	p     *plot
	ring  *canvas.Rectangle
	lines *canvas.Raster
	drawn []fyne.CanvasObject
}

// The least size of a chart at text scale 1, and of what is in it.
const (
	chartWidth  = 200
	chartHeight = 180
	dotWidth    = 10
	tickGap     = 24 // between the words of two months
)

func (r *plotRenderer) Destroy() {}

func (r *plotRenderer) Objects() []fyne.CanvasObject {
	objects := append([]fyne.CanvasObject{r.ring}, r.drawn...)
	return append(objects, r.p.tip)
}

func (r *plotRenderer) MinSize() fyne.Size {
	return fyne.NewSize(grown(r.p, chartWidth), grown(r.p, chartHeight))
}

func (r *plotRenderer) Layout(size fyne.Size) {
	r.ring.Resize(size)
	r.p.tip.Resize(size)
	r.draw(size)
	r.p.showTip()
}

func (r *plotRenderer) Refresh() {
	setRing(r.ring, r.p, r.p.focused, theme.RadiusControl)
	r.Layout(r.p.Size())
	canvas.Refresh(r.p)
}

// draw makes the picture: hairlines with their figures, months, lines, and the mark of today.
func (r *plotRenderer) draw(size fyne.Size) {
	r.drawn = r.drawn[:0]
	if size.IsZero() || len(r.p.days) == 0 {
		return
	}
	r.place(size)
	r.drawValues()
	r.drawMonths()
	r.drawToday()
	r.add(r.lines, fyne.Position{}, size)
	r.lines.Refresh()
	r.drawEnd()
}

// place leaves room for the words beside and under the lines.
func (r *plotRenderer) place(size fyne.Size) {
	p, words := r.p, fyne.Size{}
	for _, v := range p.scale.values() {
		words = words.Max(StyleHint.measure(p, p.words.Axis(v)))
	}
	left, top := whole(words).Width+theme.Gap3, whole(words).Height/2+theme.Gap1
	p.scale.at = fyne.NewPos(left, top)
	p.scale.size = fyne.NewSize(max(size.Width-left-dotWidth, 1), max(size.Height-top-words.Height-theme.Gap3, 1))
}

func (r *plotRenderer) add(o fyne.CanvasObject, at fyne.Position, size fyne.Size) {
	o.Move(at)
	o.Resize(size)
	r.drawn = append(r.drawn, o)
}

// hairline is a crisp line of one pixel.
func (r *plotRenderer) hairline(color fyne.ThemeColorName, at fyne.Position, size fyne.Size) {
	at.X, at.Y = float32(math.Round(float64(at.X))), float32(math.Round(float64(at.Y)))
	r.add(canvas.NewRectangle(colorOf(r.p, color)), at, size)
}

func (r *plotRenderer) word(s string, at fyne.Position) {
	line := canvas.NewText(s, color.Black)
	StyleHint.apply(r.p, line)
	r.add(line, at, whole(line.MinSize()))
}

func (r *plotRenderer) drawValues() {
	s := r.p.scale
	for _, v := range s.values() {
		said, y := r.p.words.Axis(v), s.y(v)
		size := whole(StyleHint.measure(r.p, said))
		r.hairline(theme.Hairlines, fyne.NewPos(s.at.X, y), fyne.NewSize(s.size.Width, theme.Hairline))
		r.word(said, fyne.NewPos(s.at.X-theme.Gap2-size.Width, y-size.Height/2))
	}
}

func (r *plotRenderer) drawMonths() {
	s, tick := r.p.scale, r.p.words.Tick
	firsts, yearly := months(s.from, s.to, func(yearly bool) int {
		return max(int(s.size.Width/(StyleHint.measure(r.p, tick(s.from, yearly)).Width+tickGap)), 1)
	})
	end := float32(0)
	for _, first := range firsts {
		said := tick(first, yearly)
		width := StyleHint.measure(r.p, said).Width
		x := min(max(s.x(first)-width/2, s.at.X), s.at.X+s.size.Width+dotWidth-width)
		if x < end {
			continue // pushed inwards from the edge, onto its neighbour
		}
		r.word(said, fyne.NewPos(x, s.at.Y+s.size.Height+theme.Gap2))
		end = x + width + theme.Gap2
	}
}

// drawToday marks the day in the picture.
func (r *plotRenderer) drawToday() {
	s, today := r.p.scale, r.p.today
	if today.Before(s.from) || today.After(s.to) {
		return
	}
	r.hairline(theme.Border, fyne.NewPos(s.x(today), s.at.Y), fyne.NewSize(theme.Hairline, s.size.Height))
}

// strokes are the lines, where they lie in a picture of this size.
func (p *plot) strokes() (list []stroke) {
	for _, s := range p.series {
		points := make([]fyne.Position, len(s.Points))
		for i, at := range s.Points {
			points[i] = p.scale.point(at)
		}
		list = append(list, newStroke(p, s, thinned(points, 2)))
	}
	return list
}

// drawEnd puts a dot at the end of what has happened.
func (r *plotRenderer) drawEnd() {
	for _, s := range r.p.series {
		if s.Dashed || s.Quiet || len(s.Points) == 0 {
			continue
		}
		at := r.p.scale.point(s.Points[len(s.Points)-1])
		r.add(canvas.NewCircle(colorOf(r.p, theme.Primary)), at.SubtractXY(dotWidth/2, dotWidth/2), fyne.NewSquareSize(dotWidth))
		return
	}
}
