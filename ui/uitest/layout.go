package uitest

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"myaccount/ui/kit"
)

// slack is what rounding may take, in device-independent pixels.
const slack = 1.5

// rect is an area of the window.
type rect struct{ left, top, right, bottom float32 }

func (r rect) cut(o rect) rect {
	return rect{max(r.left, o.left), max(r.top, o.top), min(r.right, o.right), min(r.bottom, o.bottom)}
}

func (r rect) width() float32  { return r.right - r.left }
func (r rect) height() float32 { return r.bottom - r.top }

// ink is a piece of text with the area it is drawn in.
type ink struct {
	text string
	area rect
}

// layoutFaults walks the screen and collects what is cut or drawn over something else.
type layoutFaults struct {
	inks   []ink
	faults []string
}

// AssertLayout fails the test when some text reaches out of the window or of what it stands in, or covers another
// text. What can be scrolled into view is not cut.
func (s *Screen) AssertLayout() {
	s.t.Helper()
	for _, fault := range s.faults() {
		s.t.Errorf("at %vx%v: %s", s.size.Width, s.size.Height, fault)
	}
}

// faults lists what AssertLayout fails for. The canvas grows with its content, so the window is what was asked for.
func (s *Screen) faults() []string {
	window := rect{0, 0, s.size.Width, s.size.Height}
	var l layoutFaults
	l.look(s.top(), fyne.Position{}, window, window)
	l.compare()
	return l.faults
}

// look visits an object at a place. clip is what can be seen of it; room is where it may reach without being cut,
// which inside a scroll is more.
func (l *layoutFaults) look(o fyne.CanvasObject, at fyne.Position, clip, room rect) {
	if o == nil || !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	area := rect{at.X, at.Y, at.X + o.Size().Width, at.Y + o.Size().Height}
	switch o := o.(type) {
	case *canvas.Text:
		l.text(o, area, clip, room)
	case *container.Scroll:
		clip = clip.cut(area)
		room = scrollRoom(o, area)
	case *kit.Field:
		l.field(o, at, clip, room)
		return
	}
	for _, part := range parts(o) {
		l.look(part, at, clip, room)
	}
}

// scrollRoom is where the content of a scroll may reach: anywhere in the directions that it scrolls in.
func scrollRoom(s *container.Scroll, area rect) rect {
	const far = 1 << 20
	switch s.Direction {
	case container.ScrollVerticalOnly:
		area.top, area.bottom = -far, far
	case container.ScrollHorizontalOnly:
		area.left, area.right = -far, far
	case container.ScrollBoth:
		return rect{-far, -far, far, far}
	}
	return area
}

// field looks at a field without the entry's own text, which scrolls inside it.
func (l *layoutFaults) field(f *kit.Field, at fyne.Position, clip, room rect) {
	for _, part := range parts(f) {
		l.lookBeside(part, f.Focusable(), at, clip, room)
	}
}

func (l *layoutFaults) lookBeside(o fyne.CanvasObject, skip any, at fyne.Position, clip, room rect) {
	if any(o) == skip || !o.Visible() {
		return
	}
	if c, ok := o.(*fyne.Container); ok {
		for _, part := range c.Objects {
			l.lookBeside(part, skip, at.Add(o.Position()), clip, room)
		}
		return
	}
	l.look(o, at, clip, room)
}

// text checks one line of text.
func (l *layoutFaults) text(t *canvas.Text, area, clip, room rect) {
	if t.Text == "" {
		return
	}
	drawn := drawnArea(t, area)
	if drawn.left < room.left-slack || drawn.right > room.right+slack || drawn.top < room.top-slack || drawn.bottom > room.bottom+slack {
		l.faults = append(l.faults, fmt.Sprintf("%q is cut: drawn %v in %v", t.Text, drawn, room))
	}
	if seen := drawn.cut(clip); seen.width() > 0 && seen.height() > 0 {
		l.inks = append(l.inks, ink{t.Text, seen})
	}
}

// drawnArea is where the letters are, by the alignment of the text.
func drawnArea(t *canvas.Text, area rect) rect {
	size := t.MinSize()
	switch t.Alignment {
	case fyne.TextAlignCenter:
		area.left += (area.width() - size.Width) / 2
	case fyne.TextAlignTrailing:
		area.left = area.right - size.Width
	}
	area.top += max((area.height()-size.Height)/2, 0)
	return rect{area.left, area.top, area.left + size.Width, area.top + size.Height}
}

// compare finds texts that cover each other by more than the room above and below letters.
func (l *layoutFaults) compare() {
	for i, a := range l.inks {
		for _, b := range l.inks[i+1:] {
			both := a.area.cut(b.area)
			if both.width() > 2 && both.height() > 5 {
				l.faults = append(l.faults, fmt.Sprintf("%q and %q cover each other", a.text, b.text))
			}
		}
	}
}
