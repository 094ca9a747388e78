package postgres_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"myaccount/services"
	"myaccount/services/basetest"
	"myaccount/services/core"
	"myaccount/services/store/postgres"
	"myaccount/services/store/postgres/pgtest"
)

func setting(t *testing.T, db *postgres.Database, name string) (value string) {
	t.Helper()
	must(t, db.View(t.Context(), func(tx core.Tx) (err error) {
		value, err = tx.Setting(name)
		return err
	}))
	return value
}

func TestOpen_KeepsWhatWasWritten(t *testing.T) {
	url, box := pgtest.Empty(t), newBox(t)
	id, err := postgres.KeyID(t.Context(), url)
	if err != nil || id != "" {
		t.Fatalf("key %q of an empty database, %v", id, err)
	}
	db := open(t, url, box)
	must(t, db.Update(t.Context(), func(tx core.Tx) error { return tx.SetSetting("a", "1") }))
	if got := setting(t, open(t, url, box), "a"); got != "1" {
		t.Errorf("read %q", got)
	}
	if id, err = postgres.KeyID(t.Context(), url); err != nil || id != box.KeyID() {
		t.Errorf("key %q, %v", id, err)
	}
}

// TestOpen_ManyAtOnce starts replicas together on an empty database.
func TestOpen_ManyAtOnce(t *testing.T) {
	url, box := pgtest.Empty(t), newBox(t)
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			db, err := postgres.Open(t.Context(), url, box, &basetest.Clock{})
			if err != nil {
				t.Error(err)
				return
			}
			must(t, db.Close())
		})
	}
	all.Wait()
}

func TestOpen_OneKeyOfMany(t *testing.T) {
	url := pgtest.Empty(t)
	var all sync.WaitGroup
	var mu sync.Mutex
	others := 0
	for range 4 {
		box := newBox(t)
		all.Go(func() {
			db, err := postgres.Open(t.Context(), url, box, &basetest.Clock{})
			mu.Lock()
			defer mu.Unlock()
			switch {
			case errors.Is(err, postgres.ErrOtherKey):
				others++
			case err != nil:
				t.Error(err)
			default:
				must(t, db.Close())
			}
		})
	}
	all.Wait()
	if others != 3 {
		t.Errorf("%d of 4 were refused", others)
	}
}

func TestOpen_NewerIsLeftAlone(t *testing.T) {
	url, box := pgtest.Empty(t), newBox(t)
	must(t, postgres.Migrate(t.Context(), url))
	statement(t, url, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, true)")
	if _, err := postgres.Open(t.Context(), url, box, &basetest.Clock{}); !errors.Is(err, postgres.ErrNewer) {
		t.Fatalf("opened: %v", err)
	}
	if err := postgres.Migrate(t.Context(), url); !errors.Is(err, postgres.ErrNewer) {
		t.Fatalf("migrated: %v", err)
	}
	if id, err := postgres.KeyID(t.Context(), url); err != nil || id != "" {
		t.Errorf("it was changed: %q, %v", id, err)
	}
}

func TestOpen_OtherKeyIsNotMigrated(t *testing.T) {
	url := pgtest.Empty(t)
	old(t, url)
	statement(t, url, "INSERT INTO setting (name, value) VALUES ('key_id', 'of another')")
	if _, err := postgres.Open(t.Context(), url, newBox(t), &basetest.Clock{}); !errors.Is(err, postgres.ErrOtherKey) {
		t.Fatalf("opened: %v", err)
	}
	var later sql.NullString
	read(t, url, "SELECT to_regclass('thread')", &later)
	if later.Valid {
		t.Error("it was migrated")
	}
}

func TestOpen_MigratesAnOldOne(t *testing.T) {
	url := pgtest.Empty(t)
	old(t, url)
	statement(t, url, "INSERT INTO setting (name, value) VALUES ('old', 'kept')")
	if got := setting(t, open(t, url, newBox(t)), "old"); got != "kept" {
		t.Errorf("read %q after the migration", got)
	}
}

// old makes a database of the first version.
func old(t *testing.T, url string) {
	t.Helper()
	db, err := sql.Open("pgx", url)
	must(t, err)
	provider, err := goose.NewProvider(goose.DialectPostgres, db, os.DirFS("migrations"), goose.WithLogger(goose.NopLogger()))
	must(t, err)
	_, err = provider.UpTo(t.Context(), 1)
	must(t, err)
	must(t, db.Close())
}

func read(t *testing.T, url, query string, dest ...any) {
	t.Helper()
	db, err := sql.Open("pgx", url)
	must(t, err)
	must(t, db.QueryRowContext(t.Context(), query).Scan(dest...))
	must(t, db.Close())
}

func TestOpen_ReadsTheURL(t *testing.T) {
	url := pgtest.Database(t)
	for _, bad := range []string{"&pool_max_conns=1", "&pool_max_conns=many", "&connect_timeout=soon"} {
		if db, err := postgres.Open(t.Context(), url+bad, newBox(t), &basetest.Clock{}); err == nil {
			t.Errorf("opened with %s", bad)
			must(t, db.Close())
		}
	}
	db := open(t, url+"&pool_max_conns=3", newBox(t))
	if got := db.Stats().MaxOpenConnections; got != 3 {
		t.Errorf("%d connections", got)
	}
	must(t, db.Check(t.Context()))
	var n int
	read(t, url, fmt.Sprintf("SELECT count(*) FROM pg_stat_activity WHERE application_name = '%s' AND datname = current_database()",
		t.Name()), &n)
	if n == 0 {
		t.Error("no connection goes by the name of the test")
	}
}

func TestOpen_NobodyThere(t *testing.T) {
	began := time.Now()
	_, err := postgres.Open(t.Context(), "postgres://somebody:a-secret@127.0.0.1:1/none", newBox(t), &basetest.Clock{})
	if services.CodeOf(err) != services.CodeUnavailable {
		t.Errorf("got %v", err)
	}
	if strings.Contains(fmt.Sprint(err), "a-secret") {
		t.Error("the error tells the password")
	}
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("told after %v", took)
	}
}

// TestMigrations_LikeSQLite compares the two schemas: the same files, tables and columns.
func TestMigrations_LikeSQLite(t *testing.T) {
	tables := func(folder string) (found []string) {
		files, err := filepath.Glob(filepath.Join(folder, "*.sql"))
		must(t, err)
		for _, file := range files {
			data, err := os.ReadFile(file)
			must(t, err)
			found = append(found, filepath.Base(file))
			for _, word := range regexp.MustCompile(`(?m)^(CREATE .*?\S+ \S+|    \w+|ALTER .*?COLUMN \w+)\b`).FindAllString(string(data), -1) {
				found = append(found, strings.TrimSpace(word))
			}
		}
		return found
	}
	here, there := tables("migrations"), tables(filepath.Join("..", "sqlite", "migrations"))
	if !slices.Equal(here, there) {
		t.Errorf("the schemas differ:\n%v\n%v", here, there)
	}
}

// TestMigrations_TextIsComparedByBytes looks for columns whose order would be that of the database.
func TestMigrations_TextIsComparedByBytes(t *testing.T) {
	var columns, others int
	read(t, pgtest.Database(t), `SELECT count(*), count(*) FILTER (WHERE collation_name IS DISTINCT FROM 'C')
		FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'text'`, &columns, &others)
	if columns == 0 || others > 0 {
		t.Errorf("%d of %d columns of text are compared otherwise", others, columns)
	}
}
