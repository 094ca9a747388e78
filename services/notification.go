package services

import "context"

// Notifications say what a customer is told, and how.
type Notifications interface {
	// Notifications gives what is set.
	Notifications(ctx context.Context) (NotificationSettings, error)
	// SetNotifications replaces it; an event that is left out is told in no way. Fails with CodeInvalid (events: unknown,
	// required; days: format; quiet: format): required are the mails of devices added and of payments returned, days are 1
	// to 14, and quiet hours begin and end at different times of day, "22:00".
	SetNotifications(ctx context.Context, s NotificationSettings) error
}

// NotificationSettings are a person's choices.
type NotificationSettings struct {
	Events    map[NotificationEvent]Channels
	DaysAhead int // of NotifyDue, 1 to 14

	// Quiet hours, where the customer lives, "22:00" and "07:00"; both "" for none. What happens in them is told when they
	// are over; only the mail of a device that was added is sent at once.
	QuietFrom string
	QuietTo   string
}

// Channels are the ways in which an event is told. On the desktop it is told where the person is signed in, or else signs
// in within the next days; once for each kind, however often it happened meanwhile.
type Channels struct {
	Mail    bool
	Desktop bool
}

// NotificationEvent is something that people want to hear of.
type NotificationEvent string

// The events there are. Devices added and payments returned are always told by mail.
const (
	NotifyDue       NotificationEvent = "payment_due"
	NotifyPosted    NotificationEvent = "payment_posted"
	NotifyReturned  NotificationEvent = "payment_returned"
	NotifyStatement NotificationEvent = "statement_ready"
	NotifyReply     NotificationEvent = "reply"
	NotifyDevice    NotificationEvent = "device_added"
	NotifyRemoval   NotificationEvent = "message_removal"
)

// NotificationEvents lists them in the order of screens.
func NotificationEvents() []NotificationEvent {
	return []NotificationEvent{NotifyDue, NotifyPosted, NotifyReturned, NotifyStatement, NotifyReply, NotifyRemoval, NotifyDevice}
}

// NeedsMail tells whether the event is always told by mail, because safety depends on it.
func (e NotificationEvent) NeedsMail() bool { return e == NotifyDevice || e == NotifyReturned }

// DaysAheadMost is how many days before it is due a payment can be told of.
const DaysAheadMost = 14
