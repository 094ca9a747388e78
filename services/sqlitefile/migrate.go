package sqlitefile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
)

// BackupFolder is the folder beside the database that holds the copies made before migrations.
const BackupFolder = "backups"

// backupTime is how a backup's name gives its date.
const backupTime = "20060102-150405"

// Migration is how far a database is from the schema that the program needs.
type Migration struct {
	file            *File
	provider        *goose.Provider
	current, newest int64
}

// PlanMigration compares the schema with the newest of goose's SQL migrations in
// a folder, without writing. Errors: ErrNewer, ErrDamaged.
func (f *File) PlanMigration(ctx context.Context, folder fs.FS) (Migration, error) {
	provider, err := goose.NewProvider(goose.DialectSQLite3, f.Writer, folder, goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return Migration{}, fmt.Errorf("sqlitefile: migrations: %w", err)
	}
	sources := provider.ListSources()
	m := Migration{file: f, provider: provider, newest: sources[len(sources)-1].Version}
	if m.current, err = f.version(ctx); err != nil {
		return Migration{}, fmt.Errorf("sqlitefile: schema: %w", Classify(err))
	}
	if m.current > m.newest {
		return Migration{}, fmt.Errorf("%w: schema %d, this program knows %d", ErrNewer, m.current, m.newest)
	}
	return m, nil
}

// version reads the schema's version; 0 for a new file.
func (f *File) version(ctx context.Context) (int64, error) {
	var tables int
	err := f.Reader.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE name = 'goose_db_version'").Scan(&tables)
	if err != nil || tables == 0 {
		return 0, err
	}
	var current int64
	err = f.Reader.QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM goose_db_version").Scan(&current)
	return current, err
}

// Run brings the schema up to date, each step in a transaction of its own. What
// is there is checked and copied into BackupFolder before anything is changed.
func (m Migration) Run(ctx context.Context, now time.Time) error {
	if m.current == m.newest {
		return nil
	}
	if m.current > 0 {
		if err := m.backUp(ctx, now); err != nil {
			return err
		}
	}
	if _, err := m.provider.Up(ctx); err != nil {
		return fmt.Errorf("sqlitefile: migrate from schema %d to %d: %w", m.current, m.newest, Classify(err))
	}
	return nil
}

// backUp checks the database and copies it.
func (m Migration) backUp(ctx context.Context, now time.Time) error {
	if err := m.file.Check(ctx); err != nil {
		return err
	}
	folder := m.file.backupFolder()
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("sqlitefile: backup: %w", err)
	}
	name := fmt.Sprintf("%s-schema-%d.db", now.UTC().Format(backupTime), m.current)
	err := m.file.Backup(ctx, filepath.Join(folder, name))
	if errors.Is(err, fs.ErrExist) {
		return nil // of a migration that was cut off this very second
	}
	return err
}

// backupFolder is where the backups of this file lie.
func (f *File) backupFolder() string { return filepath.Join(filepath.Dir(f.path), BackupFolder) }

// RemoveBackups deletes the backups beside the database that were made before a
// moment, by the date in their names. Files with other names are left alone.
func (f *File) RemoveBackups(before time.Time) error {
	entries, err := os.ReadDir(f.backupFolder())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("sqlitefile: backups: %w", err)
	}
	var failed []error
	for _, entry := range entries {
		date, _, ok := strings.Cut(entry.Name(), "-schema-")
		made, err := time.Parse(backupTime, date)
		if ok && err == nil && made.Before(before) {
			failed = append(failed, os.Remove(filepath.Join(f.backupFolder(), entry.Name())))
		}
	}
	return errors.Join(failed...)
}

// Pending tells whether Run has something to do.
func (m Migration) Pending() bool { return m.current != m.newest }
