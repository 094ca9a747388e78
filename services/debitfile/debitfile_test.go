package debitfile_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"cloud.google.com/go/civil"
	"pgregory.net/rapid"

	"myaccount/services/debitfile"
)

func sender() debitfile.Sender {
	return debitfile.Sender{
		Originator: "0012345678", DataCentre: "00310", ShortName: "AUTO FINANCE", LongName: "Services financiers Élan",
		ReturnInstitution: "003", ReturnTransit: "00012", ReturnAccount: "1234567", Settlement: "01",
	}
}

func header() debitfile.Header {
	return debitfile.Header{Sender: sender(), Number: 7, Created: civil.Date{Year: 2026, Month: 3, Day: 2}, Currency: "CAD"}
}

func one() debitfile.Debit {
	return debitfile.Debit{
		Type: debitfile.TypeLease, Amount: 84732, Due: civil.Date{Year: 2028, Month: 12, Day: 31}, Institution: "815", Transit: "00012",
		Account: "0001234567", Payor: "Zoé Œuvré-L’Écuyer", Reference: "P-7K3F-92QD",
	}
}

// write makes a file.
func write(t fataler, h debitfile.Header, debits ...debitfile.Debit) []byte {
	var out bytes.Buffer
	w, err := debitfile.NewWriter(&out, h)
	for _, d := range debits {
		if err == nil {
			err = w.Write(d)
		}
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatalf("%v", err)
	}
	return out.Bytes()
}

type fataler interface {
	Fatalf(format string, args ...any)
}

// field takes a field out of a record by its positions in the standard.
func field(record string, from, to int) string { return record[from-1 : to] }

// TestWriter_Positions checks each field against its position in the standard.
func TestWriter_Positions(t *testing.T) {
	t.Parallel()
	records := strings.Split(string(write(t, header(), one())), "\r\n")
	if len(records) != 4 || records[3] != "" {
		t.Fatalf("%d records", len(records))
	}
	for i, fields := range []map[[2]int]string{
		{
			{1, 1}: "A", {2, 10}: "000000001", {11, 20}: "0012345678", {21, 24}: "0007", {25, 30}: "026061", {31, 35}: "00310",
			{36, 55}: "", {56, 58}: "CAD", {59, 1464}: "",
		},
		{
			{1, 1}: "D", {2, 10}: "000000002", {11, 20}: "0012345678", {21, 24}: "0007", {25, 27}: "404", {28, 37}: "0000084732",
			{38, 43}: "028366", {44, 52}: "081500012", {53, 64}: "0001234567", {65, 86}: strings.Repeat("0", 22), {87, 89}: "000",
			{90, 104}: "AUTO FINANCE", {105, 134}: "ZOE OEUVRE-L'ECUYER", {135, 164}: "SERVICES FINANCIERS ELAN",
			{165, 174}: "0012345678", {175, 193}: "P-7K3F-92QD", {194, 202}: "000300012", {203, 214}: "1234567", {215, 229}: "",
			{230, 251}: "", {252, 253}: "01", {254, 264}: "00000000000", {265, 1464}: "",
		},
		{
			{1, 1}: "Z", {2, 10}: "000000003", {11, 20}: "0012345678", {21, 24}: "0007", {25, 38}: "00000000084732",
			{39, 46}: "00000001", {47, 60}: "00000000000000", {61, 68}: "00000000",
		},
	} {
		if len(records[i]) != 1464 {
			t.Errorf("record %d has %d characters", i+1, len(records[i]))
		}
		for at, want := range fields {
			if got := field(records[i], at[0], at[1]); got != want+strings.Repeat(" ", at[1]-at[0]+1-len(want)) {
				t.Errorf("record %d, positions %d to %d: %q, want %q", i+1, at[0], at[1], got, want)
			}
		}
	}
}

