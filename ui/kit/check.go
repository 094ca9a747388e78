package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/theme"
)

// Check is a box to tick with a sentence, and a link at the sentence's end if
// there is one.
type Check struct {
	widget.BaseWidget
	// OnChanged is called when the person ticks or unticks.
	OnChanged func(bool)

	box    *tickBox
	label  *Wrapped
	link   *Button
	row    *fyne.Container
	err    *Wrapped
	column *fyne.Container
}

// NewCheck makes a box to tick.
func NewCheck(label string, changed func(bool)) *Check {
	c := &Check{OnChanged: changed, label: NewWrapped(label, StyleLabel), err: NewWrapped("", StyleHint)}
	c.link = NewTextLink("", nil)
	c.link.Hide()
	c.err.SetColorName(theme.Bad)
	c.err.Hide()
	c.box = newTickBox(c.Toggle)
	words := newTapArea(&sentence{label: c.label, link: c.link}, c.tapLabel)
	c.row = HStack(10, c.box, HFill(words))
	c.column = VStack(theme.Gap1, c.row, c.err)
	c.ExtendBaseWidget(c)
	return c
}

// SetLink puts a link at the end of the sentence.
func (c *Check) SetLink(label string, tapped func()) *Check {
	c.link.SetText(label)
	c.link.OnTapped = tapped
	setVisible(c.link, label != "")
	c.Refresh()
	return c
}

// SetLabel changes the sentence.
func (c *Check) SetLabel(label string) { c.label.SetText(label) }

// SetGood draws the tick in green: something was proven rather than chosen.
func (c *Check) SetGood(on bool) {
	c.box.good = on
	c.box.Refresh()
}

// SetError shows a red box and a red line; "" takes both away.
func (c *Check) SetError(text string) {
	c.box.bad = text != ""
	c.err.SetText(text)
	setVisible(c.err, text != "")
	c.box.Refresh()
	c.Refresh()
}

// Checked says whether it is ticked.
func (c *Check) Checked() bool { return c.box.on }

// SetChecked ticks or unticks without calling OnChanged.
func (c *Check) SetChecked(on bool) {
	c.box.on = on
	c.box.Refresh()
}

// Toggle ticks or unticks as the person does.
func (c *Check) Toggle() {
	if c.Disabled() {
		return
	}
	c.SetChecked(!c.box.on)
	if c.OnChanged != nil {
		c.OnChanged(c.box.on)
	}
}

func (c *Check) tapLabel() {
	if !c.Disabled() {
		focusOn(c.box)
		c.Toggle()
	}
}

// Disable takes no click.
func (c *Check) Disable() {
	c.box.Disable()
	c.label.SetColorName(theme.QuietText)
}

// Enable takes clicks again.
func (c *Check) Enable() {
	c.box.Enable()
	c.label.SetColorName(theme.Text)
}

// Disabled is part of fyne.Disableable.
func (c *Check) Disabled() bool { return c.box.Disabled() }

// Focusable returns the part that takes the focus.
func (c *Check) Focusable() fyne.Focusable { return c.box }

// CreateRenderer is part of fyne.Widget.
func (c *Check) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.column) }

// sentence lays out the label and, at the end of its last line or under it, the
// link.
type sentence struct {
	label *Wrapped
	link  *Button
	width float32
}

// natural is the width of the label on one line.
func (s *sentence) natural() float32 {
	return s.label.measure(s.label.Text()).Width
}

func (s *sentence) beside(width float32) bool {
	return s.natural()+4+s.link.MinSize().Width <= width+0.5
}

func (s *sentence) MinSize([]fyne.CanvasObject) fyne.Size {
	size := s.label.MinSize()
	if s.link.Visible() {
		size.Width = max(size.Width, s.link.MinSize().Width)
		if s.width > 0 && !s.beside(s.width) {
			size.Height += s.link.MinSize().Height + 2
		}
	}
	return size
}

