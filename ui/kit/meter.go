package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/theme"
)

// Meter is a row of segments of which some are filled: the strength of a
// password.
type Meter struct {
	widget.BaseWidget
	segments, filled int
	color            fyne.ThemeColorName
}

// NewMeter makes an empty meter.
func NewMeter(segments int) *Meter {
	m := &Meter{segments: segments, color: theme.Good}
	m.ExtendBaseWidget(m)
	return m
}

// Set fills n segments in a colour.
func (m *Meter) Set(n int, color fyne.ThemeColorName) {
	m.filled, m.color = n, color
	m.Refresh()
}

// CreateRenderer is part of fyne.Widget.
func (m *Meter) CreateRenderer() fyne.WidgetRenderer {
	r := &meterRenderer{m: m}
	for range m.segments {
		r.bars = append(r.bars, canvas.NewRectangle(nil))
	}
	r.Refresh()
	return r
}

type meterRenderer struct {
	m    *Meter
	bars []*canvas.Rectangle
}

func (r *meterRenderer) Destroy() {}

func (r *meterRenderer) Objects() []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(r.bars))
	for i, b := range r.bars {
		objects[i] = b
	}
	return objects
}

func (r *meterRenderer) MinSize() fyne.Size {
	return fyne.NewSize(float32(len(r.bars))*24, barHeight)
}

func (r *meterRenderer) Layout(size fyne.Size) {
	n := float32(len(r.bars))
	w := (size.Width - theme.Gap1*(n-1)) / n
	for i, b := range r.bars {
		b.Resize(fyne.NewSize(w, barHeight))
		b.Move(fyne.NewPos(float32(i)*(w+theme.Gap1), 0))
	}
}

func (r *meterRenderer) Refresh() {
	for i, b := range r.bars {
		name := theme.Track
		if i < r.m.filled {
			name = r.m.color
		}
		b.FillColor, b.CornerRadius = colorOf(r.m, name), barHeight/2
	}
	canvas.Refresh(r.m)
}

const barHeight = 6

// Progress is a thin bar, filled by a fraction.
type Progress struct {
	widget.BaseWidget
	value float64
}

// NewProgress makes an empty bar.
func NewProgress() *Progress {
	p := &Progress{}
	p.ExtendBaseWidget(p)
	return p
}

// Set fills the bar by a fraction of 0 to 1.
func (p *Progress) Set(fraction float64) {
	p.value = min(max(fraction, 0), 1)
	p.Refresh()
}

// Value returns the fraction.
func (p *Progress) Value() float64 { return p.value }

// CreateRenderer is part of fyne.Widget.
func (p *Progress) CreateRenderer() fyne.WidgetRenderer {
	r := &progressRenderer{p: p, track: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

type progressRenderer struct {
	p          *Progress
	track, bar *canvas.Rectangle
}

func (r *progressRenderer) Destroy() {}

func (r *progressRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.track, r.bar}
}

func (r *progressRenderer) MinSize() fyne.Size { return fyne.NewSize(60, barHeight) }

func (r *progressRenderer) Layout(size fyne.Size) {
	y := (size.Height - barHeight) / 2
	r.track.Resize(fyne.NewSize(size.Width, barHeight))
	r.track.Move(fyne.NewPos(0, y))
	r.bar.Resize(fyne.NewSize(size.Width*float32(r.p.value), barHeight))
	r.bar.Move(fyne.NewPos(0, y))
}

func (r *progressRenderer) Refresh() {
	r.track.FillColor, r.track.CornerRadius = colorOf(r.p, theme.Track), barHeight/2
	r.bar.FillColor, r.bar.CornerRadius = colorOf(r.p, theme.Primary), barHeight/2
	setVisible(r.bar, r.p.value > 0)
	r.Layout(r.p.Size())
	canvas.Refresh(r.p)
}

// Busy is a quiet line that says that something goes on. It does not move.
type Busy struct {
	widget.BaseWidget
	label *Wrapped
}

// NewBusy makes the line, hidden while its text is empty.
func NewBusy(text string) *Busy {
	b := &Busy{label: NewWrapped("", StyleQuiet)}
	b.ExtendBaseWidget(b)
	b.Set(text)
	return b
}

// Set changes what it says; "" hides it.
func (b *Busy) Set(text string) {
	b.label.SetText(text)
	setVisible(b, text != "")
}

// CreateRenderer is part of fyne.Widget.
func (b *Busy) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.label) }
