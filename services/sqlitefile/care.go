package sqlitefile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"myaccount/services/disk"
)

// Check reads the whole file (PRAGMA integrity_check, about a second for 100 MB)
// and returns ErrDamaged when anything in it is wrong: before a migration, or
// when a statement failed with ErrDamaged.
func (f *File) Check(ctx context.Context) error {
	var verdict string
	err := f.Reader.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&verdict)
	if err != nil {
		return fmt.Errorf("sqlitefile: check: %w", Classify(err))
	}
	if verdict != "ok" {
		return fmt.Errorf("sqlitefile: check: %w: %s", ErrDamaged, verdict)
	}
	return nil
}

// Backup writes a compact copy of the last commit to a new file (mode 0600),
// while others read and write on. The copy is durable when Backup returns nil
// and not there when it fails. An existing file gives fs.ErrExist.
func (f *File) Backup(ctx context.Context, to string) error {
	if _, err := os.Lstat(to); err == nil {
		return fmt.Errorf("sqlitefile: backup: %w", fs.ErrExist)
	}
	// A connection of its own: the readers may not write anywhere, and the writer
	// may be busy.
	db, err := sql.Open("sqlite", dsn(f.path, f.wait))
	if err != nil {
		return fmt.Errorf("sqlitefile: backup: %w", err)
	}
	err = disk.Replace(to, func(file *os.File) error {
		// SQLite writes into an empty file that exists.
		_, err := db.ExecContext(ctx, "VACUUM INTO $1", file.Name())
		return err
	})
	if err = errors.Join(err, db.Close()); err != nil {
		return fmt.Errorf("sqlitefile: backup: %w", Classify(err))
	}
	return nil
}

// asidePrefix begins the names of the folders that SetAside makes.
const asidePrefix = "damaged-"

// SetAside moves a closed database with its side files into a new folder beside
// it, named after the time, and returns the path of the database there. Nothing
// is overwritten, and the files keep their names, so that they can be repaired
// together.
func SetAside(path string, now time.Time) (newPath string, err error) {
	folder, err := newFolder(filepath.Join(filepath.Dir(path), asidePrefix+now.UTC().Format("20060102-150405")))
	if err != nil {
		return "", fmt.Errorf("sqlitefile: set aside: %w", err)
	}
	// The database goes last: a crash before that leaves a database to open,
	// never a log that SQLite would take for the one of a new database.
	for _, suffix := range []string{"-wal", "-shm", ""} {
		newPath = filepath.Join(folder, filepath.Base(path)+suffix)
		err := os.Rename(path+suffix, newPath)
		if err != nil && (suffix == "" || !errors.Is(err, fs.ErrNotExist)) {
			return "", fmt.Errorf("sqlitefile: set aside: %w", err)
		}
	}
	if err := errors.Join(disk.SyncDir(folder), disk.SyncDir(filepath.Dir(path))); err != nil {
		return "", fmt.Errorf("sqlitefile: set aside: %w", err)
	}
	return newPath, nil
}

// RemoveSetAside removes what SetAside has kept of a database. What else lies in those folders stays.
func RemoveSetAside(path string) error {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("sqlitefile: remove what was set aside: %w", err)
	}
	for _, entry := range entries {
		if !entry.IsDir() || !strings.HasPrefix(entry.Name(), asidePrefix) {
			continue
		}
		folder, ours := filepath.Join(filepath.Dir(path), entry.Name()), false
		for _, suffix := range []string{"-wal", "-shm", ""} {
			one := os.Remove(filepath.Join(folder, filepath.Base(path)+suffix))
			ours = ours || one == nil
			if one != nil && !errors.Is(one, fs.ErrNotExist) {
				err = errors.Join(err, one)
			}
		}
		if ours {
			_ = os.Remove(folder) // unless there is something else in it
		}
	}
	if err != nil {
		return fmt.Errorf("sqlitefile: remove what was set aside: %w", err)
	}
	return nil
}

// newFolder makes a folder that did not exist, numbered if it must be.
func newFolder(name string) (string, error) {
	folder := name
	for n := 2; ; n++ {
		err := os.Mkdir(folder, 0o700)
		if !errors.Is(err, fs.ErrExist) {
			return folder, err
		}
		folder = fmt.Sprintf("%s-%d", name, n)
	}
}
