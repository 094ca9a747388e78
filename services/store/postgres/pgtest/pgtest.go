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

// Main runs the tests of a package with one server for all, which starts with the first Database. prepare brings the
// schema of an empty database up to date, once: every other database is a copy of it.
func Main(m *testing.M, prepare func(ctx context.Context, url string) error) {
	var server *Server
	shared.start = sync.OnceValues(func() (*Server, error) {
		ctx := context.Background()
		var err error
		if server, err = Start(ctx); err != nil {
			return nil, err
		}
		if err := server.run(ctx, "CREATE DATABASE "+template); err != nil {
			return nil, err
		}
		return server, prepare(ctx, server.URL(template))
	})
	m.Run() // whose result the caller's TestMain ends with
	if server != nil {
		server.Stop()
	}
}

// Database makes a database with the schema, which is removed when the test ends, and gives its address. Connections
// to it go by the name of the test. The package's TestMain has to be Main.
func Database(t testing.TB) string {
	t.Helper()
	if shared.start == nil {
		t.Fatal("pgtest.Database needs a TestMain that calls pgtest.Main")
	}
	server, err := shared.start()
	if err != nil {
		t.Fatalf("PostgreSQL: %v", err)
	}
	name := fmt.Sprintf("pgtest_%d", shared.databases.Add(1))
	if err := server.run(t.Context(), "CREATE DATABASE "+name+" TEMPLATE "+template); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.run(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	return server.URL(name) + "&application_name=" + url.QueryEscape(t.Name())
}

// run runs a statement in the server's own database.
func (s *Server) run(ctx context.Context, statement string) error {
	db, err := sql.Open("pgx", s.URL("postgres"))
	if err != nil {
		return err
	}
	if _, err = db.ExecContext(ctx, statement); err != nil {
		err = fmt.Errorf("%s: %w", statement, err)
	}
	return errors.Join(err, db.Close())
}
