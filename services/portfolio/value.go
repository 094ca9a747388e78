package portfolio

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"

	"myaccount/services/finance"
	"myaccount/services/text"
	"myaccount/services/vin"
)

// Bounds of what a line may say: far above what is real, and low enough that sums cannot overflow.
const (
	maxName        = 100 // characters
	maxNumber      = 64  // characters of an id or number
	maxEmail       = 254 // bytes (RFC 5321)
	maxMonths      = 600
	maxKilometres  = 10_000_000
	maxWholeDigits = 12 // of an amount
)

// text reads a text for people, cleaned.
func (d *decoder) text(most int) string {
	raw, ok := d.str()
	if !ok {
		return ""
	}
	s := string(raw)
	if !plain(s) {
		if !text.ControlFree(s) {
			d.fault(Control)
			return ""
		}
		s = text.Line(s)
	}
	switch {
	case s == "":
		d.fault(Required)
	case len(s) > most && utf8.RuneCountInString(s) > most:
		d.fault(TooLong)
	}
	return s
}

// plain tells whether a text is clean as it is, which most are: words of printable ASCII with single spaces.
func plain(s string) bool {
	space := true
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' || s[i] == ' ' && space {
			return false
		}
		space = s[i] == ' '
	}
	return !space || s == ""
}

// email reads an address, as far as its form can be judged without sending to it.
func (d *decoder) email() string {
	raw, ok := d.str()
	if !ok {
		return ""
	}
	s := strings.TrimSpace(string(raw))
	local, domain, found := strings.Cut(s, "@")
	bad := func(r rune) bool { return r == '@' || r == ',' || unicode.IsSpace(r) || !unicode.IsPrint(r) }
	switch {
	case len(s) > maxEmail:
		d.fault(TooLong)
	case !found || local == "" || domain == "" || strings.ContainsFunc(local, bad) || strings.ContainsFunc(domain, bad):
		d.fault(Format)
	}
	return s
}

// oneOf reads one of some words.
func (d *decoder) oneOf(words ...string) string {
	s, ok := d.str()
	if !ok {
		return ""
	}
	for _, w := range words {
		if w == string(s) {
			return w
		}
	}
	d.fault(Unknown)
	return ""
}

// province reads the two letters of a province or state.
func (d *decoder) province() string {
	s, ok := d.str()
	if ok && (len(s) != 2 || len(bytes.Trim(s, upper)) > 0) {
		d.fault(Format)
	}
	return string(s)
}

// method reads how a payment was made: a word of the lender's, such as "pad".
func (d *decoder) method() string {
	s, ok := d.str()
	switch {
	case !ok:
		return ""
	case string(s) == "pad":
		return "pad" // nearly all of them, without a copy
	case len(s) == 0 || len(s) > maxNumber || len(bytes.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_-")) > 0:
		d.fault(Format)
	}
	return string(s)
}

const upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// vin reads a vehicle identification number. A wrong check digit is no fault: only North America has it.
func (d *decoder) vin() string {
	raw, ok := d.str()
	if !ok {
		return ""
	}
	s := string(raw)
	if _, err := vin.Check(s); err != nil {
		if _, length := errors.AsType[vin.ErrLength](err); length && len(s) > vin.Length {
			d.fault(TooLong)
		} else {
			d.fault(Format)
		}
	}
	return vin.Normalize(s)
}

// currency reads the code of a currency that has cents.
func (d *decoder) currency() string {
	raw, ok := d.str()
	if !ok {
		return ""
	}
	s := string(raw)
	if digits, known := currency.GetDigits(s); !known || digits != 2 {
		d.fault(Unknown)
	}
	return s
}

// rate reads a percentage.
func (d *decoder) rate() string {
	raw, ok := d.str()
	if !ok {
		return ""
	}
	s := string(raw)
	if _, err := finance.ParseRate(s); err != nil {
		d.fault(Format)
	}
	return s
}

// cents reads an amount, "847.32", without a sign and with at most two decimals.
func (d *decoder) cents() int64 {
	s, ok := d.str()
	if !ok {
		return 0
	}
	whole, fraction, point := bytes.Cut(s, []byte{'.'})
	n := int64(0)
	for _, digits := range [...][]byte{whole, fraction, []byte("00")[:max(2-len(fraction), 0)]} {
		for _, c := range digits {
			ok = ok && '0' <= c && c <= '9'
			n = n*10 + int64(c-'0') // overflows only what is refused below
		}
	}
	if !ok || len(whole) == 0 || len(whole) > maxWholeDigits || len(fraction) > 2 || point && len(fraction) == 0 {
		d.fault(Format)
		return 0
	}
	return n
}

// integer reads a whole number between two bounds.
func (d *decoder) integer(least, most int64) int64 {
	if c := d.peek(); d.broken || c != '-' && (c < '0' || c > '9') {
		d.wrong()
		return 0
	}
	digits, whole := d.number()
	n, err := strconv.ParseInt(string(digits), 10, 64)
	if !d.broken && (!whole || err != nil || n < least || n > most) {
		d.fault(Format)
		return 0
	}
	return n
}

// date reads a calendar date, "2026-02-05", of a year that can be meant.
func (d *decoder) date() civil.Date {
	s, ok := d.str()
	if !ok {
		return civil.Date{}
	}
	date, err := civil.ParseDate(string(s))
	if err != nil || date.Year < 1900 || date.Year > 2200 {
		d.fault(Format)
	}
	return date
}
