package pgtest_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"myaccount/services/store/postgres/pgtest"
)

func TestMain(m *testing.M) {
	pgtest.Main(m, func(ctx context.Context, url string) (err error) {
		db, err := sql.Open("pgx", url)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, db.Close()) }()
		_, err = db.ExecContext(ctx, "CREATE TABLE word (word TEXT)")
		return err
	})
}

func open(t *testing.T, url string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() }) // of a server that may be gone
	return db
}

func TestDatabase_EachIsOfItsOwn(t *testing.T) {
	for _, name := range []string{"one", "two"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := open(t, pgtest.Database(t))
			for _, word := range []string{"B", "a"} {
				if _, err := db.ExecContext(t.Context(), "INSERT INTO word VALUES ($1)", word); err != nil {
					t.Fatal(err)
				}
			}
			var words, client string
			err := db.QueryRowContext(t.Context(),
				"SELECT string_agg(word, '' ORDER BY word), current_setting('application_name') FROM word").Scan(&words, &client)
			if err != nil || words != "aB" || client != t.Name() {
				t.Errorf("%q of %q, %v", words, client, err)
			}
		})
	}
}

func TestServer_KillKeepsTheData(t *testing.T) {
	server, err := pgtest.Start(t.Context(), "fsync=on", "synchronous_commit=on", "full_page_writes=on")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Stop()
	db := open(t, server.URL("postgres"))
	if _, err := db.ExecContext(t.Context(), "CREATE TABLE kept AS SELECT 7 AS n"); err != nil {
		t.Fatal(err)
	}
	if err := server.Kill(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := server.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := open(t, server.URL("postgres")).QueryRowContext(t.Context(), "SELECT n FROM kept").Scan(&n); err != nil || n != 7 {
		t.Errorf("read %d, %v", n, err)
	}
	server.Stop()
	if err := open(t, server.URL("postgres")).PingContext(t.Context()); err == nil {
		t.Error("the server still runs")
	}
}

// abandonServer is set for a process of the test that starts a server and does not end it.
const abandonServer = "MYACCOUNT_TEST_ABANDON"

func TestServer_EndsWithItsProcess(t *testing.T) {
	if os.Getenv(abandonServer) != "" {
		server, err := pgtest.Start(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Printf("\n%s\n", server.URL("postgres"))
		os.Exit(1) // as a panic in another goroutine does
	}
	command := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestServer_EndsWithItsProcess$")
	command.Env = append(os.Environ(), abandonServer+"=1")
	out, err := command.Output()
	_, url, found := strings.Cut(string(out), "\npostgres:")
	if err == nil || !found {
		t.Fatalf("%v: %s", err, out)
	}
	url, _, _ = strings.Cut(url, "\n")
	db := open(t, "postgres:"+url)
	for deadline := time.Now().Add(30 * time.Second); db.PingContext(t.Context()) == nil; {
		if time.Now().After(deadline) {
			t.Fatal("the server goes on without its process")
		}
	}
}
