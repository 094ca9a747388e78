package kit

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"myaccount/ui/theme"
)

// themed is anything that knows the theme in force where it stands.
type themed interface {
	Theme() fyne.Theme
}

// currentTheme stands in for a widget where there is none to ask.
type currentTheme struct{}

func (currentTheme) Theme() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }

// colorOf looks up a named colour in the theme of w. Before the app's theme is
// set there is Fyne's, which does not know all names.
func colorOf(w themed, name fyne.ThemeColorName) color.Color {
	c := w.Theme().Color(name, fyne.CurrentApp().Settings().ThemeVariant())
	if c == nil {
		return color.Transparent
	}
	return c
}

// sizeOf looks up a named size in the theme of w.
func sizeOf(w themed, name fyne.ThemeSizeName) float32 { return w.Theme().Size(name) }

// highContrast says whether links need an underline whatever their look.
func highContrast(w themed) bool {
	t, ok := w.Theme().(*theme.Theme)
	return ok && t.Appearance() == theme.HighContrast
}

// grown is a size that grows half as much as the text.
func grown(w themed, size float32) float32 {
	scale := sizeOf(w, theme.SizeText) / textSize
	return float32(int(size * (1 + scale) / 2))
}

// textSize is theme.SizeText at text scale 1.
const textSize = 14

// whole rounds a size up to whole pixels, so that what stands under or beside a
// text begins on one.
func whole(s fyne.Size) fyne.Size {
	return fyne.NewSize(float32(math.Ceil(float64(s.Width))), float32(math.Ceil(float64(s.Height))))
}

// frame is a ground with a border inside its edge. Two filled rectangles rather
// than one with a stroke: Fyne's painters disagree on which side of the edge a
// stroke lies, and a hairline between two pixels is blurred. Draw the Container
// in it: Fyne's painters know a container by its very type.
type frame struct {
	*fyne.Container
	line, fill *canvas.Rectangle
	width      float32
}

func newFrame() *frame {
	f := &frame{line: canvas.NewRectangle(nil), fill: canvas.NewRectangle(nil)}
	f.Container = container.New(borderLayout{f}, f.line, f.fill)
	return f
}

// set gives the frame its colours, the width of its border and its radius.
func (f *frame) set(fill, line color.Color, width, radius float32) {
	f.fill.FillColor, f.line.FillColor, f.width = fill, line, width
	f.line.CornerRadius, f.fill.CornerRadius = radius, max(radius-width, 0)
	f.line.Hidden = width == 0
	f.Refresh()
}

type borderLayout struct{ f *frame }

func (borderLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (l borderLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	l.f.line.Resize(size)
	l.f.fill.Move(fyne.NewSquareOffsetPos(l.f.width))
	l.f.fill.Resize(size.SubtractWidthHeight(2*l.f.width, 2*l.f.width))
}

// setRing shows or hides the ring around a control that has the focus.
func setRing(r *canvas.Rectangle, w themed, on bool, radius float32) {
	r.FillColor, r.StrokeColor = color.Transparent, color.Transparent
	if on {
		r.StrokeColor = colorOf(w, theme.Primary)
	}
	r.StrokeWidth, r.CornerRadius = sizeOf(w, theme.SizeFocusRing), radius
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
// (The canvas of Fyne's test driver cannot be handed any; the real one can.)
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
