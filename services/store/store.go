// Package store keeps the rows of services/core in SQL that both engines understand: $1 placeholders, BIGINT, TEXT
// and BLOB columns, times as UTC microseconds. What differs between the engines sits behind Dialect; drivers are
// imported by store/sqlite and store/postgres alone.
//
// Personal columns are sealed here, with table, column and row id as associated data, so a value that is moved
// elsewhere does not open; equality lookups on them use a keyed hash beside the sealed value.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/seal"
)

// Dialect is what differs between the engines.
type Dialect interface {
	// Options are those of a transaction that may write, and of one that only reads.
	Options() (update, view *sql.TxOptions)
	// Claim ends a query for rows to be changed at once, so that several who ask take different ones; "" where only one
	// can ask at a time.
	Claim() string
	// Duplicate tells whether err is a violation of a unique column.
	Duplicate(err error) bool
	// Lost tells whether the engine gave a transaction up in favour of another, at whatever point: nothing was written,
	// and it may succeed when it is run again.
	Lost(err error) bool
	// Broken tells whether the engine went away or takes no writes any more: what was not being committed was not
	// written, and it may succeed with another connection.
	Broken(err error) bool
	// Translate turns a fault of the engine into a services.Error where people should know (no room, locked by
	// another program, not to be reached), and returns err otherwise.
	Translate(err error) error
}

// Store implements core.Store.
type Store struct {
	writer, reader *sql.DB
	box            *seal.Box
	clock          services.Clock
	dialect        Dialect
	turn           chan struct{} // holds a value while one that lost too often runs
	looked         atomic.Pointer[time.Time]
}

var _ core.Store = (*Store)(nil)

// New makes a Store on two handles of the same database, which may be one and the same.
func New(writer, reader *sql.DB, box *seal.Box, clock services.Clock, dialect Dialect) *Store {
	return &Store{writer: writer, reader: reader, box: box, clock: clock, dialect: dialect, turn: make(chan struct{}, 1)}
}

// run runs a transaction once. Fails with a commitError, or with what went wrong before.
func (s *Store) run(ctx context.Context, db *sql.DB, options *sql.TxOptions, fn func(core.Tx) error) error {
	sqlTx, err := db.BeginTx(ctx, options)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	t := &tx{Tx: sqlTx, ctx: ctx, box: s.box, dialect: s.dialect, now: s.clock.Now().UTC().Truncate(time.Microsecond)}
	err = s.look(t)
	if err == nil {
		err = fn(t)
	}
	if err != nil {
		return errors.Join(err, ignoreDone(sqlTx.Rollback()))
	}
	if err := sqlTx.Commit(); err != nil {
		return commitError{err}
	}
	return nil
}

func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// tx implements core.Tx; its methods are in the file of their noun.
type tx struct {
	*sql.Tx
	ctx     context.Context
	box     *seal.Box
	dialect Dialect
	now     time.Time

	statements map[string]*sql.Stmt // those of prepared

	debitsKnown, debitsThere bool // what hasDebits found
}

var _ core.Tx = (*tx)(nil)

// Now is the one moment of the transaction.
func (t *tx) Now() time.Time { return t.now }

// exec runs a statement; a unique violation becomes core.ErrDuplicate.
func (t *tx) exec(query string, args ...any) error {
	_, err := t.count(query, args...)
	return err
}

// count runs a statement and counts the rows it touched.
func (t *tx) count(query string, args ...any) (int64, error) {
	if foreign(args) {
		return 0, refuse(query)
	}
	result, err := t.ExecContext(t.ctx, query, args...)
	if err != nil {
		if t.dialect.Duplicate(err) {
			return 0, fmt.Errorf("%w: %w", core.ErrDuplicate, err)
		}
		return 0, err
	}
	return result.RowsAffected()
}

// one reads one row; none becomes core.ErrNoRow.
func (t *tx) one(scan func(row scanner) error, query string, args ...any) error {
	if foreign(args) {
		return core.ErrNoRow
	}
	err := scan(t.QueryRowContext(t.ctx, query, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return core.ErrNoRow
	}
	return err
}

// each reads every row.
func (t *tx) each(scan func(row scanner) error, query string, args ...any) error {
	if foreign(args) {
		return nil
	}
	rows, err := t.QueryContext(t.ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// scanner is a row to read.
type scanner interface{ Scan(dest ...any) error }

// seal seals a value for its place.
func (t *tx) seal(table, column, id, value string) ([]byte, error) {
	return t.box.Seal([]byte(value), seal.AD(table, column, id))
}

// unseal opens a value of its place; an empty column is "".
func (t *tx) unseal(table, column, id string, sealed []byte) (string, error) {
	if len(sealed) == 0 {
		return "", nil
	}
	plain, err := t.box.Open(sealed, seal.AD(table, column, id))
	if err != nil {
		return "", fmt.Errorf("%s.%s: %w", table, column, err)
	}
	return string(plain), nil
}

// micros stores a time; the zero time is 0.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// moment reads a stored time; 0 is the zero time.
func moment(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}
