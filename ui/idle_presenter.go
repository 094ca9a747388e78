package ui

import "time"

// idle decides when a signed-in person has been away for too long: it warns first and then ends the session. It
// counts by the moments it is told, so a machine that slept signs out at once when it wakes, and a clock set back
// counts as activity rather than as time that has passed.
type idle struct {
	limit   time.Duration // after which the session ends
	warning time.Duration // how long before that the person is warned
	last    time.Time     // the last sign of the person
	told    time.Time     // when the session was last told of one
}

// idleState is what the shell shows.
type idleState int

const (
	idleActive idleState = iota
	idleWarn
	idleOver
)

func newIdle(limit time.Duration, now time.Time) *idle {
	return &idle{limit: limit, warning: min(time.Minute, limit/3), last: now, told: now}
}

// touch notes a sign of the person and tells whether the session should hear of it: not at every key.
func (i *idle) touch(now time.Time) (tell bool) {
	i.last = now
	if since := now.Sub(i.told); since >= i.limit/15 || since < 0 {
		i.told = now
		return true
	}
	return false
}

// look tells the state at a moment, and how much time is left before the session ends.
func (i *idle) look(now time.Time) (idleState, time.Duration) {
	if now.Before(i.last) {
		i.last = now
	}
	left := i.limit - now.Sub(i.last)
	switch {
	case left <= 0:
		return idleOver, 0
	case left <= i.warning:
		return idleWarn, left
	default:
		return idleActive, left
	}
}
