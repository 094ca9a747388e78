package kit

import (
	"image/color"

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

type markedRenderer struct {
	m       *Marked
	objects []fyne.CanvasObject
}

func (r *markedRenderer) Destroy() {}

func (r *markedRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *markedRenderer) MinSize() fyne.Size {
	return whole(fyne.NewSize(2*sizeOf(r.m, r.m.style.Size), r.m.style.measure(r.m, "M").Height))
}

// Layout places the pieces one after the other until the width is used up.
func (r *markedRenderer) Layout(size fyne.Size) {
	m, x := r.m, float32(0)
	r.objects = nil
	parts, marked := m.pieces()
	for i, part := range parts {
		style := m.style
		if marked[i] {
			style.Bold, style.Color = true, theme.Text
		}
		t := NewText(part, style).SetTruncate(true)
		width := min(style.measure(m, part).Width, size.Width-x)
		if width <= 0 {
			break
		}
		t.Resize(fyne.NewSize(width, size.Height))
		t.Move(fyne.NewPos(x, 0))
		if marked[i] {
			r.objects = append(r.objects, r.ground(x, width, size.Height))
		}
		r.objects = append(r.objects, t)
		x += width
	}
}

// ground is the colour behind a marked word.
func (r *markedRenderer) ground(x, width, height float32) fyne.CanvasObject {
	rect := canvas.NewRectangle(colorOf(r.m, theme.WarnGround))
	if highContrast(r.m) {
		rect.FillColor, rect.StrokeColor, rect.StrokeWidth = color.Transparent, colorOf(r.m, theme.Text), theme.Hairline
	}
	rect.CornerRadius = 2
	rect.Resize(fyne.NewSize(width, height))
	rect.Move(fyne.NewPos(x, 0))
	return rect
}

func (r *markedRenderer) Refresh() {
	r.Layout(r.m.Size())
	canvas.Refresh(r.m)
}
