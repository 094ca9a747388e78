// Package debitfile writes and reads the files in which debits go to a bank and come back from it: Standard 005 of the
// Canadian Payments Association (AFT files), records of 1464 characters, each followed by CR LF.
//
// A file that is sent has a header (A), a record for each debit (D) with one segment of 240 characters, and a trailer (Z)
// that repeats what was sent in count and sum. A file of returns has records of returned debits (J) with up to six
// segments, in which the code of the transaction is the reason. Numbers are right-justified and filled with zeros, texts
// are left-justified, filled with spaces, in capital letters without accents.
//
// Positions in comments count from 1, as in the standard.
package debitfile

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"cloud.google.com/go/civil"
	"golang.org/x/text/unicode/norm"
)

const (
	recordSize  = 1464
	segmentFrom = 24  // of the first segment in a record
	segmentSize = 240 //
	segments    = 6   // in a record at most
)

// The codes of transactions.
const (
	TypeLease = "404" // automobile lease
	TypeLoan  = "352" // dealer plan loans
)

// AmountMost is the most that one debit may be, in cents.
const AmountMost = 9_999_999_999

var (
	// ErrField says that a value does not fit its field.
	ErrField = errors.New("debitfile: a value does not fit its field")
	// ErrFormat says that what is read is no file of this kind, or not a whole one.
	ErrFormat = errors.New("debitfile: not a file of Standard 005")
)

// Sender is who sends files, as its bank knows it. The JSON form is how a file's is kept.
type Sender struct {
	Originator        string `json:"originator"`         // 10 characters at most, given by the bank
	DataCentre        string `json:"data_centre"`        // 5 digits, of the bank
	ShortName         string `json:"short_name"`         // on the customer's statement, 15 characters at most
	LongName          string `json:"long_name"`          // 30 characters at most
	ReturnInstitution string `json:"return_institution"` // this and the next two: the account that returns go to; 3 digits
	ReturnTransit     string `json:"return_transit"`     // 5 digits
	ReturnAccount     string `json:"return_account"`     // 7 to 12 digits
	Settlement        string `json:"settlement"`         // 2 digits, or "" when the bank gives none
}

// Check says what of a sender does not fit, by the names of its JSON form; nil when all does.
func (s Sender) Check() map[string]bool {
	wrong := map[string]bool{}
	for name, text := range map[string]struct {
		value string
		most  int
	}{"originator": {s.Originator, 10}, "short_name": {s.ShortName, 15}, "long_name": {s.LongName, 30}} {
		if plain := Plain(text.value); plain == "" || len(plain) > text.most {
			wrong[name] = true
		}
	}
	for name, number := range map[string]struct {
		value       string
		least, most int
	}{
		"data_centre": {s.DataCentre, 5, 5}, "return_institution": {s.ReturnInstitution, 3, 3},
		"return_transit": {s.ReturnTransit, 5, 5}, "return_account": {s.ReturnAccount, 7, 12}, "settlement": {s.Settlement, 0, 2},
	} {
		if !digits(number.value) || len(number.value) < number.least || len(number.value) > number.most {
			wrong[name] = true
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return wrong
}

// Header is what a file says of itself.
type Header struct {
	Sender
	Number   int        // of the file, 1 to 9999
	Created  civil.Date // when
	Currency string     // "CAD" or "USD"
}

// Debit is one that the bank is asked for.
type Debit struct {
	Type        string // TypeLease or TypeLoan
	Amount      int64  // cents, more than 0
	Due         civil.Date
	Institution string // 3 digits
	Transit     string // 5 digits
	Account     string // 7 to 12 digits
	Payor       string // cut to 30 characters; Reference stands in its place when the file has none of its letters
	Reference   string // comes back with a return, 19 characters at most
}

// signs are those that a text may have beside letters and digits.
const signs = "-.,'&/()"

// Plain is a text as the file can have it: capital letters without accents, digits and a few signs, and one space for
// whatever else lies between them.
func Plain(s string) string {
	if isPlain(s) {
		return s
	}
	out := make([]byte, 0, len(s))
	for i, r := range s {
		parts := norm.NFKD.PropertiesString(s[i:]).Decomposition() // the letter and its accents
		if parts == nil {
			out = appendPlain(out, r)
		}
		for len(parts) > 0 {
			part, size := utf8.DecodeRune(parts)
			out, parts = appendPlain(out, part), parts[size:]
		}
	}
	return string(bytes.TrimRight(out, " "))
}

// appendPlain appends what stands for a letter that is not decomposed any further.
func appendPlain(to []byte, r rune) []byte {
	switch {
	case unicode.Is(unicode.Mn, r):
		return to
	case r == 'œ' || r == 'Œ':
		return append(to, "OE"...)
	case r == 'æ' || r == 'Æ':
		return append(to, "AE"...)
	case r == '’':
		return append(to, '\'')
	case r >= 'a' && r <= 'z':
		return append(to, byte(r)-'a'+'A')
	case r < unicode.MaxASCII && plain(byte(r)):
		return append(to, byte(r))
	case len(to) == 0 || to[len(to)-1] == ' ':
		return to
	}
	return append(to, ' ')
}

// isPlain tells whether a text needs no change.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ') || s[i] != ' ' && !plain(s[i]) {
			return false
		}
	}
	return true
}

func plain(c byte) bool {
	return c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte(signs, c) >= 0
}

// julian is a date as 0YYDDD.
func julian(d civil.Date) string {
	first := civil.Date{Year: d.Year, Month: 1, Day: 1}
	return fmt.Sprintf("0%02d%03d", d.Year%100, d.DaysSince(first)+1)
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
