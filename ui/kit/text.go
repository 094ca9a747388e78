package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
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

// apply gives a canvas text the look, in the theme of w. Its words have to be there already.
func (s Style) apply(w themed, t *canvas.Text) {
	t.TextSize, t.Color, t.TextStyle = sizeOf(w, s.Size), colorOf(w, s.Color), s.textStyle()
	t.FontSource = s.font(w, t.Text)
}

// measure is the size of one line in the look.
func (s Style) measure(w themed, text string) fyne.Size {
	size, _ := fyne.CurrentApp().Driver().RenderedTextSize(text, sizeOf(w, s.Size), s.textStyle(), s.font(w, text))
	return size
}

// font is the face that a text is drawn with, nil for the one of the text style with what it falls back on: for plain
// text, which every entry needs anyway, and for what the app's faces do not cover.
func (s Style) font(w themed, text string) fyne.Resource {
	switch style := s.textStyle(); {
	case style == fyne.TextStyle{} || !theme.Covers(text):
		return nil
	case s.Title:
		return theme.TitleFont()
	default:
		return w.Theme().Font(style)
	}
}

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
	style := t.style
	style.Color = name
	t.SetStyle(style)
}

// SetStyle changes the look.
func (t *Text) SetStyle(s Style) {
	if t.style == s {
		return
	}
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

// AccessibilityLabel is part of fyne.Accessible.
func (t *Text) AccessibilityLabel() string { return t.text }

// AccessibilityRole is part of fyne.Accessible.
func (t *Text) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is part of fyne.Widget.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	r := &textRenderer{text: t, line: canvas.NewText("", color.Black)}
	r.Refresh()
	return r
}

// textRenderer measures when the text or its look has changed, and cuts when the width has.
type textRenderer struct {
	text  *Text
	line  *canvas.Text
	full  fyne.Size // of the whole text
	width float32   // that the line was cut for
}

func (r *textRenderer) Destroy() {}

func (r *textRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.line} }

func (r *textRenderer) MinSize() fyne.Size {
	size := r.full
	if r.text.truncate {
		size.Width = min(size.Width, r.line.TextSize*2)
	}
	return whole(size)
}

func (r *textRenderer) Layout(size fyne.Size) {
	if size.Width != r.width {
		r.fit(size.Width)
	}
	r.line.Resize(size)
}

// fit shortens the text to the width with an ellipsis, if it may.
func (r *textRenderer) fit(width float32) {
	r.width, r.line.Text = width, r.text.text
	if r.text.truncate && r.full.Width > width {
		cut(r.line, width)
	}
}

func (r *textRenderer) Refresh() {
	r.line.Text = r.text.text
	r.text.style.apply(r.text, r.line)
	r.line.Alignment = r.text.align
	r.full = r.line.MinSize()
	r.fit(r.text.Size().Width)
	r.line.Refresh()
}

// cut shortens a line to a width with an ellipsis.
func cut(line *canvas.Text, width float32) {
	runes := []rune(line.Text)
	low, high := 0, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		line.Text = string(runes[:mid]) + "…"
		if line.MinSize().Width <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	line.Text = string(runes[:low]) + "…"
}
