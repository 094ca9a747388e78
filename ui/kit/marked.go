package kit

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/theme"
)

// Marked is one line of text in which some words are marked: what a search has
// found. It is cut with an ellipsis where the width ends.
type Marked struct {
	widget.BaseWidget
	text  string
	marks [][2]int
	style Style
}

// NewMarked makes an empty line.
func NewMarked(style Style) *Marked {
	m := &Marked{style: style}
	m.ExtendBaseWidget(m)
	return m
}

// Set changes the text and the byte ranges in it that are marked, in their
// order. Ranges that are not within the text are left out.
func (m *Marked) Set(text string, marks [][2]int) {
	if m.text == text && slices.Equal(m.marks, marks) {
		return
	}
	m.text, m.marks = text, marks
	m.Refresh()
}

// Text returns what it says.
func (m *Marked) Text() string { return m.text }

// pieces are the parts of the text, with those that are marked.
func (m *Marked) pieces() (parts []string, marked []bool) {
	at := 0
	add := func(end int, mark bool) {
		if end > at {
			parts, marked = append(parts, m.text[at:end]), append(marked, mark)
			at = end
		}
	}
	for _, r := range m.marks {
		if r[0] >= at && r[1] <= len(m.text) {
			add(r[0], false)
			add(r[1], true)
		}
	}
	add(len(m.text), false)
	return parts, marked
}

// AccessibilityLabel is part of fyne.Accessible.
func (m *Marked) AccessibilityLabel() string { return m.text }

// AccessibilityRole is part of fyne.Accessible.
func (m *Marked) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is part of fyne.Widget.
func (m *Marked) CreateRenderer() fyne.WidgetRenderer {
	r := &markedRenderer{m: m}
	r.Refresh()
	return r
}

// markedRenderer measures when the text, its look or the width has changed, and uses its objects again.
type markedRenderer struct {
	m       *Marked
	width   float32 // that the pieces were placed for
	words   []*canvas.Text
	grounds []*canvas.Rectangle
	objects []fyne.CanvasObject // those in use
}

func (r *markedRenderer) Destroy() {}

func (r *markedRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *markedRenderer) MinSize() fyne.Size {
	return whole(fyne.NewSize(2*sizeOf(r.m, r.m.style.Size), r.m.style.measure(r.m, "M").Height))
}

func (r *markedRenderer) Layout(size fyne.Size) {
	if size.Width != r.width {
		r.place(size)
	}
}

// place puts the pieces one after the other until the width is used up, and cuts the last.
func (r *markedRenderer) place(size fyne.Size) {
	defer canvas.Refresh(r.m)
	r.width, r.objects = size.Width, nil
	x := float32(0)
	parts, marked := r.m.pieces()
	for i, part := range parts {
		room := size.Width - x
		if room <= 0 {
			return
		}
		word := r.word(i, part, marked[i])
		width := word.MinSize().Width
		if width > room {
			cut(word, room)
			width = room
		}
		area, at := fyne.NewSize(width, size.Height), fyne.NewPos(x, 0)
		if marked[i] {
			r.objects = append(r.objects, put(r.ground(i), area, at))
		}
		r.objects = append(r.objects, put(word, area, at))
		x += width
	}
}

func put(o fyne.CanvasObject, size fyne.Size, at fyne.Position) fyne.CanvasObject {
	o.Resize(size)
	o.Move(at)
	return o
}

// word is the piece i with its look.
func (r *markedRenderer) word(i int, part string, mark bool) *canvas.Text {
	for len(r.words) <= i {
		r.words = append(r.words, canvas.NewText("", color.Black))
	}
	style, word := r.m.style, r.words[i]
	if mark {
		style.Bold, style.Color = true, theme.Text
	}
	word.Text = part
	style.apply(r.m, word)
	return word
}

// ground is the colour behind the marked piece i.
func (r *markedRenderer) ground(i int) *canvas.Rectangle {
	for len(r.grounds) <= i {
		r.grounds = append(r.grounds, canvas.NewRectangle(nil))
	}
	rect := r.grounds[i]
	rect.FillColor, rect.StrokeWidth, rect.CornerRadius = colorOf(r.m, theme.WarnGround), 0, 2
	if highContrast(r.m) {
		rect.FillColor, rect.StrokeColor, rect.StrokeWidth = color.Transparent, colorOf(r.m, theme.Text), theme.Hairline
	}
	return rect
}

func (r *markedRenderer) Refresh() { r.place(r.m.Size()) }
