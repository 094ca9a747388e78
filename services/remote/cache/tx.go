package cache

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"myaccount/services/seal"
)

// errNoRow says that there is no such row.
var errNoRow = errors.New("no such row")

// tx is a transaction; its methods are in the file of their noun.
type tx struct {
	*sql.Tx
	ctx    context.Context
	box    *seal.Box
	newID  func() string
	person []byte // whose rows are meant; nil for nobody's
	now    time.Time
}

// exec runs a statement.
func (t *tx) exec(query string, args ...any) error {
	_, err := t.ExecContext(t.ctx, query, args...)
	return err
}

// scanner is a row to read.
type scanner interface{ Scan(dest ...any) error }

// one reads one row. Gives errNoRow.
func (t *tx) one(query string, args []any, dest ...any) error {
	err := t.QueryRowContext(t.ctx, query, args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return errNoRow
	}
	return err
}

// each reads every row.
func (t *tx) each(scan func(row scanner) error, query string, args ...any) error {
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

// ids reads a column of ids.
func (t *tx) ids(query string, args ...any) (ids []string, err error) {
	err = t.each(func(row scanner) error {
		var id string
		if err := row.Scan(&id); err != nil {
			return err
		}
		ids = append(ids, id)
		return nil
	}, query, args...)
	return ids, err
}

// seal seals a value as JSON for its place.
func (t *tx) seal(table, column, id string, value any) ([]byte, error) {
	plain, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("%s.%s: %w", table, column, err)
	}
	return t.box.Seal(plain, seal.AD(table, column, id))
}

// open opens a value of its place; an empty column leaves it as it is.
func (t *tx) open(table, column, id string, sealed []byte, value any) error {
	if len(sealed) == 0 {
		return nil
	}
	plain, err := t.box.Open(sealed, seal.AD(table, column, id))
	if err == nil {
		err = json.Unmarshal(plain, value)
	}
	if err != nil {
		return fmt.Errorf("%s.%s: %w", table, column, err)
	}
	return nil
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
