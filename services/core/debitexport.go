package core

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services/debitfile"
	"myaccount/services/finance"
)

// DebitFileTx is the part of a transaction that keeps the files in which debits go to the bank.
type DebitFileTx interface {
	// ClaimDebits gives a file the debits of its currency that are scheduled for a day or before it and can no longer be
	// taken back on the day that is today, and submits them. It gives their count and sum, in cents.
	ClaimDebits(number int64, currency string, day, today civil.Date) (count int, total int64, err error)
	// ClaimableCurrency gives the currency of the first debit that ClaimDebits would take, or ErrNoRow.
	ClaimableCurrency(day, today civil.Date) (string, error)
	// AddDebitFile writes a new file.
	AddDebitFile(row DebitFileRow) error
	// DebitFile reads one, or gives ErrNoRow.
	DebitFile(number int64) (DebitFileRow, error)
	// UnwrittenDebitFile reads the first that is not known to be written, or gives ErrNoRow.
	UnwrittenDebitFile() (DebitFileRow, error)
	// LastDebitFile is the number of the latest; 0 for none.
	LastDebitFile() (int64, error)
	// NoteDebitFile notes when all of one was written.
	NoteDebitFile(number int64, at time.Time) error
	// DebitsInFile lists at most limit debits of a file by their ids, those after one.
	DebitsInFile(number int64, after string, limit int) ([]DebitInFile, error)
	// DebitOwners lists likewise who is to be told of them.
	DebitOwners(number int64, after string, limit int) ([]DebitOwner, error)
}

// DebitFileRow is a file as it is kept: with its debits, all that its bytes are made of.
type DebitFileRow struct {
	Number    int64 // from 1, each once
	Sender    debitfile.Sender
	Currency  string
	MadeOn    civil.Date
	Debits    int
	Total     int64     // cents
	WrittenAt time.Time // zero until all of it was written
}

// DebitInFile is what a file needs of a debit.
type DebitInFile struct {
	ID        string
	Reference string
	Amount    int64 // cents
	On        civil.Date
	Source    func() (DebitSource, error) // opens what is sealed, also after the transaction
}

// DebitOwner is whose a debit is.
type DebitOwner struct {
	ID          string // of the debit
	PersonID    string // "" once they have no login any more
	AgreementID string
}

// InFile is the number as the file has it: of four digits, one more than the file before, and 0001 after 9999 (Standard 005).
// The bank refuses a number that it had among those before, which a file reaches after 9999 others.
func (r DebitFileRow) InFile() int { return int((r.Number-1)%9999) + 1 }

// exportBatch is how many debits are read at a time.
const exportBatch = 1000

// ErrNoDebits says that nothing is due.
var ErrNoDebits = errors.New("no debits are due")

// ClaimDebitFile gives the next file that is to be written: one that was begun and is not known to be written, else a new
// one with all debits that are due on a day and can no longer be taken back. Its number and its debits are written in one
// transaction, so that each debit is in one file, once, whatever happens to the bytes. Fails with ErrNoDebits.
func (c *Core) ClaimDebitFile(ctx context.Context, day civil.Date, sender debitfile.Sender) (file DebitFileRow, begun bool, err error) {
	if err := c.autopayDebits(ctx); err != nil { // of one agreement, it keeps nobody else's from going
		if ctx.Err() != nil {
			return file, false, err
		}
		c.Log.Warn("debits of autopays", "error", err)
	}
	err = c.update(ctx, func(tx Tx) error {
		if file, err = tx.UnwrittenDebitFile(); !errors.Is(err, ErrNoRow) {
			begun = err == nil
			return err
		}
		begun = false
		file, err = claimDebits(tx, day, sender)
		return err
	})
	return file, begun, err
}

// claimDebits makes a new file of what is due.
func claimDebits(tx Tx, day civil.Date, sender debitfile.Sender) (DebitFileRow, error) {
	now := today(tx.Now(), "")
	currency, err := tx.ClaimableCurrency(day, now)
	if errors.Is(err, ErrNoRow) {
		return DebitFileRow{}, ErrNoDebits
	}
	if err != nil {
		return DebitFileRow{}, err
	}
	last, err := tx.LastDebitFile()
	if err != nil {
		return DebitFileRow{}, err
	}
	file := DebitFileRow{Number: last + 1, Sender: sender, Currency: currency, MadeOn: now}
	if file.Debits, file.Total, err = tx.ClaimDebits(file.Number, currency, day, now); err != nil {
		return DebitFileRow{}, err
	}
	return file, tx.AddDebitFile(file)
}

