package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/theme"
)

// CodeEntry is a row of boxes for the digits of a code. A paste fills them all,
// whatever stands between the digits.
type CodeEntry struct {
	widget.BaseWidget
	// OnChanged is called after each change with the digits so far.
	OnChanged func(code string)
	// OnSubmitted is called on Enter with the digits so far.
	OnSubmitted func(code string)

	boxes  *codeBoxes
	err    *Wrapped
	column *fyne.Container
}

// NewCodeEntry makes n boxes; onComplete is called each time the last empty one
// is filled.
func NewCodeEntry(n int, onComplete func(code string)) *CodeEntry {
	c := &CodeEntry{err: NewWrapped("", StyleHint)}
	c.err.SetColorName(theme.Bad)
	c.err.Hide()
	c.boxes = newCodeBoxes(c, n, onComplete)
	c.column = VStack(5, c.boxes, c.err)
	c.ExtendBaseWidget(c)
	return c
}

// Code returns the digits, leading zeros included.
func (c *CodeEntry) Code() string { return string(c.boxes.digits) }

// SetCode fills the boxes from a text, taking its digits.
func (c *CodeEntry) SetCode(s string) {
	c.boxes.digits, c.boxes.cursor = nil, 0
	c.boxes.insert(s)
}

// Clear empties the boxes.
func (c *CodeEntry) Clear() {
	c.boxes.digits, c.boxes.cursor = nil, 0
	c.boxes.Refresh()
}

// SetError shows red borders and a red line; "" takes both away.
func (c *CodeEntry) SetError(text string) {
	c.boxes.bad = text != ""
	c.err.SetText(text)
	setVisible(c.err, text != "")
	c.boxes.Refresh()
	c.Refresh()
}

// Disable takes no typing.
func (c *CodeEntry) Disable() { c.boxes.Disable() }

// Enable takes typing again.
func (c *CodeEntry) Enable() { c.boxes.Enable() }

// Disabled is part of fyne.Disableable.
func (c *CodeEntry) Disabled() bool { return c.boxes.Disabled() }

// Focus puts the cursor into the boxes.
func (c *CodeEntry) Focus(canvas fyne.Canvas) { canvas.Focus(c.boxes) }

// Focusable returns the part that takes the focus.
func (c *CodeEntry) Focusable() fyne.Focusable { return c.boxes }

// CreateRenderer is part of fyne.Widget.
func (c *CodeEntry) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.column) }

// codeBoxes are the boxes; the cursor stands at the box that is typed next.
type codeBoxes struct {
	control
	owner    *CodeEntry
	n        int
	digits   []rune
	cursor   int
	bad      bool
	complete func(string)
}

func newCodeBoxes(owner *CodeEntry, n int, complete func(string)) *codeBoxes {
	b := &codeBoxes{owner: owner, n: n, complete: complete}
	b.self, b.key = b, b.typed
	b.ExtendBaseWidget(b)
	return b
}

// TypedRune is part of fyne.Focusable.
func (b *codeBoxes) TypedRune(r rune) {
	if !b.Disabled() {
		b.insert(string(r))
	}
}

// insert puts the digits of a text in at the cursor, over what stands there.
func (b *codeBoxes) insert(text string) {
	before := string(b.digits)
	for _, r := range text {
		if r < '0' || r > '9' || b.cursor >= b.n {
			continue
		}
		b.digits = append(b.digits[:b.cursor], append([]rune{r}, b.digits[min(b.cursor+1, len(b.digits)):]...)...)
		b.cursor++
	}
	b.changed(before)
}

// changed tells what became of the digits.
func (b *codeBoxes) changed(before string) {
	b.Refresh()
	now := string(b.digits)
	if now == before {
		return
	}
	if b.owner.OnChanged != nil {
		b.owner.OnChanged(now)
	}
	if len(b.digits) == b.n && b.complete != nil {
		b.complete(now)
	}
}

