package server

import (
	"context"
	"sync"
	"time"

	"myaccount/services"
)

// How many requests of a costly kind may be under way. The others wait for gateWait and are then sent away, so that a
// flood of them holds neither memory nor those who only read.
const (
	passwordsPerCore = 8  // 40 ms each: half a second of work
	filesAtOnce      = 32 // of at most 10 MB each
	gateWait         = 2 * time.Second

	filesEach = 8 // of filesAtOnce, for one person: more than one message has
)

// gate lets a bounded number pass at once.
type gate chan struct{}

func newGate(n int) gate { return make(gate, n) }

// enter waits for a place, which leave gives back. Fails with CodeUnavailable (RetryAfter) when there is none in time.
func (g gate) enter(ctx context.Context) (leave func(), err error) {
	leave = func() { <-g }
	select {
	case g <- struct{}{}:
		return leave, nil
	default:
	}
	timer := time.NewTimer(gateWait)
	defer timer.Stop()
	select {
	case g <- struct{}{}:
		return leave, nil
	case <-timer.C:
		return nil, services.FailAfter(services.CodeUnavailable, gateWait)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// crowd counts what every person has under way of a kind, so that one of them cannot take what is there for all.
type crowd struct {
	most int
	mu   sync.Mutex
	of   map[string]int // by the id of the person; who has none is left out
}

func newCrowd(most int) *crowd { return &crowd{most: most, of: map[string]int{}} }

// enter counts one more, which leave takes back. Fails with CodeUnavailable (RetryAfter) when the person has too many.
func (c *crowd) enter(person string) (leave func(), err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.of[person] >= c.most {
		return nil, services.FailAfter(services.CodeUnavailable, gateWait)
	}
	c.of[person]++
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.of[person]--; c.of[person] == 0 {
			delete(c.of, person)
		}
	}, nil
}
