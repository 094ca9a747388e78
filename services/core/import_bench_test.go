package core_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// The price of an import beside the same rows inserted raw: to be at most three times as much. They take turns, so that
// what else the machine does meets both, and the middle of each counts.
func BenchmarkImportPortfolio(b *testing.B) {
	const customers, payments, turns = 100_000, 3, 3
	data := bytes.ReplaceAll(portfolioOf(customers, payments-2), []byte("2026-1"), []byte("2025-1"))
	data = longYear(data)
	for b.Loop() {
		var imports, raws []time.Duration
		for range turns {
			from := openHarness(b, filepath.Join(b.TempDir(), "portal.db"), b.Cleanup)
			began := time.Now()
			if report := from.imports(data); report.Payments != customers*payments {
				b.Fatal(report)
			}
			imports = append(imports, time.Since(began))
			to := openHarness(b, filepath.Join(b.TempDir(), "portal.db"), b.Cleanup)
			raws = append(raws, copyRows(b, from, to))
		}
		slices.Sort(imports)
		slices.Sort(raws)
		took, raw := imports[turns/2], raws[turns/2]
		b.ReportMetric(took.Seconds()/raw.Seconds(), "raw")
		b.ReportMetric(float64(took.Microseconds())/customers, "µs/customer")
		b.ReportMetric(float64(took.Nanoseconds()), "ns/op") // of one import, not of all that was done to measure it
	}
}

// longYear gives months after December those of other years.
func longYear(data []byte) []byte {
	for month := 13; month < 22; month++ {
		data = bytes.ReplaceAll(data, fmt.Appendf(nil, "-%d-01", month), fmt.Appendf(nil, "-%02d-02", month-12))
	}
	return data
}

// copyRows inserts the rows of an import into another database, in one transaction, and tells how long that took.
func copyRows(b *testing.B, from, to *harness) time.Duration {
	b.Helper()
	ctx := context.Background()
	tx, err := to.db.File.Writer.BeginTx(ctx, nil)
	must(b, err)
	took := time.Duration(0)
	for _, table := range []struct{ read, write string }{
		{"SELECT * FROM customer ORDER BY rowid", "INSERT INTO customer VALUES ($1, $2, $3)"},
		{"SELECT * FROM agreement ORDER BY key", "INSERT INTO agreement VALUES ($1, $2, $3, $4, $5)"},
		{"SELECT * FROM payment", "INSERT INTO payment VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"},
	} {
		all := readRows(b, from.db.File.Reader, table.read)
		began := time.Now()
		statement, err := tx.PrepareContext(ctx, table.write)
		must(b, err)
		for _, row := range all {
			_, err := statement.ExecContext(ctx, row...)
			must(b, err)
		}
		took += time.Since(began)
	}
	began := time.Now()
	must(b, tx.Commit())
	return took + time.Since(began)
}

func readRows(b *testing.B, db *sql.DB, query string) (all [][]any) {
	b.Helper()
	rows, err := db.Query(query)
	must(b, err)
	defer rows.Close()
	columns, err := rows.Columns()
	must(b, err)
	for rows.Next() {
		row, to := make([]any, len(columns)), make([]any, len(columns))
		for i := range row {
			to[i] = &row[i]
		}
		must(b, rows.Scan(to...))
		all = append(all, row)
	}
	must(b, rows.Err())
	return all
}
