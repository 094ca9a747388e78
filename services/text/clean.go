package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	zeroWidthJoiner   = '\u200d'
	byteOrderMark     = '\ufeff'
	emojiPresentation = '\ufe0f'
)

// Line cleans one line that a person typed or pasted, such as a name: Unicode
// NFC, trimmed, inner white space (line breaks and tabs too) single. Control
// characters, zero-width and bidirectional marks and broken UTF-8 are removed;
// the joiner inside an emoji stays.
func Line(s string) string {
	s = strings.ToValidUTF8(s, "")
	var out strings.Builder
	out.Grow(len(s))
	last := ' ' // so white space at the beginning goes
	for i, r := range s {
		switch {
		case '!' <= r && r <= '~': // most are: this spares them what follows
		case unicode.IsSpace(r):
			if last == ' ' {
				continue
			}
			r = ' '
		case r == zeroWidthJoiner && joinsEmoji(last, s[i+utf8.RuneLen(r):]):
		case unicode.In(r, unicode.Cc, unicode.Cf):
			continue
		}
		out.WriteRune(r)
		last = r
	}
	return norm.NFC.String(strings.TrimSuffix(out.String(), " "))
}

// joinsEmoji reports whether a joiner stands between two emoji.
func joinsEmoji(before rune, after string) bool {
	next, _ := utf8.DecodeRuneInString(after)
	return after != "" && (isEmoji(before) || before == emojiPresentation) && isEmoji(next)
}

// isEmoji reports whether a rune can be part of a joined emoji: pictographs,
// the arrows and signs some are built with, and skin tones.
func isEmoji(r rune) bool {
	return r >= '\u2190' && unicode.In(r, unicode.So, unicode.Sm, unicode.Sk)
}

// Body cleans a text of several lines and otherwise keeps it as typed: line
// ends become \n, and control characters (but \n and \t), bidirectional
// embeddings and overrides, and byte order marks are removed. Broken UTF-8
// becomes U+FFFD, so that the loss shows.
func Body(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(s)
	s = strings.ToValidUTF8(s, string(utf8.RuneError))
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && isControl(r) {
			return -1
		}
		return r
	}, s)
}

// ControlFree reports whether s is valid UTF-8 without any control character
// (line breaks count as one) and without bidirectional overrides.
func ControlFree(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, isControl)
}

// isControl reports what must never reach a line of stored text: control
// characters, byte order marks, and what can turn the direction of a text
// that follows.
func isControl(r rune) bool {
	return unicode.IsControl(r) || r == byteOrderMark ||
		'\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
}

// RuneCount counts what the limits and counters count: the characters of the
// text as Body keeps it, in composed form, so that an é counts once however
// it was typed.
func RuneCount(s string) int {
	return utf8.RuneCountInString(norm.NFC.String(Body(s)))
}

// ligatures are letters that people search for by their parts; Unicode does
// not decompose them.
var ligatures = strings.NewReplacer("œ", "oe", "æ", "ae", "ß", "ss", "’", "'")

// Fold reduces a text to what search and sorting compare: lower case, without
// accents, ligatures or special spaces. "Élodie Lefèbvre" is "elodie lefebvre".
func Fold(s string) string {
	return ligatures.Replace(strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(s)))
}

// Compare orders two texts for people: by their folded form, then, so that
// the order is complete, by their bytes. It suits slices.SortFunc.
func Compare(a, b string) int {
	if order := strings.Compare(Fold(a), Fold(b)); order != 0 {
		return order
	}
	return strings.Compare(a, b)
}
