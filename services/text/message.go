package text

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"text/template"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// pluralForms are the forms that a message of a translation file may have.
// French has "many" for round millions; without it "other" is used.
type pluralForms struct {
	One, Many, Other string
}

// parseMessages reads one translation file: a flat object whose values are a
// text or the plural forms of one. It walks the tokens itself because
// encoding/json would silently keep the last of two equal keys.
func parseMessages(data []byte) ([]*i18n.Message, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	if open, err := decoder.Token(); err != nil || open != json.Delim('{') {
		return nil, errors.New("not a JSON object")
	}
	var messages []*i18n.Message
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return nil, fmt.Errorf("read key: %w", err)
		}
		var value any
		if err := decoder.Decode(&value); err != nil {
			return nil, fmt.Errorf("key %q: %w", key, err)
		}
		m, err := parseMessage(key.(string), value)
		if err != nil {
			return nil, fmt.Errorf("key %q: %w", key, err)
		}
		messages = append(messages, m)
	}
	if _, err := decoder.Token(); err != nil {
		return nil, fmt.Errorf("unfinished object: %w", err)
	}
	if decoder.More() {
		return nil, errors.New("more after the object")
	}
	return messages, nil
}

// parseMessage takes one value and checks its templates.
func parseMessage(key string, value any) (*i18n.Message, error) {
	forms, err := parseForms(value)
	if err != nil {
		return nil, err
	}
	for _, text := range []string{forms.One, forms.Many, forms.Other} {
		if !strings.Contains(text, "{{") {
			continue // most texts have no template, and a parser for each is a tenth of the program's start
		}
		if _, err := template.New(key).Parse(text); err != nil {
			return nil, fmt.Errorf("bad template: %w", err)
		}
	}
	return &i18n.Message{ID: key, One: forms.One, Many: forms.Many, Other: forms.Other}, nil
}

// parseForms takes a text, or an object of plural forms.
func parseForms(value any) (forms pluralForms, err error) {
	object, plural := value.(map[string]any)
	if !plural {
		object = map[string]any{"other": value}
	}
	for name, value := range object {
		text, ok := value.(string)
		if !ok {
			return forms, errors.New("neither a text nor plural forms")
		}
		switch name {
		case "one":
			forms.One = text
		case "many":
			forms.Many = text
		case "other":
			forms.Other = text
		default:
			return forms, fmt.Errorf("plural forms: no such form: %q", name)
		}
	}
	if forms.Other == "" || plural && forms.One == "" {
		return forms, errors.New("empty text")
	}
	return forms, nil
}
