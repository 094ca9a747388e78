package sqlite

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

	"github.com/pressly/goose/v3"

	"myaccount/services"
	"myaccount/services/sqlitefile"
)

// BackupFolder is the folder beside the database that holds the copies made before migrations.
const BackupFolder = "backups"

// backupTime is how a backup's name gives its date.
const backupTime = "20060102-150405"

// schema is how far a database is from what this program needs.
type schema struct {
	provider        *goose.Provider
	current, newest int64
}

// planSchema reads the version, without writing. Errors: ErrNewer.
func planSchema(ctx context.Context, file *sqlitefile.File) (schema, error) {
	folder, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return schema{}, err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, file.Writer, folder, goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return schema{}, err
	}
	sources := provider.ListSources()
	plan := schema{provider: provider, newest: sources[len(sources)-1].Version}
	if plan.current, err = version(ctx, file.Reader); err != nil {
		return schema{}, err
	}
	if plan.current > plan.newest {
		return schema{}, fmt.Errorf("%w: schema %d, this program knows %d", ErrNewer, plan.current, plan.newest)
	}
	return plan, nil
}

// migrate brings the schema to the version of this program, each step in a transaction of its own. What is there is
// checked and copied before anything is changed.
func (s schema) migrate(ctx context.Context, file *sqlitefile.File, clock services.Clock) error {
	if s.current == s.newest {
		return nil
	}
	if s.current > 0 {
		if err := backUp(ctx, file, clock.Now(), s.current); err != nil {
			return err
		}
	}
	if _, err := s.provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate from schema %d to %d: %w", s.current, s.newest, err)
	}
	return nil
}

// version reads the schema's version without writing; 0 for a new file.
func version(ctx context.Context, db *sql.DB) (int64, error) {
	var tables int
	err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE name = 'goose_db_version'").Scan(&tables)
	if err != nil || tables == 0 {
		return 0, err
	}
	var current int64
	err = db.QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM goose_db_version").Scan(&current)
	return current, err
}

// backUp checks the database and copies it.
func backUp(ctx context.Context, file *sqlitefile.File, now time.Time, version int64) error {
	if err := file.Check(ctx); err != nil {
		return err
	}
	folder := filepath.Join(filepath.Dir(file.Path()), BackupFolder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	name := fmt.Sprintf("%s-schema-%d.db", now.UTC().Format(backupTime), version)
	err := file.Backup(ctx, filepath.Join(folder, name))
	if errors.Is(err, fs.ErrExist) {
		return nil // of a migration that was cut off this very second
	}
	return err
}

// RemoveBackups deletes the backups beside the database that were made before a moment, by the date in their names.
// Files with other names are left alone.
func (d *Database) RemoveBackups(before time.Time) error {
	folder := filepath.Join(filepath.Dir(d.File.Path()), BackupFolder)
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("sqlite: backups: %w", err)
	}
	var failed []error
	for _, entry := range entries {
		date, _, ok := strings.Cut(entry.Name(), "-schema-")
		made, err := time.Parse(backupTime, date)
		if ok && err == nil && made.Before(before) {
			failed = append(failed, os.Remove(filepath.Join(folder, entry.Name())))
		}
	}
	return errors.Join(failed...)
}
