package store

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"myaccount/services/core"
)

const (
	// lostMost is how often a transaction may lose against others before it is given up. Somebody wins each time, so
	// this is reached by nobody but in a crowd of hundreds.
	lostMost = 200
	// brokenMost is how often a transaction runs again after the engine went away. Who waits longer for another one to
	// take over is told to try again later.
	brokenMost = 3

	lostWait     = 2 * time.Millisecond // about, and longer with each
	lostWaitMost = 50 * time.Millisecond
	brokenWait   = 50 * time.Millisecond
)

// Update runs fn in a transaction that may write. It runs again when another transaction was quicker, and when the engine
// went away before anything could be committed. What went wrong while committing is not tried again, as it may have
// happened: that reads as CodeUnavailable, and whoever asks again with the same key learns what became of it.
//
// Those of this process that lost take turns. A crowd of 300 around one row is through in a second with less than two
// runs for each, where without turns it takes up to four seconds and seven runs.
func (s *Store) Update(ctx context.Context, fn func(core.Tx) error) error {
	var lost, broken int
	for {
		err := s.inTurn(ctx, lost > 0, fn)
		var wait time.Duration
		switch _, committing := errors.AsType[commitError](err); {
		case err == nil:
			return nil
		case ctx.Err() != nil:
		case s.dialect.Lost(err) && lost < lostMost:
			lost++
			wait = min(time.Duration(lost)*lostWait, lostWaitMost)
		case !committing && broken < brokenMost && s.dialect.Broken(err):
			wait = brokenWait << broken
			broken++
		}
		if wait == 0 || !Rest(ctx, wait) {
			return s.dialect.Translate(err)
		}
	}
}

// inTurn runs a transaction, when it is to wait its turn after others that do.
func (s *Store) inTurn(ctx context.Context, turn bool, fn func(core.Tx) error) error {
	if turn {
		select {
		case s.turn <- struct{}{}:
			defer func() { <-s.turn }()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	update, _ := s.dialect.Options()
	return s.run(ctx, s.writer, update, fn)
}

// View runs fn in a transaction that only reads. It begins again when the engine is found gone; what goes wrong later is
// not tried again, as fn may have handed out what it read.
func (s *Store) View(ctx context.Context, fn func(core.Tx) error) error {
	_, view := s.dialect.Options()
	for broken := 0; ; broken++ {
		begun := false
		err := s.run(ctx, s.reader, view, func(tx core.Tx) error {
			begun = true
			return fn(tx)
		})
		again := err != nil && !begun && broken < brokenMost && ctx.Err() == nil && s.dialect.Broken(err)
		if !again || !Rest(ctx, brokenWait<<broken) {
			return s.dialect.Translate(err)
		}
	}
}

// Rest waits between half and one and a half of a time, so that many who wait do not all come back in the same moment,
// and tells whether ctx lasted so long.
func Rest(ctx context.Context, about time.Duration) bool {
	timer := time.NewTimer(about/2 + rand.N(about)) //nolint:gosec // it is no secret
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// commitError is what went wrong while committing: whether it happened is not known.
type commitError struct{ err error }

func (e commitError) Error() string { return "commit: " + e.err.Error() }

func (e commitError) Unwrap() error { return e.err }
