// Package calendar knows the days on which the banks of Canada work: Monday to Friday but the holidays that Payments
// Canada observes everywhere (its clearing systems close on them; holidays of single provinces do not count). A holiday
// on a Saturday or a Sunday is kept on the next day that is neither a weekend nor a holiday itself.
package calendar

import (
	"time"

	"cloud.google.com/go/civil"
)

// reconciled is the first year of the National Day for Truth and Reconciliation (Bill C-5, 2021).
const reconciled = 2021

// Open tells whether banks work on a day.
func Open(d civil.Date) bool { return !weekend(d) && !Holiday(d) }

// Next is the first day from d on, d among them, on which banks work.
func Next(d civil.Date) civil.Date {
	for !Open(d) {
		d = d.AddDays(1)
	}
	return d
}

// Previous is the last day up to d, d among them, on which banks work.
func Previous(d civil.Date) civil.Date {
	for !Open(d) {
		d = d.AddDays(-1)
	}
	return d
}

// Closed lists the days from one to another, both among them, that are neither a Saturday nor a Sunday and on which
// banks do not work.
func Closed(from, to civil.Date) (days []civil.Date) {
	for d := from; !d.After(to); d = d.AddDays(1) {
		if !weekend(d) && Holiday(d) {
			days = append(days, d)
		}
	}
	return days
}

// Holiday tells whether banks keep a holiday on a day: its own, or in place of one that fell on a weekend.
func Holiday(d civil.Date) bool {
	for _, day := range holidays(d.Year) {
		if day == d {
			return true
		}
	}
	return false
}

// holidays are those that a year's banks keep, in their order. None moves out of its year: the last is the 28th of
// December at the latest.
func holidays(year int) []civil.Date {
	list := []civil.Date{
		{Year: year, Month: time.January, Day: 1},
		easter(year).AddDays(-2),                     // Good Friday
		monday(year, time.May, 18),                   // Victoria Day, the last Monday before the 25th
		{Year: year, Month: time.July, Day: 1},       // Canada Day
		monday(year, time.September, 1),              // Labour Day
		{Year: year, Month: time.September, Day: 30}, // Truth and Reconciliation
		monday(year, time.October, 8),                // Thanksgiving, the second Monday
		{Year: year, Month: time.November, Day: 11},  // Remembrance Day
		{Year: year, Month: time.December, Day: 25},  // Christmas
		{Year: year, Month: time.December, Day: 26},  // Boxing Day
	}
	if year < reconciled {
		list = append(list[:5], list[6:]...)
	}
	taken := map[civil.Date]bool{}
	for _, d := range list {
		taken[d] = !weekend(d)
	}
	for i, d := range list {
		if !weekend(d) {
			continue
		}
		for weekend(d) || taken[d] {
			d = d.AddDays(1)
		}
		list[i], taken[d] = d, true
	}
	return list
}

// monday is the first Monday from a day on.
func monday(year int, month time.Month, day int) civil.Date {
	d := civil.Date{Year: year, Month: month, Day: day}
	return d.AddDays((int(time.Monday) - int(weekday(d)) + 7) % 7)
}

// easter is Easter Sunday in the Gregorian calendar (the "Meeus/Jones/Butcher" algorithm: Nature, 20 April 1876).
func easter(year int) civil.Date {
	a, b, c := year%19, year/100, year%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return civil.Date{Year: year, Month: time.Month(n / 31), Day: n%31 + 1}
}

func weekend(d civil.Date) bool {
	day := weekday(d)
	return day == time.Saturday || day == time.Sunday
}

func weekday(d civil.Date) time.Weekday { return d.In(time.UTC).Weekday() }
