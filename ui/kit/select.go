package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/theme"
)

// Option is one of several: the id is what the page works with, the label what
// is read.
type Option struct{ ID, Label string }

func indexOf(options []Option, id string) int {
	for i, o := range options {
		if o.ID == id {
			return i
		}
	}
	return -1
}

// Select is a label and a drop-down list under it.
type Select struct {
	widget.BaseWidget
	// OnChanged is called with the id when the person chooses.
	OnChanged func(id string)

	label   *Text
	drop    *dropdown
	hint    *Wrapped
	column  *fyne.Container
	options []Option
	id      string
	err     string
}

// NewSelect makes a drop-down list in which nothing is chosen yet.
func NewSelect(label string, options []Option, onChanged func(id string)) *Select {
	s := &Select{OnChanged: onChanged, label: NewText(label, StyleFieldName), hint: NewWrapped("", StyleHint), options: options}
	s.hint.SetColorName(theme.Bad)
	s.hint.Hide()
	s.drop = newDropdown(s)
	s.column = VStack(5, s.label, s.drop, s.hint)
	setVisible(s.label, label != "")
	s.ExtendBaseWidget(s)
	return s
}

// Selected returns the id that is chosen, or "".
func (s *Select) Selected() string { return s.id }

// SetSelected chooses an id without calling OnChanged; an unknown id chooses
// nothing.
func (s *Select) SetSelected(id string) {
	s.id = id
	if indexOf(s.options, id) < 0 {
		s.id = ""
	}
	s.drop.Refresh()
}

// SetOptions changes the options and keeps what is chosen, by its id.
func (s *Select) SetOptions(options []Option) {
	s.options = options
	s.SetSelected(s.id)
}

// SetLabel changes the label.
func (s *Select) SetLabel(label string) { s.label.SetText(label) }

// SetPlaceholder sets what is read while nothing is chosen.
func (s *Select) SetPlaceholder(text string) {
	s.drop.placeholder = text
	s.drop.Refresh()
}

// SetError shows a red border and a red line; "" takes both away.
func (s *Select) SetError(text string) {
	s.err = text
	s.hint.SetText(text)
	setVisible(s.hint, text != "")
	s.drop.Refresh()
	s.Refresh()
}

// Disable takes no choice.
func (s *Select) Disable() { s.drop.Disable() }

// Enable takes choices again.
func (s *Select) Enable() { s.drop.Enable() }

// Disabled is part of fyne.Disableable.
func (s *Select) Disabled() bool { return s.drop.Disabled() }

// Focus gives it the focus.
func (s *Select) Focus(c fyne.Canvas) { c.Focus(s.drop) }

// Focusable returns the part that takes the focus.
func (s *Select) Focusable() fyne.Focusable { return s.drop }

// CreateRenderer is part of fyne.Widget.
func (s *Select) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.column) }

func (s *Select) choose(id string) {
	if id == s.id {
		return
	}
	s.SetSelected(id)
	if s.OnChanged != nil {
		s.OnChanged(id)
	}
}

// step moves the choice by n without opening the list.
func (s *Select) step(n int) {
	i := indexOf(s.options, s.id) + n
	if i >= 0 && i < len(s.options) {
		s.choose(s.options[i].ID)
	}
}

// dropdown is the part of a Select that is clicked.
type dropdown struct {
	widget.DisableableWidget
	owner            *Select
	placeholder      string
	hovered, focused bool
}

var (
	_ fyne.Focusable    = (*dropdown)(nil)
	_ fyne.Tappable     = (*dropdown)(nil)
	_ fyne.Shortcutable = (*dropdown)(nil)
	_ desktop.Hoverable = (*dropdown)(nil)
)

func newDropdown(owner *Select) *dropdown {
	d := &dropdown{owner: owner}
	d.ExtendBaseWidget(d)
	return d
}

func (d *dropdown) Tapped(*fyne.PointEvent) {
	if !d.Disabled() {
		focusOn(d)
		d.open()
	}
}

