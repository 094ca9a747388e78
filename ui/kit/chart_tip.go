package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/theme"
)

// chartTip lies over a picture and shows the figures of one day of it.
type chartTip struct {
	widget.BaseWidget
	line    *canvas.Rectangle
	dots    *fyne.Container
	box     *Box
	words   *fyne.Container
	content *fyne.Container
}

func newChartTip() *chartTip {
	t := &chartTip{line: canvas.NewRectangle(nil), dots: container.NewWithoutLayout(), words: VStack(2)}
	t.box = NewCard(t.words, CardInset(6, 10))
	t.content = container.NewWithoutLayout(t.line, t.dots, t.box)
	t.content.Hide()
	t.ExtendBaseWidget(t)
	return t
}

func (t *chartTip) hide() {
	t.content.Hide()
	canvas.Refresh(t)
}

// show points at a day, with its figures beside it.
func (t *chartTip) show(s scale, day stop, words ChartWords) {
	x := s.x(day.on)
	t.line.FillColor = colorOf(t, theme.Border)
	t.line.Move(fyne.NewPos(float32(int(x)), s.at.Y))
	t.line.Resize(fyne.NewSize(theme.Hairline, s.size.Height))
	t.dots.Objects, t.words.Objects = nil, []fyne.CanvasObject{NewText(words.Date(day.on), StyleHint)}
	top := s.at.Y + s.size.Height
	for _, f := range day.figures {
		y := s.y(f.value)
		top = min(top, y)
		dot := canvas.NewCircle(colorOf(t, theme.Primary))
		dot.Resize(fyne.NewSquareSize(dotWidth - 2))
		dot.Move(fyne.NewPos(x-dotWidth/2+1, y-dotWidth/2+1))
		t.dots.Add(dot)
		t.words.Add(HStack(theme.Gap2, NewText(f.name, StyleHint), Spacer(), NewText(words.Value(f.value), StyleFieldName)))
	}
	t.content.Show()
	t.place(fyne.NewPos(x, top))
	canvas.Refresh(t)
}

// place puts the box beside what it is about, where it has room.
func (t *chartTip) place(at fyne.Position) {
	size, room := t.box.MinSize(), t.Size()
	x, y := at.X+theme.Gap3, at.Y-size.Height-theme.Gap2
	if x+size.Width > room.Width {
		x = max(at.X-theme.Gap3-size.Width, 0)
	}
	t.box.Resize(size)
	t.box.Move(fyne.NewPos(x, min(max(y, 0), max(room.Height-size.Height, 0))))
}

// CreateRenderer is part of fyne.Widget.
func (t *chartTip) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.content) }

// newLegend names lines with a piece of each.
func newLegend(series []ChartSeries) *fyne.Container {
	row := HStack(theme.Gap4)
	for _, s := range series {
		row.Add(HStack(theme.Gap2, NewQuiet(s.Name), container.NewCenter(newSample(s))))
	}
	return row
}

// The size of a piece in a legend.
const (
	sampleWidth  = 24
	sampleHeight = 10
)

// sample is a short piece of a line.
type sample struct {
	widget.BaseWidget
	lines *canvas.Raster
}

func newSample(series ChartSeries) *sample {
	s := &sample{}
	middle := []fyne.Position{fyne.NewPos(0, sampleHeight/2), fyne.NewPos(sampleWidth, sampleHeight/2)}
	s.lines = newLines(func() float32 { return sampleWidth }, func() []stroke { return []stroke{newStroke(s, series, middle)} })
	s.lines.SetMinSize(fyne.NewSize(sampleWidth, sampleHeight))
	s.ExtendBaseWidget(s)
	return s
}

// Refresh is part of fyne.CanvasObject.
func (s *sample) Refresh() {
	s.lines.Refresh()
	s.BaseWidget.Refresh()
}

// CreateRenderer is part of fyne.Widget.
func (s *sample) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.lines) }