func (s *sentence) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	s.width = size.Width
	m := s.link.MinSize()
	s.link.Resize(m)
	labelHeight := settle(s.label, size.Width)
	s.label.Resize(fyne.NewSize(size.Width, labelHeight))
	s.label.Move(fyne.Position{})
	if s.beside(size.Width) {
		s.link.Move(fyne.NewPos(s.natural()+4, (labelHeight-m.Height)/2))
	} else {
		s.link.Move(fyne.NewPos(0, labelHeight+2))
	}
}

// tapArea makes its content clickable without taking part in the Tab order.
type tapArea struct {
	widget.BaseWidget
	content *fyne.Container
	tapped  func()
}

func newTapArea(s *sentence, tapped func()) *tapArea {
	t := &tapArea{content: &fyne.Container{Layout: s, Objects: []fyne.CanvasObject{s.label, s.link}}, tapped: tapped}
	t.ExtendBaseWidget(t)
	return t
}

func (t *tapArea) Tapped(*fyne.PointEvent) { t.tapped() }

func (t *tapArea) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.content) }

// tickBox is the square of a Check.
type tickBox struct {
	control
	on, good, bad bool
	toggle        func()
}

func newTickBox(toggle func()) *tickBox {
	b := &tickBox{toggle: toggle}
	b.self = b
	b.key = func(ev *fyne.KeyEvent) bool {
		if ev.Name != fyne.KeySpace {
			return false
		}
		b.toggle()
		return true
	}
	b.ExtendBaseWidget(b)
	return b
}

func (b *tickBox) Tapped(*fyne.PointEvent) {
	if !b.Disabled() {
		focusOn(b)
		b.toggle()
	}
}

func (b *tickBox) CreateRenderer() fyne.WidgetRenderer {
	r := &tickRenderer{b: b, box: newFrame(), ring: canvas.NewRectangle(nil), mark: NewDrawing(theme.IconCheck, theme.OnPrimary, fyne.NewSize(14, 14))}
	r.Refresh()
	return r
}

type tickRenderer struct {
	b    *tickBox
	box  *frame
	ring *canvas.Rectangle
	mark *Icon
}

const tickSize = 18

func (r *tickRenderer) Destroy() {}

func (r *tickRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ring, r.box.Container, r.mark}
}

func (r *tickRenderer) side() float32 {
	side := grown(r.b, tickSize)
	if r.b.good {
		side += 4
	}
	return side
}

func (r *tickRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(r.side()) }

func (r *tickRenderer) Layout(size fyne.Size) {
	s := r.side()
	at := fyne.NewPos((size.Width-s)/2, (size.Height-s)/2)
	r.box.Resize(fyne.NewSquareSize(s))
	r.box.Move(at)
	r.ring.Resize(fyne.NewSquareSize(s + 2*ringGap))
	r.ring.Move(at.SubtractXY(ringGap, ringGap))
	r.mark.Resize(fyne.NewSquareSize(s - 4))
	r.mark.Move(at.AddXY(2, 2))
}

func (r *tickRenderer) Refresh() {
	b := r.b
	var fill, line fyne.ThemeColorName = theme.Input, theme.QuietText
	mark, width := theme.OnPrimary, float32(1)
	switch {
	case b.on && b.good:
		fill, line, mark, width = theme.Card, theme.Good, theme.Good, 2
	case b.on && b.Disabled():
		fill, line, mark = theme.DisabledGround, theme.DisabledGround, theme.OnDisabled
	case b.on:
		fill, line = theme.Primary, theme.Primary
	case b.bad:
		line, width = theme.Bad, 2
	case b.Disabled():
		fill, line = theme.Ground, theme.Border
	}
	r.box.set(colorOf(b, fill), colorOf(b, line), width, 4)
	setRing(r.ring, b, b.focused, 4+ringGap)
	r.mark.SetColorName(mark)
	setVisible(r.mark, b.on)
	r.Layout(b.Size())
	canvas.Refresh(b)
}
