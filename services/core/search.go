package core

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"myaccount/services"
	"myaccount/services/text"
)

// queryMax is how many characters of a search are looked for.
const queryMax = 200

// Search finds the person's threads by words.
func (s *customerSession) Search(ctx context.Context, q string, limit int) ([]services.Hit, error) {
	if utf8.RuneCountInString(q) > queryMax {
		return nil, services.Invalid("q", services.ReasonTooLong)
	}
	words := strings.Fields(text.Fold(q))
	if limit <= 0 || limit > pageMax {
		limit = pageMax
	}
	index := s.core.searches.take(s.person)
	defer s.core.searches.giveBack(s.person, index)
	hits := []services.Hit{}
	err := s.view(ctx, ready, func(tx Tx, row SessionRow) error {
		hits = hits[:0]
		if len(words) == 0 {
			return nil
		}
		if err := index.refresh(tx, row.PersonID, s.core.topicWords()); err != nil {
			return err
		}
		sum := &summarizer{tx: tx}
		for _, entry := range index.find(words, tx.Now(), limit) {
			hit, err := entry.hit(sum, words)
			if err != nil {
				return err
			}
			hits = append(hits, hit)
		}
		return nil
	})
	return hits, err
}

// topicWords gives, by topic, its names in every language.
func (c *Core) topicWords() map[string]string {
	words := map[string]string{}
	for _, t := range c.Brand.Topics {
		for _, language := range c.Brand.Rules.Languages {
			words[t.ID] += " " + t.Name.In(language)
		}
	}
	return words
}

// hit reads what a search shows of a message.
func (e searchEntry) hit(sum *summarizer, words []string) (services.Hit, error) {
	thread, err := sum.tx.Thread(e.threadID)
	if err != nil {
		return services.Hit{}, err
	}
	summary, err := sum.summary(thread)
	if err != nil {
		return services.Hit{}, err
	}
	message, err := sum.tx.Message(e.messageID)
	if err != nil {
		return services.Hit{}, err
	}
	hit := services.Hit{Thread: summary, At: message.SentAt}
	hit.Excerpt, hit.Marks = mark(message.Body, words)
	return hit, nil
}

// markBefore is how many characters an excerpt shows before the first word found.
const markBefore = 40

// mark cuts a text around the first of the words and gives the byte ranges of all words within the cut. Words were
// folded; where they are in the text is found through the folding of each character.
func mark(body string, words []string) (excerpt string, marks [][2]int) {
	line := text.Line(body)
	folded, origin := foldMap(line)
	first := len(folded)
	for _, w := range words {
		if i := strings.Index(folded, w); i >= 0 && i < first {
			first = i
		}
	}
	from := 0
	if first < len(folded) {
		from = back(line, origin[first], markBefore)
	}
	to := ahead(line, from, excerptRunes)
	lead, tail := "", ""
	if from > 0 {
		lead = "…"
	}
	if to < len(line) {
		tail = "…"
	}
	for _, w := range words {
		for at := 0; ; {
			i := strings.Index(folded[at:], w)
			if i < 0 {
				break
			}
			start, end := origin[at+i], origin[at+i+len(w)]
			at += i + len(w)
			if start >= from && end <= to {
				marks = append(marks, [2]int{start - from + len(lead), end - from + len(lead)})
			}
		}
	}
	return lead + line[from:to] + tail, merge(marks)
}

// foldMap folds a text and gives, for every byte of the folded text and for its end, the byte of the text it came from.
// A combining mark belongs to the character before it.
func foldMap(line string) (folded string, origin []int) {
	var b strings.Builder
	for at := 0; at < len(line); {
		if next := at + 1; line[at] < utf8.RuneSelf && (next == len(line) || line[next] < utf8.RuneSelf) {
			b.WriteByte(asciiLower(line[at])) // the same as below, without the search for marks that follow
			origin = append(origin, at)
			at = next
			continue
		}
		size := norm.NFC.NextBoundaryInString(line[at:], true)
		part := text.Fold(line[at : at+size])
		b.WriteString(part)
		for range len(part) {
			origin = append(origin, at)
		}
		at += size
	}
	return b.String(), append(origin, len(line))
}

// asciiLower is what text.Fold makes of a character of a line below 128.
func asciiLower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// back goes back a number of characters, to the beginning of a word if it can.
func back(s string, at, runes int) int {
	from := at
	for range runes {
		if from == 0 {
			return 0
		}
		_, size := utf8.DecodeLastRuneInString(s[:from])
		from -= size
	}
	if i := strings.IndexByte(s[from:at], ' '); i >= 0 {
		return from + i + 1
	}
	return from
}

// ahead goes ahead a number of characters.
func ahead(s string, at, runes int) int {
	for range runes {
		if at >= len(s) {
			return len(s)
		}
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return at
}

// merge sorts ranges and joins those that overlap.
func merge(marks [][2]int) [][2]int {
	slices.SortFunc(marks, func(a, b [2]int) int { return a[0] - b[0] })
	var out [][2]int
	for _, m := range marks {
		if n := len(out); n > 0 && m[0] <= out[n-1][1] {
			out[n-1][1] = max(out[n-1][1], m[1])
			continue
		}
		out = append(out, m)
	}
	return out
}
