package core

import (
	"slices"
	"time"

	"myaccount/services"
)

// LimitTx is the part of a transaction that counts tries.
type LimitTx interface {
	// Tries reads a counter, empty when there is none, and holds it until the transaction ends, so that of many who
	// count at once none is lost.
	Tries(name string) (Tries, error)
	// SetTries writes a counter, which may be forgotten from a moment on.
	SetTries(t Tries, stale time.Time) error
	// ClearTries removes a counter.
	ClearTries(name string) error
	// ClearTriesOf removes every counter of a person.
	ClearTriesOf(personID string) error
	// ForgetTries removes counters that are stale at a moment.
	ForgetTries(at time.Time) error
}

// Tries counts how often something was tried. Names may hold personal data: a Store keeps a keyed hash of them.
type Tries struct {
	Name     string
	PersonID string      // whose password reset clears it; "" for nobody's
	Times    []time.Time // oldest first
	Until    time.Time   // locked until then; zero when it is not
}

// within drops tries that are older than a window. After a clock was set back, what lies in the future counts as now,
// and a lock lasts no longer than it would from now.
func (t Tries) within(now time.Time, window, lock time.Duration) Tries {
	t.Times = slices.Clone(t.Times)
	for i, at := range t.Times {
		if at.After(now) {
			t.Times[i] = now
		}
	}
	t.Times = slices.DeleteFunc(t.Times, func(at time.Time) bool { return now.Sub(at) >= window })
	if latest := now.Add(lock); t.Until.After(latest) {
		t.Until = latest
	}
	return t
}

// throttle counts one try under a name and lets at most max within any window of that length pass. Fails with
// CodeThrottled, which says when the next may pass; with it the transaction may end without writing anything. For that
// reason tries that lie more than a window ahead do not count: a clock set back would let nobody pass until it is
// there again.
func throttle(tx Tx, name, personID string, max int, window time.Duration) error {
	tries, err := tx.Tries(name)
	if err != nil {
		return err
	}
	now := tx.Now()
	tries.Times = slices.DeleteFunc(tries.Times, func(at time.Time) bool { return at.Sub(now) > window })
	tries = tries.within(now, window, 0)
	if n := len(tries.Times); n >= max {
		return services.FailAfter(services.CodeThrottled, tries.Times[n-max].Add(window).Sub(now))
	}
	tries.PersonID = personID
	tries.Times = append(tries.Times, now)
	return tx.SetTries(tries, now.Add(window))
}
