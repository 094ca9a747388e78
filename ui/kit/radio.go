package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"myaccount/ui/theme"
)

// Radio is a choice of a few, under each other. Up and Down move the choice.
type Radio struct {
	control
	// OnChanged is called with the id when the person chooses.
	OnChanged func(id string)
	options   []Option
	id        string
}

// NewRadio makes a choice in which nothing is chosen yet.
func NewRadio(options []Option, onChanged func(id string)) *Radio {
	r := &Radio{OnChanged: onChanged, options: options}
	r.self, r.key = r, r.typed
	r.ExtendBaseWidget(r)
	return r
}

// Selected returns the id that is chosen, or "".
func (r *Radio) Selected() string { return r.id }

// SetSelected chooses without calling OnChanged.
func (r *Radio) SetSelected(id string) {
	r.id = id
	r.Refresh()
}

// SetOptions changes the options and keeps the choice, by its id.
func (r *Radio) SetOptions(options []Option) {
	r.options = options
	r.Refresh()
}

func (r *Radio) typed(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyUp:
		r.step(-1)
	case fyne.KeyDown, fyne.KeySpace:
		r.step(1)
	default:
		return false
	}
	return true
}

func (r *Radio) step(n int) {
	if i := indexOf(r.options, r.id) + n; i >= 0 && i < len(r.options) {
		r.choose(r.options[i].ID)
	}
}

func (r *Radio) choose(id string) {
	if id == r.id {
		return
	}
	r.SetSelected(id)
	if r.OnChanged != nil {
		r.OnChanged(id)
	}
}

func (r *Radio) rowHeight() float32 { return sizeOf(r, theme.SizeControlCompact) - 2 }

// Tapped is part of fyne.Tappable.
func (r *Radio) Tapped(ev *fyne.PointEvent) {
	i := int(ev.Position.Y / r.rowHeight())
	if r.Disabled() || i < 0 || i >= len(r.options) {
		return
	}
	focusOn(r)
	r.choose(r.options[i].ID)
}

// CreateRenderer is part of fyne.Widget.
func (r *Radio) CreateRenderer() fyne.WidgetRenderer {
	d := &radioRenderer{r: r, ring: canvas.NewRectangle(nil)}
	d.Refresh()
	return d
}

type radioRow struct {
	circle, dot *canvas.Circle
	label       *canvas.Text
}

type radioRenderer struct {
	r    *Radio
	rows []radioRow
	ring *canvas.Rectangle
}

const (
	circleSize = 18
	dotSize    = 8
	radioGap   = 10
)

func (d *radioRenderer) side() float32 { return grown(d.r, circleSize) }

func (d *radioRenderer) Destroy() {}

func (d *radioRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{d.ring}
	for _, row := range d.rows {
		objects = append(objects, row.circle, row.dot, row.label)
	}
	return objects
}

func (d *radioRenderer) MinSize() fyne.Size {
	var width float32
	for _, row := range d.rows {
		width = max(width, row.label.MinSize().Width)
	}
	return whole(fyne.NewSize(width+d.side()+radioGap, d.r.rowHeight()*float32(len(d.rows))))
}

func (d *radioRenderer) Layout(size fyne.Size) {
	h, side, dot := d.r.rowHeight(), d.side(), grown(d.r, dotSize)
	for i, row := range d.rows {
		y := h * float32(i)
		row.circle.Resize(fyne.NewSquareSize(side))
		row.circle.Move(fyne.NewPos(0, y+(h-side)/2))
		row.dot.Resize(fyne.NewSquareSize(dot))
		row.dot.Move(fyne.NewPos((side-dot)/2, y+(h-dot)/2))
		row.label.Resize(fyne.NewSize(max(size.Width-side-radioGap, 0), h))
		row.label.Move(fyne.NewPos(side+radioGap, y))
		if d.r.options[i].ID == d.r.id || i == 0 {
			d.ring.Resize(fyne.NewSquareSize(side + 2*ringGap))
			d.ring.Move(fyne.NewPos(-ringGap, y+(h-side)/2-ringGap))
		}
	}
}

func (d *radioRenderer) Refresh() {
	r := d.r
	for len(d.rows) < len(r.options) {
		d.rows = append(d.rows, radioRow{canvas.NewCircle(nil), canvas.NewCircle(nil), canvas.NewText("", color.Black)})
	}
	d.rows = d.rows[:len(r.options)]
	for i, o := range r.options {
		row, line := d.rows[i], theme.QuietText
		if o.ID == r.id {
			line = theme.Primary
		}
		row.circle.FillColor, row.circle.StrokeColor, row.circle.StrokeWidth = colorOf(r, theme.Input), colorOf(r, line), 1.5
		row.dot.FillColor = colorOf(r, theme.Primary)
		setVisible(row.dot, o.ID == r.id)
		row.label.Text, row.label.TextSize, row.label.Color = o.Label, sizeOf(r, theme.SizeText), colorOf(r, theme.Text)
	}
	setRing(d.ring, r, r.focused, d.side()/2+ringGap)
	d.Layout(r.Size())
	canvas.Refresh(r)
}
