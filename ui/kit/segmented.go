package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"myaccount/ui/theme"
)

// Segmented is a choice of a few, side by side: the chosen one is dark. Left
// and Right move the choice.
type Segmented struct {
	control
	// OnChanged is called with the id when the person chooses.
	OnChanged func(id string)
	options   []Option
	id        string
}

// NewSegmented makes a choice of which the first is chosen.
func NewSegmented(options []Option, onChanged func(id string)) *Segmented {
	s := &Segmented{OnChanged: onChanged, options: options}
	if len(options) > 0 {
		s.id = options[0].ID
	}
	s.self, s.key = s, s.typed
	s.ExtendBaseWidget(s)
	return s
}

// Selected returns the id that is chosen.
func (s *Segmented) Selected() string { return s.id }

// SetSelected chooses without calling OnChanged.
func (s *Segmented) SetSelected(id string) {
	s.id = id
	s.Refresh()
}

// SetOptions changes the options and keeps the choice, by its id.
func (s *Segmented) SetOptions(options []Option) {
	s.options = options
	s.Refresh()
}

func (s *Segmented) typed(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyLeft:
		s.step(-1)
	case fyne.KeyRight:
		s.step(1)
	default:
		return false
	}
	return true
}

func (s *Segmented) step(n int) {
	if i := indexOf(s.options, s.id) + n; i >= 0 && i < len(s.options) {
		s.choose(s.options[i].ID)
	}
}

func (s *Segmented) choose(id string) {
	if id == s.id {
		return
	}
	s.SetSelected(id)
	if s.OnChanged != nil {
		s.OnChanged(id)
	}
}

// widths are those of the segments: the labels' and 16 on either side.
func (s *Segmented) widths() []float32 {
	w := make([]float32, len(s.options))
	for i, o := range s.options {
		w[i] = StyleFieldName.measure(s, o.Label).Width + 2*theme.Gap4
		w[i] = float32(int(w[i] + 0.5))
	}
	return w
}

// Tapped is part of fyne.Tappable.
func (s *Segmented) Tapped(ev *fyne.PointEvent) {
	if s.Disabled() {
		return
	}
	focusOn(s)
	x := float32(0)
	for i, w := range s.widths() {
		if x += w; ev.Position.X < x {
			s.choose(s.options[i].ID)
			return
		}
	}
}

// CreateRenderer is part of fyne.Widget.
func (s *Segmented) CreateRenderer() fyne.WidgetRenderer {
	r := &segmentedRenderer{s: s, frame: newFrame(), ring: canvas.NewRectangle(nil), chosen: canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

type segmentedRenderer struct {
	s            *Segmented
	frame        *frame
	ring, chosen *canvas.Rectangle
	labels       []*canvas.Text
}

func (r *segmentedRenderer) Destroy() {}

func (r *segmentedRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.frame.Container, r.chosen}
	for _, l := range r.labels {
		objects = append(objects, l)
	}
	return append(objects, r.ring)
}

func (r *segmentedRenderer) MinSize() fyne.Size {
	var width float32
	for _, w := range r.s.widths() {
		width += w
	}
	return fyne.NewSize(width, sizeOf(r.s, theme.SizeControlCompact)+4)
}

func (r *segmentedRenderer) Layout(size fyne.Size) {
	m := r.MinSize()
	size = fyne.NewSize(min(size.Width, m.Width), size.Height)
	r.frame.Resize(size)
	r.ring.Resize(size.AddWidthHeight(2*ringGap, 2*ringGap))
	r.ring.Move(fyne.NewPos(-ringGap, -ringGap))
	x, last := float32(0), len(r.labels)-1
	for i, w := range r.s.widths() {
		if i > last {
			break
		}
		r.labels[i].Resize(fyne.NewSize(w, size.Height))
		r.labels[i].Move(fyne.NewPos(x, 0))
		if r.s.options[i].ID == r.s.id {
			r.chosen.Resize(fyne.NewSize(w, size.Height))
			r.chosen.Move(fyne.NewPos(x, 0))
			r.round(i == 0, i == last)
		}
		x += w
	}
}

// round gives the chosen segment round corners only at the ends.
func (r *segmentedRenderer) round(first, last bool) {
	left, right := float32(0), float32(0)
	if first {
		left = theme.RadiusControl
	}
	if last {
		right = theme.RadiusControl
	}
	r.chosen.TopLeftCornerRadius, r.chosen.BottomLeftCornerRadius = left, left
	r.chosen.TopRightCornerRadius, r.chosen.BottomRightCornerRadius = right, right
}

func (r *segmentedRenderer) Refresh() {
	s := r.s
	for len(r.labels) < len(s.options) {
		r.labels = append(r.labels, canvas.NewText("", color.Black))
	}
	r.labels = r.labels[:len(s.options)]
	for i, o := range s.options {
		style := StyleFieldName
		if o.ID == s.id {
			style.Color = theme.OnStrong
		}
		l := r.labels[i]
		l.Text, l.Alignment = o.Label, fyne.TextAlignCenter
		style.apply(s, l)
	}
	r.frame.set(colorOf(s, theme.Card), colorOf(s, theme.Border), theme.Hairline, theme.RadiusControl)
	r.chosen.FillColor = colorOf(s, theme.Strong)
	setVisible(r.chosen, indexOf(s.options, s.id) >= 0)
	setRing(r.ring, s, s.focused, theme.RadiusControl+ringGap)
	r.Layout(s.Size())
	canvas.Refresh(s)
}
