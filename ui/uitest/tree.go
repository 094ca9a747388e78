package uitest

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetest "fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/kit"
)

// top is the overlay in front, or the content.
func (s *Screen) top() fyne.CanvasObject {
	if o := s.Canvas().Overlays().Top(); o != nil {
		return o
	}
	return s.Canvas().Content()
}

// All finds every visible object of a type, in drawing order, in the overlay in front if there is one.
func All[T any](s *Screen) []T {
	var found []T
	walk(s.top(), func(o fyne.CanvasObject) bool {
		if t, ok := o.(T); ok {
			found = append(found, t)
		}
		return true
	})
	return found
}

// walk visits an object and, while visit agrees, its visible parts.
func walk(o fyne.CanvasObject, visit func(fyne.CanvasObject) bool) {
	if o == nil || !o.Visible() || !visit(o) {
		return
	}
	for _, part := range parts(o) {
		walk(part, visit)
	}
}

// parts are what an object is drawn of.
func parts(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case fyne.Widget:
		return fynetest.WidgetRenderer(o).Objects()
	}
	return nil
}

// textsOf is everything that can be read in an object.
func textsOf(o fyne.CanvasObject) []string {
	var all []string
	texts(o, func(text string) { all = append(all, text) })
	return all
}

// texts calls add with every text in an object that is not empty, wrapped text as a whole.
func texts(o fyne.CanvasObject, add func(string)) {
	walk(o, func(o fyne.CanvasObject) bool {
		text, whole := textOf(o)
		if text != "" {
			add(text)
		}
		return !whole
	})
}

// textOf is what an object says itself; whole when its parts say nothing more.
func textOf(o fyne.CanvasObject) (text string, whole bool) {
	switch o := o.(type) {
	case *kit.Field, *kit.DateField:
		return "", false
	case *kit.Button:
		return o.AccessibilityLabel(), true
	case *canvas.Text:
		return o.Text, true
	case *widget.Label:
		return o.Text, true
	case *widget.RichText:
		return o.String(), true
	case interface{ Text() string }:
		return o.Text(), true
	}
	return "", false
}
