package core

import (
	"context"
	"errors"
	"fmt"
	"io"

	"myaccount/services"
	"myaccount/services/debitfile"
	"myaccount/services/portfolio"
)

// DebitReturns are what came of a file of returns.
type DebitReturns struct {
	Returned int // debits that are returned by this file
	Known    int // that were returned already
	Faults   []ReturnFault
}

// ReturnFault is a return that is of no debit that was given to the bank.
type ReturnFault struct {
	Record    int // in the file
	Reference string
	Reason    string // services.ReasonUnknown; services.ReasonMismatch: of another amount
}

// ReturnDebits takes a file in which the bank gives debits back: each becomes returned with its reason, its payment does
// not count any more, and who ordered it is written to. The whole file is checked first; taking it again changes nothing.
// Fails with debitfile.ErrFormat.
func (c *Core) ReturnDebits(ctx context.Context, open func() (io.ReadCloser, error)) (report DebitReturns, err error) {
	if err := readReturns(ctx, open, func(debitfile.Return) error { return nil }); err != nil {
		return report, err
	}
	err = readReturns(ctx, open, func(r debitfile.Return) error {
		var came returned
		err := c.update(ctx, func(tx Tx) (err error) {
			came, err = c.returnDebit(tx, r)
			return err
		})
		switch {
		case err != nil:
			return fmt.Errorf("return in record %d: %w", r.Record, err)
		case came.fault != "":
			report.Faults = append(report.Faults, ReturnFault{r.Record, r.Reference, came.fault})
		case came.known:
			report.Known++
		default:
			report.Returned++
		}
		return nil
	})
	return report, err
}

// readReturns runs fn for each return of a file.
func readReturns(ctx context.Context, open func() (io.ReadCloser, error), fn func(debitfile.Return) error) (err error) {
	file, err := open()
	if err != nil {
		return fmt.Errorf("core: returns: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	reader := debitfile.NewReader(file)
	for {
		next, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = fn(next)
		}
		if err != nil {
			return err
		}
	}
}

// returned is what came of one return.
type returned struct {
	known bool
	fault string
}

// returnDebit takes one return.
func (c *Core) returnDebit(tx Tx, r debitfile.Return) (returned, error) {
	row, err := tx.DebitByReference(r.Reference)
	switch {
	case errors.Is(err, ErrNoRow), err == nil && row.File == 0:
		return returned{fault: services.ReasonUnknown}, nil
	case err != nil:
		return returned{}, err
	case row.Amount != r.Amount:
		return returned{fault: services.ReasonMismatch}, nil
	case row.Status == services.DebitReturned:
		return returned{known: true}, nil
	}
	if row.PaymentID == "" { // its day has not come, but the lender may know of it
		if row.PaymentID, err = standsFor(tx, row); err != nil {
			return returned{}, err
		}
	}
	if row.PaymentID != "" {
		if err := tx.SetPaymentStatus(row.AgreementID, row.PaymentID, portfolio.Returned); err != nil {
			return returned{}, err
		}
	}
	row.Status, row.Reason, row.ReturnedOn = services.DebitReturned, r.Reason, today(tx.Now(), "")
	if err := setDebit(tx, row); err != nil {
		return returned{}, err
	}
	return returned{}, c.writeOfDebit(tx, row)
}