func (b *codeBoxes) typed(ev *fyne.KeyEvent) bool {
	before := string(b.digits)
	switch ev.Name {
	case fyne.KeyLeft:
		b.cursor = max(b.cursor-1, 0)
	case fyne.KeyRight:
		b.cursor = min(b.cursor+1, len(b.digits))
	case fyne.KeyHome:
		b.cursor = 0
	case fyne.KeyEnd:
		b.cursor = len(b.digits)
	case fyne.KeyBackspace:
		if b.cursor > 0 {
			b.cursor--
			b.digits = append(b.digits[:b.cursor], b.digits[b.cursor+1:]...)
		}
	case fyne.KeyDelete:
		if b.cursor < len(b.digits) {
			b.digits = append(b.digits[:b.cursor], b.digits[b.cursor+1:]...)
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		if b.owner.OnSubmitted == nil {
			return false
		}
		b.owner.OnSubmitted(before)
	default:
		return false
	}
	b.changed(before)
	return true
}

// TypedShortcut takes a paste: it replaces everything if it brings a whole code.
func (b *codeBoxes) TypedShortcut(s fyne.Shortcut) {
	paste, ok := s.(*fyne.ShortcutPaste)
	if !ok {
		passShortcut(b, s)
		return
	}
	if b.Disabled() || paste.Clipboard == nil {
		return
	}
	text := paste.Clipboard.Content()
	if countDigits(text) >= b.n {
		b.cursor = 0
	}
	b.insert(text)
}

func countDigits(s string) (n int) {
	for _, r := range s {
		if r >= '0' && r <= '9' {
			n++
		}
	}
	return n
}

// boxWidth, boxHeight and boxGap are those of the design at text scale 1.
const (
	boxWidth, boxHeight = 52, 60
	boxGap              = 10
)

func (b *codeBoxes) scale() float32 { return sizeOf(b, theme.SizeText) / 14 }

// Tapped is part of fyne.Tappable.
func (b *codeBoxes) Tapped(ev *fyne.PointEvent) {
	if b.Disabled() {
		return
	}
	focusOn(b)
	b.cursor = min(max(int(ev.Position.X/(boxWidth*b.scale()+boxGap)), 0), len(b.digits))
	b.Refresh()
}

func (b *codeBoxes) CreateRenderer() fyne.WidgetRenderer {
	r := &codeRenderer{b: b, caret: canvas.NewRectangle(nil)}
	for range b.n {
		r.frames = append(r.frames, newFrame())
		digit := canvas.NewText("", color.Black)
		digit.Alignment = fyne.TextAlignCenter
		r.digits = append(r.digits, digit)
	}
	r.Refresh()
	return r
}

type codeRenderer struct {
	b      *codeBoxes
	frames []*frame
	digits []*canvas.Text
	caret  *canvas.Rectangle
}

func (r *codeRenderer) Destroy() {}

func (r *codeRenderer) Objects() []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	for i := range r.frames {
		objects = append(objects, r.frames[i].Container, r.digits[i])
	}
	return append(objects, r.caret)
}

func (r *codeRenderer) MinSize() fyne.Size {
	s, n := r.b.scale(), float32(r.b.n)
	return fyne.NewSize(boxWidth*s*n+boxGap*(n-1), boxHeight*s)
}

func (r *codeRenderer) Layout(fyne.Size) {
	s := r.b.scale()
	size := fyne.NewSize(boxWidth*s, boxHeight*s)
	for i := range r.frames {
		at := fyne.NewPos(float32(i)*(size.Width+boxGap), 0)
		r.frames[i].Resize(size)
		r.frames[i].Move(at)
		r.digits[i].Resize(size)
		r.digits[i].Move(at)
		if i == min(r.b.cursor, r.b.n-1) {
			r.caret.Resize(fyne.NewSize(2, size.Height/2))
			r.caret.Move(at.AddXY(size.Width/2-1, size.Height/4))
		}
	}
}

func (r *codeRenderer) Refresh() {
	b := r.b
	for i, frame := range r.frames {
		var ground, line fyne.ThemeColorName = theme.Input, theme.Border
		width := theme.Hairline
		switch {
		case b.Disabled():
			ground, line = theme.Ground, theme.Hairlines
		case b.focused && i == min(b.cursor, b.n-1) && (!b.bad || b.cursor < b.n): // a refused code is red as a whole
			line, width = theme.Primary, sizeOf(b, theme.SizeFocusRing)
		case b.bad:
			line, width = theme.Bad, sizeOf(b, theme.SizeFocusRing)
		}
		frame.set(colorOf(b, ground), colorOf(b, line), width, theme.RadiusControl)
		d := r.digits[i]
		d.Text = ""
		if i < len(b.digits) {
			d.Text = string(b.digits[i])
		}
		Style{Size: theme.SizePageTitle, Color: theme.Text, Bold: true, Tabular: true}.apply(b, d)
	}
	r.caret.FillColor = colorOf(b, theme.Text)
	setVisible(r.caret, b.focused && !b.Disabled() && b.cursor < b.n && b.cursor >= len(b.digits))
	r.Layout(b.Size())
	canvas.Refresh(b)
}
