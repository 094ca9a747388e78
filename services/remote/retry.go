package remote

import (
	"context"
	"math/rand/v2"
	"time"

	"myaccount/services"
)

const (
	triesMost  = 3 // of one call, while somebody waits for it
	waitFirst  = 200 * time.Millisecond
	waitMost   = 2 * time.Second
	patience   = 5 * time.Second // the longest that a call waits when the service says how long
	conflicted = 20              // tries of a call whose first is still at work
)

// retry waits for the next try of a call that may be made again, and tells whether there is one. It is called between
// tries only.
func (c *client) retry(ctx context.Context, err error, try int) bool {
	most := triesMost
	switch services.CodeOf(err) {
	case services.CodeUnavailable, services.CodeThrottled:
	case services.CodeConflict: // the same call, whose answer was lost, is still at work
		most = conflicted
	default:
		return false
	}
	wait := services.RetryAfterOf(err)
	if try+1 >= most || wait > patience || refusedCertificate(err) || services.CodeOf(err) == services.CodeConflict && wait == 0 {
		return false
	}
	return pause(ctx, wait+retryWait(try, waitFirst, waitMost)) // who were told the same do not come back at once
}

// retryWait is how long to wait after a try, counted from 0: anything up to a bound that doubles with each ("full
// jitter"), so that many who lost the same service do not come back at once.
func retryWait(try int, first, most time.Duration) time.Duration {
	bound := most
	if first < most>>min(try, 62) {
		bound = first << try
	}
	return bound/10 + rand.N(bound-bound/10+1) //nolint:gosec // nobody gains by guessing it
}

// pause waits, unless ctx ends before or meanwhile.
func pause(ctx context.Context, wait time.Duration) bool {
	if end, ok := ctx.Deadline(); ok && time.Until(end) < wait {
		return false
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
