package filetype

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"myaccount/services/text"
)

// MaxName is how many characters a name keeps, its ending included.
const MaxName = 120

// wordlike is what an ending looks like; "Letter to Mr. Roy" has none.
var wordlike = regexp.MustCompile(`^[A-Za-z0-9]{1,8}$`)

// forbidden are the characters that Windows does not take in a name.
var forbidden = strings.NewReplacer("<", "_", ">", "_", ":", "_", `"`, "_", "|", "_", "?", "_", "*", "_")

// reserved are the names that mean a device to Windows, whatever their ending.
var reserved = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)`)

// CleanName makes a name that is safe to show and to write on any system: the
// last part of a path only, without control and direction characters, at most
// MaxName characters with the ending kept. "" when nothing is left.
func CleanName(name string) string {
	name = strings.ReplaceAll(strings.ReplaceAll(name, "\x00", ""), `\`, "/")
	name = trim(forbidden.Replace(text.Line(path.Base(name))))
	if name == "/" {
		return ""
	}
	if reserved.MatchString(name) {
		name = "_" + name
	}
	return shorten(name, ending(name))
}

// trim removes what hides a file on Unix and what Windows drops silently.
func trim(name string) string {
	return strings.TrimRight(strings.TrimLeft(name, ". "), ". ")
}

// ending is the part after the last point, as typed; "" when there is none.
func ending(name string) string {
	i := strings.LastIndexByte(name, '.')
	if i < 1 || !wordlike.MatchString(name[i+1:]) {
		return ""
	}
	return name[i+1:]
}

// shorten cuts the middle of a name, before its ending.
func shorten(name, end string) string {
	if utf8.RuneCountInString(name) <= MaxName {
		return name
	}
	if end != "" {
		end = "." + end
	}
	stem := []rune(strings.TrimSuffix(name, end))
	return trim(string(stem[:MaxName-len(end)])) + end
}

// name cleans the name of a file of this kind. A name without an ending gets
// one; an ending that names another kind is a lie and refused.
func (k Kind) name(name string) (string, error) {
	name = CleanName(name)
	if name == "" {
		return "", ErrName
	}
	end := ending(name)
	switch {
	case end == "":
		return shorten(name+"."+k.Endings[0], k.Endings[0]), nil
	case slices.Contains(k.Endings, strings.ToLower(end)):
		return name, nil
	case k.MediaType == Text.MediaType && !known(end):
		return "", ErrUnsupported // a script or a page is no plain text, though it reads as one
	}
	return "", ErrMismatch
}

// known tells whether an ending is that of a kind of this package.
func known(end string) bool {
	return slices.ContainsFunc(kinds, func(k Kind) bool { return slices.Contains(k.Endings, strings.ToLower(end)) })
}
