// Package basetest holds what the tests of many packages share: a clock that a test moves, a box that seals, and
// checks of errors.
package basetest

import (
	"maps"
	"sync"
	"time"

	"pgregory.net/rapid"

	"myaccount/services"
	"myaccount/services/seal"
)

// Start is when most tests begin.
var Start = time.Date(2026, 3, 2, 14, 0, 0, 0, time.UTC)

// Clock is a services.Clock that a test moves. The zero value stands at the zero time.
type Clock struct {
	// Step is how far the clock goes on by itself with every look at it.
	Step time.Duration

	mu    sync.Mutex
	now   time.Time
	since time.Time // when the clock began to go on by itself
}

// NewClock makes a clock that stands at a moment.
func NewClock(now time.Time) *Clock { return &Clock{now: now} }

// Running makes a clock that goes on by itself, in whole microseconds.
func Running(now time.Time) *Clock { return &Clock{now: now, since: time.Now()} }

// Now is the moment of the clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.since.IsZero() {
		return c.now.Add(time.Since(c.since)).Truncate(time.Microsecond)
	}
	c.now = c.now.Add(c.Step)
	return c.now
}

// Move sets the clock forward, or back.
func (c *Clock) Move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Set sets the clock to a moment.
func (c *Clock) Set(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now
}

// Must ends the test on an error.
func Must(t rapid.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("unexpected: %v", err)
	}
}

// WantCode checks the code of an error.
func WantCode(t rapid.TB, err error, want services.Code) {
	t.Helper()
	if got := services.CodeOf(err); got != want {
		t.Fatalf("got %q (%v), want %q", got, err, want)
	}
}

// WantFields checks the refused fields of an error.
func WantFields(t rapid.TB, err error, want map[string]string) {
	t.Helper()
	if got := services.FieldsOf(err); !maps.Equal(got, want) {
		t.Fatalf("got fields %v (%v), want %v", got, err, want)
	}
}

// Box makes a box with a key of its own.
func Box(t rapid.TB) *seal.Box {
	t.Helper()
	key, err := seal.NewKey()
	Must(t, err)
	return Opened(t, key)
}

// Opened opens the box of a key.
func Opened(t rapid.TB, key seal.Key) *seal.Box {
	t.Helper()
	box, err := seal.Open(key)
	Must(t, err)
	return box
}
