package kit

import (
	"image/color"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/theme"
)

// Wrapped is text that breaks into as many lines as its width asks for. Fyne's
// own sets lines closer than the design and pads them.
type Wrapped struct {
	widget.BaseWidget
	text  string
	style Style
	align fyne.TextAlign
	lines []string
	fit   float32 // width that the lines were broken for
	word  float32 // width of the widest word, once measured
}

// NewWrapped makes text that wraps; line breaks in it are kept.
func NewWrapped(s string, style Style) *Wrapped {
	w := &Wrapped{text: s, style: style}
	w.ExtendBaseWidget(w)
	return w
}

// Text returns what it says.
func (w *Wrapped) Text() string { return w.text }

// SetText changes what it says.
func (w *Wrapped) SetText(s string) {
	if w.text == s {
		return
	}
	w.text = s
	w.Refresh()
}

// SetColorName changes the colour.
func (w *Wrapped) SetColorName(name fyne.ThemeColorName) {
	w.style.Color = name
	w.Refresh()
}

// SetStyle changes the look.
func (w *Wrapped) SetStyle(s Style) {
	w.style = s
	w.Refresh()
}

// SetAlignment sets the lines to the left (as made), the middle or the right.
func (w *Wrapped) SetAlignment(a fyne.TextAlign) *Wrapped {
	w.align = a
	w.Refresh()
	return w
}

// Refresh is part of fyne.CanvasObject.
func (w *Wrapped) Refresh() {
	w.lines, w.word = nil, 0
	w.BaseWidget.Refresh()
}

// measure is the size of one line in the style.
func (w *Wrapped) measure(s string) fyne.Size { return w.style.measure(w, s) }

// breakLines breaks the text for the width it has. Before it has one, each
// paragraph is a line.
func (w *Wrapped) breakLines() []string {
	width := w.Size().Width
	if w.lines != nil && w.fit == width {
		return w.lines
	}
	w.lines, w.fit = nil, width
	for paragraph := range strings.SplitSeq(w.text, "\n") {
		if width <= 0 || w.measure(paragraph).Width <= width {
			w.lines = append(w.lines, paragraph)
			continue
		}
		w.lines = append(w.lines, w.breakParagraph(paragraph, width)...)
	}
	return w.lines
}

// breakParagraph breaks at spaces (not at non-breaking ones), and inside a word
// only if it alone is too wide.
func (w *Wrapped) breakParagraph(text string, width float32) (lines []string) {
	line := ""
	for word := range strings.SplitSeq(text, " ") {
		joined := word
		if line != "" {
			joined = line + " " + word
		}
		if w.measure(joined).Width <= width {
			line = joined
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for w.measure(word).Width > width {
			n := w.runesIn(word, width)
			runes := []rune(word)
			lines = append(lines, string(runes[:n]))
			word = string(runes[n:])
		}
		line = word
	}
	return append(lines, line)
}

// runesIn is how many runes of a word the width takes, at least one. What
// non-breaking spaces keep together but has no room is broken at one of those.
func (w *Wrapped) runesIn(word string, width float32) int {
	runes := []rune(word)
	low, high := 1, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		if w.measure(string(runes[:mid])).Width <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	if i := strings.LastIndex(string(runes[:low]), "\u00a0"); i > 0 {
		return utf8.RuneCountInString(word[:i]) + 1
	}
	return min(low, max(len(runes)-1, 1))
}

// AccessibilityLabel is part of fyne.Accessible.
func (w *Wrapped) AccessibilityLabel() string { return w.text }

// AccessibilityRole is part of fyne.Accessible.
func (w *Wrapped) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is part of fyne.Widget.
func (w *Wrapped) CreateRenderer() fyne.WidgetRenderer {
	r := &wrappedRenderer{w: w}
	r.Refresh()
	return r
}

type wrappedRenderer struct {
	w     *Wrapped
	lines []*canvas.Text
}

func (r *wrappedRenderer) Destroy() {}

func (r *wrappedRenderer) Objects() []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(r.lines))
	for i, l := range r.lines {
		objects[i] = l
	}
	return objects
}

// lineGap is the room between two lines, as a part of the text size: with the
// height of Inter's lines, 1.21, it makes the 1.45 of the design. Titles have none.
const lineGap = 0.24

// step is the distance from line to line, in whole pixels.
func (r *wrappedRenderer) step() float32 {
	height := r.w.measure("M").Height
	if !r.w.style.Title {
		height += lineGap * sizeOf(r.w, r.w.style.Size)
	}
	return float32(int(height + 0.5))
}

// MinSize asks for little width, a few words, and for the height that the lines
// need in the width there is.
func (r *wrappedRenderer) MinSize() fyne.Size {
	w := r.w
	if w.word == 0 {
		for word := range strings.FieldsFuncSeq(w.text, func(r rune) bool { return r == ' ' || r == '\n' }) {
			w.word = max(w.word, w.measure(word).Width)
		}
	}
	height := float32(len(w.breakLines())-1)*r.step() + w.measure("M").Height
	return whole(fyne.NewSize(min(w.word, minWords*sizeOf(w, theme.SizeText)), height))
}

// minWords is the width, in text sizes, that a long word may ask for before it
// is broken.
const minWords = 8

func (r *wrappedRenderer) Layout(size fyne.Size) {
	r.fill()
	height := r.w.measure("M").Height
	for i, l := range r.lines {
		l.Resize(fyne.NewSize(size.Width, height))
		l.Move(fyne.NewPos(0, float32(i)*r.step()))
	}
}

// fill makes as many canvas texts as there are lines.
func (r *wrappedRenderer) fill() {
	lines := r.w.breakLines()
	for len(r.lines) < len(lines) {
		r.lines = append(r.lines, canvas.NewText("", color.Black))
	}
	r.lines = r.lines[:len(lines)]
	for i, l := range r.lines {
		l.Text, l.Alignment = lines[i], r.w.align
		r.w.style.apply(r.w, l)
	}
}

func (r *wrappedRenderer) Refresh() {
	r.Layout(r.w.Size())
	canvas.Refresh(r.w)
}
