package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// control is what the small controls drawn here have in common: the focus, the
// pointer, and where the keys go that they have no use for. A control embeds it
// and sets self and key in its constructor.
type control struct {
	widget.DisableableWidget
	hovered, focused bool
	self             focusable
	// key handles a key and says whether it took it.
	key func(*fyne.KeyEvent) bool
}

var (
	_ fyne.Focusable    = (*control)(nil)
	_ fyne.Shortcutable = (*control)(nil)
	_ desktop.Hoverable = (*control)(nil)
)

// FocusGained is part of fyne.Focusable.
func (c *control) FocusGained() {
	c.focused = true
	c.self.Refresh()
	reveal(c.self)
}

// FocusLost is part of fyne.Focusable.
func (c *control) FocusLost() {
	c.focused = false
	c.self.Refresh()
}

// TypedKey is part of fyne.Focusable.
func (c *control) TypedKey(ev *fyne.KeyEvent) {
	if c.Disabled() || !c.key(ev) {
		passKey(c.self, ev)
	}
}

// TypedRune is part of fyne.Focusable.
func (c *control) TypedRune(rune) {}

// TypedShortcut hands shortcuts to the canvas.
func (c *control) TypedShortcut(s fyne.Shortcut) { passShortcut(c.self, s) }

// MouseIn is part of desktop.Hoverable.
func (c *control) MouseIn(*desktop.MouseEvent) {
	c.hovered = true
	c.self.Refresh()
}

// MouseMoved is part of desktop.Hoverable.
func (c *control) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is part of desktop.Hoverable.
func (c *control) MouseOut() {
	c.hovered = false
	c.self.Refresh()
}

// Cursor is a hand over what can be pressed.
func (c *control) Cursor() desktop.Cursor {
	if c.Disabled() {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}
