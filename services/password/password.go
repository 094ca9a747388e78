// Package password judges passwords before they are taken: long enough, and not
// one that others would try first. There are no composition rules (OWASP ASVS 5.0
// 6.2.5, NIST SP 800-63B-4).
//
// The judgement rests on zxcvbn, an estimate of the guesses that a password
// withstands, with the person's own words, the brand's, and a list of our own
// (assets/passwords) that adds French and recent years. Accents and capitals of
// context words make no difference. The package keeps nothing and logs nothing.
package password

import (
	"strings"
	"unicode/utf8"

	"github.com/trustelem/zxcvbn"
	"github.com/trustelem/zxcvbn/match"
)

// Problem says why a password is refused. The values are reason codes.
type Problem string

// The problems there are.
const (
	None     Problem = ""
	Required Problem = "required"
	TooShort Problem = "too_short"
	TooLong  Problem = "too_long"
	Common   Problem = "common"  // others would try it early
	Context  Problem = "context" // little else than a word that belongs to the person or the product
)

const (
	// MinGuesses is what an accepted password withstands at least. A million is
	// where zxcvbn's second bar begins; behind Argon2id and a lock-out after ten
	// failures it takes a guesser centuries. More would turn a blocklist into a
	// composition rule.
	MinGuesses = 1e6

	// maxJudged bounds the time: zxcvbn takes more than in proportion to the
	// length. What follows the first 100 characters can only make a password stronger.
	maxJudged = 100
)

// Policy is what the brand file rules about passwords.
type Policy struct {
	Min, Max int      // characters (Unicode code points)
	Words    []string // of the product: "bmw", "lease"
}

// Result is a judgement.
type Result struct {
	Problem Problem // None when the password is accepted
	Word    string  // the context word, as the person writes it, when Problem is Context
	Score   int     // 0 to 4 bars of the strength meter; never more than 1 when refused
	Advice  string  // translation key of the sentence under the meter
}

// Check judges a password. The context is whatever names the person: first name,
// last name, e-mail address; it is taken apart into words. Even the longest
// password is judged in well under a second, an everyday one in milliseconds.
func (p Policy) Check(password string, context ...string) Result {
	n := utf8.RuneCountInString(password)
	if n == 0 {
		return Result{Problem: Required, Advice: adviceLonger}
	}
	words := newWords(append(append([]string{}, context...), p.Words...))
	judged := head(strip(head(password, maxJudged)), maxJudged) // taking accents off can lengthen a text
	estimate := weaker(judged, words.all())
	r := Result{Score: estimate.Score, Advice: advice(estimate, words)}
	switch word := words.dominating(judged, estimate); {
	case n < p.Min:
		r.Problem, r.Advice = TooShort, adviceLonger
	case n > p.Max:
		r.Problem, r.Advice = TooLong, adviceShorter
	case word != "":
		r.Problem, r.Word, r.Advice = Context, word, advicePersonal
	case estimate.Guesses < MinGuesses || common()[join(judged)]:
		r.Problem = Common
	}
	if r.Problem != None {
		r.Score = min(r.Score, 1)
	}
	return r
}

// weaker estimates a text as it stands and with its words joined, and gives the
// lower estimate: zxcvbn counts a blank or an exclamation mark for much more than
// it costs a guesser.
func weaker(s string, words []string) zxcvbn.Result {
	estimate := zxcvbn.PasswordStrength(s, words)
	if joined := zxcvbn.PasswordStrength(join(s), words); joined.Guesses < estimate.Guesses {
		return joined
	}
	return estimate
}

// head gives the first n code points. Bytes that are no UTF-8, which zxcvbn
// would not judge, become replacement characters.
func head(s string, n int) string {
	runes := []rune(strings.ToValidUTF8(s, "\uFFFD"))
	return string(runes[:min(n, len(runes))])
}

// The advice there is: keys of assets/translations/*/password.json.
const (
	adviceLonger   = "password.advice.longer"
	adviceShorter  = "password.advice.shorter"
	advicePersonal = "password.advice.personal"
	adviceKeyboard = "password.advice.keyboard"
	adviceRepeat   = "password.advice.repeat"
	adviceSequence = "password.advice.sequence"
	adviceDate     = "password.advice.date"
	adviceCommon   = "password.advice.common"
	adviceWords    = "password.advice.words"
	adviceStrong   = "password.advice.strong"
)

// advice names the first weakness in a password, or says that it is strong.
func advice(r zxcvbn.Result, words words) string {
	if r.Score >= 3 {
		return adviceStrong
	}
	for _, m := range r.Sequence {
		if a := weakness(m, words); a != "" {
			return a
		}
	}
	if r.Guesses < MinGuesses {
		return adviceCommon
	}
	return adviceWords
}

func weakness(m *match.Match, words words) string {
	switch m.Pattern {
	case "spatial":
		return adviceKeyboard
	case "repeat":
		return adviceRepeat
	case "sequence":
		return adviceSequence
	case "regex", "date":
		return adviceDate
	}
	if words.named(m) != "" {
		return advicePersonal
	}
	return ""
}
