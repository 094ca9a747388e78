package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/theme"
)

// Switcher is a choice drawn as words in a line, with an arrow after them, for
// the line under a title.
type Switcher struct {
	widget.BaseWidget
	// OnChanged is called with the id when the person chooses.
	OnChanged func(id string)

	options []Option
	id      string
	button  *Button
	row     *fyne.Container
}

// NewSwitcher makes the words; label is what they say, whatever the options
// are called in the list that opens under them.
func NewSwitcher(label, id string, options []Option, onChanged func(id string)) *Switcher {
	s := &Switcher{OnChanged: onChanged, options: options, id: id}
	s.button = NewQuietLink(label, s.open)
	arrow := NewDrawing(theme.IconChevronDown, theme.QuietText, fyne.NewSize(14, 14))
	s.row = HStack(theme.Gap1, s.button, container.NewCenter(arrow))
	s.ExtendBaseWidget(s)
	return s
}

// Focusable returns the part that takes the focus.
func (s *Switcher) Focusable() fyne.Focusable { return s.button }

// Tapped is part of fyne.Tappable: the arrow opens the list too.
func (s *Switcher) Tapped(*fyne.PointEvent) { s.open() }

// open shows the options under the words.
func (s *Switcher) open() {
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(s)
	if c == nil {
		return
	}
	items := make([]*fyne.MenuItem, len(s.options))
	for i, o := range s.options {
		items[i] = fyne.NewMenuItem(o.Label, func() { s.choose(o.ID) })
		items[i].Checked = o.ID == s.id
	}
	menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), c)
	menu.ShowAtPosition(driver.AbsolutePositionForObject(s).AddXY(0, s.Size().Height+theme.Gap1))
}

func (s *Switcher) choose(id string) {
	if id != s.id && s.OnChanged != nil {
		s.id = id
		s.OnChanged(id)
	}
}

// CreateRenderer is part of fyne.Widget.
func (s *Switcher) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.row) }
