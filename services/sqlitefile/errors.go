package sqlitefile

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"myaccount/services/disk"
)

// The errors that a caller can act on; Classify finds them.
var (
	// ErrDamaged says that the file is no database or is broken inside. It can
	// be set aside (SetAside) and is never overwritten.
	ErrDamaged = errors.New("the database is damaged")
	// ErrReadOnly says that the file or its folder cannot be written.
	ErrReadOnly = errors.New("the database is read-only")
	// ErrLocked says that another program held the lock for too long.
	ErrLocked = errors.New("the database is locked")
	// ErrFull says that the disk has no room left. The transaction is undone.
	ErrFull = disk.ErrFull
	// ErrAccess says that the file cannot be opened at all.
	ErrAccess = errors.New("the database cannot be opened")
	// ErrIO says that the disk failed.
	ErrIO = errors.New("the disk failed")
	// ErrUnique says that a row with the same key exists already.
	ErrUnique = errors.New("a row with this key exists already")
	// ErrNewer says that a newer version of the program wrote the file: see
	// PlanMigration.
	ErrNewer = errors.New("the database comes from a newer version")
)

// Classify wraps an error of SQLite with the one above that it means, by its
// result code, never by its text. Other errors, and nil, come back as they are.
func Classify(err error) error {
	var native *sqlite.Error
	if !errors.As(err, &native) {
		return err
	}
	if meaning := meaning(native.Code()); meaning != nil && !errors.Is(err, meaning) {
		return fmt.Errorf("%w: %w", meaning, err)
	}
	return err
}

// meaning maps an extended result code (sqlite.org/rescode.html); its low byte
// is the primary code.
func meaning(code int) error {
	switch code {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID:
		return ErrUnique
	case sqlite3.SQLITE_IOERR_SHMSIZE:
		return ErrFull // the file shared by the connections cannot grow
	}
	switch code & 0xff {
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return ErrDamaged
	case sqlite3.SQLITE_READONLY:
		return ErrReadOnly
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return ErrLocked
	case sqlite3.SQLITE_FULL:
		return ErrFull
	case sqlite3.SQLITE_CANTOPEN:
		return ErrAccess
	case sqlite3.SQLITE_IOERR:
		return ErrIO
	}
	return nil
}
