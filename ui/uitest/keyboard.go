package uitest

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/ui/kit"
)

// AssertKeyboard fails the test when something on the screen can be pressed but does nothing, or is not reached by Tab,
// or when Tab does not go the way one reads: down in a column, to the right in a line. It leaves nothing with the focus.
func (s *Screen) AssertKeyboard() {
	s.t.Helper()
	stops := s.tabStops()
	s.Canvas().Unfocus()
	for _, fault := range slices.Concat(s.deadButtons(), s.unreached(stops), s.jumps(stops)) {
		s.t.Errorf("by keyboard: %s", fault)
	}
}

// tabStops walks once through everything that Tab reaches, from the beginning.
func (s *Screen) tabStops() []fyne.Focusable {
	s.Canvas().Unfocus()
	var stops []fyne.Focusable
	for range 200 {
		s.Canvas().FocusNext()
		f := s.Canvas().Focused()
		if f == nil || len(stops) > 0 && f == stops[0] {
			break
		}
		stops = append(stops, f)
	}
	return stops
}

// deadButtons are those that can be pressed without anything happening.
func (s *Screen) deadButtons() (faults []string) {
	for _, b := range All[*kit.Button](s) {
		if b.OnTapped == nil && !b.Disabled() {
			faults = append(faults, fmt.Sprintf("%q does nothing", b.AccessibilityLabel()))
		}
	}
	return faults
}

// unreached are the things to click that have nothing to do with any stop: they are none, stand in none and hold none.
func (s *Screen) unreached(stops []fyne.Focusable) (faults []string) {
	var look func(o fyne.CanvasObject, inside bool) bool
	look = func(o fyne.CanvasObject, inside bool) bool {
		if o == nil || !o.Visible() {
			return false
		}
		stop := slices.Contains(stops, focusableOf(o))
		inner := parts(o)
		if scroll, ok := o.(*container.Scroll); ok {
			inner = []fyne.CanvasObject{scroll.Content} // its bars are for the mouse
		}
		reached := stop
		for _, part := range inner {
			reached = look(part, inside || stop) || reached
		}
		if _, clickable := o.(fyne.Tappable); clickable && !reached && !inside && !disabled(o) {
			faults = append(faults, fmt.Sprintf("Tab does not reach %T %q", o, textsOf(o)))
		}
		return reached
	}
	look(s.top(), false)
	return faults
}

// focusableOf is what takes the focus for an object, itself or a part of it; nil when nothing does.
func focusableOf(o fyne.CanvasObject) fyne.Focusable {
	switch o := o.(type) {
	case fyne.Focusable:
		return o
	case labelled:
		return o.Focusable()
	}
	return nil
}

func disabled(o fyne.CanvasObject) bool {
	d, ok := o.(fyne.Disableable)
	return ok && d.Disabled()
}

// jumps are the pairs of stops of which the later one is read first.
func (s *Screen) jumps(stops []fyne.Focusable) (faults []string) {
	areas := make([]rect, len(stops))
	for i, f := range stops {
		if o, ok := f.(fyne.CanvasObject); ok {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
			areas[i] = rect{at.X, at.Y, at.X + o.Size().Width, at.Y + o.Size().Height}
		}
	}
	for i, a := range areas {
		for j, b := range areas[i+1:] {
			both := a.cut(b)
			above, before := both.width() > slack && b.bottom <= a.top+slack, both.height() > slack && b.right <= a.left+slack
			if above || before {
				faults = append(faults, fmt.Sprintf("Tab goes to %q before %q", s.nameOf(stops[i]), s.nameOf(stops[i+1+j])))
			}
		}
	}
	return faults
}
