package vin_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"myaccount/assets"
	"myaccount/services/text"
	"myaccount/services/vin"
)

// catalogue loads the sentences of the program.
func catalogue(t *testing.T) *text.Catalogue {
	t.Helper()
	c, err := text.Load(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestDescribe(t *testing.T) {
	t.Parallel()
	c := catalogue(t)
	tests := []struct{ number, english, french string }{
		{"5YM13EC02R9000005", "BMW M, built in the United States, model year 2024", "BMW M, fabriqué aux États-Unis, année modèle 2024"},
		{"WBA", "BMW, built in Germany", "BMW, fabriqué en Allemagne"},
		{"WMW53GD06S", "MINI, model year 2025", "MINI, année modèle 2025"},
		{"WB", "", ""},
	}
	for _, test := range tests {
		info := vin.Decode(test.number)
		if got := vin.Describe(info, c.Printer(text.English).T); got != test.english {
			t.Errorf("%s: %q, want %q", test.number, got, test.english)
		}
		if got := vin.Describe(info, c.Printer(text.French).T); got != test.french {
			t.Errorf("%s: %q, want %q", test.number, got, test.french)
		}
	}
}

func TestDescribe_EveryCountryHasWords(t *testing.T) {
	t.Parallel()
	c := catalogue(t)
	for _, first := range alphabet {
		for _, second := range alphabet {
			country := vin.Decode(string([]rune{first, second, '0'})).Country
			if country == "" {
				continue
			}
			for _, lang := range text.Langs() {
				if !c.Printer(lang).Has("vin.built." + country) {
					t.Errorf("%s: no words for %s", lang, country)
				}
			}
		}
	}
}

func TestExplain(t *testing.T) {
	t.Parallel()
	english := catalogue(t).Printer(text.English).T
	tests := map[string]string{
		"wbaO":              "A VIN never contains the letters I, O and Q. At position 4, O is probably the digit 0.",
		"WBA.":              "A VIN has letters and digits only. Please check “.” at position 4.",
		"WBA":               "A VIN has 17 characters. This one has 3 characters.",
		"W":                 "A VIN has 17 characters. This one has 1 character.",
		"WBA5R1C58KA751236": "",
	}
	for number, want := range tests {
		_, err := vin.Check(number)
		if err != nil {
			err = fmt.Errorf("wrapped: %w", err)
		}
		if got := vin.Explain(err, english); got != want {
			t.Errorf("%s: %q, want %q", number, got, want)
		}
	}
	if got := vin.Explain(errors.New("other"), english); got != "" {
		t.Errorf("a foreign error is explained as %q", got)
	}
}

func TestErrors_NameNoNumber(t *testing.T) {
	t.Parallel()
	// A VIN is personal: errors reach logs, so they never repeat it.
	for _, number := range []string{"WBA5R1C58KA75123", "WBA5R1C58KA75123O"} {
		if _, err := vin.Check(number); strings.Contains(err.Error(), "WBA") {
			t.Errorf("error repeats the number: %v", err)
		}
	}
}
