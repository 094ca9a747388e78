package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/theme"
)

type buttonLook int

const (
	lookPlain buttonLook = iota
	lookPrimary
	lookDanger
	lookLink      // semi-bold, link colour
	lookUnderline // text colour, underlined
	lookQuiet     // quiet text, as "Show" in a password field
)

// Button is everything that is pressed: buttons and links.
type Button struct {
	widget.DisableableWidget
	// OnTapped is called on a click, Enter or Space.
	OnTapped func()

	text             string
	busyText         string
	look             buttonLook
	size             fyne.ThemeSizeName
	color            fyne.ThemeColorName
	icon             theme.IconName
	menu             bool // opens a menu: an arrow stands after the label
	compact          bool
	busy             bool
	hovered, focused bool
}

var (
	_ fyne.Focusable     = (*Button)(nil)
	_ fyne.Tappable      = (*Button)(nil)
	_ fyne.Disableable   = (*Button)(nil)
	_ fyne.Shortcutable  = (*Button)(nil)
	_ fyne.Accessible    = (*Button)(nil)
	_ desktop.Hoverable  = (*Button)(nil)
	_ desktop.Cursorable = (*Button)(nil)
)

func newButton(text string, look buttonLook, tapped func()) *Button {
	b := &Button{text: text, look: look, OnTapped: tapped, size: theme.SizeText}
	b.ExtendBaseWidget(b)
	return b
}

// NewButton makes an ordinary button: white, hairline.
func NewButton(label string, tapped func()) *Button { return newButton(label, lookPlain, tapped) }

// NewPrimary makes the one main button of a screen: blue.
func NewPrimary(label string, tapped func()) *Button { return newButton(label, lookPrimary, tapped) }

// NewDanger makes a button that destroys something: red text.
func NewDanger(label string, tapped func()) *Button { return newButton(label, lookDanger, tapped) }

// NewLink makes a link: semi-bold, blue, without padding.
func NewLink(label string, tapped func()) *Button { return newButton(label, lookLink, tapped) }

// NewTextLink makes an underlined link in the colour of text, as in rows and
// on the rail.
func NewTextLink(label string, tapped func()) *Button { return newButton(label, lookUnderline, tapped) }

// NewQuietLink makes a grey link without underline, as "Show".
func NewQuietLink(label string, tapped func()) *Button { return newButton(label, lookQuiet, tapped) }

// NewIconButton makes a button that shows only an icon; the label is what
// assistive technology reads.
func NewIconButton(icon theme.IconName, label string, tapped func()) *Button {
	b := newButton(label, lookQuiet, tapped)
	b.icon = icon
	return b
}

// Text returns the label.
func (b *Button) Text() string { return b.text }

// SetText changes the label.
func (b *Button) SetText(s string) {
	b.text = s
	b.Refresh()
}

// SetCompact makes the button 34 px high instead of 40.
func (b *Button) SetCompact(on bool) *Button {
	b.compact = on
	b.Refresh()
	return b
}

// SetSizeName changes the size of the label: small links on the rail.
func (b *Button) SetSizeName(name fyne.ThemeSizeName) *Button {
	b.size = name
	b.Refresh()
	return b
}

// SetColorName changes the colour of a link.
func (b *Button) SetColorName(name fyne.ThemeColorName) *Button {
	b.color = name
	b.Refresh()
	return b
}

// SetBusyText sets what the button says while it is busy; without it the label
// stays.
func (b *Button) SetBusyText(s string) { b.busyText = s }

// SetBusy shows that the work goes on, and takes no click meanwhile.
func (b *Button) SetBusy(on bool) {
	b.busy = on
	b.Refresh()
}

// Busy says whether the work goes on.
func (b *Button) Busy() bool { return b.busy }

// drawn is the icon that the button shows, "" for none.
func (b *Button) drawn() theme.IconName {
	if b.menu {
		return theme.IconChevronDown
	}
	return b.icon
}

func (b *Button) isLink() bool { return b.look >= lookLink }

func (b *Button) label() string {
	if b.busy && b.busyText != "" {
		return b.busyText
	}
	if b.busy && !b.isLink() {
		return b.text + " …"
	}
	return b.text
}

func (b *Button) press() {
	if b.Disabled() || b.busy || b.OnTapped == nil {
		return
	}
	b.OnTapped()
}

// Tapped is part of fyne.Tappable.
func (b *Button) Tapped(*fyne.PointEvent) {
	if !b.Disabled() {
		focusOn(b)
	}
	b.press()
}

// TypedKey presses the button on Enter and Space.
func (b *Button) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		b.press()
	default:
		passKey(b, ev)
	}
}

// TypedRune is part of fyne.Focusable.
func (b *Button) TypedRune(rune) {}

// TypedShortcut hands shortcuts to the canvas.
func (b *Button) TypedShortcut(s fyne.Shortcut) { passShortcut(b, s) }

// FocusGained is part of fyne.Focusable.
func (b *Button) FocusGained() {
	b.focused = true
	b.Refresh()
	reveal(b)
}

// FocusLost is part of fyne.Focusable.
func (b *Button) FocusLost() {
	b.focused = false
	b.Refresh()
}

// MouseIn is part of desktop.Hoverable.
func (b *Button) MouseIn(*desktop.MouseEvent) {
	b.hovered = true
	b.Refresh()
}

