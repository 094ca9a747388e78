package kit_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

var chartWords = kit.ChartWords{
	Name: "Balance over time", Summary: "$41,209 today, nothing by May 1, 2029", Table: "Show as table", Picture: "Show as chart",
	Value: func(v float64) string { return fmt.Sprintf("$%.2f", v) },
	Axis:  func(v float64) string { return fmt.Sprintf("$%.0f", v) },
	Date:  func(d civil.Date) string { return d.String() },
	Tick: func(d civil.Date, yearly bool) string {
		if yearly {
			return fmt.Sprint(d.Year)
		}
		return d.Month.String()[:3] + " " + fmt.Sprint(d.Year)
	},
}

var chartToday = civil.Date{Year: 2026, Month: time.November, Day: 1}

// line falls evenly from a figure, month by month.
func line(from civil.Date, n int, value, by float64) (points []kit.ChartPoint) {
	for i := range n {
		points = append(points, kit.ChartPoint{On: from.AddMonths(i), Value: value - by*float64(i)})
	}
	return points
}

func balances() []kit.ChartSeries {
	return []kit.ChartSeries{
		{Name: "paid", Points: line(chartToday.AddMonths(-18), 19, 60000, 1000)},
		{Name: "scheduled", Dashed: true, Points: line(chartToday, 31, 42000, 1200)},
		{Name: "without extra", Quiet: true, Dashed: true, Points: line(chartToday, 36, 42000, 1000)},
	}
}

// picture is a chart as it stands in a card.
func picture(series ...kit.ChartSeries) (fyne.CanvasObject, *kit.Chart) {
	c := kit.NewChart(chartWords, chartToday, series...)
	head := kit.Sides(kit.NewCardTitle("Balance over time"), c.Legend())
	return kit.PageMargin(kit.VStack(0, kit.NewCard(kit.VStack(theme.Gap3, head, c)))), c
}

func TestChart_Pictures(t *testing.T) {
	app := test.NewTempApp(t)
	for _, look := range looks {
		t.Run(look.name, func(t *testing.T) {
			app.Settings().SetTheme(look.theme)
			at, one := picture(balances()...)
			table, other := picture(balances()...)
			win := window(t, kit.VStack(0, at, table), 760, look.height*0.58)
			test.Tap(other.Turn())
			win.Canvas().Focus(one.Focusable())
			press(one.Focusable(), fyne.KeyRight, fyne.KeyRight, fyne.KeyRight)
			kit.Settle(win)
			golden(t, "chart-"+look.name, win.Canvas().Capture())
		})
	}
}

func TestChart_ThemeIsChangedWhileItIsShown(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light, 2))
	content, chart := picture(balances()...)
	table, other := picture(balances()...)
	win := window(t, kit.VStack(0, content, table), 760, 1250*0.58)
	test.Tap(other.Turn())
	win.Canvas().Focus(chart.Focusable())
	press(chart.Focusable(), fyne.KeyRight, fyne.KeyRight, fyne.KeyRight)
	win.Canvas().Capture()
	app.Settings().SetTheme(theme.New(theme.Dark, 1))
	kit.Settle(win)
	kit.Settle(win)
	golden(t, "chart-dark", win.Canvas().Capture())
}

func TestChart_Keyboard(t *testing.T) {
	content, c := picture(balances()...)
	win := show(t, content, 760, 400)
	reached := listen(win)
	win.Canvas().Focus(c.Focusable())
	for _, step := range []struct {
		key  fyne.KeyName
		said string
	}{
		{"", "2026-11-01 · paid $42000.00"},
		{fyne.KeyRight, "2026-12-01 · scheduled $40800.00 · without extra $41000.00"},
		{fyne.KeyLeft, "2026-11-01 · paid $42000.00"},
		{fyne.KeyHome, "2025-05-01 · paid $60000.00"},
		{fyne.KeyLeft, "2025-05-01 · paid $60000.00"},
		{fyne.KeyEnd, "2029-10-01 · without extra $7000.00"},
		{fyne.KeyRight, "2029-10-01 · without extra $7000.00"},
	} {
		if step.key != "" {
			press(c.Focusable(), step.key)
		}
		if !says(content, step.said) {
			t.Errorf("after %q it does not say %q", step.key, step.said)
		}
		if label := c.Focusable().(fyne.Accessible).AccessibilityLabel(); label != step.said {
			t.Errorf("assistive technology reads %q, want %q", label, step.said)
		}
	}
	press(c.Focusable(), fyne.KeyEscape)
	if !slices.Equal(reached.names, []fyne.KeyName{fyne.KeyEscape}) {
		t.Errorf("the canvas got %q, want Escape alone", reached.names)
	}
	win.Canvas().Unfocus()
	if !says(content, chartWords.Summary) {
		t.Error("the summary does not come back")
	}
}

