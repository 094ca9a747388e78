package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"myaccount/ui/theme"
)

// themed is anything that knows the theme in force where it stands.
type themed interface {
	Theme() fyne.Theme
}

// colorOf looks up a named colour in the theme of w.
func colorOf(w themed, name fyne.ThemeColorName) color.Color {
	return w.Theme().Color(name, fyne.CurrentApp().Settings().ThemeVariant())
}

// sizeOf looks up a named size in the theme of w.
func sizeOf(w themed, name fyne.ThemeSizeName) float32 { return w.Theme().Size(name) }

// highContrast says whether links need an underline whatever their look.
func highContrast(w themed) bool {
	t, ok := w.Theme().(*theme.Theme)
	return ok && t.Appearance() == theme.HighContrast
}

// stroke gives a rectangle its ground, border and radius. A stroke is drawn
// around the middle of the edge, so frame keeps it inside the given size.
func stroke(r *canvas.Rectangle, fill, line color.Color, width, radius float32) {
	r.FillColor, r.StrokeColor, r.StrokeWidth, r.CornerRadius = fill, line, width, radius
}

// focusable is an object of the canvas that can take the focus.
type focusable interface {
	fyne.CanvasObject
	fyne.Focusable
}

// passKey hands a key that a focused control has no use for to the canvas, as
// if nothing had the focus: so Escape and Enter reach the dialog, the drawer or
// the page.
func passKey(w fyne.CanvasObject, ev *fyne.KeyEvent) {
	c := fyne.CurrentApp().Driver().CanvasForObject(w)
	if c == nil {
		return
	}
	if handle := c.OnTypedKey(); handle != nil {
		handle(ev)
	}
}

// passShortcut hands a shortcut to the canvas, where the shell registers its
// own: Fyne itself does not, once a control that takes shortcuts has the focus.
func passShortcut(w fyne.CanvasObject, s fyne.Shortcut) {
	if c, ok := fyne.CurrentApp().Driver().CanvasForObject(w).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

// focusOn gives w the focus, if it is on a canvas.
func focusOn(w focusable) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(w); c != nil {
		c.Focus(w)
	}
}
