package cache

import (
	"context"
	"errors"
	"time"

	"myaccount/services"
	"myaccount/services/rule"
)

// WaitMost is the longest that a message waits for its next try, and that a try lasts without a word. Whatever is due
// later was written before the clock was set back.
const WaitMost = time.Hour

// Claim takes the oldest message that is due, for a try that lasts until a moment: nobody else gets it before. A message
// is never sent before an older one to the same thread. ok is false when there is none.
//
// Of a try that this process did not live to finish, nobody knows what became of it: the same message is claimed again
// and sent with the same idempotency key. One that was not sent within rule.KeysFor, for which the backend knows its
// key, comes back as a draft first, refused with CodeGone.
func (p *Person) Claim(ctx context.Context, until time.Time) (w Waiting, ok bool, err error) {
	err = p.update(ctx, func(t *tx) error {
		w, ok = Waiting{}, false
		rows, err := t.inTime()
		if err != nil {
			return err
		}
		m, found := next(rows, t.now)
		if !found {
			return nil
		}
		m.state, m.tries, m.dueAt = StateSending, m.tries+1, t.soon(until)
		w, ok = m.waiting(), true
		return t.save(m)
	})
	return w, ok && err == nil, err
}

// next finds the message to send now.
func next(rows []message, now time.Time) (message, bool) {
	for _, m := range heads(rows) {
		if m.due(now) {
			return m, true
		}
	}
	return message{}, false
}

// heads leaves the messages out for which an older one to the same thread must be sent first.
func heads(rows []message) (list []message) {
	held := map[string]bool{}
	for _, m := range rows {
		if thread := m.content.ThreadID; thread == "" || !held[thread] {
			held[thread] = true
			list = append(list, m)
		}
	}
	return list
}

// due tells whether a try may begin.
func (m message) due(now time.Time) bool {
	return !now.Before(m.dueAt) || m.dueAt.Sub(now) > WaitMost
}

// soon is a moment that is no later than due takes for real.
func (t *tx) soon(at time.Time) time.Time {
	if latest := t.now.Add(WaitMost); at.After(latest) {
		return latest
	}
	return at
}

// NextDue tells when Claim may find a message again, zero when none is on its way.
func (p *Person) NextDue(ctx context.Context) (due time.Time, err error) {
	err = p.view(ctx, func(t *tx) error {
		rows, err := t.onTheirWay()
		for _, m := range heads(rows) {
			at := m.dueAt
			if m.due(t.now) {
				at = t.now
			}
			if due.IsZero() || at.Before(due) {
				due = at
			}
		}
		return err
	})
	return due, err
}

// inTime lists messages on their way, and makes drafts of those whose time is over.
func (t *tx) inTime() ([]message, error) {
	rows, err := t.onTheirWay()
	if err != nil {
		return nil, err
	}
	var left []message
	for _, m := range rows {
		if t.now.Sub(m.createdAt) < rule.KeysFor || m.state == StateSending && !m.due(t.now) {
			left = append(left, m)
			continue
		}
		if err := t.comeBack(m, &refusal{Code: services.CodeGone}); err != nil {
			return nil, err
		}
	}
	return left, nil
}

// comeBack makes a draft of a message.
func (t *tx) comeBack(m message, why *refusal) error {
	m.state, m.refusal, m.updatedAt = stateDraft, why, t.now
	m.createdAt, m.dueAt, m.tries = time.Time{}, time.Time{}, 0
	return t.save(m)
}

// change runs fn with a message on its way. Fails with CodeNotFound when it is not, or not any more.
func (p *Person) change(ctx context.Context, key string, fn func(*tx, message) error) error {
	return p.update(ctx, func(t *tx) error {
		m, err := t.byKey(key)
		if err == nil && m.state == stateDraft {
			err = errNoRow
		}
		if err != nil {
			return found(err)
		}
		return fn(t, m)
	})
}

