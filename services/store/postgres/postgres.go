// Package postgres opens the portal's PostgreSQL database for one of any number of replicas: it brings the schema up to
// date, makes sure that the sealing key is the one the data was sealed with, hands out the store, and carries word of
// events from replica to replica.
package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/seal"
	"myaccount/services/store"
)

//go:embed migrations/*.sql
var migrations embed.FS

var (
	// ErrNewer says that a newer version of the program wrote the database. It was not touched.
	ErrNewer = errors.New("the database was written by a newer version of the program")
	// ErrOtherKey says that the data was sealed with another key than the one given. It was not touched.
	ErrOtherKey = store.ErrOtherKey
)

// Database is an open portal database.
type Database struct {
	*store.Store
	db     *sql.DB
	config *pgx.ConnConfig
	teller *teller
}

// Open opens the database at a URL, which may set pool_max_conns (16), connect_timeout (1 second) and whatever else pgx
// reads. It waits for other replicas that open it at the same time. Errors: ErrNewer, ErrOtherKey,
// store.ErrMissingKey, and CodeUnavailable when the server cannot be reached or takes no writes.
func Open(ctx context.Context, url string, box *seal.Box, clock services.Clock) (*Database, error) {
	config, size, err := parse(url)
	if err != nil {
		return nil, fmt.Errorf("postgres: %w", err)
	}
	own := &dialect{}
	db := openPool(config, size, own)
	d := &Database{Store: store.New(db, db, box, clock, own), db: db, config: config}
	err = own.Translate(alone(ctx, db, func() error { return d.prepare(ctx, box) }))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("postgres: open: %w", err), db.Close())
	}
	d.teller = startTeller(db, uuid.NewString())
	return d, nil
}

// prepare compares the key, brings the schema up to date, and notes the key of a new database.
func (d *Database) prepare(ctx context.Context, box *seal.Box) error {
	plan, err := planSchema(ctx, d.db)
	if err != nil {
		return err
	}
	known, err := setting(ctx, d.db, core.SettingKeyID)
	if err != nil {
		return err
	}
	sealing, err := setting(ctx, d.db, core.SettingSealing)
	if err != nil {
		return err
	}
	if err := store.Fits(box, known, sealing); err != nil {
		return err
	}
	if err := plan.migrate(ctx); err != nil || known != "" && sealing != "" {
		return err
	}
	return d.Update(ctx, store.Adopt(box))
}

// Check tells whether the database can be reached and takes writes, within two seconds.
func (d *Database) Check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	var standby bool
	err := d.db.QueryRowContext(ctx, "SELECT pg_is_in_recovery()").Scan(&standby)
	if err == nil && standby {
		err = errStandby
	}
	return (&dialect{}).Translate(err)
}

// Stats tells how the pool of connections is used.
func (d *Database) Stats() sql.DBStats { return d.db.Stats() }

// Close closes the database. Listen has to have ended.
func (d *Database) Close() error {
	d.teller.stop()
	return d.db.Close()
}