// open shows the options under the control.
func (d *dropdown) open() {
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(d)
	if c == nil || d.Disabled() || len(d.owner.options) == 0 {
		return
	}
	items := make([]*fyne.MenuItem, len(d.owner.options))
	for i, o := range d.owner.options {
		items[i] = fyne.NewMenuItem(o.Label, func() { d.owner.choose(o.ID) })
		items[i].Checked = o.ID == d.owner.id
	}
	menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), c)
	menu.ShowAtPosition(driver.AbsolutePositionForObject(d).AddXY(0, d.Size().Height+2))
	menu.Resize(fyne.NewSize(max(d.Size().Width, menu.MinSize().Width), menu.MinSize().Height))
}

func (d *dropdown) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		d.open()
	case fyne.KeyDown:
		d.move(1)
	case fyne.KeyUp:
		d.move(-1)
	default:
		passKey(d, ev)
	}
}

func (d *dropdown) move(n int) {
	if !d.Disabled() {
		d.owner.step(n)
	}
}

// AccessibilityLabel is what assistive technology reads: name and choice.
func (d *dropdown) AccessibilityLabel() string {
	name, i := d.owner.label.Text(), indexOf(d.owner.options, d.owner.id)
	switch {
	case i < 0:
		return name
	case name == "":
		return d.owner.options[i].Label
	}
	return name + ", " + d.owner.options[i].Label
}

// AccessibilityRole is part of fyne.Accessible.
func (d *dropdown) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (d *dropdown) TypedRune(rune) {}

func (d *dropdown) TypedShortcut(s fyne.Shortcut) { passShortcut(d, s) }

func (d *dropdown) FocusGained() {
	d.focused = true
	d.Refresh()
	reveal(d)
}

func (d *dropdown) FocusLost() {
	d.focused = false
	d.Refresh()
}

func (d *dropdown) MouseIn(*desktop.MouseEvent) {
	d.hovered = true
	d.Refresh()
}

func (d *dropdown) MouseMoved(*desktop.MouseEvent) {}

func (d *dropdown) MouseOut() {
	d.hovered = false
	d.Refresh()
}

func (d *dropdown) CreateRenderer() fyne.WidgetRenderer {
	r := &dropdownRenderer{d: d, frame: newFrame(), label: NewLabel(""), arrow: newIcon(theme.IconChevronDown, theme.Text, 16)}
	r.label.SetTruncate(true)
	r.Refresh()
	return r
}

type dropdownRenderer struct {
	d     *dropdown
	frame *frame
	label *Text
	arrow *Icon
}

func (r *dropdownRenderer) Destroy() {}

func (r *dropdownRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.frame.Container, r.label, r.arrow}
}

func (r *dropdownRenderer) MinSize() fyne.Size {
	return fyne.NewSize(100, sizeOf(r.d, theme.SizeControl))
}

func (r *dropdownRenderer) Layout(size fyne.Size) {
	r.frame.Resize(size)
	h := r.label.MinSize().Height
	a := r.arrow.MinSize()
	r.label.Resize(fyne.NewSize(size.Width-fieldPad-a.Width-2*theme.Gap3, h))
	r.label.Move(fyne.NewPos(fieldPad, (size.Height-h)/2))
	r.arrow.Resize(a)
	r.arrow.Move(fyne.NewPos(size.Width-a.Width-theme.Gap3, (size.Height-a.Height)/2))
}

func (r *dropdownRenderer) Refresh() {
	d := r.d
	text, ink := d.placeholder, theme.QuietText
	if i := indexOf(d.owner.options, d.owner.id); i >= 0 {
		text, ink = d.owner.options[i].Label, theme.Text
	}
	if d.Disabled() {
		ink = theme.QuietText
	}
	r.label.SetText(text)
	r.label.SetColorName(ink)
	r.arrow.SetColorName(ink)
	var ground, line fyne.ThemeColorName = theme.Input, theme.Border
	width := theme.Hairline
	switch {
	case d.Disabled():
		ground, line = theme.Ground, theme.Hairlines
	case d.owner.err != "":
		line, width = theme.Bad, sizeOf(d, theme.SizeFocusRing)
	case d.focused:
		line, width = theme.Primary, sizeOf(d, theme.SizeFocusRing)
	case d.hovered:
		line = theme.QuietText
	}
	r.frame.set(colorOf(d, ground), colorOf(d, line), width, theme.RadiusControl)
	r.Layout(d.Size())
	canvas.Refresh(d)
}
