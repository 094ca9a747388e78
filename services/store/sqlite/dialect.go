package sqlite

import (
	"database/sql"
	"errors"

	"myaccount/services"
	"myaccount/services/sqlitefile"
)

// dialect is what is particular to SQLite.
type dialect struct{}

// Duplicate tells whether a unique column was violated.
func (dialect) Duplicate(err error) bool {
	return errors.Is(sqlitefile.Classify(err), sqlitefile.ErrUnique)
}

// Options are the default of transactions that may write, which the address of the writer makes wait for their turn.
func (dialect) Options() (update, view *sql.TxOptions) { return nil, &sql.TxOptions{ReadOnly: true} }

// Claim is nothing: there is one writer.
func (dialect) Claim() string { return "" }

// Lost is never true: there is one writer, and it waits for the lock when it begins.
func (dialect) Lost(error) bool { return false }

// Broken is never true: the file is in this process.
func (dialect) Broken(error) bool { return false }

// Translate makes faults that pass (a lock, a full disk) read as CodeUnavailable, so that people are asked to try
// again; the cause stays within.
func (dialect) Translate(err error) error {
	classified := sqlitefile.Classify(err)
	for _, passing := range []error{sqlitefile.ErrLocked, sqlitefile.ErrFull} {
		var known *services.Error
		if errors.Is(classified, passing) && !errors.As(err, &known) {
			return &services.Error{Code: services.CodeUnavailable, Err: classified}
		}
	}
	return classified
}
