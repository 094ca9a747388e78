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
	One   string `json:"one"`
	Many  string `json:"many"`
	Other string `json:"other"`
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
		var value json.RawMessage
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

// parseMessage reads one value and checks its templates.
func parseMessage(key string, value json.RawMessage) (*i18n.Message, error) {
	var forms pluralForms
	plural := len(value) > 0 && value[0] == '{'
	if !plural {
		if err := json.Unmarshal(value, &forms.Other); err != nil {
			return nil, fmt.Errorf("neither a text nor plural forms: %w", err)
		}
	} else {
		decoder := json.NewDecoder(bytes.NewReader(value))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&forms); err != nil {
			return nil, fmt.Errorf("plural forms: %w", err)
		}
	}
	if forms.Other == "" || plural && forms.One == "" {
		return nil, errors.New("empty text")
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
