package text_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"myaccount/services/text"
)

func TestLine(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"":                              "",
		"Zoé":                           "Zoé",
		"  Marie-Ève \t d’Aoust\u00a0 ": "Marie-Ève d’Aoust",
		"Zoe\u0301":                     "Zo\u00e9",
		"Anna\r\nMaria":                 "Anna Maria",
		"a\u2028b\u2029c\u0085d":        "a b c d",
		"a\x00b\x1b[31m\x7f":            "ab[31m",
		"\ufeffJean":                    "Jean",
		"abc\u202edef\u202c":            "abcdef",
		"a\u200eb\u200fc\u2066d\u2069":  "abcd",
		"a\u200bb\u00adc\u2060d":        "abcd",
		"a\u200d":                       "a",
		"a\xffb":                        "ab",
		"👩\u200d⚕\ufe0f Anna":           "👩\u200d⚕\ufe0f Anna",
		"👨\u200d👩\u200d👧":               "👨\u200d👩\u200d👧",
		"👍🏽":                            "👍🏽",
		"❤\ufe0f\u200d🔥":                "❤\ufe0f\u200d🔥",
		"👩\u200d":                       "👩",
		"\u200d👩":                       "👩",
		" \u200b ":                      "",
		"a \u200b b":                    "a b",
		"محمد":                          "محمد",
		"e\u200b\u0301":                 "\u00e9",
	}
	for in, want := range tests {
		if got := text.Line(in); got != want {
			t.Errorf("Line(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestBody(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"":                        "",
		"  kept \n\n\tas typed  ": "  kept \n\n\tas typed  ",
		"a\r\nb\rc\nd":            "a\nb\nc\nd",
		"a\r\n\r\nb":              "a\n\nb",
		"a\u2028b\u2029c":         "a\nb\nc",
		"a\x00\x07\x1b\x7f\u0085": "a",
		"abc\u202edef\u2067g":     "abcdefg",
		"\ufeffa":                 "a",
		"Zoe\u0301":               "Zoe\u0301",
		"👩\u200d⚕\ufe0f":          "👩\u200d⚕\ufe0f",
		"می\u200cخواهم":           "می\u200cخواهم",
		"a\xffb":                  "a\ufffdb",
	}
	for in, want := range tests {
		if got := text.Body(in); got != want {
			t.Errorf("Body(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestControlFree(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"": true, "Zoé 👩\u200d⚕\ufe0f": true, "a\u00a0b": true,
		"a\nb": false, "a\tb": false, "\x00": false, "\u0085": false, "\u202e": false, "\ufeff": false, "\xff": false,
	} {
		if got := text.ControlFree(s); got != want {
			t.Errorf("ControlFree(%q) = %v", s, got)
		}
	}
}

func TestLineAndBody_Properties(t *testing.T) {
	t.Parallel()
	// Many of what matters here, among anything.
	typed := rapid.StringOf(rapid.OneOf(rapid.Rune(),
		rapid.SampledFrom([]rune(" \t\r\n\u00a0\u200b\u200d\u200e\u202e\u2028\ufe0f\ufeffe\u0301👩🔥🏽\x00"))))
	rapid.Check(t, func(t *rapid.T) {
		s := typed.Draw(t, "typed")
		line, body := text.Line(s), text.Body(s)
		if text.Line(line) != line || text.Body(body) != body {
			t.Fatalf("cleaned again: %q, %q", line, body)
		}
		if !text.ControlFree(line) || !norm.NFC.IsNormalString(line) {
			t.Fatalf("Line(%q) = %q", s, line)
		}
		if strings.TrimSpace(line) != line || strings.Contains(line, "  ") {
			t.Fatalf("Line(%q) = %q", s, line)
		}
		if !text.ControlFree(strings.NewReplacer("\n", "", "\t", "").Replace(body)) {
			t.Fatalf("Body(%q) = %q", s, body)
		}
		if text.RuneCount(body) != text.RuneCount(s) || text.RuneCount(s) > utf8.RuneCountInString(s) {
			t.Fatalf("RuneCount(%q) = %d", s, text.RuneCount(s))
		}
	})
}

func TestRuneCount(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]int{
		"": 0, "Zoé": 3, "Zoe\u0301": 3, "a\r\nb": 3, "😀": 1, "\u202ea\x00": 1, " \n": 2,
	} {
		if got := text.RuneCount(s); got != want {
			t.Errorf("RuneCount(%q) = %d, want %d", s, got, want)
		}
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"Élodie Lefèbvre": "elodie lefebvre",
		"E\u0301LODIE":    "elodie",
		"Cœur, ÇA, ŒUVRE": "coeur, ca, oeuvre",
		"Straße":          "strasse",
		"L’été":           "l'ete",
		"1\u00a0234,56 $": "1 234,56 $",
		"ﬁn":              "fin",
		"İ":               "i",
		"":                "",
	} {
		if got := text.Fold(s); got != want {
			t.Errorf("Fold(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	names := []string{"Zoé", "eau", "École", "Éa", "Émile", "ecole", "Eve", "abc", "Œuf"}
	slices.SortFunc(names, text.Compare)
	want := []string{"abc", "Éa", "eau", "ecole", "École", "Émile", "Eve", "Œuf", "Zoé"}
	if !slices.Equal(names, want) {
		t.Errorf("sorted: %v, want %v", names, want)
	}
}
