package text_test

import (
	"testing"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services/text"
)

// day makes a date.
func day(year int, month time.Month, d int) civil.Date {
	return civil.Date{Year: year, Month: month, Day: d}
}

// compare checks one value in both languages.
func compare(t *testing.T, what any, want want, write func(*text.Printer) string) {
	t.Helper()
	english, french := printers(t)
	if got := write(english); got != want.english {
		t.Errorf("en %v: %q, want %q", what, got, want.english)
	}
	if got := write(french); got != want.french {
		t.Errorf("fr %v: %q, want %q", what, got, want.french)
	}
}

func TestPrinter_Date(t *testing.T) {
	t.Parallel()
	tests := map[civil.Date]want{
		day(2026, time.January, 31):   {"Jan\u00a031,\u00a02026", "31\u00a0janv.\u00a02026"},
		day(2026, time.February, 5):   {"Feb\u00a05,\u00a02026", "5\u00a0févr.\u00a02026"},
		day(2028, time.February, 29):  {"Feb\u00a029,\u00a02028", "29\u00a0févr.\u00a02028"},
		day(2026, time.March, 1):      {"Mar\u00a01,\u00a02026", "1er\u00a0mars\u00a02026"},
		day(2026, time.April, 2):      {"Apr\u00a02,\u00a02026", "2\u00a0avr.\u00a02026"},
		day(2026, time.May, 11):       {"May\u00a011,\u00a02026", "11\u00a0mai\u00a02026"},
		day(2026, time.June, 21):      {"Jun\u00a021,\u00a02026", "21\u00a0juin\u00a02026"},
		day(2026, time.July, 1):       {"Jul\u00a01,\u00a02026", "1er\u00a0juill.\u00a02026"},
		day(2026, time.August, 10):    {"Aug\u00a010,\u00a02026", "10\u00a0août\u00a02026"},
		day(2026, time.September, 30): {"Sep\u00a030,\u00a02026", "30\u00a0sept.\u00a02026"},
		day(2026, time.October, 9):    {"Oct\u00a09,\u00a02026", "9\u00a0oct.\u00a02026"},
		day(2026, time.November, 12):  {"Nov\u00a012,\u00a02026", "12\u00a0nov.\u00a02026"},
		day(1999, time.December, 31):  {"Dec\u00a031,\u00a01999", "31\u00a0déc.\u00a01999"},
	}
	for date, want := range tests {
		compare(t, date, want, func(p *text.Printer) string { return p.Date(date) })
	}
}

func TestPrinter_DateShortAndLong(t *testing.T) {
	t.Parallel()
	short := map[civil.Date]want{
		day(2026, time.November, 12): {"Nov\u00a012", "12\u00a0nov."},
		day(2026, time.February, 1):  {"Feb\u00a01", "1er\u00a0févr."},
	}
	for date, want := range short {
		compare(t, date, want, func(p *text.Printer) string { return p.DateShort(date) })
	}
	long := map[civil.Date]want{
		day(2026, time.February, 5): {"February\u00a05,\u00a02026", "5\u00a0février\u00a02026"},
		day(2026, time.August, 1):   {"August\u00a01,\u00a02026", "1er\u00a0août\u00a02026"},
		day(2026, time.December, 11): {
			"December\u00a011,\u00a02026", "11\u00a0décembre\u00a02026",
		},
	}
	for date, want := range long {
		compare(t, date, want, func(p *text.Printer) string { return p.DateLong(date) })
	}
}

func TestPrinter_Clock(t *testing.T) {
	t.Parallel()
	tests := map[[2]int]want{
		{14, 5}:  {"2:05\u00a0p.m.", "14\u00a0h\u00a005"},
		{0, 0}:   {"12:00\u00a0a.m.", "0\u00a0h\u00a000"},
		{0, 59}:  {"12:59\u00a0a.m.", "0\u00a0h\u00a059"},
		{9, 12}:  {"9:12\u00a0a.m.", "9\u00a0h\u00a012"},
		{11, 59}: {"11:59\u00a0a.m.", "11\u00a0h\u00a059"},
		{12, 0}:  {"12:00\u00a0p.m.", "12\u00a0h\u00a000"},
		{13, 0}:  {"1:00\u00a0p.m.", "13\u00a0h\u00a000"},
		{23, 59}: {"11:59\u00a0p.m.", "23\u00a0h\u00a059"},
	}
	for clock, want := range tests {
		at := time.Date(2026, time.November, 19, clock[0], clock[1], 59, 0, time.UTC)
		compare(t, clock, want, func(p *text.Printer) string { return p.Clock(at) })
	}
}

