package calendar_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"pgregory.net/rapid"

	"myaccount/services/calendar"
)

// published are the national holidays of banks as they were published: 2017 by the Bank of Canada, 2023 by the couriers
// of ICS, 2024 by National Bank, 2025 and 2026 by the Government of Canada; those of banks everywhere in the country.
var published = map[int]string{
	2017: "01-02 04-14 05-22 07-03 09-04 10-09 11-13 12-25 12-26",
	2023: "01-02 04-07 05-22 07-03 09-04 10-02 10-09 11-13 12-25 12-26",
	2024: "01-01 03-29 05-20 07-01 09-02 09-30 10-14 11-11 12-25 12-26",
	2025: "01-01 04-18 05-19 07-01 09-01 09-30 10-13 11-11 12-25 12-26",
	2026: "01-01 04-03 05-18 07-01 09-07 09-30 10-12 11-11 12-25 12-28",
}

// weekends are years whose Christmas falls on a Saturday or a Sunday, and a holiday takes the other's substitute day.
var weekends = map[int]string{
	2021: "01-01 04-02 05-24 07-01 09-06 09-30 10-11 11-11 12-27 12-28",
	2022: "01-03 04-15 05-23 07-01 09-05 09-30 10-10 11-11 12-26 12-27",
}

func TestClosed_Published(t *testing.T) {
	t.Parallel()
	years := maps.Clone(published)
	maps.Copy(years, weekends)
	for year, want := range years {
		var got []string
		for _, d := range calendar.Closed(civil.Date{Year: year, Month: 1, Day: 1}, civil.Date{Year: year, Month: 12, Day: 31}) {
			got = append(got, d.String()[len("2017-"):])
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%d: closed on %v, want %s", year, got, want)
		}
	}
}

// TestOpen_Properties: what is next or previous is open, never further than a long weekend, and nothing open lies
// between; a weekend is never open, nor listed as closed.
func TestOpen_Properties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := civil.Date{Year: 2000, Month: 1, Day: 1}.AddDays(rapid.IntRange(0, 36_600).Draw(t, "day"))
		next, before := calendar.Next(d), calendar.Previous(d)
		if !calendar.Open(next) || !calendar.Open(before) || next.DaysSince(d) > 5 || d.DaysSince(before) > 5 {
			t.Fatalf("%v lies between %v and %v", d, before, next)
		}
		if calendar.Open(d) != (next == d && before == d) {
			t.Fatalf("%v: open %t, next %v, previous %v", d, calendar.Open(d), next, before)
		}
		day := d.In(time.UTC).Weekday()
		if weekend := day == time.Saturday || day == time.Sunday; weekend && (calendar.Open(d) || len(calendar.Closed(d, d)) > 0) {
			t.Fatalf("%v is a %v", d, day)
		}
	})
}

func BenchmarkNext(b *testing.B) {
	for b.Loop() {
		calendar.Next(civil.Date{Year: 2026, Month: 12, Day: 25})
	}
}
