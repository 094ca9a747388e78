// Package sqlitefile opens a SQLite file the way this program needs it: one
// writer and a pool of readers, write-ahead log, every commit durable, and
// errors that tell a locked file from a full disk, a read-only or a damaged one.
// It brings a schema up to date, but knows none.
package sqlitefile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"myaccount/services/disk"
)

// Options for Open; the zero value is right for the program.
type Options struct {
	// BusyTimeout is how long a statement waits for another process's lock
	// before ErrLocked. Zero means five seconds.
	BusyTimeout time.Duration
	// Readers is the size of the reader pool. Zero means four, or the number of
	// cores if that is more.
	Readers int
}

// File is an open SQLite file. Both handles may be used by several goroutines.
type File struct {
	// Writer has one connection, whose transactions take the write lock at
	// BEGIN, so that two never meet half-way.
	Writer *sql.DB
	// Reader sees the last commit and refuses to write.
	Reader *sql.DB

	path string
	wait time.Duration
}

// Open opens the file, or makes it (mode 0600) in a folder that exists, and
// makes sure that it is a database and can be written. It does not check the
// content: see Check. Errors: ErrDamaged, ErrReadOnly, ErrLocked, ErrFull,
// ErrAccess, fs.ErrNotExist for the folder.
func Open(ctx context.Context, path string, options Options) (*File, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("sqlitefile: open: %w", err)
	}
	if err := touch(path); err != nil {
		return nil, fmt.Errorf("sqlitefile: open: %w", err)
	}
	file := open(path, options)
	if err := file.probe(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("sqlitefile: open: %w", Classify(err)), file.Close())
	}
	return file, nil
}

// touch makes the file when there is none, so that only its owner can read it;
// SQLite gives its side files the same mode.
func touch(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w: %w", ErrReadOnly, err)
	case err != nil:
		return disk.Classify(err)
	}
	return file.Close()
}

// open makes the two handles; nothing touches the disk yet.
func open(path string, options Options) *File {
	wait := options.BusyTimeout
	if wait <= 0 {
		wait = 5 * time.Second
	}
	readers := options.Readers
	if readers <= 0 {
		readers = max(4, runtime.NumCPU())
	}
	writer := openHandle(dsn(path, wait, "journal_mode(WAL)") + "&_txlock=immediate")
	writer.SetMaxOpenConns(1)
	reader := openHandle(dsn(path, wait, "query_only(1)"))
	reader.SetMaxOpenConns(readers)
	reader.SetMaxIdleConns(readers)
	return &File{Writer: writer, Reader: reader, path: path, wait: wait}
}

// dsn names the file and the pragmas that every new connection runs, in this
// order: a pragma run with Exec would reach one connection only, and one before
// busy_timeout would not wait for a lock.
func dsn(path string, wait time.Duration, more ...string) string {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/… on Windows
	}
	query := url.Values{
		"_pragma": append([]string{
			fmt.Sprintf("busy_timeout(%d)", wait.Milliseconds()),
			"foreign_keys(1)",
			"synchronous(FULL)",
		}, more...),
		"_dqs": {"0"}, // "x" is a column, never a text: as in PostgreSQL
	}
	return (&url.URL{Scheme: "file", Path: slashed, RawQuery: query.Encode()}).String()
}

// probe reads the schema and takes the write lock once.
func (f *File) probe(ctx context.Context) error {
	tx, err := f.Writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	var objects int
	err = tx.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&objects)
	return errors.Join(err, tx.Rollback())
}

// Path returns the absolute path of the file.
func (f *File) Path() string { return f.path }

// Close closes both handles. The last one to close a file brings it up to date
// and removes the write-ahead log.
func (f *File) Close() error {
	if err := errors.Join(f.Reader.Close(), f.Writer.Close()); err != nil {
		return fmt.Errorf("sqlitefile: close: %w", Classify(err))
	}
	return nil
}

// SchemaVersion returns PRAGMA user_version: 0 in a new file, else what the
// migrations set. One above the newest known migration means ErrNewer, which the
// caller decides.
func (f *File) SchemaVersion(ctx context.Context) (int, error) {
	var version int
	err := f.Reader.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version)
	if err != nil {
		return 0, fmt.Errorf("sqlitefile: schema version: %w", Classify(err))
	}
	return version, nil
}
