package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/theme"
)

// Stepper shows the steps of a task: done, current, to come.
type Stepper struct {
	widget.BaseWidget
	steps   []*step
	row     *fyne.Container
	current int
}

// NewStepper makes a stepper at its first step.
func NewStepper(steps []string) *Stepper {
	s := &Stepper{row: Flow(theme.Gap4, theme.Gap2)}
	s.SetSteps(steps)
	s.ExtendBaseWidget(s)
	return s
}

// SetSteps changes the words, and keeps the place.
func (s *Stepper) SetSteps(names []string) {
	s.steps, s.row.Objects = nil, nil
	for i, name := range names {
		st := newStep(i+1, name)
		s.steps = append(s.steps, st)
		if i == len(names)-1 {
			s.row.Add(st)
		} else {
			s.row.Add(HStack(theme.Gap4, st, newDash()))
		}
	}
	s.SetCurrent(s.current)
}

// SetCurrent makes the step with this index, from 0, the current one; those
// before it are done. An index past the last marks all as done.
func (s *Stepper) SetCurrent(i int) {
	s.current = i
	for n, st := range s.steps {
		st.set(n < i, n == i)
	}
}

// Current returns the index of the current step.
func (s *Stepper) Current() int { return s.current }

// CreateRenderer is part of fyne.Widget.
func (s *Stepper) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.row) }

func newDash() fyne.CanvasObject {
	return container.NewGridWrap(fyne.NewSize(42, 1), newRule(theme.Border))
}

// step is one circle with its word.
type step struct {
	widget.BaseWidget
	circle        *canvas.Circle
	number, label *Text
	mark          *Icon
	row           *fyne.Container
	done, current bool
}

const stepSize = 24

func newStep(n int, name string) *step {
	s := &step{
		circle: canvas.NewCircle(nil),
		number: NewText(strconv.Itoa(n), Style{Size: theme.SizeSmall, Bold: true}),
		mark:   newIcon(theme.IconCheck, theme.OnPrimary, 14),
		label:  NewQuiet(name),
	}
	s.row = HStack(theme.Gap2, container.New(disc{}, s.circle, s.number, s.mark), s.label)
	s.ExtendBaseWidget(s)
	return s
}

func (s *step) set(done, current bool) {
	s.done, s.current = done, current
	s.Refresh()
}

func (s *step) Refresh() {
	s.paint()
	s.BaseWidget.Refresh()
}

func (s *step) CreateRenderer() fyne.WidgetRenderer {
	s.paint()
	return widget.NewSimpleRenderer(s.row)
}

func (s *step) paint() {
	fill, line, ink := theme.Ground, theme.Border, theme.QuietText
	switch {
	case s.done:
		fill, line = theme.Good, theme.Good
	case s.current:
		fill, line, ink = theme.Primary, theme.Primary, theme.OnPrimary
	}
	s.circle.FillColor, s.circle.StrokeColor, s.circle.StrokeWidth = colorOf(s, fill), colorOf(s, line), 1
	s.number.SetColorName(ink)
	setVisible(s.number, !s.done)
	setVisible(s.mark, s.done)
	s.label.SetStyle(StyleQuiet)
	if s.current {
		s.label.SetStyle(StyleStrong)
	}
}

// disc puts objects into the middle of a circle that grows with the text.
type disc struct{}

func (disc) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSquareSize(max(stepSize, objects[1].MinSize().Height+8))
}

func (disc) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	side := min(size.Width, size.Height)
	for i, o := range objects {
		m := o.MinSize()
		if i == 0 {
			m = fyne.NewSquareSize(side)
		}
		o.Resize(m)
		o.Move(fyne.NewPos((size.Width-m.Width)/2, (size.Height-m.Height)/2))
	}
}
