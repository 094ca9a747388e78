package text_test

import (
	"testing"

	"myaccount/assets"
	"myaccount/services/text"
)

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := text.Load(assets.Translations); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPrinter_T(b *testing.B) {
	_, french := printers(b)
	vars := text.Vars{"Count": 12}
	b.Run("plain", func(b *testing.B) {
		for b.Loop() {
			french.T("text.days.today")
		}
	})
	b.Run("plural", func(b *testing.B) {
		for b.Loop() {
			french.T("text.days.ahead", vars)
		}
	})
}

func BenchmarkFold(b *testing.B) {
	for b.Loop() {
		text.Fold("Élodie Lefèbvre a écrit au sujet de son contrat de location")
	}
}
