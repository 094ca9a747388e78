package overview

import (
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"pgregory.net/rapid"
)

func TestMonthsLeft(t *testing.T) {
	day := func(y int, m time.Month, d int) civil.Date { return civil.Date{Year: y, Month: m, Day: d} }
	for _, tt := range []struct {
		today, end civil.Date
		want       int
	}{
		{day(2026, 11, 21), day(2029, 5, 1), 30},
		{day(2026, 11, 21), day(2026, 11, 21), 0},
		{day(2026, 11, 21), day(2026, 11, 22), 1},
		{day(2026, 11, 21), day(2026, 12, 21), 1},
		{day(2026, 11, 21), day(2026, 12, 22), 2},
		{day(2026, 11, 21), day(2026, 1, 1), 0},
	} {
		if got := monthsLeft(tt.today, tt.end); got != tt.want {
			t.Errorf("monthsLeft(%v, %v) = %d, want %d", tt.today, tt.end, got, tt.want)
		}
	}
}

func TestMonthsLeft_NeverGrowsFromDayToDay(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		today := civil.Date{Year: 2026, Month: 11, Day: 21}
		end := today.AddDays(rapid.IntRange(-400, 4000).Draw(rt, "days"))
		for range 100 {
			before := monthsLeft(today, end)
			today = today.AddDays(1)
			if after := monthsLeft(today, end); after > before || before-after > 1 {
				rt.Fatalf("%d months, a day later %d", before, after)
			}
		}
	})
}
