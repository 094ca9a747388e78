package text_test

import (
	"encoding/json"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template"
	"text/template/parse"
	"unicode"

	"myaccount/assets"
	"myaccount/services/text"
)

// message is one value of a translation file: its forms by name, "" for a
// message without plural.
type message map[string]string

// UnmarshalJSON reads a text or an object of plural forms.
func (m *message) UnmarshalJSON(data []byte) error {
	var plain string
	if json.Unmarshal(data, &plain) == nil {
		*m = message{"": plain}
		return nil
	}
	return json.Unmarshal(data, (*map[string]string)(m))
}

// translations reads the files of a language, without the code under test.
func translations(t *testing.T, lang text.Lang) map[string]map[string]message {
	t.Helper()
	files, err := fs.Glob(assets.Translations, path.Join("translations", string(lang), "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no translations in %s: %v", lang, err)
	}
	all := map[string]map[string]message{}
	for _, file := range files {
		data, err := fs.ReadFile(assets.Translations, file)
		if err != nil {
			t.Fatal(err)
		}
		var messages map[string]message
		if err := json.Unmarshal(data, &messages); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all[path.Base(file)] = messages
	}
	return all
}

func TestTranslations_SameInBothLanguages(t *testing.T) {
	t.Parallel()
	english, french := translations(t, text.English), translations(t, text.French)
	compareKeys(t, "files", english, french)
	for file := range english {
		compareKeys(t, file, english[file], french[file])
		for key, m := range english[file] {
			other, ok := french[file][key]
			if !ok {
				continue
			}
			// "many" is French alone, and optional.
			forms := maps.Clone(other)
			delete(forms, "many")
			compareKeys(t, key, m, forms)
			if a, b := variables(t, m), variables(t, other); !slices.Equal(a, b) {
				t.Errorf("%s: variables %v in English, %v in French", key, a, b)
			}
		}
	}
}

// compareKeys reports what only one language has.
func compareKeys[V any](t *testing.T, where string, english, french map[string]V) {
	t.Helper()
	for key := range english {
		if _, ok := french[key]; !ok {
			t.Errorf("%s: %q is missing in French", where, key)
		}
	}
	for key := range french {
		if _, ok := english[key]; !ok {
			t.Errorf("%s: %q is missing in English", where, key)
		}
	}
}

// variables returns the names that any form of a message uses, sorted. Count
// is left out where it chooses a form, because a form may do without it.
func variables(t *testing.T, m message) []string {
	t.Helper()
	names := map[string]bool{}
	for form, content := range m {
		parsed, err := template.New("").Parse(content)
		if err != nil {
			t.Errorf("%q: %v", content, err)
			continue
		}
		for _, node := range parsed.Root.Nodes {
			action, ok := node.(*parse.ActionNode)
			if !ok {
				continue
			}
			name := strings.TrimPrefix(action.Pipe.String(), ".")
			if form == "" || name != "Count" {
				names[name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}

func TestTranslations_FilesAndKeys(t *testing.T) {
	t.Parallel()
	for file, messages := range translations(t, text.English) {
		area := strings.TrimSuffix(file, ".json")
		for key := range messages {
			if !strings.HasPrefix(key, area+".") {
				t.Errorf("%s: key %q does not begin with its area", file, key)
			}
		}
	}
}

func TestTranslations_Typography(t *testing.T) {
	t.Parallel()
	for _, lang := range text.Langs() {
		for file, messages := range translations(t, lang) {
			for key, m := range messages {
				for form, content := range m {
					if fault := typographyFault(lang, content); fault != "" {
						t.Errorf("%s/%s %s %s: %s: %q", lang, file, key, form, fault, content)
					}
				}
			}
		}
	}
}

var (
	actions    = regexp.MustCompile(`\{\{[^}]*\}\}`)
	exceptions = regexp.MustCompile(`[a-z0-9]+://\S*|mailto:\S*|\d:\d`)
	frenchMark = regexp.MustCompile(`[^\x{a0}][:;?]`)
	guillemets = regexp.MustCompile(`«[^\x{a0}]|[^\x{a0}]»`)
)

// typographyFault says what is wrong with a text, or "".
func typographyFault(lang text.Lang, content string) string {
	plain := exceptions.ReplaceAllString(actions.ReplaceAllString(content, "x"), "x")
	switch {
	case strings.TrimSpace(content) == "":
		return "empty"
	case strings.TrimFunc(content, unicode.IsSpace) != content:
		return "space at an end"
	case strings.Contains(plain, "  "):
		return "two spaces"
	case strings.Contains(plain, "'"):
		return "straight apostrophe instead of ’"
	case strings.Contains(plain, "!"):
		return "exclamation mark"
	case strings.Contains(plain, "..."):
		return "three points instead of …"
	case lang == text.French && frenchMark.MatchString(plain):
		return "no U+00A0 before : ; ?"
	case lang == text.French && guillemets.MatchString(plain):
		return "no U+00A0 inside « »"
	case lang == text.French && strings.ContainsAny(plain, `"“”`):
		return "English quotation marks instead of « »"
	}
	return ""
}

func TestTypographyFault(t *testing.T) {
	t.Parallel()
	faulty := map[string]text.Lang{
		"": text.English, " ": text.French, " a": text.English, "a\u00a0": text.French, "a  b": text.English,
		"don't": text.English, "l'ami": text.French, "Wow!": text.English, "Wait...": text.English,
		"Montant : 5": text.French, "Montant: 5": text.French, "Quoi?": text.French, "{{.Name}}?": text.French,
		"a ; b": text.French, "« oui »": text.French, "«oui»": text.French, "“oui”": text.French,
	}
	for content, lang := range faulty {
		if typographyFault(lang, content) == "" {
			t.Errorf("%s %q passes", lang, content)
		}
	}
	fine := map[string]text.Lang{
		"Why? Because: “it’s 9:42”; see https://example.com/?a=b": text.English,
		"Quoi\u00a0? Parce que\u00a0: «\u00a0c’est 9:42\u00a0»":   text.French,
		"Voir https://example.com/?a=b":                           text.French,
		"{{if eq .A 1}}x{{end}}\u00a0: {{.B}}":                    text.French,
	}
	for content, lang := range fine {
		if fault := typographyFault(lang, content); fault != "" {
			t.Errorf("%s %q: %s", lang, content, fault)
		}
	}
}
