package page

import (
	"net/http"
	"slices"

	"golang.org/x/text/language"

	"myaccount/services/text"
)

// languageOf is the language of a visit: what the address says ("lang=fr"; mails carry it), else the first of the
// browser's languages that the program has, else English.
func languageOf(r *http.Request) text.Lang {
	known := text.Langs()
	if asked := text.Lang(r.URL.Query().Get("lang")); slices.Contains(known, asked) {
		return asked
	}
	tags, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil {
		return known[0]
	}
	for _, tag := range tags {
		base, _ := tag.Base()
		if lang := text.Lang(base.String()); slices.Contains(known, lang) {
			return lang
		}
	}
	return known[0]
}
