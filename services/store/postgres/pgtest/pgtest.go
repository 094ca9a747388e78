package pgtest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// template is the database that all others are copies of.
const template = "pgtest_template"

// shared is the server that the tests of a package have in common.
var shared struct {
	start     func() (*Server, error) // once
	databases atomic.Int64
}

// kind is what tests ask for: a copy of a template, which is made as it was for the next test rather than made anew,
// because that takes a tenth of the time.
type kind struct {
	template string
	reset    string
	spare    chan string
}

// migrated has the schema, and loses all rows but goose's record of it.
var migrated = kind{template, guard + `DO $$
DECLARE name text;
BEGIN
	SET LOCAL session_replication_role = replica; -- rows go in any order
	FOR name IN SELECT format('%I', tablename) FROM pg_tables
		WHERE schemaname = 'public' AND tablename <> 'goose_db_version' LOOP
		EXECUTE 'DELETE FROM ' || name;
	END LOOP;
END $$`, make(chan string, 100)}

// bare loses all tables.
var bare = kind{"template0", guard + `DROP SCHEMA public CASCADE; CREATE SCHEMA public`, make(chan string, 100)}

// guard refuses to reset a database that somebody is still connected to.
const guard = `DO $$ BEGIN
	IF EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()) THEN
		RAISE EXCEPTION 'somebody is still connected';
	END IF;
END $$; `

// Main runs the tests of a package with one server for all, which starts when one needs it. prepare brings the
// schema of an empty database up to date, once: every Database is a copy of it.
func Main(m *testing.M, prepare func(ctx context.Context, url string) error) {
	var server *Server
	shared.start = sync.OnceValues(func() (*Server, error) {
		ctx := context.Background()
		var err error
		if server, err = Start(ctx); err != nil {
			return nil, err
		}
		if err := server.run(ctx, "postgres", "CREATE DATABASE "+template); err != nil {
			return nil, err
		}
		return server, prepare(ctx, server.URL(template))
	})
	m.Run() // whose result the caller's TestMain ends with
	if server != nil {
		server.Stop()
	}
}

// Database gives a database with the schema and no rows, which nobody else uses until the test ends. Connections to it go
// by the name of the test; they have to be closed by then. The package's TestMain has to be Main. Whoever changes the
// schema, or goose's record of it, takes Empty.
func Database(t testing.TB) string {
	t.Helper()
	return migrated.take(t)
}

// Empty gives a database without a schema likewise.
func Empty(t testing.TB) string {
	t.Helper()
	return bare.take(t)
}

func (k kind) take(t testing.TB) string {
	t.Helper()
	if shared.start == nil {
		t.Fatal("a database needs a TestMain that calls pgtest.Main")
	}
	server, err := shared.start()
	if err != nil {
		t.Fatalf("PostgreSQL: %v", err)
	}
	var name string
	select {
	case name = <-k.spare:
	default:
		name = fmt.Sprintf("pgtest_%d", shared.databases.Add(1))
		if err := server.run(t.Context(), "postgres", "CREATE DATABASE "+name+" TEMPLATE "+k.template); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		if err := k.giveBack(server, name); err != nil {
			t.Error(err)
		}
	})
	return server.URL(name) + "&application_name=" + url.QueryEscape(t.Name())
}

// giveBack makes a database ready for the next test. One that cannot be reset is removed.
func (k kind) giveBack(s *Server, name string) error {
	if s.run(context.Background(), name, k.reset) == nil {
		select {
		case k.spare <- name:
			return nil
		default:
		}
	}
	return s.run(context.Background(), "postgres", "DROP DATABASE "+name+" WITH (FORCE)")
}

// run runs statements in a database.
func (s *Server) run(ctx context.Context, database, statements string) error {
	db, err := sql.Open("pgx", s.URL(database))
	if err != nil {
		return err
	}
	if _, err = db.ExecContext(ctx, statements); err != nil {
		err = fmt.Errorf("%s: %w", statements, err)
	}
	return errors.Join(err, db.Close())
}
