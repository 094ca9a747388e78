package entry

import (
	"context"
	"time"

	"myaccount/services"
	"myaccount/ui/nav"
)

// termsReader gives the terms of use.
type termsReader interface {
	Terms(ctx context.Context, language string) (services.Terms, error)
}

// terms decides what the page with the terms of use shows. Their language can be chosen apart from the program's.
type terms struct {
	scope   nav.Scope
	portal  termsReader
	changed func()
	shown   func(lang string) // is told the language of the text each time that one is shown

	lang    string
	loading bool
	err     error
	have    services.Terms
}

func newTerms(d nav.Dispatcher, portal termsReader, lang string) *terms {
	return &terms{scope: nav.Scope{Dispatcher: d}, portal: portal, lang: lang, changed: func() {}, shown: func(string) {}}
}

func (t *terms) start() {
	t.scope.Start()
	t.load()
}

func (t *terms) stop() { t.scope.Stop() }

// choose shows the terms in a language.
func (t *terms) choose(lang string) {
	t.lang = lang
	t.load()
	t.changed()
}

// load reads the terms, unless they are there; a slow answer in a language no longer wanted is dropped.
func (t *terms) load() {
	if t.have.Language == t.lang {
		t.loading, t.err = false, nil
		t.shown(t.lang)
		return
	}
	lang := t.lang
	t.loading, t.err = true, nil
	nav.Run(&t.scope, func(ctx context.Context) (services.Terms, error) { return t.portal.Terms(ctx, lang) },
		func(have services.Terms, err error) {
			if lang != t.lang {
				return
			}
			t.loading, t.err = false, err
			if err == nil {
				t.have = have
				t.shown(have.Language)
			}
			t.changed()
		})
}

// retry reads again after a failure.
func (t *terms) retry() {
	t.load()
	t.changed()
}

// termsRead is what was seen of the terms of use since the form to register was opened.
type termsRead struct {
	last  string               // the language they were shown in last; "" when they were not opened
	shown map[string]time.Time // language to when they were first shown
}

// see notes that the terms are shown in a language.
func (t *termsRead) see(lang string, now time.Time) {
	if t.shown == nil {
		t.shown = map[string]time.Time{}
	}
	if _, before := t.shown[lang]; !before {
		t.shown[lang] = now
	}
	t.last = lang
}
