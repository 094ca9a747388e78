package core

import (
	"context"
	"slices"
	"sync"
	"time"

	"myaccount/services"
)

// EventTx is the part of a transaction that keeps events.
type EventTx interface {
	// AddEvent writes an event as the next of its audience and gives its sequence number.
	AddEvent(audience string, row EventRow) (seq int64, err error)
	// Events reads at most limit events of an audience after a sequence number, in their order.
	Events(audience string, after int64, limit int) ([]services.Event, error)
	// EventRange gives the sequence numbers of the first event of an audience that is still kept and of the last that
	// was written, kept or not; first is last+1 when none is kept.
	EventRange(audience string) (first, last int64, err error)
	// ForgetEvents removes those written before a moment; the sequence goes on.
	ForgetEvents(before time.Time) error
	// ForgetAudience removes all that is kept of an audience.
	ForgetAudience(audience string) error
}

// EventRow is an event as it is written.
type EventRow struct {
	Kind services.EventKind
	ID   string
	At   time.Time
}

// AudienceDesk is who learns what customers write. Every other audience is the id of a person.
const AudienceDesk = "desk"

const (
	// eventsFor is how long a subscriber may be away and still learn what it missed one by one.
	eventsFor = 7 * 24 * time.Hour
	// backlog is how many events a subscriber is told one by one; of more it is told once, to read everything again.
	backlog = 100
	// recheck is how often a subscription looks by itself: for a session that ended because nothing was done, and for
	// events that another process wrote.
	recheck = 30 * time.Second
)

// announce writes an event; subscribers learn of it when the transaction is committed.
func announce(tx Tx, audience string, kind services.EventKind, id string) error {
	_, err := tx.AddEvent(audience, EventRow{Kind: kind, ID: id, At: tx.Now()})
	return err
}

// AddEvent writes an event.
func (t *watchedTx) AddEvent(audience string, row EventRow) (int64, error) {
	t.wrote = true
	return t.Tx.AddEvent(audience, row)
}

// EndSession ends a session, whose subscriptions end when they are woken.
func (t *watchedTx) EndSession(id string, at time.Time) error {
	t.wrote = true
	return t.Tx.EndSession(id, at)
}

// EndSessions ends a person's sessions likewise.
func (t *watchedTx) EndSessions(personID, deviceID string, at time.Time) error {
	t.wrote, t.ended = true, append(t.ended, personID)
	return t.Tx.EndSessions(personID, deviceID, at)
}

// EndOtherSessions ends all of a person's sessions but one likewise.
func (t *watchedTx) EndOtherSessions(personID, keepID string, at time.Time) error {
	t.wrote, t.ended = true, append(t.ended, personID)
	return t.Tx.EndOtherSessions(personID, keepID, at)
}

// hub wakes subscriptions, and ends them.
type hub struct {
	mu     sync.Mutex
	next   chan struct{}
	once   sync.Once
	closed chan struct{} // when it is, subscriptions end
}

// close ends all subscriptions.
func (h *hub) close() { h.once.Do(func() { close(h.closed) }) }

// wait gives a channel that is closed at the next wake.
func (h *hub) wait() <-chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.next == nil {
		h.next = make(chan struct{})
	}
	return h.next
}

// wake wakes everyone who waits.
func (h *hub) wake() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.next != nil {
		close(h.next)
		h.next = nil
	}
}

// Look wakes subscriptions, and has them end when their session did, for what another process wrote. It never waits.
func (c *Core) Look() { c.hub.wake() }

// Subscribe gives the events of the session's person, or of the desk to an advisor, until ctx, the session or the portal
// ends.
func (s *session) Subscribe(ctx context.Context, after int64) (<-chan services.Event, error) {
	sub := &subscription{session: s, audience: s.person, after: after, out: make(chan services.Event)}
	if s.role == services.RoleAdvisor {
		sub.audience = AudienceDesk
	}
	var start []services.Event
	err := s.view(ctx, signedIn, func(tx Tx, row SessionRow) (err error) {
		if after == 0 {
			_, sub.after, err = tx.EventRange(sub.audience)
			return err
		}
		start, err = sub.read(tx, row)
		return err
	})
	if err != nil {
		return nil, err
	}
	go sub.run(ctx, start)
	return sub.out, nil
}

// subscription tells one subscriber what happens. It holds no more than one reading of events: a subscriber that takes
// nothing costs nothing, as what it misses lies in the database.
type subscription struct {
	session  *session
	audience string
	after    int64
	out      chan services.Event
}

// run sends until ctx, the session or the portal ends.
func (s *subscription) run(ctx context.Context, events []services.Event) {
	defer close(s.out)
	look := time.NewTicker(recheck)
	defer look.Stop()
	closed := s.session.core.hub.closed
	for {
		for _, e := range events {
			select {
			case s.out <- e:
			case <-closed:
				return
			case <-ctx.Done():
				return
			}
		}
		woken := s.session.core.hub.wait() // before reading, so that nothing falls between
		var ended bool
		if events, ended = s.more(ctx); ended {
			return
		}
		if len(events) > 0 {
			continue
		}
		select {
		case <-woken:
		case <-look.C:
		case <-closed:
			return
		case <-ctx.Done():
			return
		}
	}
}

// more reads what is new. A fault that passes ends nothing: the next look tries again. Any other does: a store that was
// closed or is damaged does not come back.
func (s *subscription) more(ctx context.Context) (events []services.Event, ended bool) {
	var notices bool
	err := s.session.core.Store.View(ctx, func(tx Tx) error {
		row, err := s.session.guard(tx, signedIn) // not by view: listening is no use of the session
		if err != nil {
			return err
		}
		if s.audience != AudienceDesk && row.allows(ready) == nil {
			if notices, err = noticesDue(tx, row.PersonID); err != nil {
				return err
			}
		}
		events, err = s.read(tx, row)
		return err
	})
	if err == nil && notices {
		err = s.session.core.tellNotices(ctx, s.audience) // which wakes this subscription, too
	}
	code := services.CodeOf(err)
	if err != nil && code != services.CodeUnauthenticated && ctx.Err() == nil {
		s.session.core.Log.Warn("events", "error", err)
	}
	return events, err != nil && code != services.CodeUnavailable
}

// guarded are the kinds that only a session may learn of that may read what they are about.
var guarded = []services.EventKind{
	services.EventMessage, services.EventThread, services.EventDocument, services.EventPayment, services.EventReading,
}

// read gives the next events, or one EventRefetch in place of events that are gone, too many, or of another database. Whoever
// may not read messages yet is not told of them either.
func (s *subscription) read(tx Tx, row SessionRow) ([]services.Event, error) {
	first, last, err := tx.EventRange(s.audience)
	if err != nil || last == s.after {
		return nil, err
	}
	if s.after > last || s.after < first-1 || last-s.after > backlog {
		s.after = last
		return []services.Event{{Seq: last, Kind: services.EventRefetch}}, nil
	}
	events, err := tx.Events(s.audience, s.after, backlog)
	if n := len(events); n > 0 {
		s.after = events[n-1].Seq
	}
	if row.allows(ready) != nil {
		events = slices.DeleteFunc(events, func(e services.Event) bool {
			return slices.Contains(guarded, e.Kind)
		})
	}
	return events, err
}
