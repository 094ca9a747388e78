package debitfile

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strconv"

	"cloud.google.com/go/civil"
)

// Writer writes one file. It holds one record, however many debits there are.
type Writer struct {
	out    *bufio.Writer
	header Header
	record []byte // with CR LF
	filled []byte // a D record with all that each has alike
	count  int64  // of records
	debits int64
	total  int64 // cents
	due    civil.Date
	julian string // of due: most debits of a file have the same
}

// spaces and newline of a record.
var blank = append(bytes.Repeat([]byte{' '}, recordSize), '\r', '\n')

// NewWriter begins a file with its header. Fails with ErrField.
func NewWriter(w io.Writer, h Header) (*Writer, error) {
	if wrong := h.Check(); wrong != nil || h.Number < 1 || h.Number > 9999 || h.Currency != "CAD" && h.Currency != "USD" {
		return nil, fmt.Errorf("%w: header", ErrField)
	}
	f := &Writer{out: bufio.NewWriterSize(w, 1<<18), header: h, record: bytes.Clone(blank)}
	f.begin('A')
	f.text(31, 35, h.DataCentre)
	f.text(25, 30, julian(h.Created))
	f.text(56, 58, h.Currency)
	if err := f.end(); err != nil {
		return nil, err
	}
	f.fill()
	return f, nil
}

// fill prepares what all D records have alike.
func (f *Writer) fill() {
	h := f.header
	copy(f.record, blank)
	f.begin('D')
	f.number(65, 86, 0) // given by the bank
	f.number(87, 89, 0)
	f.text(90, 104, Plain(h.ShortName))
	f.text(135, 164, Plain(h.LongName))
	f.text(165, 174, Plain(h.Originator))
	f.text(194, 202, "0"+h.ReturnInstitution+h.ReturnTransit)
	f.text(203, 214, h.ReturnAccount)
	f.text(252, 253, h.Settlement)
	f.number(254, 264, 0)
	f.filled = bytes.Clone(f.record)
}

// Write adds a debit. Fails with ErrField, and then nothing was added.
func (f *Writer) Write(d Debit) error {
	if err := d.check(); err != nil {
		return err
	}
	copy(f.record, f.filled)
	f.text(25, 27, d.Type)
	f.number(28, 37, d.Amount)
	f.text(38, 43, f.day(d.Due))
	f.record[43] = '0'
	f.text(45, 47, d.Institution)
	f.text(48, 52, d.Transit)
	f.text(53, 64, d.Account)
	f.text(105, 134, cut(cmp.Or(Plain(d.Payor), d.Reference), 30))
	f.text(175, 193, d.Reference)
	f.debits++
	f.total += d.Amount
	return f.end()
}

// day is when a debit is due, as the file has it.
func (f *Writer) day(d civil.Date) string {
	if d != f.due {
		f.due, f.julian = d, julian(d)
	}
	return f.julian
}

// check tells whether a debit fits its record.
func (d Debit) check() error {
	switch {
	case d.Type != TypeLease && d.Type != TypeLoan:
		return fmt.Errorf("%w: type", ErrField)
	case d.Amount < 1 || d.Amount > AmountMost:
		return fmt.Errorf("%w: amount", ErrField)
	case !d.Due.IsValid():
		return fmt.Errorf("%w: due", ErrField)
	case len(d.Institution) != 3 || len(d.Transit) != 5 || len(d.Account) < 7 || len(d.Account) > 12,
		!digits(d.Institution), !digits(d.Transit), !digits(d.Account):
		return fmt.Errorf("%w: account", ErrField)
	case d.Reference == "" || len(d.Reference) > 19 || Plain(d.Reference) != d.Reference:
		return fmt.Errorf("%w: reference", ErrField)
	}
	return nil
}

// Close ends the file with its trailer. It does not close what the file is written to.
func (f *Writer) Close() error {
	copy(f.record, blank)
	f.begin('Z')
	f.number(25, 38, f.total)
	f.number(39, 46, f.debits)
	f.number(47, 112, 0) // credits and corrections
	if err := f.end(); err != nil {
		return err
	}
	if err := f.out.Flush(); err != nil {
		return fmt.Errorf("debitfile: %w", err)
	}
	return nil
}

// begin sets what every record begins with: type, count, originator and number of the file.
func (f *Writer) begin(kind byte) {
	f.record[0] = kind
	f.text(11, 20, Plain(f.header.Originator))
	f.number(21, 24, int64(f.header.Number))
}

// end counts the record and writes it.
func (f *Writer) end() error {
	f.count++
	f.number(2, 10, f.count)
	if _, err := f.out.Write(f.record); err != nil {
		return fmt.Errorf("debitfile: %w", err)
	}
	return nil
}

// text puts a text that fits at the beginning of a field of spaces.
func (f *Writer) text(from, to int, s string) { copy(f.record[from-1:to], s) }

// number puts a number at the end of a field, and zeros before it.
func (f *Writer) number(from, to int, n int64) {
	field := f.record[from-1 : to]
	var text [20]byte
	written := strconv.AppendInt(text[:0], n, 10)
	zeros := len(field) - len(written)
	for i := range zeros {
		field[i] = '0'
	}
	copy(field[zeros:], written)
}

// cut cuts a plain text to a length.
func cut(s string, most int) string { return s[:min(len(s), most)] }
