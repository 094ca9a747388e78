package password

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/trustelem/zxcvbn"
	"github.com/trustelem/zxcvbn/match"
	"golang.org/x/text/unicode/norm"

	"myaccount/assets"
)

const (
	ownList  = "user_inputs" // zxcvbn's name for the words that it is given
	shortest = 3             // characters; a shorter name occurs in too much by chance
)

// words are context words, folded, with the way they were written.
type words struct {
	folded  []string // the longest first, so that none hides behind a part of it
	written map[string]string
}

// newWords takes names and addresses apart into words.
func newWords(context []string) words {
	w := words{written: map[string]string{}}
	for _, c := range context {
		for _, part := range strings.FieldsFunc(c, betweenWords) {
			folded := fold(part)
			if _, known := w.written[folded]; known || utf8.RuneCountInString(folded) < shortest {
				continue
			}
			w.written[folded] = part
			w.folded = append(w.folded, folded)
		}
	}
	slices.SortStableFunc(w.folded, func(a, b string) int { return len(b) - len(a) })
	return w
}

// betweenWords tells what separates words; an accent written apart does not.
func betweenWords(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
}

// all lists the context words and then our own list, for zxcvbn, which takes the
// order for the rank.
func (w words) all() []string {
	return append(slices.Clone(w.folded), commonList()...)
}

// named is the context word of a match as it was written, "" when it is none.
func (w words) named(m *match.Match) string {
	if m.DictionaryName != ownList {
		return ""
	}
	return w.written[m.MatchedWord]
}

// dominating is the context word that a password owes most of its strength to:
// it stands in a password that is guessed easily (as "tr3mbl4y", too), or what is
// left without the context words would be.
func (w words) dominating(password string, estimate zxcvbn.Result) string {
	rest, found := fold(password), ""
	for _, word := range w.folded {
		shorter := strings.ReplaceAll(rest, word, "")
		if found == "" && shorter != rest {
			found = w.written[word]
		}
		rest = shorter
	}
	switch {
	case found != "" && rest == "":
		return found
	case estimate.Guesses < MinGuesses:
		return w.in(estimate.Sequence)
	case found != "" && weaker(rest, commonList()).Guesses < MinGuesses:
		return found
	}
	return ""
}

// in is the first context word of a sequence of matches, "" when there is none.
func (w words) in(sequence []*match.Match) string {
	for _, m := range sequence {
		if word := w.named(m); word != "" {
			return word
		}
	}
	return ""
}

// commonList is our own list, in its order.
var commonList = sync.OnceValue(func() []string {
	var list []string
	for line := range strings.Lines(assets.CommonPasswords) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			list = append(list, line)
		}
	}
	return list
})

// common is our own list, to look a whole password up.
var common = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for _, word := range commonList() {
		set[word] = true
	}
	return set
})

var ligatures = strings.NewReplacer("œ", "oe", "Œ", "OE", "æ", "ae", "Æ", "AE")

// strip removes accents: "Été" becomes "Ete".
func strip(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(ligatures.Replace(s)))
}

// fold removes accents and capitals.
func fold(s string) string { return strings.ToLower(strip(s)) }

// join removes what people put between and after words.
func join(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("-_.,;:'’!?", r) {
			return -1
		}
		return r
	}, fold(s))
}
