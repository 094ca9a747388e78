package nav_test

import (
	"strings"
	"testing"
	"time"

	"myaccount/assets"
	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

func TestSentence_LockedUntil(t *testing.T) {
	catalogue, err := text.Load(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 21, 9, 30, 0, 0, time.Local)
	for _, tt := range []struct {
		lang text.Lang
		wait time.Duration
		want string
	}{
		{text.English, time.Hour, "until 10:30\u00a0a.m. today because"},
		{text.English, 24 * time.Hour, "until Nov\u00a022,\u00a02026, 9:30\u00a0a.m. because"},
		{text.French, time.Hour, "bloquée jusqu’à 10\u00a0h\u00a030 après"},
		{text.French, 24 * time.Hour, "bloquée jusqu’au 22\u00a0nov.\u00a02026 à 9\u00a0h\u00a030 après"},
	} {
		p := catalogue.Printer(tt.lang)
		if got := nav.Sentence(p, services.FailAfter(services.CodeLocked, tt.wait), now); !strings.Contains(got, tt.want) {
			t.Errorf("%v: %q, want %q in it", tt.wait, got, tt.want)
		}
	}
}

// Every code has a sentence in both languages.
func TestSentence_EveryCode(t *testing.T) {
	catalogue, err := text.Load(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range text.Langs() {
		p := catalogue.Printer(lang)
		for _, code := range services.Codes() {
			for _, err := range []error{services.Fail(code), services.FailAfter(code, time.Minute)} {
				if got := nav.Sentence(p, err, time.Now()); got == "" || strings.HasPrefix(got, "nav.") {
					t.Errorf("%s %v: %q", lang, err, got)
				}
			}
		}
	}
}
