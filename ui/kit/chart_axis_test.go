package kit

import (
	"math"
	"slices"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"fyne.io/fyne/v2"
	"pgregory.net/rapid"
)

func day(y int, m time.Month, d int) civil.Date { return civil.Date{Year: y, Month: m, Day: d} }

func TestMonths(t *testing.T) {
	for _, tt := range []struct {
		from, to civil.Date
		n        int
		want     []civil.Date
		yearly   bool
	}{
		{day(2025, 5, 1), day(2029, 5, 1), 5, []civil.Date{day(2026, 1, 1), day(2027, 1, 1), day(2028, 1, 1), day(2029, 1, 1)}, true},
		{day(2025, 5, 1), day(2029, 5, 1), 3, []civil.Date{day(2026, 1, 1), day(2028, 1, 1)}, true},
		{day(2026, 10, 31), day(2027, 2, 10), 9, []civil.Date{day(2026, 11, 1), day(2026, 12, 1), day(2027, 1, 1), day(2027, 2, 1)}, false},
		{day(2026, 10, 31), day(2027, 2, 10), 2, []civil.Date{day(2026, 11, 1), day(2027, 1, 1)}, false},
		{day(2026, 3, 2), day(2026, 3, 30), 4, nil, false},
	} {
		got, yearly := months(tt.from, tt.to, func(bool) int { return tt.n })
		if !slices.Equal(got, tt.want) || len(got) > 0 && yearly != tt.yearly {
			t.Errorf("months(%v, %v, %d) = %v, %v; want %v, %v", tt.from, tt.to, tt.n, got, yearly, tt.want, tt.yearly)
		}
	}
}

func TestScale_RoundFigures(t *testing.T) {
	for _, tt := range []struct {
		low, high float64
		want      []float64
	}{
		{6000, 60000, []float64{0, 20000, 40000, 60000}},
		{0, 80000, []float64{0, 20000, 40000, 60000, 80000}},
		{0, 41208.55, []float64{0, 20000, 40000, 60000}},
		{-30, 70, []float64{-50, -25, 0, 25, 50, 75}},
		{0, 0, []float64{0, 0.25, 0.5, 0.75, 1}},
	} {
		s := newScale([]stop{{day(2026, 1, 1), []figure{{"a", tt.low}, {"a", tt.high}}}})
		if got := s.values(); !slices.Equal(got, tt.want) {
			t.Errorf("from %v to %v: %v, want %v", tt.low, tt.high, got, tt.want)
		}
	}
}

func TestScale_HoldsEveryFigure(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-1e9, 1e9), 1, 30).Draw(rt, "values")
		var days []stop
		for i, v := range values {
			days = append(days, stop{day(2026, 1, 1).AddDays(i), []figure{{"a", v}}})
		}
		s := newScale(days)
		s.size = fyne.NewSize(500, 200)
		for i, v := range values {
			p := s.point(ChartPoint{days[i].on, v})
			if p.X < 0 || p.X > 500 || p.Y < -0.01 || p.Y > 200.01 {
				rt.Fatalf("%v lies at %v", v, p)
			}
		}
		if n := len(s.values()); n < 3 || n > 8 {
			rt.Fatalf("%d figures on the axis", n)
		}
	})
}

// The pieces of a dashed line and the gaps between them are as long as they should be, whatever the line has for corners.
func TestDashed(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		points := []fyne.Position{{}}
		var whole float64
		for range rapid.IntRange(1, 40).Draw(rt, "corners") {
			d := fyne.NewPos(rapid.Float32Range(0, 50).Draw(rt, "x"), rapid.Float32Range(-50, 50).Draw(rt, "y"))
			points = append(points, points[len(points)-1].Add(d))
			whole += math.Hypot(float64(d.X), float64(d.Y))
		}
		var drawn float64
		for _, piece := range dashed(points, 6, 4) {
			d := piece[1].Subtract(piece[0])
			length := math.Hypot(float64(d.X), float64(d.Y))
			if length > 6.01 {
				rt.Fatalf("a piece of %v", length)
			}
			drawn += length
		}
		if want := 6*math.Floor(whole/10) + math.Min(math.Mod(whole, 10), 6); math.Abs(drawn-want) > 0.5 {
			rt.Fatalf("%v of %v are drawn, want %v", drawn, whole, want)
		}
	})
}

func TestThinned(t *testing.T) {
	var points []fyne.Position
	for x := range 1000 {
		points = append(points, fyne.NewPos(float32(x)/2, 0))
	}
	got := thinned(points, 2)
	if len(got) != 251 || got[0] != points[0] || got[len(got)-1] != points[999] {
		t.Errorf("%d points from %v to %v", len(got), got[0], got[len(got)-1])
	}
}
