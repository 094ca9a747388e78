package document_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/aclindsa/ofxgo"
	"github.com/bojanz/currency"
	"pgregory.net/rapid"

	"myaccount/assets"
	"myaccount/services/document"
	"myaccount/services/text"
)

// printerOf gives the real sentences in a language.
func printerOf(t testing.TB, lang text.Lang) *text.Printer {
	t.Helper()
	catalogue, err := text.Load(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	return catalogue.Printer(lang)
}

// dollars is an amount of so many cents.
func dollars(n int64) currency.Amount {
	amount, err := currency.NewAmountFromInt64(n, "CAD")
	if err != nil {
		panic(err)
	}
	return amount
}

// history has three payments, of which the second was returned.
func history() document.History {
	h := document.History{
		Product: "My BMW Account", Account: "2024 BMW i4 eDrive40, lease ending 4471", Number: "L-2025-004471", Key: "4471-DGqXnly-PiGp", Lease: true,
		Currency: "CAD", Balance: dollars(4_120_855), At: at,
	}
	for month := time.November; month > time.August; month-- {
		h.Payments = append(h.Payments, document.Payment{
			Date: civil.Date{Year: 2026, Month: month, Day: 1}, Method: "Débit préautorisé", Reference: fmt.Sprintf("L-2025-004471-%02d", month),
			Principal: dollars(56_110), Interest: dollars(18_873), Tax: dollars(9749), Amount: dollars(84_732), Status: "Posted",
		})
	}
	h.Payments[1].Status, h.Payments[1].Returned = "Returned: not enough funds", true
	return h
}

// readCSV reads a file of values back, as a spreadsheet would.
func readCSV(t testing.TB, data []byte, comma rune) [][]string {
	t.Helper()
	words, marked := bytes.CutPrefix(data, []byte("\ufeff"))
	if !marked {
		t.Fatal("nothing says that it is UTF-8")
	}
	if bytes.Contains(bytes.ReplaceAll(words, []byte("\r\n"), nil), []byte("\n")) {
		t.Error("a line does not end as RFC 4180 has it")
	}
	r := csv.NewReader(bytes.NewReader(words))
	r.Comma = comma
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	return rows
}

func TestHistory_CSV(t *testing.T) {
	for lang, want := range map[text.Lang]struct {
		comma      rune
		head, line string
	}{
		text.English: {
			',', "Date|Method|Reference|Depreciation|Rent charge|Tax|Amount|Currency|Status",
			"2026-11-01|Débit préautorisé|L-2025-004471-11|561.10|188.73|97.49|847.32|CAD|Posted",
		},
		text.French: {
			';', "Date|Mode de paiement|Référence|Amortissement|Frais de location|Taxes|Montant|Devise|État",
			"2026-11-01|Débit préautorisé|L-2025-004471-11|561,10|188,73|97,49|847,32|CAD|Posted",
		},
	} {
		data, err := history().CSV(printerOf(t, lang))
		if err != nil {
			t.Fatal(err)
		}
		rows := readCSV(t, data, want.comma)
		if len(rows) != 4 || strings.Join(rows[0], "|") != want.head || strings.Join(rows[1], "|") != want.line {
			t.Errorf("%s: %q", lang, rows)
		}
	}
}

// Nothing that a bank or a lender put into a reference runs in a spreadsheet or breaks a row.
func TestHistory_CSVIsHarmless(t *testing.T) {
	p := printerOf(t, text.English)
	for _, hostile := range []string{
		"=HYPERLINK(\"http://x\",\"y\")", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "|calc", "a\"b", "a,b", "a\nb", "a\x00b", "%0A=1",
	} {
		h := history()
		h.Payments[0].Reference = hostile
		data, err := h.CSV(p)
		if err != nil {
			t.Fatal(err)
		}
		rows := readCSV(t, data, ',')
		if len(rows) != 4 {
			t.Fatalf("%q makes %d rows", hostile, len(rows))
		}
		if got := strings.TrimSpace(rows[1][2]); strings.ContainsAny(got[:1], "=+-@\t\r|%") || strings.HasPrefix(got, "＝") || strings.ContainsAny(got, "\x00\n\r\t") {
			t.Errorf("%q becomes %q", hostile, got)
		}
	}
}

func TestHistory_CSVOfAnything(t *testing.T) {
	p := printerOf(t, text.French)
	rapid.Check(t, func(t *rapid.T) {
		h := history()
		for i := range h.Payments {
			h.Payments[i].Reference, h.Payments[i].Method = rapid.String().Draw(t, "reference"), rapid.String().Draw(t, "method")
		}
		data, err := h.CSV(p)
		if err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
		r.Comma = ';'
		rows, err := r.ReadAll()
		if err != nil || len(rows) != 4 {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
	})
}

func TestHistory_Empty(t *testing.T) {
	h := history()
	h.Payments = nil
	p := printerOf(t, text.English)
	data, err := h.CSV(p)
	if err != nil || len(readCSV(t, data, ',')) != 1 {
		t.Errorf("%s, %v", data, err)
	}
	if read := readOFX(t, h); read.BankTranList == nil || len(read.BankTranList.Transactions) != 0 {
		t.Errorf("%+v", read)
	}
}

// readOFX reads an OFX file back with a library of others.
func readOFX(t testing.TB, h document.History) *ofxgo.StatementResponse {
	t.Helper()
	data, err := h.OFX(printerOf(t, text.French))
	if err != nil {
		t.Fatal(err)
	}
	response, err := ofxgo.ParseResponse(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	if len(response.Bank) != 1 || response.Version != ofxgo.OfxVersion211 {
		t.Fatalf("%+v", response)
	}
	read, ok := response.Bank[0].(*ofxgo.StatementResponse)
	if !ok {
		t.Fatalf("%+v", response.Bank[0])
	}
	return read
}

func TestHistory_OFX(t *testing.T) {
	read := readOFX(t, history())
	if ok, err := read.Valid(ofxgo.OfxVersion211); !ok {
		t.Error(err)
	}
	if read.BankAcctFrom.AcctID != "4471-DGqXnly-PiGp" || read.CurDef.String() != "CAD" || read.BalAmt.FloatString(2) != "-41208.55" {
		t.Errorf("%+v", read)
	}
	var got []string
	for _, move := range read.BankTranList.Transactions {
		got = append(got, fmt.Sprint(move.DtPosted.Format("2006-01-02 "), move.TrnType, " ", move.TrnAmt.FloatString(2), " ", move.FiTID, " ", move.Name))
	}
	want := []string{
		"2026-11-01 CREDIT 847.32 L-2025-004471-11 Débit préautorisé",
		"2026-10-01 CREDIT 847.32 L-2025-004471-10 Débit préautorisé",
		"2026-10-01 DEBIT -847.32 L-2025-004471-10-R Returned: not enough funds",
		"2026-09-01 CREDIT 847.32 L-2025-004471-09 Débit préautorisé",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	list := read.BankTranList
	if list.DtStart.Format("2006-01-02") != "2026-09-01" || list.DtEnd.Format("2006-01-02") != "2026-11-20" {
		t.Errorf("from %v to %v", list.DtStart, list.DtEnd)
	}
	if !strings.Contains(string(list.Transactions[0].Memo), "561,10\u00a0$") && !strings.Contains(string(list.Transactions[0].Memo), "561,10 $") {
		t.Errorf("%q", list.Transactions[0].Memo)
	}
}

// What others put into a file comes out again as text.
func TestHistory_OFXOfHostileWords(t *testing.T) {
	h := history()
	h.Key = "4471-" + strings.Repeat("9", 40)
	h.Payments[0].Reference, h.Payments[0].Method = "</FITID><TRNAMT>9</TRNAMT>&\x00\r\n", "<b>&"+strings.Repeat("é", 100)
	read := readOFX(t, h)
	move := read.BankTranList.Transactions[0]
	if string(move.FiTID) != "</FITID><TRNAMT>9</TRNAMT>&" || move.TrnAmt.FloatString(2) != "847.32" || len([]rune(string(move.Name))) != 32 {
		t.Errorf("%+v", move)
	}
	if len(read.BankAcctFrom.AcctID) != 22 || !strings.HasPrefix(string(read.BankAcctFrom.AcctID), "4471-9") {
		t.Errorf("%q", read.BankAcctFrom.AcctID)
	}
}

// A balance that is not known is left out, never guessed.
func TestHistory_OFXWithoutBalance(t *testing.T) {
	h := history()
	h.Balance = currency.Amount{}
	data, err := h.OFX(printerOf(t, text.English))
	if err != nil || bytes.Contains(data, []byte("LEDGERBAL")) {
		t.Errorf("%v:\n%s", err, data)
	}
	h.Currency = ""
	if _, err := h.OFX(printerOf(t, text.English)); err == nil {
		t.Error("a statement without a currency")
	}
}

// Ten thousand payments are a matter of a moment.
func BenchmarkHistory(b *testing.B) {
	h, p := history(), printerOf(b, text.English)
	for range 10_000 {
		h.Payments = append(h.Payments, h.Payments[0])
	}
	for name, write := range map[string]func() ([]byte, error){
		"CSV": func() ([]byte, error) { return h.CSV(p) }, "OFX": func() ([]byte, error) { return h.OFX(p) },
	} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				if _, err := write(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
