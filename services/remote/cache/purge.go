package cache

import (
	"context"
	"errors"
	"fmt"
	"time"

	"myaccount/services"
	"myaccount/services/rule"
)

const (
	// strayFor is how long a file may belong to no message.
	strayFor = 24 * time.Hour
	// orphanFor is how long bytes may be kept without a row: the time between the two writings of Attach is far less.
	orphanFor = time.Hour
)

// Purge removes what is past its time, of everybody on this machine: answers, receipts, offline sign-ins, files that
// belong to nothing, and bytes without a row, which a crash leaves behind. Messages never go: see Claim. It may be run
// at any time.
func (c *Cache) Purge(ctx context.Context) error {
	var strays []string
	err := c.update(ctx, func(t *tx) (err error) {
		before := micros(t.now.Add(-strayFor))
		if strays, err = t.ids(`SELECT id FROM file WHERE message_id = '' AND made_at < $1`, before); err != nil {
			return err
		}
		return errors.Join(
			t.exec(`DELETE FROM file WHERE message_id = '' AND made_at < $1`, before),
			t.exec(`DELETE FROM answer WHERE kept_until <= $1`, micros(t.now)),
			t.exec(`DELETE FROM receipt WHERE received_at <= $1`, micros(t.now.Add(-rule.KeysFor))),
			t.exec(`DELETE FROM verifier WHERE until <= $1`, micros(t.now)),
		)
	})
	if err != nil {
		return err
	}
	c.dropBytes(ctx, strays)
	return errors.Join(c.purgeBytes(ctx), c.file.RemoveBackups(c.clock.Now().Add(-rule.KeysFor)))
}

// purgeBytes removes bytes without a row.
func (c *Cache) purgeBytes(ctx context.Context) error {
	before := c.clock.Now().Add(-orphanFor)
	return c.blobs.List(ctx, func(key string, put time.Time) error {
		if !put.Before(before) {
			return nil
		}
		var known []string
		err := c.view(ctx, func(t *tx) (err error) {
			known, err = t.ids(`SELECT id FROM file WHERE id = $1`, key)
			return err
		})
		if err != nil || len(known) > 0 {
			return err
		}
		return c.blobs.Delete(ctx, key)
	})
}

// Sizes is how much of a person's lies on this machine.
type Sizes struct {
	Drafts  int   // those that came back from being sent among them
	Waiting int   // messages on their way
	Files   int   // not sent yet
	Answers int   // of the backend
	Bytes   int64 // of all of it
}

// Sizes counts what the person keeps.
func (p *Person) Sizes(ctx context.Context) (s Sizes, err error) {
	err = p.view(ctx, func(t *tx) error {
		return t.one(`SELECT
			(SELECT count(*) FROM message WHERE person = $1 AND state = 'draft'),
			(SELECT count(*) FROM message WHERE person = $1 AND state <> 'draft'),
			(SELECT count(*) FROM file WHERE person = $1),
			(SELECT count(*) FROM answer WHERE person = $1),
			(SELECT coalesce(sum(length(content)), 0) FROM message WHERE person = $1)
				+ (SELECT coalesce(sum(size), 0) FROM file WHERE person = $1)
				+ (SELECT coalesce(sum(length(value)), 0) FROM answer WHERE person = $1)`,
			[]any{t.person}, &s.Drafts, &s.Waiting, &s.Files, &s.Answers, &s.Bytes)
	})
	return s, err
}

// WaitingError says that messages wait to be sent, which a removal would lose.
type WaitingError struct{ Messages int }

// Error tells how many, for the log.
func (e *WaitingError) Error() string { return fmt.Sprintf("%d messages wait to be sent", e.Messages) }

// RemoveAll removes everything of the person from this machine, drafts and the offline sign-in too, and the copies made
// before migrations: for a sign-out that asks for it. While messages wait to be sent it fails with CodeConflict, which wraps a WaitingError, unless they are
// to be discarded.
func (p *Person) RemoveAll(ctx context.Context, discard bool) error {
	var bytes []string
	err := p.update(ctx, func(t *tx) error {
		n, err := t.count(`SELECT count(*) FROM message WHERE person = $1 AND state <> 'draft'`)
		if err == nil && n > 0 && !discard {
			err = &services.Error{Code: services.CodeConflict, Err: &WaitingError{n}}
		}
		if err != nil {
			return err
		}
		if bytes, err = t.ids(`SELECT id FROM file WHERE person = $1`, t.person); err != nil {
			return err
		}
		for _, table := range []string{"message", "file", "receipt", "answer", "verifier"} {
			err = errors.Join(err, t.exec(`DELETE FROM `+table+` WHERE person = $1`, t.person))
		}
		return err
	})
	if err != nil {
		return err
	}
	p.cache.dropBytes(ctx, bytes)
	return p.cache.file.RemoveBackups(p.cache.clock.Now().Add(rule.KeysFor)) // whatever the clock said then
}
