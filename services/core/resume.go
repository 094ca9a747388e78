package core

import (
	"context"
	"sync"
	"time"

	"myaccount/services"
	"myaccount/services/seal"
)

// Resume finds a session by its token, for callers that keep nothing but the token. Fails with CodeUnauthenticated
// when there is none or it has ended.
func (c *Core) Resume(ctx context.Context, token seal.Secret) (services.Session, error) {
	found, err := c.lookUp(ctx, token)
	if err != nil {
		return nil, err
	}
	return c.open(found.row, token, found.info), nil
}

// lookUp reads the session of a token.
func (c *Core) lookUp(ctx context.Context, token seal.Secret) (found recalled, err error) {
	err = c.Store.View(ctx, func(tx Tx) (err error) {
		if found.row, err = tx.SessionByToken(seal.HashToken(token.Reveal())); err != nil {
			return gone(err, services.CodeUnauthenticated)
		}
		if !found.row.lasts(tx.Now(), c.Brand.Rules.SessionIdle) {
			return services.Fail(services.CodeUnauthenticated)
		}
		found.at = tx.Now()
		found.info, err = c.info(tx, found.row)
		return err
	})
	return found, err
}

// Recall is Resume for callers that come often: whose session a token is stays the same, so it is looked up once a
// minute. Whether the session lasts is not remembered: every call finds that out in its own transaction, and so fails
// with CodeUnauthenticated where Recall does not. Info may be a minute old.
func (c *Core) Recall(ctx context.Context, token seal.Secret) (services.Session, error) {
	found, ok := c.recent.find(token, c.Clock.Now())
	if !ok {
		var err error
		if found, err = c.lookUp(ctx, token); err != nil {
			return nil, err
		}
		c.recent.add(token, found)
	}
	return c.open(found.row, token, found.info), nil
}

const (
	// recallFor is for how long a token is not looked up again.
	recallFor = time.Minute
	// recallMost is how many are remembered, of some hundred bytes each.
	recallMost = 10_000
)

// recalled is a session as it was when its token was looked up.
type recalled struct {
	row  SessionRow
	info services.SessionInfo
	at   time.Time
}

// recent remembers whose sessions tokens are, by their hashes.
type recent struct {
	mu    sync.Mutex
	known map[[seal.HashSize]byte]recalled
}

func hashOf(token seal.Secret) [seal.HashSize]byte {
	return [seal.HashSize]byte(seal.HashToken(token.Reveal()))
}

// find gives what is known of a token. What was looked up after now was, before the clock was set back.
func (r *recent) find(token seal.Secret, now time.Time) (recalled, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	known, ok := r.known[hashOf(token)]
	since := now.Sub(known.at)
	return known, ok && 0 <= since && since < recallFor
}

// add remembers a token. When there are too many, all others are forgotten, which costs each a look.
func (r *recent) add(token seal.Secret, known recalled) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known == nil || len(r.known) >= recallMost {
		r.known = map[[seal.HashSize]byte]recalled{}
	}
	r.known[hashOf(token)] = known
}

// forget forgets a token.
func (r *recent) forget(token seal.Secret) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.known, hashOf(token))
}