func TestChart_Pointer(t *testing.T) {
	content, c := picture(balances()...)
	show(t, content, 760, 400)
	plot := c.Focusable().(interface {
		fyne.CanvasObject
		desktop.Hoverable
		fyne.Tappable
	})
	at := func(x float32) *desktop.MouseEvent {
		return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 40)}}
	}
	plot.MouseIn(at(0))
	if want := "2025-05-01 · paid $60000.00"; !says(content, want) {
		t.Errorf("at the left it does not say %q", want)
	}
	plot.MouseMoved(at(plot.Size().Width))
	if want := "2029-10-01 · without extra $7000.00"; !says(content, want) {
		t.Errorf("at the right it does not say %q", want)
	}
	plot.MouseOut()
	if says(content, "2029-10-01") || !says(content, chartWords.Summary) {
		t.Error("the tip stays when the pointer has gone")
	}
	plot.Tapped(&fyne.PointEvent{Position: fyne.NewPos(plot.Size().Width, 40)})
	plot.MouseOut()
	if !says(content, "2029-10-01") {
		t.Error("a click does not keep what it points at")
	}
}

func TestChart_Table(t *testing.T) {
	content, c := picture(balances()...)
	win := show(t, content, 760, 400)
	var told []bool
	c.OnTable = func(on bool) { told = append(told, on) }
	test.Tap(c.Turn())
	kit.Settle(win)
	for _, want := range []string{"2025-05-01", "paid", "$60000.00", "Show as chart"} {
		if !says(content, want) {
			t.Errorf("the table does not say %q", want)
		}
	}
	test.Tap(c.Turn())
	kit.Settle(win)
	if says(content, "2025-05-01") || !says(content, "Show as table") || !slices.Equal(told, []bool{true, false}) {
		t.Errorf("the picture does not come back; told %v", told)
	}
}

// Nothing, one point, one figure, figures below nought and no numbers at all are drawn without falling over.
func TestChart_Odd(t *testing.T) {
	for name, points := range map[string][]kit.ChartPoint{
		"none": nil, "one": line(chartToday, 1, 5, 0), "nought": line(chartToday, 3, 0, 0), "below": line(chartToday, 9, 100, 70),
		"no number": {{On: chartToday, Value: math.NaN()}, {On: chartToday.AddDays(3), Value: math.Inf(1)}},
		"same day":  {{On: chartToday, Value: 1}, {On: chartToday, Value: 2}},
	} {
		t.Run(name, func(t *testing.T) {
			content, c := picture(kit.ChartSeries{Name: "a", Points: points}, kit.ChartSeries{Name: "b", Dashed: true, Points: points})
			win := show(t, content, 400, 300)
			win.Canvas().Focus(c.Focusable())
			press(c.Focusable(), fyne.KeyRight, fyne.KeyLeft, fyne.KeyHome, fyne.KeyEnd)
			test.Tap(c.Turn())
			win.Canvas().Capture()
		})
	}
}

func TestChart_EverythingStaysInside(t *testing.T) {
	app := test.NewTempApp(t)
	rapid.Check(t, func(rt *rapid.T) {
		app.Settings().SetTheme(theme.New(theme.Light, rapid.SampledFrom([]float32{1, 1.5, 2}).Draw(rt, "scale")))
		n, high := rapid.IntRange(1, 400).Draw(rt, "n"), rapid.Float64Range(-1e6, 1e6).Draw(rt, "high")
		from := chartToday.AddDays(rapid.IntRange(-9000, 900).Draw(rt, "from"))
		c := kit.NewChart(chartWords, chartToday, kit.ChartSeries{Name: "a", Dashed: rapid.Bool().Draw(rt, "dashed"), Points: line(from, n, high, high/float64(n))})
		width := rapid.Float32Range(360, 1500).Draw(rt, "width")
		c.Resize(fyne.NewSize(width, c.MinSize().Height))
		plot := c.Focusable().(fyne.Widget)
		walk(plot, fyne.Position{}, func(o fyne.CanvasObject, at fyne.Position) {
			if at.X < -1 || at.Y < -1 || at.X+o.Size().Width > width+1 || at.Y+o.Size().Height > plot.Size().Height+1 {
				rt.Fatalf("%T lies at %v, %v large, beyond %v", o, at, o.Size(), plot.Size())
			}
		})
	})
}

func BenchmarkChart_500Points(b *testing.B) {
	app := test.NewTempApp(b)
	app.Settings().SetTheme(theme.New(theme.Light, 1))
	c := kit.NewChart(chartWords, chartToday, kit.ChartSeries{Name: "a", Points: line(chartToday, 250, 9e4, 90)},
		kit.ChartSeries{Name: "b", Dashed: true, Points: line(chartToday.AddMonths(250), 250, 6e4, 90)})
	win := test.NewTempWindow(b, c)
	for i := 0; b.Loop(); i++ {
		win.Resize(fyne.NewSize(600+float32(i%2), 300))
		win.Canvas().Capture()
	}
}
