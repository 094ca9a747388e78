package kit_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"myaccount/ui/theme"
)

// show puts an object into a window of the app's light theme.
func show(t *testing.T, content fyne.CanvasObject, width, height float32) fyne.Window {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, 1))
	return window(t, content, width, height)
}

// window puts an object into a window of the theme in force.
func window(t *testing.T, content fyne.CanvasObject, width, height float32) fyne.Window {
	t.Helper()
	win := test.NewTempWindow(t, content)
	win.SetPadded(false)
	win.Resize(fyne.NewSize(width, height))
	return win
}

// press types keys into a control.
func press(f fyne.Focusable, keys ...fyne.KeyName) {
	for _, k := range keys {
		f.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

// paste hands a control the clipboard.
func paste(f fyne.Focusable, text string) {
	clipboard := test.NewClipboard()
	clipboard.SetContent(text)
	f.(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard})
}

// walk visits what is drawn of an object, with its place in it.
func walk(o fyne.CanvasObject, at fyne.Position, visit func(o fyne.CanvasObject, at fyne.Position)) {
	if o == nil || !o.Visible() {
		return
	}
	visit(o, at)
	var children []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		children = o.Objects
	case fyne.Widget:
		children = test.WidgetRenderer(o).Objects()
	}
	for _, c := range children {
		walk(c, at.Add(c.Position()), visit)
	}
}

// says tells whether a text is drawn somewhere in an object.
func says(o fyne.CanvasObject, text string) (found bool) {
	walk(o, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		if line, ok := o.(*canvas.Text); ok && strings.TrimRight(line.Text, " ") == text {
			found = true
		}
	})
	return found
}

// withShortcuts makes the test driver's canvas take shortcuts, as the real
// driver's does: the test driver hides that behind a wrapper.
func withShortcuts(t *testing.T, win fyne.Window) *fyne.ShortcutHandler {
	t.Helper()
	before := fyne.CurrentApp()
	t.Cleanup(func() { fyne.SetCurrentApp(before) })
	c := &shortcutCanvas{Canvas: win.Canvas()}
	fyne.SetCurrentApp(&shortcutApp{App: before, driver: &shortcutDriver{Driver: before.Driver(), canvas: c}})
	return &c.handler
}

type (
	shortcutApp struct {
		fyne.App
		driver fyne.Driver
	}
	shortcutDriver struct {
		fyne.Driver
		canvas fyne.Canvas
	}
	shortcutCanvas struct {
		fyne.Canvas
		handler fyne.ShortcutHandler
	}
)

func (a *shortcutApp) Driver() fyne.Driver                              { return a.driver }
func (d *shortcutDriver) CanvasForObject(fyne.CanvasObject) fyne.Canvas { return d.canvas }
func (c *shortcutCanvas) TypedShortcut(s fyne.Shortcut)                 { c.handler.TypedShortcut(s) }

// keys records what reaches the canvas.
type keys struct{ names []fyne.KeyName }

func listen(win fyne.Window) *keys {
	k := &keys{}
	win.Canvas().SetOnTypedKey(func(ev *fyne.KeyEvent) { k.names = append(k.names, ev.Name) })
	return k
}
