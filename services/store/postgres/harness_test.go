package postgres_test

import (
	"sync"
	"testing"
	"time"

	"myaccount/services/seal"
	"myaccount/services/store/postgres"
)

// clock is a clock that the test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func newBox(t testing.TB) *seal.Box {
	t.Helper()
	key, err := seal.NewKey()
	must(t, err)
	box, err := seal.Open(key)
	must(t, err)
	return box
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("unexpected: %v", err)
	}
}

// open opens a database until the test ends.
func open(t *testing.T, url string, box *seal.Box) *postgres.Database {
	t.Helper()
	db, err := postgres.Open(t.Context(), url, box, &clock{now: time.Date(2026, 3, 2, 14, 0, 0, 0, time.UTC)})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	return db
}
