package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/theme"
)

// Style is the look of a piece of text.
type Style struct {
	Size    fyne.ThemeSizeName
	Color   fyne.ThemeColorName
	Bold    bool // semi-bold
	Title   bool // the bold face of titles and figures
	Tabular bool // digits of one width, for columns
	Under   bool // underlined
}

// The styles of the design.
var (
	StyleTitle     = Style{Size: theme.SizePageTitle, Color: theme.Text, Title: true}
	StyleSection   = Style{Size: theme.SizeSection, Color: theme.Text, Title: true}
	StyleCardTitle = Style{Size: theme.SizeCardTitle, Color: theme.Text, Bold: true}
	StyleFigure    = Style{Size: theme.SizeFigure, Color: theme.Text, Title: true}
	StyleLabel     = Style{Size: theme.SizeText, Color: theme.Text}
	StyleStrong    = Style{Size: theme.SizeText, Color: theme.Text, Bold: true}
	StyleQuiet     = Style{Size: theme.SizeText, Color: theme.QuietText}
	StyleHint      = Style{Size: theme.SizeHint, Color: theme.QuietText}
	StyleFieldName = Style{Size: theme.SizeFieldName, Color: theme.Text, Bold: true}
	StyleAmount    = Style{Size: theme.SizeText, Color: theme.Text, Tabular: true}
)

func (s Style) textStyle() fyne.TextStyle {
	return fyne.TextStyle{Bold: s.Bold || s.Title, Monospace: s.Tabular, Underline: s.Under}
}

// Text is one line of text that follows the theme.
type Text struct {
	widget.BaseWidget
	text     string
	style    Style
	align    fyne.TextAlign
	truncate bool
}

// NewText makes one line of text.
func NewText(s string, style Style) *Text {
	t := &Text{text: s, style: style}
	t.ExtendBaseWidget(t)
	return t
}

// NewTitle makes a page title, 26.
func NewTitle(s string) *Text { return NewText(s, StyleTitle) }

// NewSection makes a section title, 19.
func NewSection(s string) *Text { return NewText(s, StyleSection) }

// NewCardTitle makes the title of a card, 15.
func NewCardTitle(s string) *Text { return NewText(s, StyleCardTitle) }

// NewFigure makes a large number, 30.
func NewFigure(s string) *Text { return NewText(s, StyleFigure) }

// NewLabel makes ordinary text, 14.
func NewLabel(s string) *Text { return NewText(s, StyleLabel) }

// NewStrong makes ordinary text in semi-bold.
func NewStrong(s string) *Text { return NewText(s, StyleStrong) }

// NewQuiet makes ordinary text in grey.
func NewQuiet(s string) *Text { return NewText(s, StyleQuiet) }

// NewHint makes small grey text, 12.5.
func NewHint(s string) *Text { return NewText(s, StyleHint) }

// NewAmount makes text with digits of one width, set to the right.
func NewAmount(s string) *Text {
	t := NewText(s, StyleAmount)
	t.align = fyne.TextAlignTrailing
	return t
}

// Text returns what it says.
func (t *Text) Text() string { return t.text }

// SetText changes what it says.
func (t *Text) SetText(s string) {
	if t.text == s {
		return
	}
	t.text = s
	t.Refresh()
}

// SetColorName changes the colour.
func (t *Text) SetColorName(name fyne.ThemeColorName) {
	t.style.Color = name
	t.Refresh()
}

// SetStyle changes the look.
func (t *Text) SetStyle(s Style) {
	t.style = s
	t.Refresh()
}

// SetAlignment sets the text to the left (as made), the middle or the right.
func (t *Text) SetAlignment(a fyne.TextAlign) *Text {
	t.align = a
	t.Refresh()
	return t
}

// SetTruncate lets the text be cut with an ellipsis when there is no room for
// it: for rows of a list, where the whole is one click away.
func (t *Text) SetTruncate(on bool) *Text {
	t.truncate = on
	t.Refresh()
	return t
}

// CreateRenderer is part of fyne.Widget.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	r := &textRenderer{text: t, line: canvas.NewText("", color.Black)}
	r.Refresh()
	return r
}

type textRenderer struct {
	text *Text
	line *canvas.Text
}

func (r *textRenderer) Destroy() {}

func (r *textRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.line} }

func (r *textRenderer) MinSize() fyne.Size {
	r.line.Text = r.text.text
	size := r.line.MinSize()
	if r.text.truncate {
		size.Width = min(size.Width, r.line.TextSize*2)
	}
	r.fit(r.text.Size().Width)
	return size
}

