package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"

	"myaccount/services/core"
)

// openLock is the advisory lock that replicas which open a database take turns by: "MyAccoun" in ASCII.
const openLock = 0x4d794163636f756e

// Migrate brings the schema of the database at a URL up to date, without any key. Open does so as well. Errors: ErrNewer.
func Migrate(ctx context.Context, url string) error {
	return briefly(url, func(db *sql.DB) error {
		return alone(ctx, db, func() error {
			plan, err := planSchema(ctx, db)
			if err != nil {
				return err
			}
			return plan.migrate(ctx)
		})
	})
}

// KeyID reads the id of the key that the database at a URL is sealed with, before anything is opened with it; "" when
// nothing was sealed yet.
func KeyID(ctx context.Context, url string) (string, error) {
	return readSetting(ctx, url, core.SettingKeyID)
}

// SealingKeys reads the setting core.SettingSealing as KeyID does.
func SealingKeys(ctx context.Context, url string) (string, error) {
	return readSetting(ctx, url, core.SettingSealing)
}

func readSetting(ctx context.Context, url, name string) (value string, err error) {
	err = briefly(url, func(db *sql.DB) (err error) {
		value, err = setting(ctx, db, name)
		return err
	})
	return value, err
}

// briefly opens a database for one thing.
func briefly(url string, fn func(db *sql.DB) error) error {
	config, size, err := parse(url)
	if err != nil {
		return fmt.Errorf("postgres: %w", err)
	}
	own := &dialect{}
	db := openPool(config, size, own)
	return errors.Join(own.Translate(fn(db)), db.Close())
}

// alone runs fn while no other replica does. Should this process die, the server frees the lock with its connection.
func alone(ctx context.Context, db *sql.DB, fn func() error) (err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", int64(openLock)); err != nil {
		return err
	}
	err = fn()
	_, unlocked := conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", int64(openLock))
	return errors.Join(err, unlocked)
}

// schema is how far a database is from what this program needs.
type schema struct {
	provider        *goose.Provider
	current, newest int64
}

// planSchema reads the version, without writing. Errors: ErrNewer.
func planSchema(ctx context.Context, db *sql.DB) (schema, error) {
	folder, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return schema{}, err
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, folder, goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return schema{}, err
	}
	sources := provider.ListSources()
	plan := schema{provider: provider, newest: sources[len(sources)-1].Version}
	made, err := hasTable(ctx, db, "goose_db_version")
	if err != nil {
		return schema{}, err
	}
	if made {
		err = db.QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM goose_db_version").Scan(&plan.current)
		if err != nil {
			return schema{}, err
		}
	}
	if plan.current > plan.newest {
		return schema{}, fmt.Errorf("%w: schema %d, this program knows %d", ErrNewer, plan.current, plan.newest)
	}
	return plan, nil
}

// migrate brings the schema to the version of this program, each step in a transaction of its own.
func (s schema) migrate(ctx context.Context) error {
	if s.current == s.newest {
		return nil
	}
	if _, err := s.provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate from schema %d to %d: %w", s.current, s.newest, err)
	}
	return nil
}

// setting reads a setting; "" when there is none.
func setting(ctx context.Context, db *sql.DB, name string) (string, error) {
	made, err := hasTable(ctx, db, "setting")
	if err != nil || !made {
		return "", err
	}
	var value string
	err = db.QueryRowContext(ctx, "SELECT value FROM setting WHERE name = $1", name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

func hasTable(ctx context.Context, db *sql.DB, name string) (has bool, err error) {
	err = db.QueryRowContext(ctx, "SELECT to_regclass($1) IS NOT NULL", name).Scan(&has)
	return has, err
}
