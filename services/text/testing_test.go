package text_test

import (
	"testing"

	"myaccount/assets"
	"myaccount/services/text"
)

// printers returns both printers over the sentences of the program.
func printers(t testing.TB) (english, french *text.Printer) {
	t.Helper()
	c, err := text.Load(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	return c.Printer(text.English), c.Printer(text.French)
}

// want is one value in both languages.
type want struct{ english, french string }