// SetUpload notes how far a file of a claimed message is, and that the try goes on until a moment: after a crash the
// upload goes on from there. The zero Upload begins it anew. Fails with CodeNotFound.
func (p *Person) SetUpload(ctx context.Context, key, fileID string, u Upload, until time.Time) error {
	return p.change(ctx, key, func(t *tx, m message) error {
		for _, f := range m.files {
			if f.ID == fileID {
				m.dueAt = t.soon(until)
				return errors.Join(t.setUpload(fileID, u), t.save(m))
			}
		}
		return services.Fail(services.CodeNotFound)
	})
}

func (t *tx) setUpload(fileID string, u Upload) error {
	sealed, err := t.seal("file", "upload", fileID, u)
	if err != nil {
		return err
	}
	return t.exec(`UPDATE file SET upload = $2 WHERE id = $1`, fileID, sealed)
}

// Done ends the way of a message that the backend has received: its receipt is kept, and the message goes with its
// files. Doing it again is no error. Fails with CodeNotFound.
func (p *Person) Done(ctx context.Context, key string, r services.Receipt) error {
	var bytes []string
	err := p.update(ctx, func(t *tx) error {
		bytes = nil
		if _, _, err := t.receipt(key); !errors.Is(err, errNoRow) {
			return err
		}
		m, err := t.byKey(key)
		if err != nil || m.state == stateDraft {
			return services.Fail(services.CodeNotFound)
		}
		if err := t.addReceipt(m, r); err != nil {
			return err
		}
		bytes, err = t.dropAll(m)
		return err
	})
	if err == nil {
		p.cache.dropBytes(ctx, bytes)
	}
	return err
}

func (t *tx) addReceipt(m message, r services.Receipt) error {
	id := rowID(t.sendKey(m.content.Key))
	sealed, err := t.seal("receipt", "content", id, r)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO receipt (id, person, sent, content, received_at) VALUES ($1, $2, $3, $4, $5)`,
		id, t.person, t.sentHash(m.content, m.fileIDs()), sealed, micros(t.now))
}

// Retry ends a try of which nobody knows the outcome, or that did not get through; the next is due at a moment, within
// WaitMost. Fails with CodeNotFound.
func (p *Person) Retry(ctx context.Context, key string, due time.Time) error {
	return p.change(ctx, key, func(t *tx, m message) error {
		m.state, m.dueAt = StateWaiting, t.soon(due)
		return t.save(m)
	})
}

// Hasten makes every message that waits due now: the backend can be reached again.
func (p *Person) Hasten(ctx context.Context) error {
	return p.update(ctx, func(t *tx) error {
		return t.exec(`UPDATE message SET due_at = $2 WHERE person = $1 AND state = 'waiting'`, t.person, micros(t.now))
	})
}

// Refuse ends the way of a message that the backend refused for good: it is a draft again, also beyond the number of
// drafts there may be. Nothing was received under its key, so its uploads begin anew; when the key itself was refused,
// it gets another. Fails with CodeNotFound.
func (p *Person) Refuse(ctx context.Context, key string, why *services.Error) (services.Draft, error) {
	var back message
	err := p.change(ctx, key, func(t *tx, m message) error {
		if why.Fields["idempotency_key"] != "" {
			m.content.Key = t.newID()
		}
		if err := t.exec(`UPDATE file SET upload = NULL WHERE message_id = $1`, m.id); err != nil {
			return err
		}
		if err := t.comeBack(m, &refusal{Code: why.Code, Fields: why.Fields}); err != nil {
			return err
		}
		var err error
		back, err = t.draft(m.id)
		return err
	})
	if err != nil {
		return services.Draft{}, err
	}
	return back.draft(), nil
}

// Cancel makes a draft again of a message that waits. If an earlier try got through without our knowing, the draft's key
// still keeps it from being sent twice. Fails with CodeConflict while it is being sent, and CodeNotFound.
func (p *Person) Cancel(ctx context.Context, key string) (services.Draft, error) {
	var back message
	err := p.change(ctx, key, func(t *tx, m message) error {
		if m.state == StateSending && !m.due(t.now) {
			return services.FailAfter(services.CodeConflict, m.dueAt.Sub(t.now))
		}
		if err := t.comeBack(m, nil); err != nil {
			return err
		}
		var err error
		back, err = t.draft(m.id)
		return err
	})
	if err != nil {
		return services.Draft{}, err
	}
	return back.draft(), nil
}
