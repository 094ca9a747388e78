package finance

import (
	"sort"
	"time"

	"cloud.google.com/go/civil"
)

const twoWeeks = 14 // days

// Dues lists the dates of n payments, the first on or after start.
//
// Monthly payments fall on dueDay (1 to 31) of each month, or on the month's
// last day where it is shorter; 0 means the day of start. The day is counted
// afresh each month, so the 31st comes back after a February. Payments every two
// weeks fall on start and every 14 days later, whatever dueDay is.
func Dues(start civil.Date, f Frequency, n, dueDay int) []civil.Date {
	dates := make([]civil.Date, max(n, 0))
	for k := range dates {
		dates[k] = Due(start, f, k, dueDay)
	}
	return dates
}

// Due is the date with the index k of Dues; a negative k counts back.
func Due(start civil.Date, f Frequency, k, dueDay int) civil.Date {
	if f != Monthly {
		return start.AddDays(k * twoWeeks)
	}
	if dueDay < 1 {
		return onDay(start, k, start.Day)
	}
	if onDay(start, 0, dueDay).Before(start) {
		k++
	}
	return onDay(start, k, dueDay)
}

// NextDue is the first of the dates, which ascend, that comes after a day; false
// when there is none.
func NextDue(dates []civil.Date, after civil.Date) (civil.Date, bool) {
	i := sort.Search(len(dates), func(i int) bool { return dates[i].After(after) })
	if i == len(dates) {
		return civil.Date{}, false
	}
	return dates[i], true
}

// onDay is a day of the month that lies some months from d, the month's last day
// when it has fewer days.
func onDay(d civil.Date, months, day int) civil.Date {
	first := time.Date(d.Year, d.Month+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return civil.Date{Year: first.Year(), Month: first.Month(), Day: min(day, last)}
}
