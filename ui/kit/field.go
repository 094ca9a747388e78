package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/theme"
)

// Field is a label, an entry, and a line under it for a hint or an error. The
// exported members may be changed at any time.
type Field struct {
	widget.BaseWidget
	// OnChanged is called after each change by the person, SetText included.
	OnChanged func(string)
	// OnSubmitted is called on Enter; without it Enter goes to the page.
	OnSubmitted func(string)
	// OnEscape is called on Escape; without it Escape goes to the page.
	OnEscape func()
	// OnKey sees every other key first and says whether it took it.
	OnKey func(*fyne.KeyEvent) bool
	// OnShortcut sees every shortcut first and says whether it took it. What
	// neither it nor the entry takes goes to the canvas.
	OnShortcut func(fyne.Shortcut) bool
	// OnFocus is told when the field gets or loses the focus.
	OnFocus func(bool)
	// MaxRunes bounds what can be typed or pasted; 0 is without bound. SetText
	// is not cut.
	MaxRunes int
	// Room is a text that has to fit without scrolling.
	Room string
	// Upper makes letters capital as they are typed.
	Upper bool
	// Filter says which runes are taken; nil takes all but control characters.
	Filter func(rune) bool

	input         *input
	label         *Text
	hint          *Wrapped
	aside         *Text
	trailing      *Text
	toggle        *Button
	show, hide    string
	border        *frame
	frame, column *fyne.Container
	below         *fyne.Container
	hintText, err string
	focused       bool
	rows          int
}

// NewField makes a field of one line.
func NewField(label string) *Field { return newField(label, 1) }

// NewMultilineField makes a field that shows the given number of lines and
// scrolls beyond.
func NewMultilineField(label string, rows int) *Field { return newField(label, max(rows, 2)) }

// NewPasswordField makes a field whose text is hidden; the link at its end says
// showLabel or hideLabel.
func NewPasswordField(label, showLabel, hideLabel string) *Field {
	f := newField(label, 1)
	f.show, f.hide = showLabel, hideLabel
	f.input.hide()
	f.toggle.Show()
	f.SetToggleLabels(showLabel, hideLabel)
	return f
}

// NewVINField makes a field for a VIN: capitals, digits of one width, and not
// more than 17 characters. Which letters it refuses is the page's to say.
func NewVINField(label string) *Field {
	f := newField(label, 1)
	f.Upper, f.MaxRunes = true, 17
	f.SetTabular(true)
	return f
}

func newField(label string, rows int) *Field {
	f := &Field{
		label:    NewText(label, StyleFieldName),
		hint:     NewWrapped("", StyleHint),
		aside:    NewHint(""),
		trailing: NewText("", Style{Size: theme.SizeFieldName, Color: theme.QuietText, Tabular: true}),
		border:   newFrame(), rows: rows,
	}
	f.input = newInput(f, rows > 1)
	f.input.OnChanged = func(s string) {
		if f.OnChanged != nil {
			f.OnChanged(s)
		}
	}
	f.input.OnSubmitted = func(s string) {
		if f.OnSubmitted != nil {
			f.OnSubmitted(s)
		}
	}
	f.toggle = NewQuietLink("", f.toggleHidden)
	f.toggle.Hide()
	f.trailing.Hide()
	f.aside.Hide()
	f.frame = container.New(&frameLayout{f}, f.border.Container, f.input, f.trailing, f.toggle)
	f.below = HStack(theme.Gap2, HFill(f.hint), f.aside)
	f.below.Hide()
	f.column = VStack(5, f.label, f.frame, f.below)
	setVisible(f.label, label != "")
	f.ExtendBaseWidget(f)
	return f
}

// Text returns what is typed.
func (f *Field) Text() string { return f.input.Text }

// SetText replaces what is typed; it is cleaned as if pasted, but not cut.
// The cursor goes to its end.
func (f *Field) SetText(s string) {
	f.input.SetText(f.clean(s))
	f.input.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	f.input.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
}

// SetLabel changes the label.
func (f *Field) SetLabel(s string) {
	f.label.SetText(s)
	setVisible(f.label, s != "")
	f.Refresh()
}

// SetPlaceholder sets the grey text of an empty field.
func (f *Field) SetPlaceholder(s string) { f.input.SetPlaceHolder(s) }

// SetHint sets the grey line under the field; an error hides it.
func (f *Field) SetHint(s string) {
	f.hintText = s
	f.showBelow()
}

// SetMeter puts an object between the field and the line under it: the strength
// of a password.
func (f *Field) SetMeter(o fyne.CanvasObject) {
	f.column.Objects = []fyne.CanvasObject{f.label, f.frame, Inset(2, 0, 0, 0, o), f.below}
	f.Refresh()
}

// SetAside sets the grey words at the right under the field: a counter.
func (f *Field) SetAside(s string) {
	f.aside.SetText(s)
	setVisible(f.aside, s != "")
	f.showBelow()
}

// SetError shows a red border and a red line; "" takes both away.
func (f *Field) SetError(s string) {
	f.err = s
	f.showBelow()
}

