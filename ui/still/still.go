// Package still keeps the layout right where no window does: a window lays out what changed its size before each
// frame, but the canvases that tests and the tour draw on without a display only paint.
package still

import (
	"fyne.io/fyne/v2"
	fynetest "fyne.io/fyne/v2/test"
)

// Layout lays out everything on a canvas anew, overlays included. Wrapped text knows its height only once it has its
// width, so there are two passes.
func Layout(c fyne.Canvas) {
	for range 2 {
		layout(c.Content())
		for _, o := range c.Overlays().List() {
			layout(o)
		}
	}
}

func layout(o fyne.CanvasObject) {
	if o == nil || !o.Visible() {
		return
	}
	switch o := o.(type) {
	case *fyne.Container:
		if o.Layout != nil {
			o.Layout.Layout(o.Objects, o.Size())
		}
		for _, part := range o.Objects {
			layout(part)
		}
	case fyne.Widget:
		r := fynetest.WidgetRenderer(o)
		r.Layout(o.Size())
		for _, part := range r.Objects() {
			layout(part)
		}
	}
}
