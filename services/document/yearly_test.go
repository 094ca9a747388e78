package document_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services/document"
	"myaccount/services/text"
)

// paidIn2026 is what was paid in 2026: three payments, one of them returned, and one of another year.
func paidIn2026() document.Year {
	y := document.Year{History: history(), Year: 2026, Customer: "Amélie Tremblay"}
	other := y.Payments[0]
	other.Date = civil.Date{Year: 2025, Month: time.December, Day: 1}
	y.Payments = append(y.Payments, other)
	return y
}

// yearWords checks a year's summary with qpdf and gives its text.
func yearWords(t *testing.T, y document.Year, lang text.Lang) string {
	t.Helper()
	data, err := y.PDF(printerOf(t, lang))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "year.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("qpdf", "--check", path).CombinedOutput(); err != nil {
		t.Fatalf("qpdf: %v\n%s", err, out)
	}
	fonts, err := exec.Command("pdffonts", path).Output()
	if err != nil || strings.Count(string(fonts), "yes no  yes") != 2 || strings.Contains(string(fonts), " no  no ") { // embedded, readable
		t.Errorf("fonts: %v\n%s", err, fonts)
	}
	out, err := exec.Command("pdftotext", "-layout", path, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	if bytes.Count(out, []byte("\f")) != 1 {
		t.Errorf("more than a page:\n%s", out)
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(string(out), "\u00a0", " ")), " ")
}

func TestYear_PDF(t *testing.T) {
	for lang, want := range map[text.Lang][]string{
		text.English: {
			"What you paid in 2026", "Amélie Tremblay", "L-2025-004471", "Rent charge $377.46", "Sales taxes $194.98", "Paid in all $1,694.64",
			"October 0 $0.00 $0.00 $0.00 $0.00", "November 1 $561.10 $188.73 $97.49 $847.32", "Total 2 $1,122.20 $377.46 $194.98 $1,694.64",
			"not a tax slip",
		},
		text.French: {
			"Ce que vous avez payé en 2026", "Frais de location 377,46 $", "Taxes de vente 194,98 $", "Payé en tout 1 694,64 $",
			"novembre 1 561,10 $ 188,73 $ 97,49 $ 847,32 $", "feuillet fiscal",
		},
	} {
		got := yearWords(t, paidIn2026(), lang)
		for _, part := range want {
			if !strings.Contains(got, part) {
				t.Errorf("%s: %q is missing in\n%s", lang, part, got)
			}
		}
	}
}

func TestYear_WithoutPayments(t *testing.T) {
	y := paidIn2026()
	y.Year = 2019
	if got := yearWords(t, y, text.English); !strings.Contains(got, "Paid in all $0.00") || !strings.Contains(got, "December 0") {
		t.Errorf("%s", got)
	}
	y.Currency = ""
	if _, err := y.PDF(printerOf(t, text.English)); err == nil {
		t.Error("sums of no currency")
	}
}

func TestYear_Stable(t *testing.T) {
	first, err := paidIn2026().PDF(printerOf(t, text.French))
	if err != nil {
		t.Fatal(err)
	}
	again, err := paidIn2026().PDF(printerOf(t, text.French))
	if err != nil || !bytes.Equal(first, again) {
		t.Errorf("the same year makes another file, %v", err)
	}
}
