package core

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"myaccount/services"
	"myaccount/services/portfolio"
)

// ImportTx is the part of a transaction that writes what the lender's portfolio says.
type ImportTx interface {
	// PutCustomer writes a customer with all agreements and payments, or brings what is there up to date; links,
	// agreements and payments that are no longer in the file stay, but a payment that was only scheduled goes. The
	// same customer leaves the same rows, with the same ids, however often it is written.
	PutCustomer(c portfolio.Customer) error
}

const (
	// importBatch is how many customers are written in one transaction, if a test does not want it otherwise: some
	// tenths of a second, so that nobody else who writes waits longer.
	importBatch = 1000
	// importRows is how many rows are written in one transaction at most, but for the last customer's, who may have
	// many payments.
	importRows = 5000
	// importHold is for how long a transaction takes more customers: on a busy machine, or in a large database, it ends
	// with fewer.
	importHold = 250 * time.Millisecond
	// importFaults is how many faults are told.
	importFaults = 100
	// settingImport keeps how far an import came: digest of the file, space, customers written. "" when none was cut off.
	settingImport = "import"
)

// ImportPortfolio checks the whole file and then writes it in batches; see services.PortfolioImporter.
func (c *Core) ImportPortfolio(ctx context.Context, open func() (io.ReadCloser, error), progress func(services.ImportProgress)) (services.ImportReport, error) {
	if progress == nil {
		progress = func(services.ImportProgress) {}
	}
	run := importRun{core: c, open: open, progress: progress, size: cmp.Or(c.batch, importBatch)}
	if err := run.check(ctx); err != nil {
		return services.ImportReport{}, err
	}
	return run.report, run.write(ctx)
}

// importRun is one import.
type importRun struct {
	core     *Core
	open     func() (io.ReadCloser, error)
	progress func(services.ImportProgress)
	size     int    // of a batch
	digest   string // of the file as it was checked
	report   services.ImportReport
}

// check reads the whole file and counts. A file with faults is a services.PortfolioError.
func (r *importRun) check(ctx context.Context) error {
	faults := &services.PortfolioError{}
	digest, err := r.read(ctx, func(line portfolio.Line) error {
		for _, f := range line.Faults {
			if faults.Total++; faults.Total <= importFaults {
				faults.Lines = append(faults.Lines, services.LineError{Line: line.Number, Field: f.Field, Reason: f.Reason})
			}
		}
		r.report.Customers++
		r.report.Agreements += len(line.Customer.Agreements)
		for _, a := range line.Customer.Agreements {
			r.report.Payments += len(a.Payments)
		}
		if r.report.Customers%r.size == 0 {
			r.progress(services.ImportProgress{Checking: true, Customers: r.report.Customers})
		}
		return nil
	})
	if err != nil {
		return err
	}
	if r.report.Customers == 0 {
		faults.Total, faults.Lines = 1, []services.LineError{{Line: 1, Reason: services.ReasonRequired}}
	}
	if faults.Total > 0 {
		return faults
	}
	r.digest = digest
	r.progress(services.ImportProgress{Checking: true, Customers: r.report.Customers})
	return nil
}

// write writes the customers that an earlier import of the same file has not, batch by batch.
func (r *importRun) write(ctx context.Context) error {
	done, err := r.start(ctx)
	if err != nil {
		return err
	}
	r.report.Resumed = done > 0
	batches := make(chan []portfolio.Customer, 1)
	reading, stop := context.WithCancel(ctx)
	defer stop()
	var failed error // of reading; known once batches is closed
	go func() {
		defer close(batches)
		failed = r.batches(reading, done, batches)
	}()
	for batch := range batches {
		for len(batch) > 0 {
			written, err := r.put(ctx, batch, done)
			if err != nil {
				stop()
				for range batches { // until nothing is read any more
				}
				return err
			}
			batch, done = batch[written:], done+written
			r.progress(services.ImportProgress{Customers: done})
		}
	}
	if failed != nil {
		return failed
	}
	return r.core.update(ctx, func(tx Tx) error { return tx.SetSetting(settingImport, "") })
}

// start reads how many customers an import of this file that was cut off has written. One of another file is
// forgotten: what it wrote may be older than this file.
func (r *importRun) start(ctx context.Context) (done int, err error) {
	err = r.core.update(ctx, func(tx Tx) error {
		done = 0
		setting, err := tx.Setting(settingImport)
		if err != nil && !errors.Is(err, ErrNoRow) {
			return err
		}
		digest, count, _ := strings.Cut(setting, " ")
		if digest == r.digest {
			done, err = strconv.Atoi(count)
			return err
		}
		return tx.SetSetting(settingImport, "")
	})
	return done, err
}

// put writes one batch, or as much of it as importHold lets it, together with how far the import is then. It tells how
// many customers that are.
func (r *importRun) put(ctx context.Context, batch []portfolio.Customer, done int) (written int, err error) {
	err = r.core.update(ctx, func(tx Tx) error {
		begun := time.Now() // of the machine: others wait by its clock
		for written = 0; written < len(batch) && (written == 0 || time.Since(begun) < importHold); written++ {
			if err := tx.PutCustomer(batch[written]); err != nil {
				return err
			}
		}
		return tx.SetSetting(settingImport, fmt.Sprintf("%s %d", r.digest, done+written))
	})
	return written, err
}

// batches reads the file again and sends what follows the first customers. Fails with CodeConflict when it is another
// file than the one that was checked.
func (r *importRun) batches(ctx context.Context, skip int, to chan<- []portfolio.Customer) error {
	var batch []portfolio.Customer
	rows := 0
	flush := func() error {
		select {
		case to <- batch:
			batch, rows = nil, 0
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	digest, err := r.read(ctx, func(line portfolio.Line) error {
		if len(line.Faults) > 0 {
			return services.Fail(services.CodeConflict)
		}
		if skip > 0 {
			skip--
			return nil
		}
		batch, rows = append(batch, line.Customer), rows+rowsOf(line.Customer)
		if len(batch) < r.size && rows < importRows {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	if digest != r.digest {
		return services.Fail(services.CodeConflict)
	}
	if len(batch) > 0 {
		return flush()
	}
	return nil
}

// rowsOf counts the rows that a customer makes.
func rowsOf(c portfolio.Customer) int {
	rows := 1 + len(c.Agreements)
	for _, a := range c.Agreements {
		rows += len(a.Payments)
	}
	return rows
}

// read runs fn for each line of the file and gives the digest of the whole.
func (r *importRun) read(ctx context.Context, fn func(portfolio.Line) error) (digest string, err error) {
	file, err := r.open()
	if err != nil {
		return "", fmt.Errorf("core: portfolio: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	sum := sha256.New()
	reader := portfolio.NewReader(io.TeeReader(file, sum))
	for {
		line, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return hex.EncodeToString(sum.Sum(nil)), nil
		}
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = fn(line)
		}
		if err != nil {
			return "", err
		}
	}
}
