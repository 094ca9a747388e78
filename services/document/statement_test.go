package document_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"

	"myaccount/assets"
	"myaccount/services/document"
	"myaccount/services/text"
)

func cad(t testing.TB, amount string) currency.Amount {
	t.Helper()
	a, err := currency.NewAmount(amount, "CAD")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// lease is a statement with one of everything.
func lease(t testing.TB) document.Statement {
	t.Helper()
	paid := document.StatementPayment{
		Date: civil.Date{Year: 2026, Month: 11, Day: 1}, Method: "pad",
		Principal: cad(t, "552.36"), Interest: cad(t, "184.59"), Tax: cad(t, "110.37"), Total: cad(t, "847.32"),
	}
	returned := paid
	returned.Date.Day, returned.Returned = 15, true
	return document.Statement{
		Product: "My BMW Account", Company: "BMW Financial Services", Customer: "Amélie Tremblay",
		Month: civil.Date{Year: 2026, Month: 11, Day: 1}, Start: civil.Date{Year: 2025, Month: 6, Day: 1},
		MadeAt: time.Date(2026, 12, 1, 5, 0, 0, 0, time.UTC),
		Lease:  true, Number: "7001144471", Vehicle: "2024 BMW i4 eDrive40", VIN: "WBY43AW01RF000006", Quebec: true,
		Opening: cad(t, "41760.91"), Closing: cad(t, "41208.55"), Payments: []document.StatementPayment{paid, returned}, Received: paid,
		YearInterest: cad(t, "2030.49"), YearTax: cad(t, "1214.07"), YearTotal: cad(t, "9320.52"),
		NextDue: civil.Date{Year: 2026, Month: 12, Day: 1}, Next: cad(t, "847.32"),
		NextParts: []document.StatementPart{
			{Kind: "depreciation", Amount: cad(t, "554.80")},
			{Kind: "rent", Amount: cad(t, "182.15")},
			{Kind: "tax", Name: "GST", Rate: "5", Amount: cad(t, "36.85")},
			{Kind: "tax", Name: "QST", Rate: "9.975", Amount: cad(t, "73.52")},
		},
		PastDue: cad(t, "847.32"), PastDueSince: civil.Date{Year: 2026, Month: 11, Day: 15}, PastDueCount: 1,
		Phone: "1-800-555-0142", Hours: "Monday to Friday", Email: "customer.service@example.ca", Address: "100 Example Street, Toronto",
	}
}

// maker is a document of any kind.
type maker interface {
	PDF(p *text.Printer) ([]byte, error)
}

// made writes a document.
func made(t testing.TB, d maker, lang text.Lang) []byte {
	t.Helper()
	catalogue, err := text.Load(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	data, err := d.PDF(catalogue.Printer(lang))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// tool runs a program on a document and gives what it writes.
func tool(t testing.TB, data []byte, name string, arguments ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "document.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, a := range arguments {
		if a == "FILE" {
			arguments[i] = path
		}
	}
	out, err := exec.Command(name, arguments...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

func TestStatement_PDF(t *testing.T) {
	for lang, want := range map[text.Lang][]string{
		text.English: {
			"Statement", "November 1, 2026 to November 30, 2026", "Customer Amélie Tremblay", "Lease 7001144471", "Vehicle 2024 BMW i4 eDrive40",
			"Balance on Nov 30, 2026 $41,208.55", "Next payment, due Dec 1, 2026 $847.32", "Past due since Nov 15, 2026 $847.32",
			"1 payment was not received by the day it was due.", "Nov 1, 2026 Pre-authorized debit $552.36 $184.59 $110.37 $847.32",
			"Nov 15, 2026 Returned $552.36", "does not count: it is still owed", "Balance on Oct 31, 2026 $41,760.91", "Depreciation you paid − $552.36",
			"GST (5%) $36.85", "QST (9.975%) $73.52", "Paid in all $9,320.52", "Rent charge in it $2,030.49", "Tax in it $1,214.07",
			"dispute it at your bank within 90 days", "Office de la protection du consommateur", "1-800-555-0142", "customer.service@example.ca", "Page 1 of",
		},
		text.French: {
			"Relevé", "Du 1er novembre 2026 au 30 novembre 2026", "Client Amélie Tremblay", "Location 7001144471", "NIV WBY43AW01RF000006",
			"Solde au 30 nov. 2026 41 208,55 $", "Prochain paiement, dû le 1er déc. 2026 847,32 $", "En retard depuis le 15 nov. 2026 847,32 $",
			"Débit préautorisé 552,36 $ 184,59 $ 110,37 $ 847,32 $", "15 nov. 2026 Retourné 552,36 $", "Amortissement que vous avez payé − 552,36 $",
			"TPS (5 %) 36,85 $", "TVQ (9,975 %) 73,52 $", "Dont taxes 1 214,07 $", "dans les 90 jours", "Page 1 de",
		},
	} {
		data := made(t, lease(t), lang)
		words := strings.Join(strings.Fields(strings.ReplaceAll(tool(t, data, "pdftotext", "-layout", "FILE", "-"), "\u00a0", " ")), " ")
		for _, part := range want {
			if !strings.Contains(words, part) {
				t.Errorf("%s: %q is missing in\n%s", lang, part, words)
			}
		}
		if strings.Contains(words, "□") || strings.Contains(words, "…") {
			t.Errorf("%s: something was lost:\n%s", lang, words)
		}
	}
}

// TestStatement_Accessible: the file names its language and title, its fonts are in it, and its text has a structure that
// covers all of it.
func TestStatement_Accessible(t *testing.T) {
	for lang, want := range map[text.Lang]string{text.English: "en-CA", text.French: "fr-CA"} {
		data := made(t, lease(t), lang)
		tool(t, data, "qpdf", "--check", "FILE")
		plain := tool(t, data, "qpdf", "--qdf", "--object-streams=disable", "FILE", "-")
		for _, part := range []string{"/Lang (" + want + ")", "/Marked true", "/DisplayDocTitle true", "/ToUnicode", "/FontFile2", "/S /H1", "/S /Table", "/S /TH", "/Scope /Column", "/Scope /Row"} {
			if !strings.Contains(plain, part) {
				t.Errorf("%s: %s is missing", lang, part)
			}
		}
		if info := tool(t, data, "pdfinfo", "FILE"); !regexp.MustCompile(`Tagged: +yes`).MatchString(info) || !strings.Contains(info, "7001144471") {
			t.Errorf("%s: %s", lang, info)
		}
		read := tool(t, data, "pdfinfo", "-struct-text", "FILE")
		for _, part := range []string{"Amélie Tremblay", "WBY43AW01RF000006", "customer.service@example.ca"} {
			if !strings.Contains(read, part) {
				t.Errorf("%s: %q is not read out:\n%s", lang, part, read)
			}
		}
		inside := 0
		for line := range strings.Lines(plain) {
			switch line = strings.TrimSpace(line); {
			case strings.HasSuffix(line, "BDC"), strings.HasSuffix(line, "BMC"):
				inside++
			case line == "EMC":
				inside--
			case strings.Contains(line, " Tj") && inside != 1:
				t.Errorf("%s: text in %d elements: %q", lang, inside, line)
			}
		}
		if inside != 0 {
			t.Errorf("%s: %d elements stay open", lang, inside)
		}
	}
}

func TestStatement_Stable(t *testing.T) {
	first := made(t, lease(t), text.French)
	for range 5 {
		if !bytes.Equal(first, made(t, lease(t), text.French)) {
			t.Fatal("another document for the same input")
		}
	}
}

// TestStatement_Much has more payments than a page holds, and names that are longer than their room.
func TestStatement_Much(t *testing.T) {
	d := lease(t)
	d.Customer = strings.Repeat("Marie-Anne ", 20)
	for range 90 {
		d.Payments = append(d.Payments, d.Payments[0])
	}
	data := made(t, d, text.French)
	tool(t, data, "qpdf", "--check", "FILE")
	words := tool(t, data, "pdftotext", "-layout", "FILE", "-")
	if n := strings.Count(words, "Débit préautorisé"); n != 91 {
		t.Errorf("%d payments of 91", n)
	}
	if !strings.Contains(words, "Page 3 de ") {
		t.Error("not over several pages")
	}
}

// BenchmarkStatement is to stay under 150 ms.
func BenchmarkStatement(b *testing.B) {
	catalogue, err := text.Load(assets.Translations)
	if err != nil {
		b.Fatal(err)
	}
	d, p := lease(b), catalogue.Printer(text.French)
	for b.Loop() {
		if _, err := d.PDF(p); err != nil {
			b.Fatal(err)
		}
	}
}
