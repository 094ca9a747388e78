package document

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"time"
	"unicode"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"

	"myaccount/services/text"
)

// History is what was paid on an agreement, to be taken elsewhere.
type History struct {
	Product  string // the name of the product, from the brand
	Account  string // in words, "2024 BMW i4 eDrive40, lease ending 4471"
	Number   string // of the agreement, for people
	Key      string // of the agreement, for programs: a file that goes elsewhere does not tell its number
	Lease    bool
	Currency string
	Balance  currency.Amount // owed; the zero Amount where it is not known
	At       time.Time       // when it was saved
	Payments []Payment       // newest first
}

// Payment is one payment of a History.
type Payment struct {
	Date      civil.Date
	Method    string // in words
	Reference string
	Principal currency.Amount // lease: depreciation
	Interest  currency.Amount // lease: rent
	Tax       currency.Amount
	Amount    currency.Amount
	Status    string // in words
	Returned  bool   // the bank gave the money back
}

// byteOrderMark tells spreadsheets that a text is UTF-8.
const byteOrderMark = "\ufeff"

// CSV writes the payments as RFC 4180 has it, in UTF-8 with a mark that tells
// spreadsheets so. A spreadsheet takes the separators of its language: in
// English commas between values and points in numbers, in French (Canada)
// semicolons and commas. Dates are ISO 8601 in both, for every spreadsheet
// reads these.
//
// Words that a spreadsheet would run as a formula are given an apostrophe.
func (h History) CSV(p *text.Printer) ([]byte, error) {
	out := bytes.NewBufferString(byteOrderMark)
	w := csv.NewWriter(out)
	w.UseCRLF = true
	if p.Lang() == text.French {
		w.Comma = ';'
	}
	principal, interest := "text.part.principal", "text.part.interest"
	if h.Lease {
		principal, interest = "text.part.depreciation", "text.part.rent"
	}
	rows := [][]string{{
		p.T("document.history.date"), p.T("document.history.method"), p.T("document.history.reference"), p.T(principal), p.T(interest),
		p.T("text.part.tax"), p.T("document.history.amount"), p.T("document.history.currency"), p.T("document.history.status"),
	}}
	for _, payment := range h.Payments {
		rows = append(rows, []string{
			payment.Date.String(), harmless(payment.Method), harmless(payment.Reference), number(p, payment.Principal), number(p, payment.Interest),
			number(p, payment.Tax), number(p, payment.Amount), payment.Amount.CurrencyCode(), harmless(payment.Status),
		})
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, fmt.Errorf("document: csv: %w", err)
	}
	return out.Bytes(), nil
}

// number writes an amount for a spreadsheet; nothing where it is not known.
func number(p *text.Printer, a currency.Amount) string {
	if a.CurrencyCode() == "" {
		return ""
	}
	if p.Lang() == text.French {
		return strings.Replace(a.Number(), ".", ",", 1)
	}
	return a.Number()
}

// harmless is a text that no spreadsheet takes for a formula (OWASP, "CSV
// Injection"): control characters are left out, and an apostrophe stands before
// a sign that formulas begin with, full-width ones among them.
func harmless(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	if first := strings.TrimLeftFunc(s, unicode.IsSpace); first != "" && strings.ContainsRune("=+-@|%＝＋－＠", []rune(first)[0]) {
		return "'" + s
	}
	return s
}
