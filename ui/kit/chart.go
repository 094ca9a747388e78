package kit

import (
	"math"
	"slices"

	"cloud.google.com/go/civil"
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/theme"
)

// ChartPoint is a figure on a day.
type ChartPoint struct {
	On    civil.Date
	Value float64
}

// ChartSeries is one line of a chart.
type ChartSeries struct {
	Name   string
	Points []ChartPoint // by day, the first one first
	Dashed bool         // what has not happened yet
	Quiet  bool         // thin and grey: what the others are compared with
}

// ChartWords are the words of a chart, and how it writes its figures.
type ChartWords struct {
	Name    string // for assistive technology
	Summary string // stands under the chart until a point is asked for
	Table   string // turns to the table: "Show as table"
	Picture string // turns back: "Show as chart"

	Value func(float64) string                       // a figure, whole: $41,208.55
	Axis  func(float64) string                       // a figure on the axis: $40,000
	Date  func(civil.Date) string                    // a day: Dec 1, 2026
	Tick  func(first civil.Date, yearly bool) string // a month on the axis, by its first day; of yearly ones, the year is enough
}

// Chart draws lines over time, for looking at. Pointing at it shows the figures of a day; so do Left, Right, Home and End
// while it has the focus, and what is shown stands under it as text. A table with every figure is behind it.
type Chart struct {
	widget.BaseWidget
	// OnTable is called when the person turns to the table or back.
	OnTable func(shown bool)

	words   ChartWords
	plot    *plot
	table   *fyne.Container
	said    *Wrapped
	turn    *Button
	legend  *fyne.Container
	content *fyne.Container
}

// NewChart draws lines. today is marked where it lies among their days; the zero Date is not. Figures that are no numbers
// are left out.
func NewChart(words ChartWords, today civil.Date, series ...ChartSeries) *Chart {
	series = drawable(series)
	days := stops(series)
	c := &Chart{words: words, said: NewWrapped(words.Summary, StyleHint), legend: newLegend(series)}
	c.plot = newPlot(words, today, series, days)
	c.plot.pointed = c.say
	c.table = container.New(asHigh{c.plot}, newChartTable(words, days))
	c.table.Hide()
	c.turn = NewTextLink(words.Table, func() { c.turnTo(c.plot.Visible()) })
	c.content = VStack(theme.Gap2, c.plot, c.table, Sides(c.said, c.turn))
	c.ExtendBaseWidget(c)
	return c
}

// drawable leaves out what has no place in a picture.
func drawable(series []ChartSeries) []ChartSeries {
	list := slices.Clone(series)
	for i, s := range list {
		list[i].Points = slices.DeleteFunc(slices.Clone(s.Points), func(p ChartPoint) bool {
			return math.IsNaN(p.Value) || math.IsInf(p.Value, 0)
		})
	}
	return list
}

// asHigh makes what it holds as high as a picture needs.
type asHigh struct{ plot *plot }

func (l asHigh) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(objects[0].MinSize().Width, l.plot.MinSize().Height)
}

func (l asHigh) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }

// Legend returns the names of the lines with a piece of each, for the head of a card.
func (c *Chart) Legend() fyne.CanvasObject { return c.legend }

// Focusable returns the part that takes the focus: the picture.
func (c *Chart) Focusable() fyne.Focusable { return c.plot }

// Turn returns the button that turns to the table and back.
func (c *Chart) Turn() *Button { return c.turn }

// SetTable shows the table, or the picture, without calling OnTable.
func (c *Chart) SetTable(on bool) {
	setVisible(c.table, on)
	setVisible(c.plot, !on)
	c.turn.SetText(c.words.Table)
	if on {
		c.turn.SetText(c.words.Picture)
	}
	c.Refresh()
}

func (c *Chart) turnTo(table bool) {
	c.SetTable(table)
	if c.OnTable != nil {
		c.OnTable(table)
	}
}

// say writes under the chart what is pointed at; nothing brings the summary back.
func (c *Chart) say(point string) {
	if point == "" {
		point = c.words.Summary
	}
	c.said.SetText(point)
}

// CreateRenderer is part of fyne.Widget.
func (c *Chart) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.content) }

// figure is what a line has on a day.
type figure struct {
	name  string
	value float64
}

// stop is a day with what lines have on it.
type stop struct {
	on      civil.Date
	figures []figure
}

// stops are the days that a chart has figures for, in order. A line that begins where another ends repeats no figure.
func stops(series []ChartSeries) []stop {
	byDay := map[civil.Date][]figure{}
	for _, s := range series {
		for _, p := range s.Points {
			same := func(f figure) bool { return f.value == p.Value }
			if !slices.ContainsFunc(byDay[p.On], same) {
				byDay[p.On] = append(byDay[p.On], figure{s.Name, p.Value})
			}
		}
	}
	list := make([]stop, 0, len(byDay))
	for on, figures := range byDay {
		list = append(list, stop{on, figures})
	}
	slices.SortFunc(list, func(a, b stop) int { return a.on.DaysSince(b.on) })
	return list
}

// tableRow is one figure of the table.
type tableRow struct{ day, name, figure string }

// newChartTable lists every figure that a chart has, by day.
func newChartTable(words ChartWords, list []stop) *List[tableRow] {
	table := NewList(func() Row[tableRow] {
		day, name, amount := NewLabel(""), NewQuiet("").SetTruncate(true), NewAmount("")
		line := Inset(theme.Gap2, theme.Gap2, theme.Gap2, theme.Gap2, HStack(theme.Gap4, day, HFill(name), amount))
		return NewRow(line, func(r tableRow) {
			day.SetText(r.day)
			name.SetText(r.name)
			amount.SetText(r.figure)
		})
	})
	var rows []tableRow
	for _, s := range list {
		for _, f := range s.figures {
			rows = append(rows, tableRow{words.Date(s.on), f.name, words.Value(f.value)})
		}
	}
	table.SetItems(rows)
	return table
}