// DebitsDue tells whether there is more to export: what has become due since, or is in another currency.
func (c *Core) DebitsDue(ctx context.Context, day civil.Date) (due bool, err error) {
	err = c.Store.View(ctx, func(tx Tx) error {
		_, err := tx.ClaimableCurrency(day, today(tx.Now(), ""))
		due = err == nil
		if errors.Is(err, ErrNoRow) {
			err = nil
		}
		return err
	})
	return due, err
}

// WriteDebitFile writes a file by its number, the same bytes each time. Fails with ErrNoRow when there is none, and with
// ErrForgotten when it is so old that the accounts in it are not kept any more.
func (c *Core) WriteDebitFile(ctx context.Context, number int64, w io.Writer) error {
	var file DebitFileRow
	err := c.Store.View(ctx, func(tx Tx) (err error) {
		file, err = tx.DebitFile(number)
		return err
	})
	if err != nil {
		return err
	}
	out, err := debitfile.NewWriter(w, debitfile.Header{
		Sender: file.Sender, Number: file.InFile(), Created: file.MadeOn, Currency: file.Currency,
	})
	if err != nil {
		return err
	}
	if err := c.eachInFile(ctx, number, func(row DebitInFile) error {
		debit, err := row.toBank()
		if err == nil {
			err = out.Write(debit)
		}
		if err != nil {
			return fmt.Errorf("debit %s: %w", row.Reference, err)
		}
		return nil
	}); err != nil {
		return err
	}
	return out.Close()
}

// eachInFile runs fn for the debits of a file, in the order they have there. While fn is at work the next are read.
func (c *Core) eachInFile(ctx context.Context, number int64, fn func(row DebitInFile) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	batches := make(chan []DebitInFile, 1)
	var failed error // of reading; known once batches is closed
	go func() {
		defer close(batches)
		failed = c.readFile(ctx, number, batches)
	}()
	for batch := range batches {
		for _, row := range batch {
			if err := fn(row); err != nil {
				stop()
				for range batches { // until nothing is read any more
				}
				return err
			}
		}
	}
	return failed
}

// readFile sends the debits of a file, some at a time.
func (c *Core) readFile(ctx context.Context, number int64, to chan<- []DebitInFile) error {
	for after := ""; ; {
		var rows []DebitInFile
		err := c.Store.View(ctx, func(tx Tx) (err error) {
			rows, err = tx.DebitsInFile(number, after, exportBatch)
			return err
		})
		if err != nil || len(rows) == 0 {
			return err
		}
		after = rows[len(rows)-1].ID
		select {
		case to <- rows:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// toBank is a debit as the bank is asked for it.
func (r DebitInFile) toBank() (debitfile.Debit, error) {
	source, err := r.Source()
	if err == nil && source.Institution == "" {
		err = ErrForgotten
	}
	d := debitfile.Debit{
		Type: debitfile.TypeLoan, Amount: r.Amount, Due: r.On, Institution: source.Institution, Transit: source.Transit,
		Account: source.Number.Reveal(), Payor: source.Holder, Reference: r.Reference,
	}
	if source.Kind == finance.KindLease {
		d.Type = debitfile.TypeLease
	}
	return d, err
}

// NoteDebitFile notes that all of a file was written, after which its debits are posted on their day, and tells the
// sessions of who ordered them.
func (c *Core) NoteDebitFile(ctx context.Context, number int64) error {
	err := c.update(ctx, func(tx Tx) error {
		file, err := tx.DebitFile(number)
		if err != nil || !file.WrittenAt.IsZero() {
			return err
		}
		return tx.NoteDebitFile(number, tx.Now())
	})
	if err != nil {
		return err
	}
	for after, more := "", true; more; {
		var rows []DebitOwner
		if err := c.update(ctx, func(tx Tx) (err error) {
			if rows, err = tx.DebitOwners(number, after, exportBatch); err != nil {
				return err
			}
			for _, row := range rows {
				if err := tellOfDebit(tx, row.PersonID, row.AgreementID); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
		if more = len(rows) == exportBatch; more {
			after = rows[len(rows)-1].ID
		}
	}
	return nil
}
