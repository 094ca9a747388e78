package text

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Catalogue holds the sentences of every language. It is read-only once
// loaded and safe for concurrent use.
type Catalogue struct {
	bundle   *i18n.Bundle
	messages map[Lang]map[string]*i18n.Message
}

// Load reads every translations/<lang>/*.json of fsys. It fails on a file
// that is not a flat object of messages, on a key that appears twice in one
// language, on an empty text and on a template that does not parse; the error
// names the file and the key.
func Load(fsys fs.FS) (*Catalogue, error) {
	langs := Langs()
	messages, errs := make([]map[string]*i18n.Message, len(langs)), make([]error, len(langs))
	var loading sync.WaitGroup
	for i, lang := range langs { // side by side: every start waits for this
		loading.Go(func() { messages[i], errs[i] = loadLang(fsys, lang) })
	}
	loading.Wait()
	c := &Catalogue{bundle: i18n.NewBundle(language.English), messages: map[Lang]map[string]*i18n.Message{}}
	for i, lang := range langs {
		if errs[i] != nil {
			return nil, errs[i]
		}
		c.messages[lang] = messages[i]
		all := slices.Collect(maps.Values(messages[i]))
		if err := c.bundle.AddMessages(language.Make(string(lang)), all...); err != nil {
			return nil, fmt.Errorf("text: add translations: %w", err)
		}
	}
	return c, nil
}

// loadLang reads every file of one language.
func loadLang(fsys fs.FS, lang Lang) (map[string]*i18n.Message, error) {
	files, err := fs.Glob(fsys, path.Join("translations", string(lang), "*.json"))
	if err != nil {
		return nil, fmt.Errorf("text: list translations: %w", err)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("text: no translations for %q", lang)
	}
	all := map[string]*i18n.Message{}
	for _, file := range files {
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, fmt.Errorf("text: read translations: %w", err)
		}
		messages, err := parseMessages(data)
		if err != nil {
			return nil, fmt.Errorf("text: %s: %w", file, err)
		}
		for _, m := range messages {
			if all[m.ID] != nil {
				return nil, fmt.Errorf("text: %s: key %q appears twice", file, m.ID)
			}
			all[m.ID] = m
		}
	}
	return all, nil
}

// Keys returns the keys of one language, sorted.
func (c *Catalogue) Keys(lang Lang) []string {
	return slices.Sorted(maps.Keys(c.messages[lang]))
}

// Printer returns what writes in one language. A language that the program
// does not have reads as English.
func (c *Catalogue) Printer(lang Lang) *Printer {
	if !slices.Contains(Langs(), lang) {
		lang = English
	}
	return &Printer{
		lang:      lang,
		format:    formats[lang],
		messages:  c.messages[lang],
		localizer: i18n.NewLocalizer(c.bundle, string(lang)),
	}
}