// readBack reads a file apart from the package: by positions of the standard, with arithmetic of its own.
func readBack(file []byte) (debits []debitfile.Debit, err error) {
	total, lines := 0, strings.SplitAfter(string(file), "\r\n")
	for i, line := range lines[:len(lines)-1] {
		if len(line) != 1466 || !isASCII(line) {
			return nil, fmt.Errorf("record %d: %d bytes", i+1, len(line))
		}
		if n, err := strconv.Atoi(line[1:10]); err != nil || n != i+1 {
			return nil, fmt.Errorf("record %d counts %q", i+1, line[1:10])
		}
		if line[0] == 'Z' {
			if want := fmt.Sprintf("%014d%08d", total, len(debits)); line[24:46] != want {
				return nil, fmt.Errorf("trailer %q, want %q", line[24:46], want)
			}
		}
		if line[0] != 'D' {
			continue
		}
		cents, err := strconv.Atoi(line[27:37])
		if err != nil {
			return nil, err
		}
		day, err := time.Parse("06002", line[38:43])
		if err != nil {
			return nil, err
		}
		total += cents
		debits = append(debits, debitfile.Debit{
			Type: line[24:27], Amount: int64(cents), Due: civil.DateOf(day), Institution: line[44:47], Transit: line[47:52],
			Account: strings.TrimRight(line[52:64], " "), Payor: strings.TrimRight(line[104:134], " "),
			Reference: strings.TrimRight(line[174:193], " "),
		})
	}
	return debits, nil
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}

func drawDebit(t *rapid.T) debitfile.Debit {
	return debitfile.Debit{
		Type:        rapid.SampledFrom([]string{debitfile.TypeLease, debitfile.TypeLoan}).Draw(t, "type"),
		Amount:      rapid.Int64Range(1, debitfile.AmountMost).Draw(t, "amount"),
		Due:         civil.Date{Year: 2026, Month: 1, Day: 1}.AddDays(rapid.IntRange(0, 3000).Draw(t, "due")),
		Institution: rapid.StringMatching(`[0-9]{3}`).Draw(t, "institution"),
		Transit:     rapid.StringMatching(`[0-9]{5}`).Draw(t, "transit"),
		Account:     rapid.StringMatching(`[0-9]{7,12}`).Draw(t, "account"),
		Payor:       rapid.String().Draw(t, "payor"),
		Reference:   rapid.StringMatching(`P-[0-9A-Z]{4}-[0-9A-Z]{4}`).Draw(t, "reference"),
	}
}

// TestWriter_ReadsBack: what is written reads as it was by a reader that knows nothing of the writer; names lose what the
// file cannot have.
func TestWriter_ReadsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var want []debitfile.Debit
		for range rapid.IntRange(0, 5).Draw(t, "debits") {
			want = append(want, drawDebit(t))
		}
		got, err := readBack(write(t, header(), want...))
		if err != nil {
			t.Fatalf("%v", err)
		}
		for i := range want {
			if want[i].Payor = debitfile.Plain(want[i].Payor); want[i].Payor == "" {
				want[i].Payor = want[i].Reference
			}
			want[i].Payor = strings.TrimRight(want[i].Payor[:min(len(want[i].Payor), 30)], " ")
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("got %+v, want %+v", got, want)
		}
	})
}