func TestPrinter_DateTime(t *testing.T) {
	t.Parallel()
	montreal := time.FixedZone("EST", -5*60*60)
	at := time.Date(2026, time.November, 20, 2, 12, 0, 0, time.UTC)
	compare(t, "in UTC", want{"Nov\u00a020,\u00a02026, 2:12\u00a0a.m.", "20\u00a0nov.\u00a02026 à 2\u00a0h\u00a012"},
		func(p *text.Printer) string { return p.DateTime(at) })
	compare(t, "in Montréal", want{"Nov\u00a019,\u00a02026, 9:12\u00a0p.m.", "19\u00a0nov.\u00a02026 à 21\u00a0h\u00a012"},
		func(p *text.Printer) string { return p.DateTime(at.In(montreal)) })
}

func TestPrinter_When(t *testing.T) {
	t.Parallel()
	montreal := time.FixedZone("EST", -5*60*60)
	now := time.Date(2026, time.November, 19, 14, 0, 0, 0, montreal)
	tests := map[string]struct {
		at   time.Time
		want want
	}{
		"now":          {now, want{"2:00\u00a0p.m.", "14\u00a0h\u00a000"}},
		"midnight":     {time.Date(2026, 11, 19, 0, 0, 0, 0, montreal), want{"12:00\u00a0a.m.", "0\u00a0h\u00a000"}},
		"today by now": {time.Date(2026, 11, 20, 4, 59, 0, 0, time.UTC), want{"11:59\u00a0p.m.", "23\u00a0h\u00a059"}},
		"yesterday":    {time.Date(2026, 11, 18, 23, 59, 0, 0, montreal), want{"Nov\u00a018", "18\u00a0nov."}},
		"this year":    {time.Date(2026, 1, 1, 0, 0, 0, 0, montreal), want{"Jan\u00a01", "1er\u00a0janv."}},
		"last year":    {time.Date(2025, 11, 19, 14, 0, 0, 0, montreal), want{"Nov\u00a019,\u00a02025", "19\u00a0nov.\u00a02025"}},
		"next year":    {time.Date(2027, 1, 1, 0, 0, 0, 0, montreal), want{"Jan\u00a01,\u00a02027", "1er\u00a0janv.\u00a02027"}},
	}
	for name, test := range tests {
		compare(t, name, test.want, func(p *text.Printer) string { return p.When(test.at, now) })
	}
}

func TestPrinter_InDays(t *testing.T) {
	t.Parallel()
	tests := map[int]want{
		0:    {"today", "aujourd’hui"},
		1:    {"tomorrow", "demain"},
		-1:   {"yesterday", "hier"},
		10:   {"in 10\u00a0days", "dans 10\u00a0jours"},
		-3:   {"3\u00a0days ago", "il y a 3\u00a0jours"},
		1461: {"in 1,461\u00a0days", "dans 1\u00a0461\u00a0jours"},
	}
	for days, want := range tests {
		compare(t, days, want, func(p *text.Printer) string { return p.InDays(days) })
	}
}

func TestPrinter_Countdown(t *testing.T) {
	t.Parallel()
	tests := map[time.Duration]string{
		9*time.Minute + 42*time.Second: "9:42",
		10 * time.Minute:               "10:00",
		time.Second:                    "0:01",
		time.Nanosecond:                "0:01",
		999 * time.Millisecond:         "0:01",
		1001 * time.Millisecond:        "0:02",
		0:                              "0:00",
		-time.Hour:                     "0:00",
		time.Hour:                      "1:00:00",
		24*time.Hour - time.Nanosecond: "24:00:00",
		3905 * time.Second:             "1:05:05",
		1<<63 - 1:                      "2562047:47:17",
	}
	for left, wanted := range tests {
		compare(t, left, want{wanted, wanted}, func(p *text.Printer) string { return p.Countdown(left) })
	}
}
