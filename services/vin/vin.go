// Package vin checks and decodes vehicle identification numbers (ISO 3779,
// ISO 3780 and, for North America, 49 CFR part 565): the alphabet, the check
// digit, maker and country from the first three characters, and the model
// year. It knows no more than the number itself says.
package vin

import (
	"fmt"
	"strings"
	"unicode"
)

// Length is the number of characters of every VIN.
const Length = 17

// ErrLength says that a number is not 17 characters long.
type ErrLength struct {
	Have int // characters after normalization
}

// Error implements error.
func (e ErrLength) Error() string {
	return fmt.Sprintf("vin: %d characters instead of %d", e.Have, Length)
}

// ErrCharacter names the first character that no VIN contains. I, O and Q are
// such characters, because they look like 1 and 0.
type ErrCharacter struct {
	Rune     rune
	Position int // 1 for the first, after normalization
}

// Error implements error.
func (e ErrCharacter) Error() string {
	return fmt.Sprintf("vin: character %q at position %d", e.Rune, e.Position)
}

// LooksLike returns the digit that was probably meant by I, O or Q, or 0.
func (e ErrCharacter) LooksLike() rune {
	switch e.Rune {
	case 'I':
		return '1'
	case 'O', 'Q':
		return '0'
	}
	return 0
}

// Info is what a number says about its vehicle.
type Info struct {
	Make    string // the maker, as "BMW"; empty: not in the table
	Line    string // the maker's line when the number tells it, as "BMW M"; else Make
	Country string // where it was built, ISO 3166-1 alpha-2; empty: unknown
	Year    int    // model year; 0: unknown
	// CheckDigitOK reports a whole number with a right check digit. A wrong
	// one is a reason to warn, never to refuse: only North America has it.
	CheckDigitOK bool
}

// Normalize makes upper case of a typed number and drops what people put
// between its groups: spaces, dashes and invisible characters.
func Normalize(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z':
			return r - 'a' + 'A'
		case r == '\u2212' || unicode.IsSpace(r) ||
			unicode.In(r, unicode.Pd, unicode.Cc, unicode.Cf):
			return -1
		}
		return r
	}, s)
}

// Check normalizes and decodes a number. The error is ErrCharacter for the
// first character that no VIN has, else ErrLength; Info then holds what could
// be decoded. A wrong check digit is no error.
func Check(s string) (Info, error) {
	number := Normalize(s)
	position := 0
	for _, r := range number {
		position++
		if !inAlphabet(r) {
			return Decode(number), ErrCharacter{Rune: r, Position: position}
		}
	}
	if position != Length {
		return Decode(number), ErrLength{Have: position}
	}
	return Decode(number), nil
}

// Decode reads as much as the beginning of a number tells: the maker and the
// country from 3 characters on, the model year from 10 on. It never fails:
// what cannot be told is left empty.
func Decode(partial string) Info {
	number := Normalize(partial)
	var info Info
	if len(number) >= 3 {
		info = decodeMaker(number[:3])
	}
	if len(number) >= 10 {
		info.Year = modelYear(number)
	}
	if len(number) == Length {
		digit, ok := CheckDigit(number)
		info.CheckDigitOK = ok && digit == number[checkPosition]
	}
	return info
}

// modelYear reads position 10 of a normalized number. Its code returns every
// 30 years; a letter in position 7 means the later cycle (49 CFR 565.15).
// That rule does not hold for motorcycles: theirs reads as 2001 to 2030.
func modelYear(number string) int {
	const codes = "ABCDEFGHJKLMNPRSTVWXY123456789"
	index := strings.IndexByte(codes, number[9])
	if index < 0 {
		return 0
	}
	year := 1980 + index
	later := 'A' <= number[6] && number[6] <= 'Z'
	if motorcycles[number[:3]] {
		later = year <= 2000
	}
	if later {
		year += len(codes)
	}
	return year
}
