package sqlitefile_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"testing"
	"time"

	"myaccount/services/sqlitefile"
)

// TestDamage breaks real files in several ways. Each is found by Open or, at the
// latest, by Check; the file itself stays as it was.
func TestDamage(t *testing.T) {
	for name, damage := range map[string]struct {
		break_ func([]byte) []byte
		atOpen bool
	}{
		"header":    {func(b []byte) []byte { copy(b, "not a database!!"); return b }, true},
		"text":      {func([]byte) []byte { return bytes.Repeat([]byte("hello\n"), 1000) }, true},
		"page size": {func(b []byte) []byte { b[16], b[17] = 0x12, 0x34; return b }, true},
		"cut":       {func(b []byte) []byte { return b[:len(b)/2] }, false},
		"schema":    {func(b []byte) []byte { clear(b[100:4096]); return b }, true},
		"page":      {func(b []byte) []byte { clear(b[5*4096 : 6*4096]); return b }, false},
		"bytes":     {func(b []byte) []byte { copy(b[3*4096:], bytes.Repeat([]byte{0xA5}, 60)); return b }, false},
	} {
		t.Run(name, func(t *testing.T) {
			path := filled(t, 100)
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			data = damage.break_(data)
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := openAndCheck(t.Context(), path, damage.atOpen); !errors.Is(err, sqlitefile.ErrDamaged) {
				t.Fatalf("error %v, want ErrDamaged", err)
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(after, data) {
				t.Error("the damaged file was changed")
			}
			if _, err := sqlitefile.SetAside(path, time.Now()); err != nil {
				t.Fatal(err)
			}
			open(t, path, quick) // a new one can take its place
		})
	}
}

func openAndCheck(ctx context.Context, path string, failsToOpen bool) error {
	file, err := sqlitefile.Open(ctx, path, quick)
	if err != nil || failsToOpen {
		return err
	}
	return errors.Join(file.Check(ctx), file.Close())
}

func TestCheck_Whole(t *testing.T) {
	if err := openAndCheck(t.Context(), filled(t, 100), false); err != nil {
		t.Fatal(err)
	}
}

func TestLocked(t *testing.T) {
	path := filled(t, 1)
	first, second := open(t, path, quick), open(t, path, quick)
	tx, err := first.Writer.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = second.Writer.ExecContext(t.Context(), "DELETE FROM item")
	if err = sqlitefile.Classify(err); !errors.Is(err, sqlitefile.ErrLocked) {
		t.Errorf("write: %v, want ErrLocked", err)
	}
	if _, err := sqlitefile.Open(t.Context(), path, quick); !errors.Is(err, sqlitefile.ErrLocked) {
		t.Errorf("open: %v, want ErrLocked", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	must(t, second.Writer, "DELETE FROM item")
}

// TestLocked_Waits: a lock that goes away within the time-out is no error.
func TestLocked_Waits(t *testing.T) {
	path := filled(t, 1)
	first, second := open(t, path, quick), open(t, path, sqlitefile.Options{})
	tx, err := first.Writer.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() {
		_, err := second.Writer.ExecContext(t.Context(), "DELETE FROM item")
		done <- err
	}()
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

// TestFull lets SQLite itself run out of pages.
func TestFull(t *testing.T) {
	file := open(t, filled(t, 10), quick)
	must(t, file.Writer, "PRAGMA max_page_count = 8")
	_, err := file.Writer.ExecContext(t.Context(), "INSERT INTO item VALUES (1000, 'big', zeroblob(1000000))")
	if err = sqlitefile.Classify(err); !errors.Is(err, sqlitefile.ErrFull) {
		t.Fatalf("error %v, want ErrFull", err)
	}
	if n := count(t, file.Reader); n != 10 {
		t.Errorf("%d rows after a full disk, want 10", n)
	}
	must(t, file.Writer, "PRAGMA max_page_count = 10000")
	must(t, file.Writer, "INSERT INTO item VALUES (1000, 'big', zeroblob(1000000))")
}

func TestUnique(t *testing.T) {
	file := open(t, filled(t, 2), quick)
	for _, query := range []string{
		"INSERT INTO item VALUES (1, 'other', NULL)",      // primary key
		"INSERT INTO item VALUES (9, 'item 1', NULL)",     // unique column
		"UPDATE item SET name = 'item 1' WHERE id = 2",    // by an update
		"UPDATE item SET id = 1 WHERE name = 'item 2'",    // by an update of the key
		"INSERT INTO item(rowid, name) VALUES (2, 'new')", // rowid
	} {
		_, err := file.Writer.ExecContext(t.Context(), query)
		if err = sqlitefile.Classify(err); !errors.Is(err, sqlitefile.ErrUnique) {
			t.Errorf("%s: %v, want ErrUnique", query, err)
		}
	}
	_, err := file.Writer.ExecContext(t.Context(), "INSERT INTO item VALUES (9, NULL, NULL)")
	if err = sqlitefile.Classify(err); err == nil || errors.Is(err, sqlitefile.ErrUnique) {
		t.Errorf("NOT NULL: %v, want an error that is not ErrUnique", err)
	}
}

func TestClassify_Others(t *testing.T) {
	if sqlitefile.Classify(nil) != nil {
		t.Error("nil became an error")
	}
	if err := sqlitefile.Classify(io.EOF); err != io.EOF { //nolint:errorlint // the very same
		t.Errorf("io.EOF became %v", err)
	}
	file := open(t, filled(t, 1), quick)
	_, err := file.Writer.ExecContext(t.Context(), "SELECT * FROM nothing")
	if got := sqlitefile.Classify(err); got != err { //nolint:errorlint // the very same
		t.Errorf("a mistake in SQL became %v", got)
	}
	_, err = file.Reader.ExecContext(t.Context(), "DELETE FROM item")
	once := sqlitefile.Classify(err)
	if twice := sqlitefile.Classify(once); twice != once { //nolint:errorlint // the very same
		t.Errorf("classified twice: %v", twice)
	}
}
