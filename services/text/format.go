package text

import (
	"fmt"
	"time"

	"github.com/bojanz/currency"
	"github.com/go-playground/locales"
	"github.com/go-playground/locales/en_CA"
	"github.com/go-playground/locales/fr_CA"
)

// nbsp is U+00A0: it keeps a number and its unit, and the parts of a date, on
// one line, and in French also groups digits (CLDR fr-CA).
const nbsp = "\u00a0"

// minus is U+2212, the sign of what is taken off; a hyphen is too short to be
// seen beside figures.
const minus = "\u2212"

// format is what the two languages do differently, after CLDR en-CA and
// fr-CA. What CLDR does in a way that reads oddly in Canada stands in the
// functions below.
type format struct {
	cldr    locales.Translator
	money   currency.Locale
	group   string
	decimal string
	percent string
	// date joins day, month and, when it is not 0, year.
	date func(day int, month string, year int) string
	// clock writes an hour of 0 to 23 and a minute.
	clock func(hour, minute int) string
	// firstWeekday begins a week in a calendar. CLDR (weekData, territory CA)
	// has Sunday, whatever the language.
	firstWeekday time.Weekday
}

var formats = map[Lang]format{
	English: {
		cldr:  en_CA.New(),
		money: currency.NewLocale("en-CA"),
		group: ",", decimal: ".", percent: "%",
		date: englishDate, clock: englishClock, firstWeekday: time.Sunday,
	},
	French: {
		cldr:  fr_CA.New(),
		money: currency.NewLocale("fr-CA"),
		group: nbsp, decimal: ",", percent: nbsp + "%",
		date: frenchDate, clock: frenchClock, firstWeekday: time.Sunday,
	},
}

// englishDate writes "Feb 5, 2026". The spaces are U+00A0.
func englishDate(day int, month string, year int) string {
	if year == 0 {
		return fmt.Sprintf("%s%s%d", month, nbsp, day)
	}
	return fmt.Sprintf("%s%s%d,%s%d", month, nbsp, day, nbsp, year)
}

// frenchDate writes "5 févr. 2026"; the first of a month is "1er" (Office
// québécois de la langue française), which CLDR leaves out. The spaces are
// U+00A0.
func frenchDate(day int, month string, year int) string {
	ordinal := ""
	if day == 1 {
		ordinal = "er"
	}
	if year == 0 {
		return fmt.Sprintf("%d%s%s%s", day, ordinal, nbsp, month)
	}
	return fmt.Sprintf("%d%s%s%s%s%d", day, ordinal, nbsp, month, nbsp, year)
}

// englishClock writes "2:05 p.m.", and noon and midnight as 12.
func englishClock(hour, minute int) string {
	period := "a.m."
	if hour >= 12 {
		period = "p.m."
	}
	return fmt.Sprintf("%d:%02d%s%s", (hour+11)%12+1, minute, nbsp, period)
}

// frenchClock writes "14 h 05", without a leading zero before the h (OQLF).
func frenchClock(hour, minute int) string {
	return fmt.Sprintf("%d%sh%s%02d", hour, nbsp, nbsp, minute)
}
