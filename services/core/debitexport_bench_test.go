package core_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/core"
)

// BenchmarkWriteDebitFile writes 100,000 debits for the bank: its time beside that of writing as many records that lie
// ready, one at a time (raw) and gathered into blocks as large as the export's (blocks), and the most memory that it holds.
// They take turns, so that what else the machine does meets all, and the middle of each counts. Reading the rows and opening
// what is sealed in them, which neither floor does, is most of what the export does beside.
func BenchmarkWriteDebitFile(b *testing.B) {
	const debits, turns = 100_000, 5
	h := newHarness(b)
	h.addDebits(h.sample()["lease"].CustomerID, debits)
	day := civil.DateOf(h.clock.Now())
	began := time.Now()
	file, _, err := h.ClaimDebitFile(h.ctx, day, bank())
	must(b, err)
	b.Logf("claimed %d in %v", file.Debits, time.Since(began))
	export := func(out io.Writer) error { return h.WriteDebitFile(h.ctx, file.Number, out) }
	record := bytes.Repeat([]byte{'x'}, 1466)
	raw := func(out io.Writer) (err error) {
		for range debits + 2 {
			if _, err = out.Write(record); err != nil {
				break
			}
		}
		return err
	}
	blocks := func(out io.Writer) error {
		gathered := bufio.NewWriterSize(out, 1<<18)
		return errors.Join(raw(gathered), gathered.Flush())
	}
	for b.Loop() {
		var took [3][]time.Duration
		for range turns {
			for i, write := range []func(io.Writer) error{export, raw, blocks} {
				took[i] = append(took[i], timed(b, write))
			}
		}
		for i := range took {
			slices.Sort(took[i])
		}
		middle := func(i int) float64 { return took[i][turns/2].Seconds() }
		var memory heapWatch
		must(b, export(&memory))
		b.ReportMetric(middle(0)/middle(1), "raw")
		b.ReportMetric(middle(0)/middle(2), "blocks")
		b.ReportMetric(float64(memory)/(1<<20), "MB")
		b.ReportMetric(middle(0)*1e9, "ns/op")
	}
}

// heapWatch is written to, and notes the most memory that was in use meanwhile, in bytes.
type heapWatch uint64

func (w *heapWatch) Write(p []byte) (int, error) {
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	*w = max(*w, heapWatch(memory.HeapInuse))
	return len(p), nil
}

// timed writes a file through to the disk and tells how long that took.
func timed(b *testing.B, write func(out io.Writer) error) time.Duration {
	b.Helper()
	began := time.Now()
	out, err := os.Create(filepath.Join(b.TempDir(), "file"))
	must(b, err)
	must(b, errors.Join(write(out), out.Sync(), out.Close()))
	took := time.Since(began)
	must(b, os.Remove(out.Name()))
	return took
}

// addDebits writes debits of a customer's first agreement that are due today.
func (h *harness) addDebits(number string, n int) {
	h.t.Helper()
	day := civil.DateOf(h.clock.Now())
	must(h.t, h.db.Update(h.ctx, func(tx core.Tx) error {
		customer, err := tx.CustomerByNumber(number)
		if err != nil {
			return err
		}
		agreements, err := tx.Agreements(customer.ID)
		for i := range n {
			if err != nil {
				return err
			}
			err = tx.AddDebit(core.DebitRow{
				ID: h.NewID(), Reference: fmt.Sprintf("P-%04d-%04d", i/10_000, i%10_000), AgreementID: agreements[0].ID, AccountID: "account",
				Kind: services.DebitOnce, Amount: int64(100 + i), Currency: "CAD", On: day, Due: day, CancelUntil: day.AddDays(-1),
				Status: services.DebitScheduled, Source: core.DebitSource{
					Account:   core.Account{Institution: "003", Transit: "00012", Number: "0001234567", Holder: "Zoé Œuvré"},
					Agreement: agreements[0].Number, Kind: agreements[0].Kind,
				},
			})
		}
		return err
	}))
}
