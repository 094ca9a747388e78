package program

import (
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"unicode"
)

// masked replaces what must not be in a log.
const masked = "[removed]"

// privateWords are words in the name of an attribute whose value is never logged.
var privateWords = []string{
	"account", "address", "birth", "body", "code", "email", "mail", "mails", "name", "names", "password", "phone",
	"secret", "subject", "to", "token", "vin",
}

// NewLogger makes a logger of JSON lines that lets no personal value through. The level is "debug", "info", "warn" or
// "error"; anything else is "info".
func NewLogger(w io.Writer, level string) *slog.Logger {
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: logLevel(level), ReplaceAttr: removePrivate}))
}

// logLevel reads a level of the configuration; anything else is "info".
func logLevel(level string) slog.Level {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		return slog.LevelInfo
	}
	return l
}

// removePrivate masks attributes by name, within groups as well, and lets of a struct, map or list only the type
// through, because its fields cannot be judged.
func removePrivate(groups []string, attr slog.Attr) slog.Attr {
	if isPrivate(attr.Key) || slices.ContainsFunc(groups, isPrivate) {
		return slog.String(attr.Key, masked)
	}
	if attr.Value.Kind() != slog.KindAny {
		return attr
	}
	switch value := attr.Value.Any().(type) {
	case error, nil:
		return attr
	case fmt.Stringer:
		return slog.String(attr.Key, value.String())
	default:
		return slog.String(attr.Key, fmt.Sprintf("%T", value))
	}
}

// isPrivate tells whether a name has a private word: "email", "first_name", "deviceToken".
func isPrivate(name string) bool {
	return slices.ContainsFunc(wordsOf(name), func(word string) bool { return slices.Contains(privateWords, word) })
}

// wordsOf splits a name at what is not a letter and before capitals, in lower case; "VIN" stays one word.
func wordsOf(name string) []string {
	var spaced strings.Builder
	last := ' '
	for _, r := range name {
		if unicode.IsUpper(r) && !unicode.IsUpper(last) {
			spaced.WriteByte(' ')
		}
		spaced.WriteRune(unicode.ToLower(r))
		last = r
	}
	return strings.FieldsFunc(spaced.String(), func(r rune) bool { return !unicode.IsLetter(r) })
}
