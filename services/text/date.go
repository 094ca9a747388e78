package text

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"cloud.google.com/go/civil"
)

// Date writes a date with a short month: "Feb 5, 2026", "5 févr. 2026". No
// line breaks within it: the spaces of every date are U+00A0.
func (p *Printer) Date(d civil.Date) string {
	return p.format.date(d.Day, p.shortMonth(d.Month), d.Year)
}

// DateShort writes a date without its year: "Nov 12", "12 nov.".
func (p *Printer) DateShort(d civil.Date) string {
	return p.format.date(d.Day, p.shortMonth(d.Month), 0)
}

// DateLong writes a date in full: "February 5, 2026", "5 février 2026".
func (p *Printer) DateLong(d civil.Date) string {
	return p.format.date(d.Day, p.format.cldr.MonthWide(d.Month), d.Year)
}

// Month writes a month and its year: "March 2027", "mars 2027".
func (p *Printer) Month(d civil.Date) string {
	return p.format.cldr.MonthWide(d.Month) + nbsp + strconv.Itoa(d.Year)
}

// DateWeekday writes a date in full with its day of the week: "Monday,
// March 1, 2027", "lundi 1er mars 2027".
func (p *Printer) DateWeekday(d civil.Date) string {
	weekday := p.format.cldr.WeekdayWide(d.Weekday())
	if p.lang == English {
		weekday += ","
	}
	return weekday + " " + p.DateLong(d)
}

// WeekdayShort is the head of a column of a calendar: "Mo", "lu".
func (p *Printer) WeekdayShort(d time.Weekday) string { return p.format.cldr.WeekdayShort(d) }

// FirstWeekday is the day that calendars begin their weeks with.
func (p *Printer) FirstWeekday() time.Weekday { return p.format.firstWeekday }

// shortMonth is CLDR's abbreviation, without the point that only older
// editions of CLDR write in English.
func (p *Printer) shortMonth(m time.Month) string {
	short := p.format.cldr.MonthAbbreviated(m)
	if p.lang == English {
		short = strings.TrimSuffix(short, ".")
	}
	return short
}

// Clock writes the time of day in the time's own location: "2:05 p.m.",
// "14 h 05". The spaces are U+00A0.
func (p *Printer) Clock(t time.Time) string {
	return p.format.clock(t.Hour(), t.Minute())
}

// DateTime writes date and time of day in the time's own location.
func (p *Printer) DateTime(t time.Time) string {
	return p.T("text.datetime", Vars{"Date": p.Date(civil.DateOf(t)), "Clock": p.Clock(t)})
}

// When writes a time as briefly as it stays clear, seen from now and in the
// location of now: the clock for today, day and month for this year, else the
// date.
func (p *Printer) When(t, now time.Time) string {
	t = t.In(now.Location())
	switch date, today := civil.DateOf(t), civil.DateOf(now); {
	case date == today:
		return p.Clock(t)
	case date.Year == today.Year:
		return p.DateShort(date)
	default:
		return p.Date(date)
	}
}

// InDays writes a distance in days from today: "today", "tomorrow",
// "in 10 days", "3 days ago".
func (p *Printer) InDays(n int) string {
	switch {
	case n == 0:
		return p.T("text.days.today")
	case n == 1:
		return p.T("text.days.tomorrow")
	case n == -1:
		return p.T("text.days.yesterday")
	case n > 0:
		return p.T("text.days.ahead", Vars{"Count": n})
	default:
		return p.T("text.days.ago", Vars{"Count": -n})
	}
}

// Countdown writes what is left of a wait: "9:42", "1:05:09". It rounds up,
// so that 0:00 shows only when the wait is over.
func (p *Printer) Countdown(left time.Duration) string {
	seconds := int64(max(0, left) / time.Second)
	if left > 0 && left%time.Second > 0 {
		seconds++
	}
	hours, minutes, seconds := seconds/3600, seconds/60%60, seconds%60
	if hours > 0 {
		return fmt.Sprintf("%d:%02d:%02d", hours, minutes, seconds)
	}
	return fmt.Sprintf("%d:%02d", minutes, seconds)
}
