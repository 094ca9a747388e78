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
	spare     chan string // databases that a test has given back
}

// Main runs the tests of a package with one server for all, which starts when one needs it. prepare brings the
// schema of an empty database up to date, once: every Database is a copy of it.
func Main(m *testing.M, prepare func(ctx context.Context, url string) error) {
	var server *Server
	shared.spare = make(chan string, 100)
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
	server := common(t)
	var name string
	select {
	case name = <-shared.spare:
	default:
		name = server.make(t, template)
	}
	t.Cleanup(func() { server.giveBack(t, name) })
	return server.URL(name) + "&application_name=" + url.QueryEscape(t.Name())
}

// Empty gives a database without a schema, which is removed when the test ends.
func Empty(t testing.TB) string {
	t.Helper()
	server := common(t)
	name := server.make(t, "template0")
	t.Cleanup(func() { server.drop(t, name) })
	return server.URL(name) + "&application_name=" + url.QueryEscape(t.Name())
}

// common gives the server that the tests of a package have in common.
func common(t testing.TB) *Server {
	t.Helper()
	if shared.start == nil {
		t.Fatal("a database needs a TestMain that calls pgtest.Main")
	}
	server, err := shared.start()
	if err != nil {
		t.Fatalf("PostgreSQL: %v", err)
	}
	return server
}

// make makes a database.
func (s *Server) make(t testing.TB, template string) (name string) {
	t.Helper()
	name = fmt.Sprintf("pgtest_%d", shared.databases.Add(1))
	if err := s.run(t.Context(), "postgres", "CREATE DATABASE "+name+" TEMPLATE "+template); err != nil {
		t.Fatal(err)
	}
	return name
}

func (s *Server) drop(t testing.TB, name string) {
	t.Helper()
	if err := s.run(context.Background(), "postgres", "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
		t.Error(err)
	}
}

// empty removes all rows but goose's record of the schema, unless somebody is still connected.
const empty = `DO $$
DECLARE name text;
BEGIN
	IF EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()) THEN
		RAISE EXCEPTION 'somebody is still connected';
	END IF;
	SET LOCAL session_replication_role = replica; -- rows go in any order
	FOR name IN SELECT format('%I', tablename) FROM pg_tables
		WHERE schemaname = 'public' AND tablename <> 'goose_db_version' LOOP
		EXECUTE 'DELETE FROM ' || name;
	END LOOP;
END $$`

// giveBack empties a database for the next test, which takes a tenth of the time of making one. What cannot be emptied
// is removed.
func (s *Server) giveBack(t testing.TB, name string) {
	t.Helper()
	if s.run(context.Background(), name, empty) == nil {
		select {
		case shared.spare <- name:
			return
		default:
		}
	}
	s.drop(t, name)
}

// run runs a statement in a database.
func (s *Server) run(ctx context.Context, database, statement string) error {
	db, err := sql.Open("pgx", s.URL(database))
	if err != nil {
		return err
	}
	if _, err = db.ExecContext(ctx, statement); err != nil {
		err = fmt.Errorf("%s: %w", statement, err)
	}
	return errors.Join(err, db.Close())
}
