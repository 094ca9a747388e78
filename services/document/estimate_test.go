package document_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"cloud.google.com/go/civil"

	"myaccount/assets"
	"myaccount/services/document"
	"myaccount/services/text"
)

func TestEstimate_PDF(t *testing.T) {
	catalogue, err := text.Load(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	estimate := document.Estimate{
		Product: "My BMW Account", Title: "What it costs to end your lease early", Account: "Lease ending 4471", VIN: "WBY43AW01RF000006",
		On: civil.Date{Year: 2027, Month: 3, Day: 1}, SavedAt: at, Total: "$51,542.22", Notes: []string{"An estimate, good until March 10, 2027."},
		Rows: []document.EstimateRow{
			{Name: "Remaining payments", Amount: "$19,495.58", Note: "26 × $749.83"}, {Name: "Unearned rent", Amount: "− $5,116.51", Note: "at 5.88%"},
		},
	}
	for lang, want := range map[text.Lang][]string{
		text.English: {"Lease ending 4471", "WBY43AW01RF000006", "$19,495.58", "− $5,116.51", "Total on March 1, 2027", "$51,542.22", "26 × $749.83", "good until", "binding"},
		text.French:  {"Total au 1er mars 2027", "Les chiffres derrière chaque ligne", "confirmé par écrit"},
	} {
		data, err := estimate.PDF(catalogue.Printer(lang))
		if err != nil {
			t.Fatal(err)
		}
		if again, err := estimate.PDF(catalogue.Printer(lang)); err != nil || !bytes.Equal(again, data) {
			t.Errorf("%s: another document for the same input (%v)", lang, err)
		}
		path := filepath.Join(t.TempDir(), "estimate.pdf")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command("qpdf", "--check", path).CombinedOutput(); err != nil {
			t.Errorf("qpdf: %v\n%s", err, out)
		}
		out, err := exec.Command("pdftotext", "-layout", path, "-").Output()
		if err != nil {
			t.Fatalf("pdftotext: %v", err)
		}
		words := strings.ReplaceAll(string(out), "\u00a0", " ")
		for _, part := range want {
			if !strings.Contains(words, part) {
				t.Errorf("%s: %q is missing in\n%s", lang, part, words)
			}
		}
	}
}
