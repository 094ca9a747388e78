package postgres

import (
	"context"
	"database/sql"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"myaccount/services/store"
)

// channel is what replicas tell each other on that something was written. What is said is who says it; what was written,
// everybody reads from the tables, so a word that is lost costs time alone.
const channel = "myaccount"

const (
	tellFirst = 50 * time.Millisecond // wait before the second try to reach the server; doubles with each
	tellMost  = 5 * time.Second
	// stillThere is how often a connection that nothing comes from is tried: one whose server vanished without a word
	// would be listened to for ever.
	stillThere = 10 * time.Second
)

// teller tells the other replicas, from a goroutine of its own.
type teller struct {
	db      *sql.DB
	name    string        // of this replica
	pending chan struct{} // holds one value when there is something to tell
	cancel  context.CancelFunc
	running sync.WaitGroup
}

func startTeller(db *sql.DB, name string) *teller {
	ctx, cancel := context.WithCancel(context.Background())
	t := &teller{db: db, name: name, pending: make(chan struct{}, 1), cancel: cancel}
	t.running.Go(func() { t.run(ctx) })
	return t
}

func (t *teller) stop() {
	t.cancel()
	t.running.Wait()
}

// run tells until ctx ends. Whatever is announced while it tells is told once.
func (t *teller) run(ctx context.Context) {
	for {
		select {
		case <-t.pending:
		case <-ctx.Done():
			return
		}
		for wait := tellFirst; ctx.Err() == nil; wait = min(2*wait, tellMost) {
			if _, err := t.db.ExecContext(ctx, "SELECT pg_notify($1, $2)", channel, t.name); err == nil {
				break
			}
			store.Rest(ctx, wait)
		}
	}
}

// Announce lets the other replicas know that an event or a mail was written. It never waits; what is announced while
// the server is away is told when it is back. It is made to be a core's Config.Wake.
func (d *Database) Announce() {
	select {
	case d.teller.pending <- struct{}{}:
	default:
	}
}

// Listen calls wake whenever another replica has announced something, and whenever something may have been missed
// because the connection was lost, until ctx ends.
func (d *Database) Listen(ctx context.Context, wake func()) {
	for wait := tellFirst; ctx.Err() == nil; wait = min(2*wait, tellMost) {
		if d.listen(ctx, wake) {
			wait = tellFirst
		}
		store.Rest(ctx, wait)
	}
}

// listen listens on one connection until that breaks or ctx ends, and tells whether there was one.
func (d *Database) listen(ctx context.Context, wake func()) (heard bool) {
	conn, err := pgx.ConnectConfig(ctx, d.config)
	if err != nil {
		return false
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }() // it is broken, or nobody needs it any more
	if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil {
		return false
	}
	wake()
	for {
		quiet, cancel := context.WithTimeout(ctx, stillThere)
		said, err := conn.WaitForNotification(quiet)
		cancel()
		switch {
		case err == nil && said.Payload != d.teller.name:
			wake()
		case err != nil && (ctx.Err() != nil || conn.IsClosed() || !alive(ctx, conn)):
			return true
		}
	}
}

// alive tells whether the server still answers.
func alive(ctx context.Context, conn *pgx.Conn) bool {
	ctx, cancel := context.WithTimeout(ctx, stillThere/2)
	defer cancel()
	return conn.Ping(ctx) == nil
}
