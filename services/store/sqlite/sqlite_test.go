package sqlite_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/seal"
	"myaccount/services/sqlitefile"
	"myaccount/services/store/sqlite"
)

var now = time.Date(2026, 3, 2, 14, 5, 9, 0, time.UTC)

// fixed is a clock that stands.
type fixed struct{}

func (fixed) Now() time.Time { return now }

func newBox(t *testing.T) *seal.Box {
	t.Helper()
	key, err := seal.NewKey()
	must(t, err)
	box, err := seal.Open(key)
	must(t, err)
	return box
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("unexpected: %v", err)
	}
}

// open opens a database until the test ends.
func open(t *testing.T, path string, box *seal.Box) *sqlite.Database {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path, box, fixed{})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	return db
}

// oldDatabase makes a database of the first version with a row in it.
func oldDatabase(t *testing.T, path string) {
	t.Helper()
	file, err := sqlitefile.Open(t.Context(), path, sqlitefile.Options{})
	must(t, err)
	provider, err := goose.NewProvider(goose.DialectSQLite3, file.Writer, os.DirFS("migrations"), goose.WithLogger(goose.NopLogger()))
	must(t, err)
	_, err = provider.UpTo(t.Context(), 1)
	must(t, err)
	_, err = file.Writer.ExecContext(t.Context(), "INSERT INTO setting (name, value) VALUES ('old', 'kept')")
	must(t, err)
	must(t, file.Close())
}

// change runs one statement in a database that nobody has open.
func change(t *testing.T, path, statement string) {
	t.Helper()
	file, err := sqlitefile.Open(t.Context(), path, sqlitefile.Options{})
	must(t, err)
	_, err = file.Writer.ExecContext(t.Context(), statement)
	must(t, errors.Join(err, file.Close()))
}

func digest(t *testing.T, path string) [32]byte {
	t.Helper()
	data, err := os.ReadFile(path)
	must(t, err)
	return sha256.Sum256(data)
}

func backups(t *testing.T, path string) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(filepath.Dir(path), sqlite.BackupFolder, "*"))
	must(t, err)
	return list
}

// setting reads one.
func setting(t *testing.T, db *sqlite.Database, name string) (value string) {
	t.Helper()
	must(t, db.View(t.Context(), func(tx core.Tx) (err error) {
		value, err = tx.Setting(name)
		return err
	}))
	return value
}

func TestOpen_NewThenAgain(t *testing.T) {
	path, box := filepath.Join(t.TempDir(), "portal.db"), newBox(t)
	db, err := sqlite.Open(t.Context(), path, box, fixed{})
	must(t, err)
	must(t, db.Update(t.Context(), func(tx core.Tx) error { return tx.SetSetting("a", "1") }))
	must(t, db.Close())
	if got := setting(t, open(t, path, box), "a"); got != "1" {
		t.Errorf("read %q", got)
	}
	if list := backups(t, path); len(list) > 0 {
		t.Errorf("backups without a migration: %v", list)
	}
}

func TestOpen_MigratesAfterBackup(t *testing.T) {
	path := filepath.Join(t.TempDir(), "portal.db")
	oldDatabase(t, path)
	db := open(t, path, newBox(t))
	if got := setting(t, db, "old"); got != "kept" {
		t.Errorf("read %q after the migration", got)
	}
	list := backups(t, path)
	if len(list) != 1 || filepath.Base(list[0]) != "20260302-140509-schema-1.db" {
		t.Fatalf("backups %v", list)
	}
	copied, err := sql.Open("sqlite", list[0])
	must(t, err)
	defer copied.Close()
	var value string
	must(t, copied.QueryRowContext(t.Context(), "SELECT value FROM setting WHERE name = 'old'").Scan(&value))
	var tables int
	must(t, copied.QueryRowContext(t.Context(), "SELECT count(*) FROM sqlite_schema WHERE name = 'thread'").Scan(&tables))
	if value != "kept" || tables != 0 {
		t.Errorf("the backup has %q and %d tables of later versions", value, tables)
	}
}

