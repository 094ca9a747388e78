package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/seal"
)

// bankFlags say who asks the bank.
var bankFlags = []string{
	"--debit-originator", "0012345678", "--debit-data-centre", "00310", "--debit-short-name", "AUTO", "--debit-long-name", "AUTO FINANCE",
	"--debit-return-institution", "003", "--debit-return-transit", "00012", "--debit-return-account", "1234567",
}

// withDebits makes the data folder of a backend with so many debits that are due today.
func withDebits(t *testing.T, n int) (data string) {
	t.Helper()
	data = t.TempDir()
	does(t, "sample", "--data", data)
	c, err := loadConfig("", nil)
	must(t, err)
	c.Data = data
	o := &operator{out: &bytes.Buffer{}, errOut: &bytes.Buffer{}}
	must(t, o.load())
	must(t, o.with(context.Background(), c, func(b *backend) error {
		return b.data.Update(context.Background(), func(tx core.Tx) error {
			customer, err := tx.CustomerByNumber("4410028817")
			if err != nil {
				return err
			}
			agreements, err := tx.Agreements(customer.ID)
			if err != nil {
				return err
			}
			today := civil.DateOf(time.Now()).AddDays(-2)
			for i := range n {
				err := tx.AddDebit(core.DebitRow{
					ID: fmt.Sprintf("debit-%06d", i), Reference: referenceOf(i), AgreementID: agreements[0].ID, AccountID: "account", Kind: services.DebitOnce,
					Amount: int64(100 + i), Currency: "CAD", On: today, Due: today, CancelUntil: today.AddDays(-1), Status: services.DebitScheduled,
					Source: core.DebitSource{
						Account:   core.Account{Institution: "003", Transit: "00012", Number: seal.Secret("0001234567"), Holder: "Zoé"},
						Agreement: agreements[0].Number, Kind: agreements[0].Kind,
					},
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
	}))
	return data
}

// referenceOf is that of a debit of withDebits, of 100 cents and as many more.
func referenceOf(i int) string { return fmt.Sprintf("P-%04d-%04d", i/10_000, i%10_000) }

// killed runs a command of the program again and again, and kills it at one moment after the other.
func killed(t *testing.T, args ...string) {
	t.Helper()
	for try := range 12 {
		p := begin(t, "program", nil, args...)
		select {
		case <-p.ended:
		case <-time.After(time.Duration(40+try*60) * time.Millisecond): // wherever it is by then
			p.kill()
		}
	}
}

// TestDebits_Killed kills exports at one moment after the other. Each debit is in one file, once, and the number of a file
// goes up by one.
func TestDebits_Killed(t *testing.T) {
	t.Parallel()
	const debits = 3000
	data := withDebits(t, debits)
	folder := t.TempDir()
	args := append([]string{"debits", "export", "--out", filepath.Join(folder, "out.txt"), "--data", data}, bankFlags...)
	killed(t, args...)
	does(t, args...)
	file, err := os.ReadFile(filepath.Join(folder, "out.txt"))
	must(t, err)
	seen := map[string]bool{}
	for line := range strings.Lines(string(file)) {
		if line[0] == 'D' {
			seen[line[174:185]] = true
		}
	}
	if len(seen) != debits || strings.Count(string(file), "\n") != debits+2 || string(file[20:24]) != "0001" {
		t.Errorf("%d debits, %d records, file %s", len(seen), strings.Count(string(file), "\n"), file[20:24])
	}
	if out := does(t, args...); !strings.Contains(out, "No payment is due") {
		t.Errorf("exported once more: %s", out)
	}
	again := filepath.Join(folder, "again.txt")
	does(t, "debits", "export", "--number", "1", "--out", again, "--data", data)
	if bytesOf, err := os.ReadFile(again); err != nil || !bytes.Equal(bytesOf, file) {
		t.Errorf("the file has other bytes the second time: %v", err)
	}
}

// TestReturns_Killed kills the taking of a file of returns at one moment after the other. In the end each debit is returned.
func TestReturns_Killed(t *testing.T) {
	t.Parallel()
	const debits = 150
	data := withDebits(t, debits)
	folder := t.TempDir()
	does(t, append([]string{"debits", "export", "--out", filepath.Join(folder, "out.txt"), "--data", data}, bankFlags...)...)
	file := filepath.Join(folder, "returns.txt")
	must(t, os.WriteFile(file, []byte(returnsOf(0, debits)), 0o600))
	args := []string{"debits", "returns", file, "--data", data}
	killed(t, args...)
	if said := does(t, args...) + does(t, args...); !strings.HasSuffix(said, fmt.Sprintf("Returned: 0. Known before: %d.\n", debits)) {
		t.Errorf("in the end: %s", said)
	}
}

func TestDebits_Faults(t *testing.T) {
	t.Parallel()
	data := withDebits(t, 2)
	folder := t.TempDir()
	export := slices.Clip(append([]string{"debits", "export", "--data", data}, bankFlags...))
	other := filepath.Join(folder, "other.txt")
	must(t, os.WriteFile(other, []byte("not sent yet"), 0o600))
	file := filepath.Join(folder, "returns.txt")
	must(t, os.WriteFile(file, []byte("hello"), 0o600))
	for _, c := range []struct {
		args []string
		want string
		code int
	}{
		{[]string{"debits", "export", "--data", data}, "debit_data_centre, debit_long_name, debit_originator", exitFailure},
		{append(export, "--debit-data-centre", "31"), "debit_data_centre", exitUsage},
		{append(export, "--date", "tomorrow"), "--date", exitUsage},
		{append(export, "--number", "9"), "no file 9", exitFailure},
		{append(export, "--number", "0"), "no file 0", exitFailure},
		{append(export, "--out", filepath.Join(folder, "none", "out.txt")), "cannot be written", exitFailure},
		{append(export, "--out", folder), "cannot be written", exitFailure},
		{append(export, "--out", other), "holds something else", exitFailure},
		{[]string{"debits", "returns", file, "--data", data}, "no whole file", exitFailure},
		{[]string{"debits", "returns", filepath.Join(folder, "none"), "--data", data}, "cannot be read", exitFailure},
		{[]string{"debits", "returns", folder, "--data", data}, "cannot be read", exitFailure},
	} {
		_, errOut, code := runs(t, nil, c.args...)
		if code != c.code || !strings.Contains(errOut, c.want) {
			t.Errorf("%v: exit code %d: %s", c.args, code, errOut)
		}
	}
	if left, err := os.ReadFile(other); err != nil || string(left) != "not sent yet" {
		t.Errorf("the file that was there: %q, %v", left, err)
	}
	if _, err := os.Stat("/dev/full"); err == nil { // as there is on Linux: a disk without room
		if _, errOut, code := runs(t, nil, append(export, "--out", "/dev/full")...); code != exitFailure || !strings.Contains(errOut, "cannot be written") {
			t.Errorf("no room: exit code %d: %s", code, errOut)
		}
	}
	out := filepath.Join(folder, "out.txt")
	if said := does(t, append(export, "--out", out)...); !strings.Contains(said, "begun and not finished") {
		t.Errorf("after one that could not be written: %s", said)
	}
	must(t, os.WriteFile(file, []byte(returnsOf(1, 1)), 0o600))
	for _, want := range []string{"Returned: 1. Known before: 0.", "Returned: 0. Known before: 1."} {
		if said := does(t, "debits", "returns", file, "--data", data); !strings.Contains(said, want) {
			t.Errorf("no %q in %s", want, said)
		}
	}
	must(t, os.WriteFile(file, []byte(returnsOf(99_990_001, 1)), 0o600))
	_, errOut, code := runs(t, nil, "debits", "returns", file, "--data", data)
	if code != exitFailure || !strings.Contains(errOut, "Record 2, P-9999-0001: No such payment") {
		t.Errorf("exit code %d: %s", code, errOut)
	}
}

// returnsOf is a file with the returns of n debits, by the positions of the standard.
func returnsOf(first, n int) string {
	var file strings.Builder
	total, records := 0, 0
	record := func(kind, rest string) {
		records++
		_, _ = fmt.Fprintf(&file, "%s%09d00123456780042%-1440s\r\n", kind, records, rest)
	}
	record("A", "02606200310")
	for i := first; i < first+n; i++ {
		cents := 100 + i
		total += cents
		record("J", fmt.Sprintf("901%010d026063000300012%-12s%022d404%-15s%-30s%-30s%-10s%-19s", cents, "0001234567", 0, "", "", "", "", referenceOf(i)))
	}
	record("Z", fmt.Sprintf("%014d%08d", total, n))
	return file.String()
}
