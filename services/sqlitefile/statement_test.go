package sqlitefile_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"myaccount/services/sqlitefile"
)

// numbers reads with a statement that every call has in common.
const numbers = "SELECT n FROM t WHERE n <= $1 ORDER BY n"

// numbered makes a file whose table t has the numbers 1 to 3.
func numbered(t *testing.T) *sqlitefile.File {
	t.Helper()
	file := open(t, filepath.Join(t.TempDir(), "n.db"), sqlitefile.Options{Readers: 1})
	for _, query := range []string{"CREATE TABLE t (n BIGINT)", "INSERT INTO t VALUES (1), (2), (3)"} {
		if _, err := file.Writer.ExecContext(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
	return file
}

func TestStatement_WithinItsOwnRows(t *testing.T) {
	tx, err := numbered(t).Reader.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	var seen []string
	for range 2 { // the second time with a statement that was kept
		outer, err := tx.QueryContext(t.Context(), numbers, 3)
		if err != nil {
			t.Fatal(err)
		}
		for outer.Next() {
			var n, first int
			if err := outer.Scan(&n); err != nil {
				t.Fatal(err)
			}
			if err := tx.QueryRowContext(t.Context(), numbers, 3).Scan(&first); err != nil {
				t.Fatal(err)
			}
			seen = append(seen, fmt.Sprint(n, first))
		}
		if err := errors.Join(outer.Err(), outer.Close()); err != nil {
			t.Fatal(err)
		}
	}
	if want := "[1 1 2 1 3 1 1 1 2 1 3 1]"; fmt.Sprint(seen) != want {
		t.Errorf("read %v", seen)
	}
}

func TestStatement_AfterTheSchemaChanged(t *testing.T) {
	file := numbered(t)
	for columns := 1; columns < 4; columns++ {
		rows, err := file.Reader.QueryContext(t.Context(), "SELECT * FROM t")
		if err != nil {
			t.Fatal(err)
		}
		names, err := rows.Columns()
		if err := errors.Join(err, rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
		if len(names) != columns {
			t.Errorf("%v, want %d columns", names, columns)
		}
		if _, err := file.Writer.ExecContext(t.Context(), fmt.Sprintf("ALTER TABLE t ADD COLUMN c%d TEXT", columns)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestStatement_AfterItFailed(t *testing.T) {
	file := numbered(t)
	if _, err := file.Writer.ExecContext(t.Context(), "CREATE UNIQUE INDEX u ON t (n)"); err != nil {
		t.Fatal(err)
	}
	const add = "INSERT INTO t VALUES ($1)"
	for n, want := range map[int]error{1: sqlitefile.ErrUnique, 2: sqlitefile.ErrUnique, 4: nil, 5: nil} {
		if _, err := file.Writer.ExecContext(t.Context(), add, n); !errors.Is(sqlitefile.Classify(err), want) {
			t.Errorf("%d: %v", n, err)
		}
	}
	var n int
	for range 3 {
		cut, cancel := context.WithCancel(t.Context())
		cancel()
		if err := file.Writer.QueryRowContext(cut, numbers, 9).Scan(&n); !errors.Is(err, context.Canceled) {
			t.Errorf("canceled: %v", err)
		}
		if err := file.Writer.QueryRowContext(t.Context(), numbers, 9).Scan(&n); err != nil || n != 1 {
			t.Errorf("read %d, %v", n, err)
		}
	}
}

func TestStatement_MoreThanAreKept(t *testing.T) {
	file := numbered(t)
	for round := range 2 {
		for i := range 400 {
			var n int
			query := fmt.Sprintf("SELECT n + %d FROM t WHERE n = $1", i)
			if err := file.Reader.QueryRowContext(t.Context(), query, 2).Scan(&n); err != nil || n != i+2 {
				t.Fatalf("round %d: read %d, %v", round, n, err)
			}
		}
	}
}