func TestWriter_Refuses(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(d *debitfile.Debit){
		"type":               func(d *debitfile.Debit) { d.Type = "200" },
		"no amount":          func(d *debitfile.Debit) { d.Amount = 0 },
		"negative":           func(d *debitfile.Debit) { d.Amount = -1 },
		"too much":           func(d *debitfile.Debit) { d.Amount = debitfile.AmountMost + 1 },
		"no day":             func(d *debitfile.Debit) { d.Due = civil.Date{} },
		"institution":        func(d *debitfile.Debit) { d.Institution = "0815" },
		"transit":            func(d *debitfile.Debit) { d.Transit = "1234" },
		"short account":      func(d *debitfile.Debit) { d.Account = "123456" },
		"long account":       func(d *debitfile.Debit) { d.Account = "1234567890123" },
		"account of letters": func(d *debitfile.Debit) { d.Account = "12345 7" },
		"no reference":       func(d *debitfile.Debit) { d.Reference = "" },
		"reference":          func(d *debitfile.Debit) { d.Reference = "é" },
	} {
		var out bytes.Buffer
		w, err := debitfile.NewWriter(&out, header())
		if err != nil {
			t.Fatal(err)
		}
		bad := one()
		change(&bad)
		if err := w.Write(bad); !errors.Is(err, debitfile.ErrField) {
			t.Errorf("%s: %v", name, err)
		}
		if err := errors.Join(w.Write(one()), w.Close()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got, err := readBack(out.Bytes()); err != nil || len(got) != 1 {
			t.Errorf("%s: %d debits, %v", name, len(got), err)
		}
	}
	bad := header()
	bad.Number = 10_000
	if _, err := debitfile.NewWriter(io.Discard, bad); !errors.Is(err, debitfile.ErrField) {
		t.Errorf("file number: %v", err)
	}
}

func TestSender_Check(t *testing.T) {
	t.Parallel()
	if wrong := sender().Check(); wrong != nil {
		t.Errorf("wrong: %v", wrong)
	}
	bad := debitfile.Sender{Originator: "012345678901", DataCentre: "1", ShortName: "", LongName: "  ", ReturnInstitution: "x03", ReturnTransit: "1", ReturnAccount: "1", Settlement: "123"}
	if wrong := bad.Check(); len(wrong) != 8 {
		t.Errorf("wrong: %v", wrong)
	}
}

func TestPlain(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "", "Élodie  d’Été\u00a0": "ELODIE D'ETE", "ÆØ & Sons (1/2)": "AE & SONS (1/2)", "東京": "", "ﬁn": "FIN", "A B": "A B",
	} {
		if got := debitfile.Plain(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// returned makes a file of returns by the positions of the standard, apart from the package.
func returned(returns []debitfile.Return, perRecord int) string {
	var b strings.Builder
	total, records := int64(0), 0
	record := func(kind, rest string) {
		records++
		line := fmt.Sprintf("%s%09d%010d%04d%s", kind, records, 12345678, 21, rest)
		b.WriteString(line + strings.Repeat(" ", 1464-len(line)) + "\r\n")
	}
	record("A", "02606200310"+strings.Repeat(" ", 20)+"CAD")
	for len(returns) > 0 {
		n := min(perRecord, len(returns))
		var rest string
		for _, r := range returns[:n] {
			rest += fmt.Sprintf("%3s%010d%s%s%-12s%022d%s%-15s%-30s%-30s%-10s%-19s%-9s%-12s%-15s%-22s%2s%011d",
				r.Reason, r.Amount, "026063", "000300012", "0001234567", 1, "404", "AUTO", "ZOE", "AUTO FINANCE", "0012345678", r.Reference,
				"000300012", "1234567", "", "0000000000000000000001", "01", 0)
			total += r.Amount
		}
		record("J", rest)
		returns = returns[n:]
	}
	count := strings.Count(b.String(), "AUTO FINANCE")
	record("Z", fmt.Sprintf("%014d%08d%014d%08d", total, count, 0, 0))
	return b.String()
}

// readAll reads returns.
func readAll(file io.Reader) (list []debitfile.Return, err error) {
	r := debitfile.NewReader(file)
	for {
		next, err := r.Next()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return list, err
		}
		list = append(list, next)
	}
}

func TestReader_Returns(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var want []debitfile.Return
		each := rapid.IntRange(1, 6).Draw(t, "segments")
		for i := range rapid.IntRange(0, 20).Draw(t, "returns") {
			want = append(want, debitfile.Return{
				Record: 2 + i/each, Reason: rapid.StringMatching(`9[0-9]{2}`).Draw(t, "reason"),
				Amount: rapid.Int64Range(1, debitfile.AmountMost).Draw(t, "amount"), Reference: fmt.Sprintf("P-%04d-%04d", i, i),
			})
		}
		file := returned(want, each)
		for name, text := range map[string]string{
			"whole": file, "lines of Unix": strings.ReplaceAll(file, "\r\n", "\n"), "cut spaces": strings.ReplaceAll(file, " \r\n", "\r\n"),
			"end mark": file + "\x1a",
		} {
			got, err := readAll(strings.NewReader(text))
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Fatalf("%s: got %+v, %v, want %+v", name, got, err, want)
			}
		}
	})
}

