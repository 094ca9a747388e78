package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/theme"
)

// MenuItem is something to do, in a menu. One without a label is a line between
// others.
type MenuItem struct {
	Label string
	Do    func()
}

// NewMenuButton makes a button that opens a menu under it; items are asked for
// when it opens.
func NewMenuButton(label string, items func() []MenuItem) *Button {
	b := NewButton(label, nil)
	b.menu = true
	b.OnTapped = func() { openMenu(b, items()) }
	return b
}

// openMenu shows a menu under an object, within the window.
func openMenu(under fyne.CanvasObject, items []MenuItem) {
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(under)
	if c == nil || len(items) == 0 {
		return
	}
	menu := fyne.NewMenu("")
	for _, item := range items {
		if item.Label == "" {
			menu.Items = append(menu.Items, fyne.NewMenuItemSeparator())
			continue
		}
		menu.Items = append(menu.Items, fyne.NewMenuItem(item.Label, item.Do))
	}
	widget.NewPopUpMenu(menu, c).ShowAtPosition(driver.AbsolutePositionForObject(under).AddXY(0, under.Size().Height+theme.Gap1))
}