func (r *textRenderer) Layout(size fyne.Size) {
	r.fit(size.Width)
	r.line.Resize(size)
}

// fit shortens the text to the width with an ellipsis, if it may.
func (r *textRenderer) fit(width float32) {
	r.line.Text = r.text.text
	if !r.text.truncate || r.line.MinSize().Width <= width {
		return
	}
	runes := []rune(r.text.text)
	low, high := 0, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		r.line.Text = string(runes[:mid]) + "…"
		if r.line.MinSize().Width <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	r.line.Text = string(runes[:low]) + "…"
}

func (r *textRenderer) Refresh() {
	s := r.text.style
	r.line.TextSize = sizeOf(r.text, s.Size)
	r.line.Color = colorOf(r.text, s.Color)
	r.line.TextStyle = s.textStyle()
	r.line.Alignment = r.text.align
	r.line.FontSource = nil
	if s.Title {
		r.line.FontSource = theme.TitleFont()
	}
	r.fit(r.text.Size().Width)
	r.line.Refresh()
}

// Wrapped is text that breaks into as many lines as its width asks for.
type Wrapped struct {
	widget.BaseWidget
	rich  *widget.RichText
	seg   *widget.TextSegment
	style Style
	box   *fyne.Container
}

// NewWrapped makes text that wraps.
func NewWrapped(s string, style Style) *Wrapped {
	w := &Wrapped{style: style, seg: &widget.TextSegment{Text: s}}
	w.rich = widget.NewRichText(w.seg)
	w.rich.Wrapping = fyne.TextWrapWord
	w.box = container.New(unpadded{}, w.rich)
	w.ExtendBaseWidget(w)
	w.apply()
	return w
}

func (w *Wrapped) apply() {
	w.seg.Style.ColorName = w.style.Color
	w.seg.Style.SizeName = w.style.Size
	w.seg.Style.TextStyle = w.style.textStyle()
}

// Text returns what it says.
func (w *Wrapped) Text() string { return w.seg.Text }

// SetText changes what it says.
func (w *Wrapped) SetText(s string) {
	if w.seg.Text == s {
		return
	}
	w.seg.Text = s
	w.rich.Refresh()
	w.Refresh()
}

// SetColorName changes the colour.
func (w *Wrapped) SetColorName(name fyne.ThemeColorName) {
	w.style.Color = name
	w.apply()
	w.rich.Refresh()
}

// SetAlignment sets the lines to the left (as made), the middle or the right.
func (w *Wrapped) SetAlignment(a fyne.TextAlign) *Wrapped {
	w.seg.Style.Alignment = a
	w.rich.Refresh()
	return w
}

// CreateRenderer is part of fyne.Widget.
func (w *Wrapped) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(w.box) }

// unpadded takes away the padding that Fyne's text widgets bring along.
type unpadded struct{}

func (unpadded) pad(o fyne.CanvasObject) float32 {
	if t, ok := o.(themed); ok {
		return sizeOf(t, "innerPadding")
	}
	return 0
}

func (u unpadded) MinSize(objects []fyne.CanvasObject) fyne.Size {
	p := u.pad(objects[0])
	return objects[0].MinSize().SubtractWidthHeight(2*p, 2*p)
}

func (u unpadded) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	p := u.pad(objects[0])
	objects[0].Resize(size.AddWidthHeight(2*p, 2*p))
	objects[0].Move(fyne.NewPos(-p, -p))
}

// Selectable is text that can be selected and copied: a reference, a VIN.
type Selectable struct {
	widget.BaseWidget
	label *widget.Label
	box   *fyne.Container
}

// NewSelectable makes text that can be selected and copied.
func NewSelectable(s string, style Style) *Selectable {
	t := &Selectable{label: widget.NewLabelWithStyle(s, fyne.TextAlignLeading, style.textStyle())}
	t.label.Selectable = true
	t.label.SizeName = style.Size
	if style.Color == theme.QuietText {
		t.label.Importance = widget.LowImportance
	}
	t.box = container.New(unpadded{}, t.label)
	t.ExtendBaseWidget(t)
	return t
}

// SetWrapping lets the text break into lines.
func (t *Selectable) SetWrapping(on bool) *Selectable {
	t.label.Wrapping = fyne.TextWrapOff
	if on {
		t.label.Wrapping = fyne.TextWrapWord
	}
	t.label.Refresh()
	return t
}

// Text returns what it says.
func (t *Selectable) Text() string { return t.label.Text }

// SetText changes what it says.
func (t *Selectable) SetText(s string) { t.label.SetText(s) }

// CreateRenderer is part of fyne.Widget.
func (t *Selectable) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.box) }