// Error returns the error that is shown.
func (f *Field) Error() string { return f.err }

func (f *Field) showBelow() {
	text, ink := f.hintText, theme.QuietText
	if f.err != "" {
		text, ink = f.err, theme.Bad
	}
	f.hint.SetText(text)
	f.hint.SetColorName(ink)
	setVisible(f.below, text != "" || f.aside.Visible())
	f.Refresh()
}

// SetTrailing sets the words inside the field at its end: "17 / 17 ✓".
func (f *Field) SetTrailing(text string, name fyne.ThemeColorName) {
	f.trailing.SetText(text)
	f.trailing.SetColorName(name)
	setVisible(f.trailing, text != "")
	f.frame.Refresh()
}

// SetToggleLabels changes the words of a password field's link.
func (f *Field) SetToggleLabels(showLabel, hideLabel string) {
	f.show, f.hide = showLabel, hideLabel
	if f.input.Password {
		f.toggle.SetText(showLabel)
	} else {
		f.toggle.SetText(hideLabel)
	}
	f.frame.Refresh()
}

func (f *Field) toggleHidden() {
	f.input.Password = !f.input.Password
	f.input.Refresh()
	f.SetToggleLabels(f.show, f.hide)
}

// SetTabular gives all digits one width.
func (f *Field) SetTabular(on bool) {
	f.input.TextStyle.Monospace = on
	f.input.Refresh()
}

// Focus puts the cursor into the field.
func (f *Field) Focus(c fyne.Canvas) { c.Focus(f.input) }

// Focusable returns the part that takes the focus, for tests and for keyboards
// drawn on the screen.
func (f *Field) Focusable() fyne.Focusable { return f.input }

// Focused says whether the field has the focus.
func (f *Field) Focused() bool { return f.focused }

// Disable takes no typing.
func (f *Field) Disable() {
	f.input.Disable()
	f.Refresh()
}

// Enable takes typing again.
func (f *Field) Enable() {
	f.input.Enable()
	f.Refresh()
}

// Disabled is part of fyne.Disableable.
func (f *Field) Disabled() bool { return f.input.Disabled() }

func (f *Field) focusChanged(on bool) {
	f.focused = on
	f.paint()
	f.frame.Refresh()
	if on {
		reveal(f)
	}
	if f.OnFocus != nil {
		f.OnFocus(on)
	}
}

// Refresh is part of fyne.CanvasObject.
func (f *Field) Refresh() {
	f.paint()
	f.BaseWidget.Refresh()
}

// CreateRenderer is part of fyne.Widget.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	f.paint()
	return widget.NewSimpleRenderer(f.column)
}

func (f *Field) paint() {
	ground, line, width := theme.Input, theme.Border, theme.Hairline
	ring := sizeOf(f, theme.SizeFocusRing)
	switch {
	case f.Disabled():
		ground, line = theme.Ground, theme.Hairlines
	case f.err != "":
		line, width = theme.Bad, ring
	case f.focused:
		line, width = theme.Primary, ring
	}
	f.border.set(colorOf(f, ground), colorOf(f, line), width, theme.RadiusControl)
}

// frameLayout places the entry and what stands at its end inside the border.
type frameLayout struct{ f *Field }

// fieldPad is the room before the text in a field: the entry brings 10 of it.
const (
	fieldPad   = 13
	frameInset = fieldPad - 10
)

func (l *frameLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	f := l.f
	height := sizeOf(f, theme.SizeControl)
	if f.rows > 1 {
		line := fyne.MeasureText("M", sizeOf(f, theme.SizeText), fyne.TextStyle{}).Height
		height = (line+sizeOf(f, "lineSpacing"))*float32(f.rows) + 2*sizeOf(f, "innerPadding")
	}
	return fyne.NewSize(max(80, l.room())+l.tail(), height)
}

// room is the width of the text that has to fit.
func (l *frameLayout) room() float32 {
	f := l.f
	words := fyne.MeasureText(f.Room, sizeOf(f, theme.SizeText), fyne.TextStyle{}).Width
	return words + 2*(frameInset+sizeOf(f, "innerPadding")) + theme.Gap2
}

// tail is the width of what stands at the end.
func (l *frameLayout) tail() float32 {
	var w float32
	for _, o := range []fyne.CanvasObject{l.f.trailing, l.f.toggle} {
		if o.Visible() {
			w += o.MinSize().Width + theme.Gap3
		}
	}
	return w
}

func (l *frameLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	f := l.f
	f.border.Resize(size)
	x := size.Width - theme.Gap3 - 2
	for _, o := range []fyne.CanvasObject{f.toggle, f.trailing} {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		x -= m.Width
		o.Resize(m)
		o.Move(fyne.NewPos(x, (size.Height-m.Height)/2))
		x -= theme.Gap2
	}
	height := size.Height
	y := float32(2)
	if f.rows == 1 {
		height = f.input.MinSize().Height
		y = (size.Height - height) / 2
	}
	f.input.Resize(fyne.NewSize(x-frameInset, min(height, size.Height-2*y)))
	f.input.Move(fyne.NewPos(frameInset, y))
}