func TestOpen_NewerIsLeftAlone(t *testing.T) {
	path, box := filepath.Join(t.TempDir(), "portal.db"), newBox(t)
	db, err := sqlite.Open(t.Context(), path, box, fixed{})
	must(t, err)
	must(t, db.Close())
	change(t, path, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
	before := digest(t, path)
	if _, err := sqlite.Open(t.Context(), path, box, fixed{}); !errors.Is(err, sqlite.ErrNewer) {
		t.Fatalf("opened: %v", err)
	}
	if digest(t, path) != before {
		t.Error("the database was changed")
	}
}

func TestOpen_OtherKeyIsLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "portal.db")
	db, err := sqlite.Open(t.Context(), path, newBox(t), fixed{})
	must(t, err)
	must(t, db.Close())
	before := digest(t, path)
	if _, err := sqlite.Open(t.Context(), path, newBox(t), fixed{}); !errors.Is(err, sqlite.ErrOtherKey) {
		t.Fatalf("opened: %v", err)
	}
	if digest(t, path) != before {
		t.Error("the database was changed")
	}
}

func TestOpen_OtherKeyIsNotMigrated(t *testing.T) {
	path := filepath.Join(t.TempDir(), "portal.db")
	oldDatabase(t, path)
	change(t, path, "INSERT INTO setting (name, value) VALUES ('key_id', 'of another')")
	before := digest(t, path)
	if _, err := sqlite.Open(t.Context(), path, newBox(t), fixed{}); !errors.Is(err, sqlite.ErrOtherKey) {
		t.Fatalf("opened: %v", err)
	}
	if digest(t, path) != before || len(backups(t, path)) > 0 {
		t.Error("the database was changed")
	}
}

func TestOpen_DamagedIsLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "portal.db")
	oldDatabase(t, path)
	data, err := os.ReadFile(path)
	must(t, err)
	for i := 4096; i < len(data); i++ { // all pages but the first
		data[i] ^= 0x5a
	}
	must(t, os.WriteFile(path, data, 0o600))
	before := digest(t, path)
	if _, err := sqlite.Open(t.Context(), path, newBox(t), fixed{}); !errors.Is(err, sqlitefile.ErrDamaged) {
		t.Fatalf("opened: %v", err)
	}
	if digest(t, path) != before {
		t.Error("the database was changed")
	}
}

func TestUpdate_LockedReadsAsUnavailable(t *testing.T) {
	path, box := filepath.Join(t.TempDir(), "portal.db"), newBox(t)
	db := open(t, path, box)
	other, err := sql.Open("sqlite", path+"?_txlock=immediate")
	must(t, err)
	defer other.Close()
	tx, err := other.BeginTx(t.Context(), nil)
	must(t, err)
	defer tx.Rollback() //nolint:errcheck // nothing was written
	err = db.Update(t.Context(), func(tx core.Tx) error { return tx.SetSetting("a", "1") })
	if services.CodeOf(err) != services.CodeUnavailable || !errors.Is(err, sqlitefile.ErrLocked) {
		t.Errorf("got %v", err)
	}
}

func TestUpdate_AllOrNothing(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "portal.db"), newBox(t))
	broken := errors.New("broken")
	err := db.Update(t.Context(), func(tx core.Tx) error {
		must(t, tx.SetSetting("a", "1"))
		return broken
	})
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	err = db.View(t.Context(), func(tx core.Tx) error {
		_, err := tx.Setting("a")
		return err
	})
	if !errors.Is(err, core.ErrNoRow) {
		t.Errorf("a part was written: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err = db.Update(ctx, func(core.Tx) error { return nil })
	if services.CodeOf(err) != services.CodeUnavailable {
		t.Errorf("got %v for an ended context", err)
	}
}

func TestRemoveBackups_ByDate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "portal.db")
	db := open(t, path, newBox(t))
	must(t, db.RemoveBackups(now)) // there is no folder yet
	folder := filepath.Join(filepath.Dir(path), sqlite.BackupFolder)
	must(t, os.Mkdir(folder, 0o700))
	for _, name := range []string{"20260101-000000-schema-1.db", "20260302-140509-schema-2.db", "mine.db", "20260101.txt"} {
		must(t, os.WriteFile(filepath.Join(folder, name), nil, 0o600))
	}
	must(t, db.RemoveBackups(now.Add(-30*24*time.Hour)))
	left := strings.Join(backups(t, path), " ")
	if strings.Contains(left, "20260101-000000") || len(backups(t, path)) != 3 {
		t.Errorf("left %v", left)
	}
}
