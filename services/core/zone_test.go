package core

import (
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"pgregory.net/rapid"
)

// provinces are all there are, and a place that is none.
var provinces = []string{"NL", "NS", "PE", "NB", "QC", "ON", "NU", "MB", "SK", "AB", "NT", "YT", "BC", ""}

func TestToday(t *testing.T) {
	winter, summer := civil.Date{Year: 2026, Month: 1, Day: 15}, civil.Date{Year: 2026, Month: 7, Day: 15}
	for province, begins := range map[string][2]string{ // in UTC, in winter and in summer
		"NL": {"03:30", "02:30"}, "NS": {"04:00", "03:00"}, "QC": {"05:00", "04:00"}, "MB": {"06:00", "05:00"},
		"SK": {"06:00", "06:00"}, "AB": {"07:00", "06:00"}, "YT": {"07:00", "07:00"}, "BC": {"08:00", "07:00"}, "": {"08:00", "07:00"},
	} {
		for i, day := range []civil.Date{winter, summer} {
			at := midnight(day, province)
			if at.Format("15:04") != begins[i] {
				t.Errorf("%s: %v begins at %v", province, day, at)
			}
			if got := today(at, province); got != day {
				t.Errorf("%s: it is %v at the beginning of %v", province, got, day)
			}
			if got := today(at.Add(-time.Microsecond), province); got != day.AddDays(-1) {
				t.Errorf("%s: it is %v before the beginning of %v", province, got, day)
			}
		}
	}
	for _, province := range provinces {
		_ = zone(province) // which has to be there
	}
}

// TestQuiet_Over: where quiet hours are said to be over they are, and not a minute before, whatever the clocks do.
func TestQuiet_Over(t *testing.T) {
	minutes := rapid.IntRange(0, dayMinutes-1)
	changes := []time.Time{ // days on which clocks change, and any other
		time.Date(2026, 3, 8, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC),
	}
	rapid.Check(t, func(t *rapid.T) {
		q := quiet{minutes.Draw(t, "from"), minutes.Draw(t, "to")}
		place := zone(rapid.SampledFrom(provinces).Draw(t, "province"))
		now := rapid.SampledFrom(changes).Draw(t, "day").Add(time.Duration(rapid.IntRange(-86400, 2*86400).Draw(t, "second")) * time.Second)
		in := func(at time.Time) bool {
			at = at.In(place)
			clock := at.Hour()*60 + at.Minute()
			if q.from <= q.to {
				return q.from <= clock && clock < q.to
			}
			return clock >= q.from || clock < q.to
		}
		over := q.over(now, place)
		if over.IsZero() {
			if in(now) {
				t.Fatalf("%v is in %v and not said to be", now.In(place), q)
			}
			return
		}
		if in(over) {
			t.Fatalf("%v are not over at %v", q, over.In(place))
		}
		for at := now; at.Before(over); at = at.Add(time.Minute) {
			if !in(at) {
				t.Fatalf("%v are over at %v, before %v", q, at.In(place), over.In(place))
			}
		}
	})
}

func TestClockAfter(t *testing.T) {
	for _, c := range []struct{ now, province, want string }{
		{"2026-03-07T12:59:59Z", "QC", "2026-03-07T13:00:00Z"},
		{"2026-03-07T13:00:00Z", "QC", "2026-03-08T12:00:00Z"}, // 23 hours later
		{"2026-10-31T12:00:00Z", "QC", "2026-11-01T13:00:00Z"}, // 25 hours later
		{"2026-10-31T14:00:00Z", "SK", "2026-11-01T14:00:00Z"},
		{"2026-10-31T10:30:00Z", "NL", "2026-11-01T11:30:00Z"},
	} {
		now, err := time.Parse(time.RFC3339, c.now)
		if err != nil {
			t.Fatal(err)
		}
		if got := clockAfter(now, tellAt, zone(c.province)).Format(time.RFC3339); got != c.want {
			t.Errorf("%s in %s: %s, want %s", c.now, c.province, got, c.want)
		}
	}
}
