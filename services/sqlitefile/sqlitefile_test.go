package sqlitefile_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"myaccount/services/sqlitefile"
)

// quick does not wait for locks.
var quick = sqlitefile.Options{BusyTimeout: time.Millisecond}

// open opens a file and closes it after the test.
func open(t *testing.T, path string, options sqlitefile.Options) *sqlitefile.File {
	t.Helper()
	file, err := sqlitefile.Open(t.Context(), path, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return file
}

// filled makes a closed database with a table of n rows and returns its path.
func filled(t *testing.T, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "portal.db")
	file := open(t, path, quick)
	must(t, file.Writer, "CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, body BLOB)")
	must(t, file.Writer, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < $1)
		INSERT INTO item SELECT i, 'item ' || i, zeroblob(900) FROM n`, n)
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func must(t *testing.T, db *sql.DB, query string, args ...any) {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func count(t *testing.T, db *sql.DB) (n int) {
	t.Helper()
	if err := db.QueryRowContext(t.Context(), "SELECT count(*) FROM item").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestOpen_PragmasOnEveryConnection(t *testing.T) {
	file := open(t, filepath.Join(t.TempDir(), "new.db"), sqlitefile.Options{Readers: 3})
	common := map[string]string{
		"busy_timeout": "5000", "foreign_keys": "1", "synchronous": "2", "journal_mode": "wal",
	}
	var conns []*sql.Conn
	for range 3 {
		conn, err := file.Reader.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		conns = append(conns, conn)
		pragmas(t, conn, common)
		pragmas(t, conn, map[string]string{"query_only": "1"})
	}
	if len(conns) != file.Reader.Stats().InUse {
		t.Fatalf("%d readers in use, want %d", file.Reader.Stats().InUse, len(conns))
	}
	writer, err := file.Writer.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = writer.Close() }()
	pragmas(t, writer, common)
	pragmas(t, writer, map[string]string{"query_only": "0"})
	if file.Writer.Stats().MaxOpenConnections != 1 {
		t.Error("more than one writer")
	}
}

func pragmas(t *testing.T, conn *sql.Conn, want map[string]string) {
	t.Helper()
	for name, value := range want {
		var got string
		if err := conn.QueryRowContext(t.Context(), "PRAGMA "+name).Scan(&got); err != nil || got != value {
			t.Errorf("%s = %q, %v; want %q", name, got, err, value)
		}
	}
}

func TestOpen_Private(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new.db")
	file := open(t, path, quick)
	must(t, file.Writer, "CREATE TABLE item(id)")
	if file.Path() != path {
		t.Errorf("path %q, want %q", file.Path(), path)
	}
	if runtime.GOOS == "windows" {
		return
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%q has mode %o, want 600", suffix, info.Mode().Perm())
		}
	}
}

// TestOpen_OddPaths: a path is taken literally, never as part of a DSN.
func TestOpen_OddPaths(t *testing.T) {
	for _, name := range []string{"a b.db", "a?mode=ro.db", "a#b.db", "100%.db", "a%20b.db", "é'\"&;.db", "file:x.db"} {
		dir := t.TempDir()
		file := open(t, filepath.Join(dir, name), quick)
		must(t, file.Writer, "CREATE TABLE item(id)")
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		entries, err := os.ReadDir(dir)
		if err != nil || len(entries) != 1 || entries[0].Name() != name {
			t.Errorf("folder holds %v, want only %q", entries, name)
		}
	}
}

func TestOpen_FolderMissing(t *testing.T) {
	_, err := sqlitefile.Open(t.Context(), filepath.Join(t.TempDir(), "none", "x.db"), quick)
	if !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("error %v, want fs.ErrNotExist", err)
	}
}

func TestOpen_FolderInTheWay(t *testing.T) {
	_, err := sqlitefile.Open(t.Context(), t.TempDir(), quick)
	if !errors.Is(err, sqlitefile.ErrAccess) {
		t.Fatalf("error %v, want ErrAccess", err)
	}
}

// TestFile_QuotedTextRefused: "x" is a column, as in PostgreSQL.
func TestFile_QuotedTextRefused(t *testing.T) {
	file := open(t, filled(t, 1), quick)
	if _, err := file.Writer.ExecContext(t.Context(), `UPDATE item SET name = "text"`); err == nil {
		t.Fatal("a quoted name was taken for a text")
	}
}

func TestFile_ReaderCannotWrite(t *testing.T) {
	file := open(t, filled(t, 1), quick)
	_, err := file.Reader.ExecContext(t.Context(), "DELETE FROM item")
	if err = sqlitefile.Classify(err); !errors.Is(err, sqlitefile.ErrReadOnly) {
		t.Fatalf("error %v, want ErrReadOnly", err)
	}
}

// TestFile_ReadWhileWriting: readers see the last commit and never wait.
func TestFile_ReadWhileWriting(t *testing.T) {
	file := open(t, filled(t, 5), quick)
	tx, err := file.Writer.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec("DELETE FROM item"); err != nil {
		t.Fatal(err)
	}
	if n := count(t, file.Reader); n != 5 {
		t.Errorf("a reader saw %d rows of an open transaction", n)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	if n := count(t, file.Reader); n != 0 {
		t.Errorf("a reader saw %d rows after the commit", n)
	}
}

// TestFile_WritersQueue: transactions that read and then write never meet.
func TestFile_WritersQueue(t *testing.T) {
	file := open(t, filepath.Join(t.TempDir(), "n.db"), sqlitefile.Options{})
	must(t, file.Writer, "CREATE TABLE counter(n INTEGER)")
	must(t, file.Writer, "INSERT INTO counter VALUES (0)")
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 10 {
				if err := increment(t.Context(), file.Writer); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	var n int
	if err := file.Reader.QueryRow("SELECT n FROM counter").Scan(&n); err != nil || n != 80 {
		t.Fatalf("counted %d, %v; want 80", n, err)
	}
}

func increment(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	var n int
	if err := tx.QueryRow("SELECT n FROM counter").Scan(&n); err != nil {
		return err
	}
	if _, err := tx.Exec("UPDATE counter SET n = $1", n+1); err != nil {
		return err
	}
	return tx.Commit()
}

func TestFile_SchemaVersion(t *testing.T) {
	file := open(t, filepath.Join(t.TempDir(), "v.db"), quick)
	for _, want := range []int{0, 7} {
		must(t, file.Writer, fmt.Sprintf("PRAGMA user_version = %d", want))
		got, err := file.SchemaVersion(t.Context())
		if err != nil || got != want {
			t.Errorf("version %d, %v; want %d", got, err, want)
		}
	}
}

// TestFile_CloseLeavesOneFile: after Close the file alone is the database.
func TestFile_CloseLeavesOneFile(t *testing.T) {
	path := filled(t, 10)
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 {
		t.Fatalf("folder holds %v, %v", entries, err)
	}
}

func TestFile_Backup(t *testing.T) {
	file := open(t, filled(t, 50), quick)
	must(t, file.Writer, "PRAGMA user_version = 3")
	tx, err := file.Writer.BeginTx(t.Context(), nil) // a backup does not wait for a writer
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	to := filepath.Join(t.TempDir(), "it's a copy.db")
	if err := file.Backup(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(to); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	backup := open(t, to, quick)
	if n := count(t, backup.Reader); n != 50 {
		t.Errorf("the copy has %d rows, want 50", n)
	}
	if version, _ := backup.SchemaVersion(t.Context()); version != 3 {
		t.Errorf("the copy has version %d, want 3", version)
	}
	if err := backup.Check(t.Context()); err != nil {
		t.Error(err)
	}
	if err := file.Backup(t.Context(), to); !errors.Is(err, fs.ErrExist) {
		t.Errorf("second backup: %v, want fs.ErrExist", err)
	}
}

func TestFile_BackupFails(t *testing.T) {
	file := open(t, filled(t, 50), quick)
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := file.Backup(ctx, filepath.Join(dir, "copy.db")); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 0 {
		t.Errorf("a failed backup left %v", entries)
	}
}

func TestSetAside(t *testing.T) {
	now := time.Date(2026, 11, 20, 10, 11, 12, 0, time.FixedZone("", -5*3600))
	dir := t.TempDir()
	path := filepath.Join(dir, "portal.db")
	seen := map[string]bool{}
	for round := range 3 { // within one second, too
		content := fmt.Sprint("damaged ", round)
		for _, suffix := range []string{"", "-wal"} { // without -shm
			if err := os.WriteFile(path+suffix, []byte(content+suffix), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		aside, err := sqlitefile.SetAside(path, now)
		if err != nil {
			t.Fatal(err)
		}
		if seen[aside] || !strings.HasPrefix(aside, filepath.Join(dir, "damaged-20261120-151112")) {
			t.Errorf("set aside as %q", aside)
		}
		seen[aside] = true
		for _, suffix := range []string{"", "-wal"} {
			if got, err := os.ReadFile(aside + suffix); err != nil || string(got) != content+suffix {
				t.Errorf("%s: %q, %v", aside+suffix, got, err)
			}
			if _, err := os.Stat(path + suffix); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s is still there", path+suffix)
			}
		}
	}
	if _, err := sqlitefile.SetAside(path, now); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("nothing to set aside: %v, want fs.ErrNotExist", err)
	}
}
