package payments

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"myaccount/services"
	"myaccount/services/text"
)

// query is what a person searches for: an amount, a date, or the beginning of one, in the notation of either language;
// or a part of a reference or of its words.
type query struct {
	all     bool     // nothing is searched for
	amounts []string // readings of it as an amount, "1234.5"
	date    []datePart
	words   string // folded
}

// datePart is one of the day, the month and the year, whichever it may be.
type datePart struct {
	number int // of a day, a month or a year; 0 when it is a name
	year   bool
	months map[time.Month]bool // that a name may be
}

// parseQuery understands what was typed.
func parseQuery(s string) query {
	folded := strings.TrimSpace(text.Fold(s))
	if folded == "" {
		return query{all: true}
	}
	return query{amounts: amountReadings(folded), date: dateParts(folded), words: folded}
}

// amountShape is an amount once spaces and the sign of the dollar are gone.
var amountShape = regexp.MustCompile(`^(0|[1-9]\d*)([.,]\d*)*$`)

// english are groups of three digits behind commas; the last one may be unfinished only behind a point.
var english = regexp.MustCompile(`^\d{1,3}(,\d{3})+(\.\d*)?$`)

// amountReadings are the amounts that a text may begin: "1,234" is one thousand and more in English, and one in French.
func amountReadings(s string) (readings []string) {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '$' {
			return -1
		}
		return r
	}, s)
	if !amountShape.MatchString(s) {
		return nil
	}
	if english.MatchString(s) {
		readings = append(readings, strings.ReplaceAll(s, ",", ""))
	}
	if point := strings.ReplaceAll(s, ",", "."); strings.Count(point, ".") <= 1 {
		readings = append(readings, point)
	}
	return readings
}

// dateParts reads a text as parts of a date; nil when one of them is none.
func dateParts(s string) (parts []datePart) {
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if word == "le" {
			continue
		}
		part, ok := partOf(word)
		if !ok {
			return nil
		}
		if len(parts) == 1 && parts[0].year && part.number > 0 && part.number <= 12 && !part.year { // a month follows the year
			part = datePart{months: map[time.Month]bool{time.Month(part.number): true}}
		}
		parts = append(parts, part)
	}
	return parts
}

// partOf reads one word of a date: "2026", "11", "1er", "nov".
func partOf(word string) (datePart, bool) {
	if months := text.MonthsNamed(word); len(months) > 0 {
		part := datePart{months: map[time.Month]bool{}}
		for _, m := range months {
			part.months[m] = true
		}
		return part, true
	}
	digits := strings.TrimRightFunc(word, unicode.IsLetter)
	n, err := strconv.Atoi(digits)
	if err != nil || n == 0 || len(digits) > 4 || len(word)-len(digits) > 2 || len(word) > len(digits) && len(digits) > 2 {
		return datePart{}, false
	}
	return datePart{number: n, year: len(digits) > 2}, true
}

// matches tells whether a line is one of those searched for.
func (q query) matches(l *line) bool {
	if q.all || q.onDay(l.day) || l.due != l.day && q.onDay(l.due) {
		return true
	}
	if len(q.amounts) > 0 {
		for _, m := range [...]money{l.amount, l.principal, l.interest, l.tax, l.balance} {
			if m.known && q.begins(m.cents) {
				return true
			}
		}
	}
	return q.names() && strings.Contains(text.Fold(l.reference), q.words)
}

// names tells whether what was typed may be part of a reference. A number that is an amount or a date is not: references
// are full of those.
func (q query) names() bool {
	return len(q.words) > 2 && (len(q.amounts) == 0 && len(q.date) == 0 || strings.ContainsFunc(q.words, unicode.IsLetter))
}

// onDay tells whether every part of the date is one of the day's, each of them once.
func (q query) onDay(d services.Date) bool {
	if len(q.date) == 0 || len(q.date) > 3 {
		return false
	}
	return fits(q.date, d, true, true, true)
}

// fits gives the first part to the year, the month or the day, whichever is free, and the others to what is left.
func fits(parts []datePart, d services.Date, year, month, day bool) bool {
	if len(parts) == 0 {
		return true
	}
	p, rest := parts[0], parts[1:]
	switch {
	case p.months != nil:
		return month && p.months[d.Month] && fits(rest, d, year, false, day)
	case p.year:
		return year && strings.HasPrefix(strconv.Itoa(d.Year), strconv.Itoa(p.number)) && fits(rest, d, false, month, day)
	}
	return month && p.number == int(d.Month) && fits(rest, d, year, false, day) ||
		day && p.number == d.Day && fits(rest, d, year, month, false)
}

// begins tells whether an amount begins as one of the readings.
func (q query) begins(cents int64) bool {
	buffer := make([]byte, 0, 24)
	cents = max(cents, -cents)
	buffer = strconv.AppendInt(buffer, cents/100, 10)
	buffer = append(buffer, '.', byte('0'+cents%100/10), byte('0'+cents%10))
	for _, reading := range q.amounts {
		if strings.HasPrefix(string(buffer), reading) {
			return true
		}
	}
	return false
}
