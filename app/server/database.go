package main

import (
	"context"
	"path/filepath"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/seal"
	"myaccount/services/store"
	"myaccount/services/store/postgres"
	"myaccount/services/store/sqlite"
)

// databaseFile is the SQLite database in the data folder.
const databaseFile = "my-account.db"

// database is what the commands need of an engine.
type database interface {
	core.Store
	// Check tells whether the database can be reached and takes writes.
	Check(ctx context.Context) error
	// Announce lets other replicas know that a mail or an event was written. It never waits.
	Announce()
	// Listen calls wake when another replica has announced something, until ctx ends.
	Listen(ctx context.Context, wake func())
	// What a change of the sealing key needs; see store.Store.
	Rotation(ctx context.Context) (store.Rotation, error)
	Promote(ctx context.Context, id string) error
	Reseal(ctx context.Context, tell func(done int)) (failed int, err error)
	Stale(ctx context.Context) (int, error)
	Retire(ctx context.Context) error
	// Pools tells how the pools of connections are used.
	Pools() []store.Pool
	Close() error
}

var (
	_ database = (*postgres.Database)(nil)
	_ database = sqliteDatabase{}
)

// sqliteDatabase is a database without other replicas.
type sqliteDatabase struct{ *sqlite.Database }

// Check reads something.
func (d sqliteDatabase) Check(ctx context.Context) error {
	return d.View(ctx, func(tx core.Tx) error {
		_, err := tx.Setting(core.SettingKeyID)
		return err
	})
}

// Announce has nobody to tell.
func (sqliteDatabase) Announce() {}

// Listen hears nobody.
func (sqliteDatabase) Listen(ctx context.Context, _ func()) { <-ctx.Done() }

// onSQLite tells that the database is a file in the data folder.
func (c *config) onSQLite() bool { return c.Database == "" }

// databasePath is that file.
func (c *config) databasePath() string { return filepath.Join(c.Data, databaseFile) }

// keyID is the id of the key that the database is sealed with; "" when nothing was sealed yet.
func (c *config) keyID(ctx context.Context) (string, error) {
	if c.onSQLite() {
		return sqlite.KeyID(ctx, c.databasePath())
	}
	return postgres.KeyID(ctx, c.Database.Reveal())
}

// sealingKeys are the sealing keys that the database names, that of new values first.
func (c *config) sealingKeys(ctx context.Context) (keys string, err error) {
	if c.onSQLite() {
		keys, err = sqlite.SealingKeys(ctx, c.databasePath())
	} else {
		keys, err = postgres.SealingKeys(ctx, c.Database.Reveal())
	}
	return keys, err
}

// openDatabase opens the database, and brings its schema up to date.
func (c *config) openDatabase(ctx context.Context, box *seal.Box, clock services.Clock) (database, error) {
	if c.onSQLite() {
		db, err := sqlite.Open(ctx, c.databasePath(), box, clock)
		return sqliteDatabase{db}, err
	}
	return postgres.Open(ctx, c.Database.Reveal(), box, clock)
}
