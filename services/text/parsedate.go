package text

import (
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode"

	"cloud.google.com/go/civil"
	"github.com/go-playground/locales"
)

// What is wrong with a date that a person typed.
var (
	// ErrDateEmpty: nothing was typed.
	ErrDateEmpty = errors.New("text: no date")
	// ErrDateFormat: not a date, or one without its day, month or year.
	ErrDateFormat = errors.New("text: not a date")
	// ErrDateMissing: no month has that day, as February 30.
	ErrDateMissing = errors.New("text: no such day")
	// ErrDateAmbiguous: 03/04/2027, which English reads both ways in Canada.
	ErrDateAmbiguous = errors.New("text: day or month")
)

// maxDateRunes bounds what is looked at; the longest date has far fewer.
const maxDateRunes = 60

// ParseDate reads a date in any usual notation and either language:
// "2027-03-01", "20270301", "Mar 1, 2027", "March 1st 2027", "1 mars 2027",
// "le 1er mars 2027". The year has four digits; a month may be cut short as
// long as no other begins alike.
//
// "13/03/2027" and "03/13/2027" can be read one way only. "01/03/2027" is the
// first of March in French; in English, where Canada writes it both ways, it is
// ErrDateAmbiguous unless both readings are the same day.
//
// The error is ErrDateEmpty, ErrDateFormat, ErrDateMissing or ErrDateAmbiguous.
func (p *Printer) ParseDate(s string) (civil.Date, error) {
	if RuneCount(s) > maxDateRunes {
		return civil.Date{}, ErrDateFormat
	}
	parts := dateParts(Fold(s))
	if len(parts) > 0 && parts[0] == "le" {
		parts = parts[1:]
	}
	switch {
	case len(parts) == 0:
		return civil.Date{}, ErrDateEmpty
	case len(parts) == 1 && len(parts[0]) == len("20270301"):
		return wholeDate(parts[0][:4], parts[0][4:6], parts[0][6:])
	case len(parts) != 3:
		return civil.Date{}, ErrDateFormat
	case len(parts[0]) == 4 && allDigits(parts[0]):
		return wholeDate(parts[0], parts[1], parts[2])
	case !allDigits(parts[0]) && monthOf(parts[0]) != 0:
		return wholeDate(parts[2], parts[0], parts[1])
	case allDigits(parts[1]):
		return p.eitherWay(parts[0], parts[1], parts[2])
	default:
		return wholeDate(parts[2], parts[1], parts[0])
	}
}

// eitherWay reads two numbers and a year, where the day or the month may stand
// first.
func (p *Printer) eitherWay(first, second, year string) (civil.Date, error) {
	dayFirst, notDay := wholeDate(year, second, first)
	monthFirst, notMonth := wholeDate(year, first, second)
	switch {
	case notDay != nil:
		return monthFirst, notMonth
	case notMonth != nil || dayFirst == monthFirst || p.lang == French:
		return dayFirst, notDay
	default:
		return civil.Date{}, ErrDateAmbiguous
	}
}

// dateParts splits a folded text at everything but letters and digits.
func dateParts(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// wholeDate puts a date together: the month as a number or a name, the day as
// a number or an ordinal.
func wholeDate(year, month, day string) (civil.Date, error) {
	if len(year) != 4 || !allDigits(year) {
		return civil.Date{}, ErrDateFormat
	}
	y, _ := strconv.Atoi(year)
	m, hasMonth := smallNumber(month)
	if !hasMonth {
		m = int(monthOf(month))
		hasMonth = m != 0
	}
	d, hasDay := smallNumber(cutOrdinal(day))
	if !hasMonth || !hasDay || y == 0 {
		return civil.Date{}, ErrDateFormat
	}
	date := civil.Date{Year: y, Month: time.Month(m), Day: d}
	if !date.IsValid() {
		return civil.Date{}, ErrDateMissing
	}
	return date, nil
}

// smallNumber reads a number of one or two digits.
func smallNumber(s string) (int, bool) {
	if s == "" || len(s) > 2 || !allDigits(s) {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

// cutOrdinal leaves the number of "1st" and "1er".
func cutOrdinal(s string) string {
	for _, ending := range []string{"st", "nd", "rd", "th", "er", "e"} {
		if number, ok := strings.CutSuffix(s, ending); ok {
			return number
		}
	}
	return s
}

// monthOf finds the one month that begins with s in either language, 0 if
// there is none or more than one. s is folded.
func monthOf(s string) (found time.Month) {
	for _, lang := range Langs() {
		for m := time.January; m <= time.December; m++ {
			if !namesMonth(formats[lang].cldr, m, s) || found == m {
				continue
			}
			if found != 0 {
				return 0
			}
			found = m
		}
	}
	return found
}

// namesMonth says whether s is a month's name in a language, cut short or not;
// fewer than three letters name none.
func namesMonth(cldr locales.Translator, m time.Month, s string) bool {
	short := strings.Trim(Fold(cldr.MonthAbbreviated(m)), ".")
	return len(s) >= 3 && strings.HasPrefix(Fold(cldr.MonthWide(m)), s) || s == short
}
