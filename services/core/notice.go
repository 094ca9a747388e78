package core

import (
	"context"
	"slices"
	"time"

	"myaccount/services"
	"myaccount/services/brand"
)

// NoticeTx is the part of a transaction that keeps what people's computers are to say.
type NoticeTx interface {
	// HoldNotice keeps that a person's computer is to tell of an event. However often it is held, it is told once.
	HoldNotice(personID string, event services.NotificationEvent) error
	// Notices lists what is held for a person.
	Notices(personID string) ([]services.NotificationEvent, error)
	// TakeNotices lists it likewise, and holds it no longer.
	TakeNotices(personID string) ([]services.NotificationEvent, error)
	// ForgetNotices removes what has been held since before a moment.
	ForgetNotices(before time.Time) error
}

// noticeFor is how long something waits for a computer of the person that can tell it. Who comes back later finds it in
// the pages.
const noticeFor = 7 * brand.Day

// HoldNotice keeps a notice, which subscribers look for.
func (t *watchedTx) HoldNotice(personID string, event services.NotificationEvent) error {
	t.wrote = true
	return t.Tx.HoldNotice(personID, event)
}

// tellComputers has a person's computers tell of an event: the first that listens and may. That a device was added is for
// those that listen now, as its mail comes at once and the new device knows.
func tellComputers(tx Tx, personID string, event services.NotificationEvent, now bool) error {
	switch {
	case event != services.NotifyDevice:
		return tx.HoldNotice(personID, event)
	case now:
		return announce(tx, personID, services.EventNotice, string(event))
	}
	return nil
}

// noticesDue tells whether a person's computer has something to tell, and may do so now.
func noticesDue(tx Tx, personID string) (bool, error) {
	held, err := tx.Notices(personID)
	if err != nil || len(held) == 0 {
		return false, err
	}
	person, err := tx.Person(personID)
	if err != nil {
		return false, err
	}
	set, err := notificationsOf(tx, personID)
	if err != nil {
		return false, err
	}
	until, err := quietUntil(tx, person, set)
	return until.IsZero(), err
}

// tellNotices makes events of what is held for a person, now that a computer of theirs listens.
func (c *Core) tellNotices(ctx context.Context, personID string) error {
	return c.update(ctx, func(tx Tx) error {
		set, err := notificationsOf(tx, personID)
		if err != nil {
			return err
		}
		held, err := tx.TakeNotices(personID)
		if err != nil {
			return err
		}
		for _, event := range services.NotificationEvents() {
			if !slices.Contains(held, event) || !set.Events[event].Desktop {
				continue
			}
			if err := announce(tx, personID, services.EventNotice, string(event)); err != nil {
				return err
			}
		}
		return nil
	})
}
