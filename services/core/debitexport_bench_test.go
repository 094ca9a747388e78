package core_test

import (
	"bytes"
	"errors"
	"fmt"
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

// BenchmarkWriteDebitFile writes 100,000 debits for the bank: the time beside that of writing as many bytes that lie ready,
// and the memory that it holds. They take turns, so that what else the machine does meets both, and the middle of each
// counts.
func BenchmarkWriteDebitFile(b *testing.B) {
	const debits, turns = 100_000, 3
	h := newHarness(b)
	h.addDebits(h.sample()["lease"].CustomerID, debits)
	day := civil.DateOf(h.clock.Now())
	began := time.Now()
	file, _, err := h.ClaimDebitFile(h.ctx, day, bank())
	must(b, err)
	b.Logf("claimed %d in %v", file.Debits, time.Since(began))
	for b.Loop() {
		var writes, raws []time.Duration
		var most uint64
		for range turns {
			writes = append(writes, timed(b, func(out *os.File) error {
				err := h.WriteDebitFile(h.ctx, file.Number, out)
				var memory runtime.MemStats
				runtime.ReadMemStats(&memory)
				most = max(most, memory.HeapInuse)
				return err
			}))
			raws = append(raws, timed(b, func(out *os.File) error {
				record := bytes.Repeat([]byte{'x'}, 1466)
				for range debits + 2 {
					if _, err := out.Write(record); err != nil {
						return err
					}
				}
				return nil
			}))
		}
		slices.Sort(writes)
		slices.Sort(raws)
		b.ReportMetric(writes[turns/2].Seconds()/raws[turns/2].Seconds(), "raw")
		b.ReportMetric(float64(most)/(1<<20), "MB")
		b.ReportMetric(float64(writes[turns/2].Nanoseconds()), "ns/op")
	}
}

// timed writes a file through to the disk and tells how long that took.
func timed(b *testing.B, write func(out *os.File) error) time.Duration {
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
