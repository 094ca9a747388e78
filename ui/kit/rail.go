package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"myaccount/ui/theme"
)

// RailItem is one entry of the rail at the left: icon, word, counter.
type RailItem struct {
	control
	// OnTapped is called on a click, Enter or Space.
	OnTapped func()

	icon     *Icon
	label    *Text
	counter  *Counter
	selected bool
}

// NewRailItem makes an entry.
func NewRailItem(icon theme.IconName, label string, tapped func()) *RailItem {
	r := &RailItem{
		OnTapped: tapped, icon: NewIcon(icon, theme.RailText),
		label: NewText(label, Style{Size: theme.SizeText, Color: theme.RailText}), counter: NewCounter(0),
	}
	r.self = r
	r.key = func(ev *fyne.KeyEvent) bool {
		if ev.Name != fyne.KeyReturn && ev.Name != fyne.KeyEnter && ev.Name != fyne.KeySpace {
			return false
		}
		r.press()
		return true
	}
	r.ExtendBaseWidget(r)
	return r
}

// SetText changes the word.
func (r *RailItem) SetText(s string) { r.label.SetText(s) }

// SetCount changes the counter; 0 hides it.
func (r *RailItem) SetCount(n int) {
	r.counter.Set(n)
	r.Refresh()
}

// SetSelected marks the page that is shown.
func (r *RailItem) SetSelected(on bool) {
	r.selected = on
	r.Refresh()
}

// Selected says whether its page is shown.
func (r *RailItem) Selected() bool { return r.selected }

func (r *RailItem) press() {
	if !r.Disabled() && r.OnTapped != nil {
		r.OnTapped()
	}
}

// Tapped is part of fyne.Tappable.
func (r *RailItem) Tapped(*fyne.PointEvent) { r.press() }

// AccessibilityLabel is part of fyne.Accessible.
func (r *RailItem) AccessibilityLabel() string { return r.label.Text() }

// AccessibilityRole is part of fyne.Accessible.
func (r *RailItem) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is part of fyne.Widget.
func (r *RailItem) CreateRenderer() fyne.WidgetRenderer {
	d := &railRenderer{r: r, ground: newFrame()}
	d.Refresh()
	return d
}

type railRenderer struct {
	r      *RailItem
	ground *frame
}

func (d *railRenderer) Destroy() {}

func (d *railRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{d.ground.Container, d.r.icon, d.r.label, d.r.counter}
}

const (
	railPad = 12
	railGap = 10
)

// labelAt is where the word begins.
func (d *railRenderer) labelAt() float32 { return railPad + d.r.icon.MinSize().Width + railGap }

func (d *railRenderer) MinSize() fyne.Size {
	w := d.labelAt() + railPad + d.r.label.MinSize().Width
	if d.r.counter.Visible() {
		w += d.r.counter.MinSize().Width + theme.Gap2
	}
	return fyne.NewSize(w, sizeOf(d.r, theme.SizeControl))
}

func (d *railRenderer) Layout(size fyne.Size) {
	r := d.r
	d.ground.Resize(size)
	icon := r.icon.MinSize()
	r.icon.Resize(icon)
	r.icon.Move(fyne.NewPos(railPad, (size.Height-icon.Height)/2))
	m := r.label.MinSize()
	r.label.Resize(fyne.NewSize(size.Width-d.labelAt(), m.Height))
	r.label.Move(fyne.NewPos(d.labelAt(), (size.Height-m.Height)/2))
	c := r.counter.MinSize()
	r.counter.Resize(c)
	r.counter.Move(fyne.NewPos(size.Width-railPad-c.Width, (size.Height-c.Height)/2))
}

func (d *railRenderer) Refresh() {
	r := d.r
	ink := theme.RailText
	ground := colorOf(r, theme.RailGround)
	switch {
	case r.selected:
		ink, ground = theme.Link, colorOf(r, theme.SelectedGround)
	case r.hovered:
		ground = colorOf(r, theme.HoverGround)
	}
	r.label.SetStyle(Style{Size: theme.SizeText, Color: ink, Bold: r.selected})
	r.icon.SetColorName(ink)
	width := float32(0)
	if r.focused {
		width = sizeOf(r, theme.SizeFocusRing)
	}
	d.ground.set(ground, colorOf(r, theme.Primary), width, theme.RadiusControl)
	d.Layout(r.Size())
	canvas.Refresh(r)
}
