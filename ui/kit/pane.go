package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/theme"
)

// Sheet is a large card that runs out of the window at the right and below: it
// has a border above and at the left, and one round corner.
type Sheet struct {
	widget.BaseWidget
	line, fill *canvas.Rectangle
	content    *fyne.Container
}

// NewSheet makes a sheet under its content.
func NewSheet(content fyne.CanvasObject) *Sheet {
	s := &Sheet{line: canvas.NewRectangle(nil), fill: canvas.NewRectangle(nil)}
	s.line.TopLeftCornerRadius = theme.RadiusCard
	s.fill.TopLeftCornerRadius = theme.RadiusCard - theme.Hairline
	inner := Inset(theme.Hairline, 0, 0, theme.Hairline, container.NewStack(s.fill, content))
	s.content = container.NewStack(s.line, inner)
	s.ExtendBaseWidget(s)
	return s
}

// Refresh is part of fyne.CanvasObject.
func (s *Sheet) Refresh() {
	s.paint()
	s.BaseWidget.Refresh()
}

// CreateRenderer is part of fyne.Widget.
func (s *Sheet) CreateRenderer() fyne.WidgetRenderer {
	s.paint()
	return widget.NewSimpleRenderer(s.content)
}

func (s *Sheet) paint() {
	s.line.FillColor, s.fill.FillColor = colorOf(s, theme.Hairlines), colorOf(s, theme.Card)
}

// splitShare is the most of the width that the left of a Split takes.
const splitShare = 0.42

type split struct{ width float32 }

// Split puts a list at the left, width wide, and what was chosen at the right
// of it, with a hairline between. The width grows with the text, up to a part
// of the room there is.
func Split(width float32, left, right fyne.CanvasObject) *fyne.Container {
	return container.New(&split{width}, left, NewRule(), right)
}

func (l *split) MinSize(objects []fyne.CanvasObject) fyne.Size {
	left, right := objects[0].MinSize(), objects[2].MinSize()
	return fyne.NewSize(left.Width+theme.Hairline+right.Width, max(left.Height, right.Height))
}

func (l *split) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(grown(currentTheme{}, l.width), float32(int(size.Width*splitShare)))
	width = max(min(width, size.Width-objects[2].MinSize().Width), objects[0].MinSize().Width)
	x := float32(0)
	for i, w := range []float32{width, theme.Hairline, max(size.Width-width-theme.Hairline, 0)} {
		settle(objects[i], w)
		objects[i].Resize(fyne.NewSize(w, size.Height))
		objects[i].Move(fyne.NewPos(x, 0))
		x += w
	}
}

type headBodyFoot struct{}

// HeadBodyFoot puts a head and a foot at their own heights around a body that
// takes the rest.
func HeadBodyFoot(head, body, foot fyne.CanvasObject) *fyne.Container {
	return container.New(headBodyFoot{}, head, body, foot)
}

func (headBodyFoot) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return (&vstack{}).MinSize(objects)
}

func (headBodyFoot) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	head, foot := settle(objects[0], size.Width), settle(objects[2], size.Width)
	y := float32(0)
	for i, height := range []float32{head, max(size.Height-head-foot, 0), foot} {
		objects[i].Resize(fyne.NewSize(size.Width, height))
		objects[i].Move(fyne.NewPos(0, y))
		y += height
	}
}
