// Package text holds everything that is written for people: the catalogue of
// English and French (Canada) sentences, and the formatting of money, dates,
// times, numbers and sizes. It also cleans what people type (Line, Body) and
// reads the amounts they enter (ParseMoney).
//
// It is pure: it keeps no state but the loaded catalogue, reads no clock and
// no environment.
package text

import "strings"

// Lang is a language of the program.
type Lang string

// The languages of the program, both as used in Canada.
const (
	English Lang = "en"
	French  Lang = "fr"
)

// Langs returns every language, the default first.
func Langs() []Lang { return []Lang{English, French} }

// ParseLang reads a language tag or a POSIX locale ("fr", "fr-CA",
// "fr_CA.UTF-8"). Whatever is not French reads as English.
func ParseLang(tag string) Lang {
	primary := strings.TrimSpace(tag)
	if end := strings.IndexAny(primary, "-_.@"); end >= 0 {
		primary = primary[:end]
	}
	if strings.EqualFold(primary, string(French)) {
		return French
	}
	return English
}
