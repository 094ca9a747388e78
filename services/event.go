package services

import "context"

// Events tells a session what happens.
type Events interface {
	// Subscribe gives the events after a sequence number (0: from now on) until ctx, the session or the portal ends, when
	// the channel is closed. A subscriber that is too slow gets EventRefetch in place of what it missed.
	Subscribe(ctx context.Context, after int64) (<-chan Event, error)
}

// EventKind says what happened.
type EventKind string

// The kinds there are.
const (
	EventMessage  EventKind = "message"  // a new message; ID is its thread's
	EventThread   EventKind = "thread"   // a thread changed: read, removed
	EventDocument EventKind = "document" // a document was added or removed; ID is its id
	EventPayment  EventKind = "payment"  // a payment was ordered, or changed what became of it; ID is its agreement's
	EventReading  EventKind = "reading"  // an odometer was read; ID is its agreement's
	EventMail     EventKind = "mail"     // a mail was put into the tray (local-only mode)
	EventSession  EventKind = "session"  // the session ended or changed
	EventNotice   EventKind = "notice"   // something the person wants to be told by the computer; ID is the NotificationEvent
	EventOutbox   EventKind = "outbox"   // messages on their way changed; screens are told by the program itself, see Outbox
	EventRefetch  EventKind = "refetch"  // events were missed: read everything again
)

// Event is one thing that happened to one audience: a person, or the desk.
type Event struct {
	Seq  int64 // grows within the audience
	Kind EventKind
	ID   string
}
