package remote

import (
	"context"
	"sync"
	"time"

	"myaccount/services"
)

// connection knows whether the service could be reached when it was last tried.
type connection struct {
	clock services.Clock

	mu       sync.Mutex
	away     bool
	since    time.Time
	answered time.Time     // last
	looks    int           // in vain, or for a moment only: since the service was last there for steadyAfter
	asked    time.Duration // how long the service asked to be left alone
	back     time.Time     // when it was last reached again, by the clock that nobody sets
	watchers
}

// steadyAfter is how long a service has to be there until it is looked for as eagerly as at first. One that answers some
// calls and fails others seems to come and go, and all that waits for it would be tried each time.
const steadyAfter = 10 * time.Second

func newConnection(clock services.Clock) *connection { return &connection{clock: clock} }

// set notes how a try ended.
func (c *connection) set(online bool) {
	c.mu.Lock()
	if online {
		c.answered = c.clock.Now()
	}
	changed := c.away == online
	if changed || c.since.IsZero() {
		c.away, c.since = !online, c.clock.Now()
	}
	switch {
	case changed && online:
		c.back, c.asked = time.Now(), 0
	case changed && time.Since(c.back) >= steadyAfter:
		c.looks = 0
	}
	c.mu.Unlock()
	if changed {
		c.tell()
	}
}

// looked notes a look for the service, which may have asked to be left alone for a while.
func (c *connection) looked(asked time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.looks, c.asked = c.looks+1, min(asked, askedMost)
}

// patience is how long until the next look.
func (c *connection) patience() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.asked + retryWait(c.looks, time.Second, lookEvery)
}

func (c *connection) state() (online bool, since time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !c.away, c.since
}

// Online tells whether the service could be reached when it was last tried, and since when that is so.
func (p *Portal) Online() (online bool, since time.Time) { return p.link.state() }

// LastContact is when the service answered last; the zero time when it never did.
func (p *Portal) LastContact() time.Time {
	p.link.mu.Lock()
	defer p.link.mu.Unlock()
	return p.link.answered
}

// Reconnect asks the service for its policy.
func (p *Portal) Reconnect(ctx context.Context) error {
	_, err := p.ask(ctx)
	return err
}

// WatchConnection sends a value whenever Online has changed, until ctx ends.
func (p *Portal) WatchConnection(ctx context.Context) <-chan struct{} { return p.link.watch(ctx) }

// watchers are those who want to hear of a change. The zero value is ready.
type watchers struct {
	mutex sync.Mutex
	each  map[chan struct{}]bool
}

// tell wakes everybody; it never waits.
func (w *watchers) tell() {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	for c := range w.each {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// watch gives a channel that has a value after each change, and is closed when ctx ends.
func (w *watchers) watch(ctx context.Context) <-chan struct{} {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if w.each == nil {
		w.each = map[chan struct{}]bool{}
	}
	c := make(chan struct{}, 1)
	w.each[c] = true
	context.AfterFunc(ctx, func() {
		w.mutex.Lock()
		defer w.mutex.Unlock()
		delete(w.each, c)
		close(c)
	})
	return c
}
