package document

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"

	"myaccount/services/text"
)

// The statement of OFX 2.1.1 (Open Financial Exchange), of which programs for
// personal finance such as GnuCash read the part of banks.
type ofxFile struct {
	XMLName xml.Name     `xml:"OFX"`
	SignOn  ofxSignOn    `xml:"SIGNONMSGSRSV1>SONRS"`
	Answer  ofxStatement `xml:"BANKMSGSRSV1>STMTTRNRS"`
}

type ofxStatus struct {
	Code     int    `xml:"CODE"`
	Severity string `xml:"SEVERITY"`
}

type ofxSignOn struct {
	Status   ofxStatus `xml:"STATUS"`
	Time     string    `xml:"DTSERVER"`
	Language string    `xml:"LANGUAGE"`
	Org      string    `xml:"FI>ORG"`
}

type ofxStatement struct {
	ID       string           `xml:"TRNUID"`
	Status   ofxStatus        `xml:"STATUS"`
	Currency string           `xml:"STMTRS>CURDEF"`
	Account  ofxAccount       `xml:"STMTRS>BANKACCTFROM"`
	From     string           `xml:"STMTRS>BANKTRANLIST>DTSTART"`
	To       string           `xml:"STMTRS>BANKTRANLIST>DTEND"`
	Moves    []ofxTransaction `xml:"STMTRS>BANKTRANLIST>STMTTRN"`
	Balance  *ofxBalance      `xml:"STMTRS>LEDGERBAL,omitempty"`
}

type ofxAccount struct {
	Bank   string `xml:"BANKID"`
	Number string `xml:"ACCTID"`
	Kind   string `xml:"ACCTTYPE"`
}

type ofxTransaction struct {
	Kind   string `xml:"TRNTYPE"`
	Date   string `xml:"DTPOSTED"`
	Amount string `xml:"TRNAMT"`
	ID     string `xml:"FITID"`
	Name   string `xml:"NAME"`
	Memo   string `xml:"MEMO,omitempty"`
}

type ofxBalance struct {
	Amount string `xml:"BALAMT"`
	Date   string `xml:"DTASOF"`
}

// Bounds of OFX, in characters.
const (
	ofxNumber = 22
	ofxID     = 255
	ofxName   = 32
	ofxMemo   = 255
)

// ofxHead declares the version; a file that is not asked for has no UIDs.
const ofxHead = `<?xml version="1.0" encoding="UTF-8" standalone="no"?>` + "\r\n" +
	`<?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>` + "\r\n"

// errNoCurrency says that a history has no currency to be stated in.
var errNoCurrency = errors.New("document: a history without a currency")

// OFX writes the payments as the statement of an account on which money is
// owed: each payment is a credit, what is owed a negative balance, which is left
// out where it is not known. A payment that the bank returned is a credit and
// its reversal, so that an earlier import of it is put right.
//
// Payments keep their id from one file to the next, by which programs know what
// they have already.
func (h History) OFX(p *text.Printer) ([]byte, error) {
	if h.Currency == "" {
		return nil, errNoCurrency
	}
	now, good := ofxTime(h.At), ofxStatus{0, "INFO"}
	file := ofxFile{
		SignOn: ofxSignOn{Status: good, Time: now, Language: map[text.Lang]string{text.English: "ENG", text.French: "FRA"}[p.Lang()], Org: plain(h.Product, ofxName)},
		Answer: ofxStatement{
			ID: "0", Status: good, Currency: h.Currency,
			Account: ofxAccount{Bank: "0", Number: plain(h.Key, ofxNumber), Kind: "CREDITLINE"},
			From:    ofxDate(civil.DateOf(h.At)), To: ofxDate(civil.DateOf(h.At)),
		},
	}
	for _, payment := range h.Payments {
		moves, err := h.moves(p, payment)
		if err != nil {
			return nil, err
		}
		file.Answer.Moves = append(file.Answer.Moves, moves...)
		file.Answer.From = min(file.Answer.From, ofxDate(payment.Date))
		file.Answer.To = max(file.Answer.To, ofxDate(payment.Date))
	}
	if h.Balance.CurrencyCode() != "" {
		owed, err := negative(h.Balance)
		if err != nil {
			return nil, err
		}
		file.Answer.Balance = &ofxBalance{owed, now}
	}
	out := bytes.NewBufferString(ofxHead)
	encoder := xml.NewEncoder(out)
	encoder.Indent("", " ")
	if err := encoder.Encode(file); err != nil {
		return nil, fmt.Errorf("document: ofx: %w", err)
	}
	return append(out.Bytes(), "\r\n"...), nil
}

// moves are the credit of a payment and, if it was returned, its reversal.
func (h History) moves(p *text.Printer, payment Payment) ([]ofxTransaction, error) {
	id, key := plain(payment.Reference, ofxID-len(ofxReversal)), "document.history.parts"
	if h.Lease {
		key = "document.history.parts_lease"
	}
	parts := p.T(key, text.Vars{
		"Principal": p.Money(payment.Principal), "Interest": p.Money(payment.Interest), "Tax": p.Money(payment.Tax),
	})
	credit := ofxTransaction{
		Kind: "CREDIT", Date: ofxDate(payment.Date), Amount: payment.Amount.Number(), ID: id, Name: plain(payment.Method, ofxName),
		Memo: plain(parts, ofxMemo),
	}
	if !payment.Returned {
		return []ofxTransaction{credit}, nil
	}
	reversed, err := negative(payment.Amount)
	if err != nil {
		return nil, err
	}
	reversal := credit
	reversal.Kind, reversal.Amount, reversal.ID, reversal.Name = "DEBIT", reversed, id+ofxReversal, plain(payment.Status, ofxName)
	return []ofxTransaction{credit, reversal}, nil
}

// ofxReversal ends the id of what takes a payment back.
const ofxReversal = "-R"

// negative is an amount with the other sign.
func negative(a currency.Amount) (string, error) {
	minus, err := a.Mul("-1")
	if err != nil {
		return "", fmt.Errorf("document: ofx: %w", err)
	}
	if a.IsZero() {
		return a.Number(), nil
	}
	return minus.Number(), nil
}

// compact writes a date without hyphens.
func compact(d civil.Date) string { return strings.ReplaceAll(d.String(), "-", "") }

// ofxDate is noon in Greenwich, which is the same day all over Canada.
func ofxDate(d civil.Date) string { return compact(d) + "120000" }

func ofxTime(t time.Time) string { return t.UTC().Format("20060102150405") }

// plain is a text of one line of at most so many characters.
func plain(s string, most int) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }), " ")
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most])
	}
	return s
}
