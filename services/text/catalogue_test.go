package text_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"myaccount/assets"
	"myaccount/services/text"
)

// files makes a file system of English files; French gets one key.
func files(english ...string) fstest.MapFS {
	fsys := fstest.MapFS{"translations/fr/a.json": {Data: []byte(`{"a.one": "un"}`)}}
	for i, content := range english {
		fsys["translations/en/"+string(rune('a'+i))+".json"] = &fstest.MapFile{Data: []byte(content)}
	}
	return fsys
}

func TestLoad_Refused(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fsys fstest.MapFS
		says string
	}{
		"no files":          {files(), `no translations for "en"`},
		"twice in a file":   {files(`{"a.one": "x", "a.one": "y"}`), `"a.one" appears twice`},
		"twice in two":      {files(`{"a.one": "x"}`, `{"a.one": "y"}`), `"a.one" appears twice`},
		"bad template":      {files(`{"a.one": "{{.Name"}`), "bad template"},
		"bad plural form":   {files(`{"a.one": {"one": "{{", "other": "x"}}`), "bad template"},
		"unknown form":      {files(`{"a.one": {"one": "x", "some": "y", "other": "z"}}`), "plural forms"},
		"plural without 1":  {files(`{"a.one": {"other": "z"}}`), "empty text"},
		"empty":             {files(`{"a.one": ""}`), "empty text"},
		"a number":          {files(`{"a.one": 1}`), "neither a text"},
		"a list":            {files(`["a.one"]`), "not a JSON object"},
		"cut off":           {files(`{"a.one": "x"`), "unfinished"},
		"cut off in a key":  {files(`{"a.on`), "read key"},
		"cut off in a text": {files(`{"a.one": "x`), "a.one"},
		"two objects":       {files(`{"a.one": "x"} {}`), "more after"},
		"empty file":        {files(``), "not a JSON object"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := text.Load(test.fsys)
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("error %v does not say %q", err, test.says)
			}
		})
	}
}

func TestPrinter_T(t *testing.T) {
	t.Parallel()
	c, err := text.Load(fstest.MapFS{
		"translations/en/a.json": {Data: []byte(`{
			"a.name": "Hello {{.Name}}", "a.plain": "<b> & ’",
			"a.files": {"one": "{{.Count}} file", "other": "{{.Count}} files"},
			"a.count": "{{.Count}} in all", "a.english": "only here"}`)},
		"translations/fr/a.json": {Data: []byte(`{
			"a.name": "Bonjour {{.Name}}", "a.plain": "<b> & ’",
			"a.files": {"one": "{{.Count}} fichier", "other": "{{.Count}} fichiers"},
			"a.count": "{{.Count}} en tout"}`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		key  string
		vars []text.Vars
		want want
	}{
		{"a.name", []text.Vars{{"Name": "Zoé"}}, want{"Hello Zoé", "Bonjour Zoé"}},
		{"a.name", []text.Vars{{"Name": "x"}, {"Name": "y"}}, want{"Hello y", "Bonjour y"}},
		{"a.name", []text.Vars{{"Name": "{{.Count}}"}}, want{"Hello {{.Count}}", "Bonjour {{.Count}}"}},
		{"a.plain", nil, want{"<b> & ’", "<b> & ’"}},
		{"a.files", []text.Vars{{"Count": 0}}, want{"0 files", "0 fichier"}},
		{"a.files", []text.Vars{{"Count": 1}}, want{"1 file", "1 fichier"}},
		{"a.files", []text.Vars{{"Count": int64(2)}}, want{"2 files", "2 fichiers"}},
		{"a.files", []text.Vars{{"Count": 12345}}, want{"12,345 files", "12\u00a0345 fichiers"}},
		{"a.files", []text.Vars{{"Count": 1000000}}, want{"1,000,000 files", "1\u00a0000\u00a0000 fichiers"}},
		{"a.count", []text.Vars{{"Count": 1}}, want{"1 in all", "1 en tout"}},
		{"a.english", nil, want{"only here", "a.english"}},
		{"a.missing", nil, want{"a.missing", "a.missing"}},
	}
	for _, test := range tests {
		if got := c.Printer(text.English).T(test.key, test.vars...); got != test.want.english {
			t.Errorf("en %s %v: %q, want %q", test.key, test.vars, got, test.want.english)
		}
		if got := c.Printer(text.French).T(test.key, test.vars...); got != test.want.french {
			t.Errorf("fr %s %v: %q, want %q", test.key, test.vars, got, test.want.french)
		}
	}
}

// A sentence that ends with a time of day has one full stop.
func TestPrinter_TOneStop(t *testing.T) {
	t.Parallel()
	c, err := text.Load(fstest.MapFS{
		"translations/en/a.json": {Data: []byte(`{"a.at": "Changed at {{.At}}.", "a.wait": "Wait.. {{.At}}, then"}`)},
		"translations/fr/a.json": {Data: []byte(`{"a.at": "Changé à {{.At}}.", "a.wait": "Attendez.. {{.At}}, puis"}`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"a.at": "Changed at 3:29 p.m.", "a.wait": "Wait.. 3:29 p.m., then"} {
		if got := c.Printer(text.English).T(key, text.Vars{"At": "3:29 p.m."}); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := c.Printer(text.French).T("a.at", text.Vars{"At": "15 h 29"}); got != "Changé à 15 h 29." {
		t.Errorf("got %q", got)
	}
}

func TestPrinter_TKeepsVars(t *testing.T) {
	t.Parallel()
	english, _ := printers(t)
	vars := text.Vars{"Count": 3}
	english.T("text.days.ago", vars)
	if vars["Count"] != 3 {
		t.Errorf("T changed the caller's variables: %v", vars)
	}
}

func TestPrinter_Concurrent(t *testing.T) {
	t.Parallel()
	english, french := printers(t)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for n := range 50 {
				english.InDays(n)
				french.InDays(n)
			}
		})
	}
	group.Wait()
}

func TestCatalogue_Printer(t *testing.T) {
	t.Parallel()
	c, err := text.Load(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	for asked, lang := range map[text.Lang]text.Lang{"fr": text.French, "en": text.English, "": text.English, "de": text.English} {
		p := c.Printer(asked)
		if p.Lang() != lang || p.InDays(0) == "text.days.today" {
			t.Errorf("Printer(%q) writes %q", asked, p.Lang())
		}
	}
	keys := c.Keys(text.French)
	if !slices.IsSorted(keys) || !slices.Contains(keys, "text.days.today") || slices.Contains(keys, "") {
		t.Errorf("Keys: %v", keys)
	}
	if p := c.Printer(text.French); !p.Has("text.days.today") || p.Has("text.no.such") {
		t.Error("Has is wrong")
	}
}

func TestParseLang(t *testing.T) {
	t.Parallel()
	tests := map[string]text.Lang{
		"fr": text.French, "fr-CA": text.French, "fr_CA.UTF-8": text.French, "FR": text.French,
		"fr@euro": text.French, " fr ": text.French, "fr.UTF-8": text.French,
		"en": text.English, "en_CA.UTF-8": text.English, "": text.English, "C": text.English,
		"frr": text.English, "de-FR": text.English, "_fr": text.English,
	}
	for tag, want := range tests {
		if got := text.ParseLang(tag); got != want {
			t.Errorf("ParseLang(%q) = %q, want %q", tag, got, want)
		}
	}
}
