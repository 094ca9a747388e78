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

// Split puts a list at the left and what was chosen at the right of it, with a
// hairline between. Where there is no room for both, in a small window or with
// large text, it shows one of them, and a way back from the second to the first.
type Split struct {
	widget.BaseWidget
	// OnAlone is told when what was chosen stands alone in the room, or no longer.
	// It is called while things are laid out: it must not do so itself.
	OnAlone func(bool)

	width       float32
	left, right fyne.CanvasObject
	rule        *Rule
	back        *Button
	way         *fyne.Container // the way back
	detail      bool
	alone       bool
	content     *fyne.Container
}

// The least room for what was chosen, at text scale 1, and the most of the
// width that the list takes.
const (
	splitRight = 400
	splitShare = 0.42
)

// NewSplit makes a list of a width, which grows with the text, and what was
// chosen; back is the word of the way back.
func NewSplit(width float32, left, right fyne.CanvasObject, back string) *Split {
	s := &Split{width: width, left: left, right: right, rule: NewRule()}
	s.back = NewLink(back, func() { s.ShowDetail(false) })
	s.way = Inset(theme.Gap4, theme.Gap4, 0, theme.Gap6, HStack(0, s.back))
	s.content = container.New(splitLayout{s}, left, s.rule, s.way, right)
	s.ExtendBaseWidget(s)
	return s
}

// ShowDetail says which of the two is seen where there is room for one.
func (s *Split) ShowDetail(on bool) {
	if s.detail == on {
		return
	}
	s.detail = on
	s.choose(s.Size().Width)
	s.content.Refresh()
}

// single says whether a width has room for one of the two only.
func (s *Split) single(width float32) bool {
	return width > 0 && width < grown(s, s.width)+grown(s, splitRight)
}

func (s *Split) choose(width float32) {
	single := s.single(width)
	setVisible(s.left, !single || !s.detail)
	setVisible(s.rule, !single)
	setVisible(s.way, single && s.detail)
	setVisible(s.right, !single || s.detail)
	if alone := single && s.detail; alone != s.alone {
		s.alone = alone
		if s.OnAlone != nil {
			s.OnAlone(alone)
		}
	}
}

// Resize is part of fyne.CanvasObject.
func (s *Split) Resize(size fyne.Size) {
	s.choose(size.Width)
	s.BaseWidget.Resize(size)
}

// CreateRenderer is part of fyne.Widget.
func (s *Split) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.content) }

type splitLayout struct{ s *Split }

func (l splitLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return l.s.left.MinSize().Max(l.s.right.MinSize())
}

func (l splitLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	s := l.s
	place := func(o fyne.CanvasObject, x, y, w, h float32) {
		settle(o, w)
		o.Resize(fyne.NewSize(w, h))
		o.Move(fyne.NewPos(x, y))
	}
	if s.single(size.Width) {
		top := settle(s.way, size.Width)
		place(s.way, 0, 0, size.Width, top)
		place(s.left, 0, 0, size.Width, size.Height)
		place(s.right, 0, top, size.Width, max(size.Height-top, 0))
		return
	}
	width := min(grown(s, s.width), float32(int(size.Width*splitShare)))
	place(s.left, 0, 0, width, size.Height)
	place(s.rule, width, 0, theme.Hairline, size.Height)
	place(s.right, width+theme.Hairline, 0, size.Width-width-theme.Hairline, size.Height)
}
