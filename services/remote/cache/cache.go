// Package cache is what remote mode keeps on a person's machine, sealed: drafts with their files, messages that wait to
// be sent, answers that were seen, what an offline sign-in is checked against, and the certificates of servers.
//
// It is one SQLite file and one folder of files. Whatever is personal is sealed with the device's key, bound to its
// table, column and row; what must be found again is looked up by a keyed hash. Several people may use one machine:
// what is theirs hangs on a Person.
//
// A message on its way and a draft are one row in two states, so that no crash can lose it between the two or leave it
// in both. Bytes of files are written before their row and removed after it; Purge removes what a crash left.
package cache

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"myaccount/services"
	"myaccount/services/blob"
	"myaccount/services/seal"
	"myaccount/services/sqlitefile"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Names of what lies in the folder.
const (
	databaseFile = "cache.db"
	blobFolder   = "files"
)

// settingKeyID names the id of the key that everything is sealed with.
const settingKeyID = "key_id"

// ErrOtherKey says that the cache was sealed with another key than the one given. It was not touched: a second key would
// make what is in it unreadable for good.
var ErrOtherKey = errors.New("the cache was sealed with another key")

// Cache is an open cache. It may be used by several goroutines at once.
type Cache struct {
	file  *sqlitefile.File
	blobs *blob.Folder
	box   *seal.Box
	clock services.Clock
	newID func() string
}

// Database is the path of the database in the cache's folder.
func Database(folder string) string { return filepath.Join(folder, databaseFile) }

// KeyID reads the id of the key that the cache in a folder is sealed with, before it is opened; "" when there is none
// yet. Errors: those of sqlitefile.Open.
func KeyID(ctx context.Context, folder string) (string, error) {
	return sqlitefile.ReadSetting(ctx, Database(folder), settingKeyID)
}

// Open opens the cache in a folder, or makes it. newID makes UUIDs. Errors: sqlitefile.ErrNewer and ErrOtherKey, which
// leave everything as it was, and those of sqlitefile.Open, ErrDamaged among them: see SetAside.
func Open(ctx context.Context, folder string, box *seal.Box, clock services.Clock, newID func() string) (*Cache, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("cache: %w", err)
	}
	file, err := sqlitefile.Open(ctx, Database(folder), sqlitefile.Options{})
	if err != nil {
		return nil, fmt.Errorf("cache: %w", err)
	}
	c := &Cache{file: file, box: box, clock: clock, newID: newID}
	if err = c.prepare(ctx); err == nil {
		c.blobs, err = blob.Open(filepath.Join(folder, blobFolder))
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("cache: open: %w", err), file.Close())
	}
	return c, nil
}

// prepare compares the key, brings the schema up to date, and notes the key of a new cache.
func (c *Cache) prepare(ctx context.Context) error {
	folder, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	migration, err := c.file.PlanMigration(ctx, folder)
	if err != nil {
		return err
	}
	known, err := c.file.Setting(ctx, settingKeyID)
	if err != nil {
		return err
	}
	if known != "" && known != c.box.KeyID() {
		return ErrOtherKey
	}
	if err := migration.Run(ctx, c.clock.Now()); err != nil || known != "" {
		return err
	}
	return c.update(ctx, func(t *tx) error {
		return t.exec(`INSERT INTO setting (name, value) VALUES ($1, $2)`, settingKeyID, c.box.KeyID())
	})
}

// Close closes the cache.
func (c *Cache) Close() error { return c.file.Close() }

// SetAside moves the damaged cache of a folder, which is not open, with its files into a new folder beside it, named
// after the time, and gives that folder. Nothing is overwritten; Open makes a new one afterwards.
func SetAside(folder string, now time.Time) (string, error) {
	path, err := sqlitefile.SetAside(Database(folder), now)
	if err != nil {
		return "", fmt.Errorf("cache: %w", err)
	}
	aside := filepath.Dir(path)
	err = os.Rename(filepath.Join(folder, blobFolder), filepath.Join(aside, blobFolder))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return aside, fmt.Errorf("cache: set aside: %w", err)
	}
	return aside, nil
}

// Person is what one person keeps.
type Person struct {
	cache *Cache
	hash  []byte // of the person's id
}

var _ services.Drafts = (*Person)(nil)

// Person gives what a person keeps, by the id that the server knows the person by.
func (c *Cache) Person(id string) *Person {
	return &Person{cache: c, hash: c.box.Lookup("person", id)}
}

// update runs fn in a transaction that may write to what is the person's.
func (p *Person) update(ctx context.Context, fn func(*tx) error) error {
	return p.cache.run(ctx, p.cache.file.Writer, p.hash, fn)
}

// view runs fn in a transaction that only reads.
func (p *Person) view(ctx context.Context, fn func(*tx) error) error {
	return p.cache.run(ctx, p.cache.file.Reader, p.hash, fn)
}

// update runs fn in a transaction that may write to what is nobody's.
func (c *Cache) update(ctx context.Context, fn func(*tx) error) error {
	return c.run(ctx, c.file.Writer, nil, fn)
}

// view runs fn in a transaction that only reads.
func (c *Cache) view(ctx context.Context, fn func(*tx) error) error {
	return c.run(ctx, c.file.Reader, nil, fn)
}

func (c *Cache) run(ctx context.Context, db *sql.DB, person []byte, fn func(*tx) error) error {
	sqlTx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return translate(fmt.Errorf("begin: %w", err))
	}
	t := &tx{
		Tx: sqlTx, ctx: ctx, box: c.box, newID: c.newID, person: person,
		now: c.clock.Now().UTC().Truncate(time.Microsecond),
	}
	if err := fn(t); err != nil {
		return translate(errors.Join(err, ignoreDone(sqlTx.Rollback())))
	}
	if err := sqlTx.Commit(); err != nil {
		if errors.Is(err, sql.ErrTxDone) { // as below: ctx ended, so nothing was written
			err = errors.Join(err, ctx.Err())
		}
		return translate(fmt.Errorf("commit: %w", err))
	}
	return nil
}

func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) { // ctx ended, which rolled it back
		return nil
	}
	return err
}

// translate makes faults that pass (a lock, a full disk) read as CodeUnavailable, so that people are asked to try again.
func translate(err error) error {
	classified := sqlitefile.Classify(err)
	if errors.Is(classified, sqlitefile.ErrLocked) || errors.Is(classified, sqlitefile.ErrFull) {
		return &services.Error{Code: services.CodeUnavailable, Err: classified}
	}
	return classified
}
