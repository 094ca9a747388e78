package text

import (
	"maps"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// Vars are the values that a message names, as in {{.Name}}. "Count" (an int
// or int64) also chooses the plural form, and is written grouped.
type Vars map[string]any

// Printer writes in one language. It is safe for concurrent use.
type Printer struct {
	lang      Lang
	format    format
	messages  map[string]*i18n.Message
	localizer *i18n.Localizer
}

// Lang returns the language of the printer.
func (p *Printer) Lang() Lang { return p.lang }

// Has reports whether the language has the key.
func (p *Printer) Has(key string) bool { return p.messages[key] != nil }

// T returns the text of a key with its variables filled in. Of several Vars
// the later wins. A key that this language misses is returned as it is, so
// that a gap shows instead of hiding; a variable that is missing reads
// "<no value>".
func (p *Printer) T(key string, vars ...Vars) string {
	message := p.messages[key]
	if message == nil {
		return key
	}
	data := make(Vars, 4)
	for _, v := range vars {
		maps.Copy(data, v)
	}
	config := i18n.LocalizeConfig{MessageID: key, TemplateData: data}
	if count, ok := countOf(data["Count"]); ok {
		data["Count"] = p.Number(count)
		if message.One != "" {
			config.PluralCount = count
		}
	}
	// The error is of no use here: go-i18n reports a plural form that it
	// replaced by "other", which is what the catalogue relies on.
	text, _ := p.localizer.Localize(&config)
	if text == "" {
		return key
	}
	return oneStop(text)
}

// oneStop leaves one full stop where a sentence ends with "a.m." or "p.m.".
func oneStop(sentence string) string { return strings.ReplaceAll(sentence, ".m..", ".m.") }

// countOf returns the count as a number when it is one.
func countOf(value any) (int64, bool) {
	switch n := value.(type) {
	case int:
		return int64(n), true
	case int64:
		return n, true
	}
	return 0, false
}
