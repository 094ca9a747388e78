package store

import (
	"errors"
	"strings"
	"unicode/utf8"

	"myaccount/services"
)

// errForeign says that a text cannot be kept in a column of text.
var errForeign = errors.New("text that is not valid UTF-8, or has a zero byte")

// foreign tells whether one of the arguments is a text that no column of text can hold: PostgreSQL takes neither a zero
// byte nor what is not UTF-8. What people write is sealed as bytes and may be anything; an id that somebody made up may
// be as well, and then there is no such row.
func foreign(args []any) bool {
	for _, arg := range args {
		if s, ok := arg.(string); ok && (strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s)) {
			return true
		}
	}
	return false
}

// refuse is what writing such a text comes to, for both engines; removing it removes nothing.
func refuse(query string) error {
	if strings.HasPrefix(query, "DELETE") {
		return nil
	}
	return &services.Error{Code: services.CodeInvalid, Err: errForeign}
}
