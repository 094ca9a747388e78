// Package sqlite opens the portal's SQLite database: it brings the schema up to date (after a check and a backup),
// makes sure that the sealing key is the one the data was sealed with, and hands out the store.
package sqlite

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/seal"
	"myaccount/services/sqlitefile"
	"myaccount/services/store"
)

//go:embed migrations/*.sql
var migrations embed.FS

// ErrNewer says that a newer version of the program wrote the database. It was not touched.
var ErrNewer = sqlitefile.ErrNewer

// ErrOtherKey says that the data was sealed with another key than the one given. It was not touched: a second key for
// an existing database would make what is in it unreadable for good.
var ErrOtherKey = store.ErrOtherKey

// Database is an open portal database.
type Database struct {
	*store.Store
	File *sqlitefile.File
}

// Open opens the database at path, or makes it in a folder that exists. Errors: ErrNewer, ErrOtherKey,
// store.ErrMissingKey, and those of sqlitefile.Open and File.Check, ErrDamaged among them.
func Open(ctx context.Context, path string, box *seal.Box, clock services.Clock) (*Database, error) {
	file, err := sqlitefile.Open(ctx, path, sqlitefile.Options{})
	if err != nil {
		return nil, err
	}
	db := &Database{Store: store.New(file.Writer, file.Reader, box, clock, dialect{}), File: file}
	if err := db.prepare(ctx, box, clock); err != nil {
		return nil, errors.Join(fmt.Errorf("sqlite: open: %w", sqlitefile.Classify(err)), file.Close())
	}
	return db, nil
}

// prepare compares the key, brings the schema up to date, and notes the key of a new database.
func (d *Database) prepare(ctx context.Context, box *seal.Box, clock services.Clock) error {
	folder, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	migration, err := d.File.PlanMigration(ctx, folder)
	if err != nil {
		return err
	}
	known, err := d.File.Setting(ctx, core.SettingKeyID)
	if err != nil {
		return err
	}
	sealing, err := d.File.Setting(ctx, core.SettingSealing)
	if err != nil {
		return err
	}
	if err := store.Fits(box, known, sealing); err != nil {
		return err
	}
	if err := migration.Run(ctx, clock.Now()); err != nil || known != "" && sealing != "" {
		return err
	}
	return d.Update(ctx, store.Adopt(box))
}

// BackupFolder is the folder beside the database that holds the copies made before migrations.
const BackupFolder = sqlitefile.BackupFolder

// RemoveBackups deletes the backups beside the database that were made before a moment.
func (d *Database) RemoveBackups(before time.Time) error { return d.File.RemoveBackups(before) }

// Close closes the database.
func (d *Database) Close() error { return d.File.Close() }
