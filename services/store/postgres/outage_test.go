package postgres_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/basetest"
	"myaccount/services/core"
	"myaccount/services/store/postgres"
	"myaccount/services/store/postgres/pgtest"
)

// durable are settings of a server that keeps what it has acknowledged.
var durable = []string{"fsync=on", "synchronous_commit=on", "full_page_writes=on"}

// startServer starts a server of the test's own.
func startServer(t *testing.T) *pgtest.Server {
	t.Helper()
	server, err := pgtest.Start(t.Context(), durable...)
	must(t, err)
	t.Cleanup(server.Stop)
	return server
}

// writer writes rows one after the other and notes which were acknowledged.
type writer struct {
	t     *testing.T
	db    *postgres.Database
	name  string
	acked []string
	total *atomic.Int64
}

// write writes until enough were acknowledged by all.
func (w *writer) write(enough int64) {
	for n := 0; w.total.Load() < enough; n++ {
		name := fmt.Sprint(w.name, "-", n)
		ctx, cancel := context.WithTimeout(w.t.Context(), 5*time.Second)
		err := w.db.Update(ctx, func(tx core.Tx) error { return tx.SetSetting(name, "1") })
		cancel()
		switch {
		case err == nil:
			w.acked = append(w.acked, name)
			w.total.Add(1)
		case services.CodeOf(err) != services.CodeUnavailable:
			w.t.Errorf("%s: %v", name, err)
			return
		}
	}
}

// TestUpdate_ServerKilled cuts the server's power again and again while rows are written. Those that were acknowledged
// are there afterwards, and the store goes on by itself.
func TestUpdate_ServerKilled(t *testing.T) {
	const rounds, each = 3, 150
	server := startServer(t)
	db := open(t, server.URL("postgres"), newBox(t))
	var total atomic.Int64
	writers := make([]*writer, 8)
	var all sync.WaitGroup
	for i := range writers {
		writers[i] = &writer{t: t, db: db, name: fmt.Sprint("of-", i), total: &total}
		all.Go(func() { writers[i].write((rounds + 1) * each) })
	}
	for round := range rounds {
		for total.Load() < int64(round+1)*each && !t.Failed() {
			time.Sleep(time.Millisecond) // looking, not waiting
		}
		must(t, server.Kill(t.Context()))
		must(t, server.Run(t.Context()))
	}
	all.Wait()
	must(t, db.View(t.Context(), func(tx core.Tx) error {
		for _, w := range writers {
			for _, name := range w.acked {
				if _, err := tx.Setting(name); err != nil {
					t.Errorf("%s was acknowledged: %v", name, err)
				}
			}
		}
		return nil
	}))
}

// TestUpdate_Standby takes the primary away and back.
func TestUpdate_Standby(t *testing.T) {
	server := startServer(t)
	url := server.URL("postgres")
	db := open(t, url, newBox(t))
	write := func(value string) error {
		return db.Update(t.Context(), func(tx core.Tx) error { return tx.SetSetting("a", value) })
	}
	must(t, write("before"))
	must(t, server.Demote(t.Context()))
	if err := write("meanwhile"); services.CodeOf(err) != services.CodeUnavailable {
		t.Errorf("a standby wrote: %v", err)
	}
	if err := db.Check(t.Context()); services.CodeOf(err) != services.CodeUnavailable {
		t.Errorf("a standby is fine: %v", err)
	}
	if got := setting(t, db, "a"); got != "before" {
		t.Errorf("a standby reads %q", got)
	}
	statement(t, url, "SELECT pg_promote()")
	must(t, db.Check(t.Context()))
	must(t, write("after"))
	if got := setting(t, db, "a"); got != "after" {
		t.Errorf("read %q", got)
	}
}

// disconnect ends every connection to a database, and waits until they are gone. New ones may come at once.
func disconnect(t *testing.T, url string) {
	t.Helper()
	var ended string
	var all sql.NullBool
	read(t, url, `SELECT coalesce(string_agg(pid::text, ','), '0'), bool_and(pg_terminate_backend(pid))
		FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`, &ended, &all)
	for n := 1; n > 0; {
		read(t, url, "SELECT count(*) FROM pg_stat_activity WHERE pid IN ("+ended+")", &n)
	}
}

func TestUpdate_ConnectionLostBeforeCommit(t *testing.T) {
	url := pgtest.Database(t)
	db := open(t, url, newBox(t))
	runs := 0
	must(t, db.Update(t.Context(), func(tx core.Tx) error {
		if runs++; runs == 1 {
			disconnect(t, url)
		}
		return tx.SetSetting("a", fmt.Sprint(runs))
	}))
	if got := setting(t, db, "a"); got != "2" || runs != 2 {
		t.Errorf("read %q after %d runs", got, runs)
	}
}

func TestUpdate_ConnectionLostAtCommit(t *testing.T) {
	url := pgtest.Database(t)
	db := open(t, url, newBox(t))
	runs := 0
	err := db.Update(t.Context(), func(tx core.Tx) error {
		runs++
		if err := tx.SetSetting("a", "1"); err != nil {
			return err
		}
		disconnect(t, url)
		return nil
	})
	if services.CodeOf(err) != services.CodeUnavailable || runs != 1 {
		t.Errorf("%v after %d runs: whether it was committed nobody knows", err, runs)
	}
	must(t, db.Update(t.Context(), func(tx core.Tx) error { return tx.SetSetting("b", "1") }))
}

// TestUpdate_ReadOnlyConnections has a pool whose connections take no writes, as those to a server that was demoted.
func TestUpdate_ReadOnlyConnections(t *testing.T) {
	url, box := pgtest.Empty(t), newBox(t)
	must(t, postgres.Migrate(t.Context(), url))
	db := open(t, url, box)
	var name string
	read(t, url, "SELECT current_database()", &name)
	statement(t, url, "ALTER DATABASE "+name+" SET default_transaction_read_only = on")
	disconnect(t, url)
	write := func() error {
		return db.Update(t.Context(), func(tx core.Tx) error { return tx.SetSetting("a", "1") })
	}
	if err := write(); services.CodeOf(err) != services.CodeUnavailable {
		t.Fatalf("wrote: %v", err)
	}
	statement(t, url+"&default_transaction_read_only=off", "ALTER DATABASE "+name+" RESET default_transaction_read_only")
	must(t, write())
}

func TestOpen_ServerComesLate(t *testing.T) {
	server := startServer(t)
	url, box := server.URL("postgres"), newBox(t)
	must(t, server.Kill(t.Context()))
	if _, err := postgres.Open(t.Context(), url, box, &basetest.Clock{}); services.CodeOf(err) != services.CodeUnavailable {
		t.Errorf("opened: %v", err)
	}
	must(t, server.Run(t.Context()))
	db := open(t, url, box)
	if err := db.View(t.Context(), func(core.Tx) error { return errors.New("of the caller") }); services.CodeOf(err) != services.CodeInternal {
		t.Errorf("an error of the caller's reads as %v", err)
	}
}
