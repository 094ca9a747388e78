package services

import "context"

// Notifications say what a customer is told, and how.
type Notifications interface {
	// Notifications gives what is set.
	Notifications(ctx context.Context) (NotificationSettings, error)
	// SetNotifications replaces it. Fails with CodeInvalid (events: unknown, or required for one that has to be told by mail;
	// days: format, 1 to 14; quiet: format).
	SetNotifications(ctx context.Context, s NotificationSettings) error
}

// NotificationSettings are a person's choices.
type NotificationSettings struct {
	Events    map[NotificationEvent]Channels
	DaysAhead int    // of NotifyDue, 1 to 14
	QuietFrom string // "22:00", where the customer lives; "" for no quiet hours. Mails of the night are sent when it is over
	QuietTo   string // "07:00"
}

// Channels are the ways in which an event is told.
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