// MouseMoved is part of desktop.Hoverable.
func (b *Button) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is part of desktop.Hoverable.
func (b *Button) MouseOut() {
	b.hovered = false
	b.Refresh()
}

// Cursor is a hand over what can be pressed.
func (b *Button) Cursor() desktop.Cursor {
	if b.Disabled() || b.busy {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// AccessibilityLabel is part of fyne.Accessible.
func (b *Button) AccessibilityLabel() string { return b.label() }

// AccessibilityRole is part of fyne.Accessible.
func (b *Button) AccessibilityRole() fyne.AccessibleRole {
	if b.isLink() {
		return fyne.AccessibleRoleLink
	}
	return fyne.AccessibleRoleButton
}

// CreateRenderer is part of fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{
		b: b, ground: newFrame(), ring: canvas.NewRectangle(nil),
		label: canvas.NewText("", color.Black), icon: &canvas.Image{FillMode: canvas.ImageFillContain},
	}
	r.Refresh()
	return r
}

type buttonRenderer struct {
	b      *Button
	ground *frame
	ring   *canvas.Rectangle
	label  *canvas.Text
	icon   *canvas.Image
}

const (
	buttonPad = 19
	iconSize  = 18
	ringGap   = 3 // between a control and the ring around it
)

func (r *buttonRenderer) Destroy() {}

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground.Container, r.label, r.icon, r.ring}
}

func (r *buttonRenderer) MinSize() fyne.Size {
	b := r.b
	if b.icon != "" {
		return fyne.NewSquareSize(grown(b, iconSize) + 8)
	}
	size := r.label.MinSize()
	if b.isLink() {
		return whole(size)
	}
	size.Width += r.arrow()
	height := theme.SizeControl
	if b.compact {
		height = theme.SizeControlCompact
	}
	return whole(fyne.NewSize(size.Width+2*buttonPad, sizeOf(b, height)))
}

// arrow is the width of the arrow of a menu.
func (r *buttonRenderer) arrow() float32 {
	if !r.b.menu {
		return 0
	}
	return grown(r.b, iconSize)
}

func (r *buttonRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	r.label.Resize(size.SubtractWidthHeight(r.arrow(), 0))
	r.ring.Resize(size.AddWidthHeight(2*ringGap, 2*ringGap))
	r.ring.Move(fyne.NewPos(-ringGap, -ringGap))
	icon := grown(r.b, iconSize)
	r.icon.Resize(fyne.NewSquareSize(icon))
	r.icon.Move(fyne.NewPos((size.Width-icon)/2, (size.Height-icon)/2))
	if r.b.menu {
		r.icon.Move(fyne.NewPos(size.Width-buttonPad+theme.Gap1-icon, (size.Height-icon)/2))
	}
}

func (r *buttonRenderer) Refresh() {
	b := r.b
	r.label.Text = b.label()
	under := b.look == lookUnderline || b.isLink() && (b.hovered || highContrast(b))
	Style{Size: b.size, Bold: b.look <= lookLink, Under: under}.apply(b, r.label)
	r.label.Alignment = fyne.TextAlignCenter
	if b.isLink() {
		r.label.Alignment = fyne.TextAlignLeading
	}
	fill, line, text := r.colors()
	r.label.Color = text
	r.ground.set(fill, line, theme.Hairline, theme.RadiusControl)
	setRing(r.ring, b, b.focused && !b.Disabled(), theme.RadiusControl+ringGap)
	setVisible(r.icon, b.icon != "" || b.menu)
	if b.icon != "" {
		r.label.Text = ""
	}
	if name := b.drawn(); name != "" {
		if res, err := theme.NewIcon(name, text); err == nil {
			r.icon.Resource = res
			r.icon.Refresh()
		}
	}
	r.Layout(b.Size())
	canvas.Refresh(b)
}

func (r *buttonRenderer) colors() (fill, line, text color.Color) {
	b := r.b
	off := b.Disabled() || b.busy
	named := func(f, l, t fyne.ThemeColorName) (color.Color, color.Color, color.Color) {
		return colorOf(b, f), colorOf(b, l), colorOf(b, t)
	}
	switch {
	case b.isLink():
		return color.Transparent, color.Transparent, colorOf(b, r.linkColor(off))
	case off && b.look == lookPrimary:
		return named(theme.DisabledGround, theme.DisabledGround, theme.OnDisabled)
	case off:
		return named(theme.Card, theme.Hairlines, theme.QuietText)
	case b.look == lookPrimary && b.hovered:
		return named(theme.PrimaryHover, theme.PrimaryHover, theme.OnPrimary)
	case b.look == lookPrimary:
		return named(theme.Primary, theme.Primary, theme.OnPrimary)
	}
	ground, ink := theme.Card, theme.Text
	if b.hovered {
		ground = theme.HoverGround
	}
	if b.look == lookDanger {
		ink = theme.Bad
	}
	return named(ground, theme.Border, ink)
}

func (r *buttonRenderer) linkColor(off bool) fyne.ThemeColorName {
	switch {
	case off:
		return theme.QuietText
	case r.b.color != "":
		return r.b.color
	case r.b.look == lookLink:
		return theme.Link
	case r.b.look == lookQuiet:
		return theme.QuietText
	}
	return theme.Text
}
