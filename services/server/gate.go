package server

import (
	"context"
	"time"

	"myaccount/services"
)

// How many requests of a costly kind may be under way. The others wait for gateWait and are then sent away, so that a
// flood of them holds neither memory nor those who only read.
const (
	passwordsPerCore = 8  // 40 ms each: half a second of work
	filesAtOnce      = 32 // of at most 10 MB each
	gateWait         = 2 * time.Second
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