// TestReader_Damaged: a file that was cut off, or changed where it counts itself, is none.
func TestReader_Damaged(t *testing.T) {
	t.Parallel()
	whole := returned([]debitfile.Return{{Reason: "901", Amount: 5, Reference: "P-1"}, {Reason: "905", Amount: 7, Reference: "P-2"}}, 1)
	lines := strings.SplitAfter(whole, "\r\n")
	for name, file := range map[string]string{
		"empty":             "",
		"text":              "hello\n",
		"no header":         strings.Join(lines[1:], ""),
		"no trailer":        strings.Join(lines[:3], ""),
		"a record less":     lines[0] + lines[1] + lines[3],
		"cut in a record":   whole[:2000],
		"after the trailer": whole + lines[3],
		"other amount":      strings.Replace(whole, "0000000005", "0000000006", 1),
		"reason":            strings.Replace(whole, "901000", "9X1000", 1),
		"amount of letters": strings.Replace(whole, "0000000005", "000000000x", 1),
		"type":              strings.Replace(whole, "J", "X", 1),
		"count":             strings.Replace(whole, "J000000002", "J000000009", 1),
		"long":              strings.Replace(whole, "\r\n", "x\r\n", 1),
	} {
		if _, err := readAll(strings.NewReader(file)); !errors.Is(err, debitfile.ErrFormat) {
			t.Errorf("%s: %v", name, err)
		} else if strings.Contains(err.Error(), "0001234567") {
			t.Errorf("%s: %v shows an account", name, err)
		}
	}
}

// FuzzReader: nothing makes it panic, and whoever reads to the end has read what the trailer says.
func FuzzReader(f *testing.F) {
	whole := returned([]debitfile.Return{{Reason: "901", Amount: 5, Reference: "P-1"}}, 6)
	f.Add([]byte(whole))
	f.Add([]byte(strings.ReplaceAll(whole, "  ", "")))
	f.Add([]byte("A00000000100123456780007"))
	f.Fuzz(func(t *testing.T, file []byte) {
		list, err := readAll(bytes.NewReader(file))
		if err != nil && !errors.Is(err, debitfile.ErrFormat) {
			t.Fatalf("unexpected: %v", err)
		}
		total := int64(0)
		for _, r := range list {
			if total += r.Amount; r.Amount < 0 || len(r.Reason) != 3 {
				t.Fatalf("%+v", r)
			}
		}
	})
}

// TestReader_OwnFile: a file that was sent has no returns, and its trailer is understood.
func TestReader_OwnFile(t *testing.T) {
	t.Parallel()
	if list, err := readAll(bytes.NewReader(write(t, header(), one(), one()))); err != nil || len(list) != 0 {
		t.Errorf("%v, %v", list, err)
	}
}

const many = 100_000

// BenchmarkWriter writes 100,000 debits to a file.
func BenchmarkWriter(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		toFile(b, func(out io.Writer) error {
			w, err := debitfile.NewWriter(out, header())
			d := one()
			d.Payor = "Élodie Tremblay"
			for range many {
				if err == nil {
					err = w.Write(d)
				}
			}
			return errors.Join(err, w.Close())
		})
	}
}

// BenchmarkRaw writes as many bytes that lie ready, a record at a time.
func BenchmarkRaw(b *testing.B) {
	record := bytes.Repeat([]byte{'x'}, 1466)
	for b.Loop() {
		toFile(b, func(out io.Writer) error {
			for range many + 2 {
				if _, err := out.Write(record); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

// toFile writes a file as it is written for a bank: through to the disk.
func toFile(b *testing.B, write func(out io.Writer) error) {
	b.Helper()
	file, err := os.Create(filepath.Join(b.TempDir(), "file"))
	if err != nil {
		b.Fatal(err)
	}
	if err := errors.Join(write(file), file.Sync(), file.Close(), os.Remove(file.Name())); err != nil {
		b.Fatal(err)
	}
}
