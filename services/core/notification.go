package core

import (
	"context"
	"errors"
	"slices"
	"time"

	"myaccount/services"
)

// NotificationTx is the part of a transaction that keeps what people are told.
type NotificationTx interface {
	// Notifications reads what a person has set, or gives ErrNoRow.
	Notifications(personID string) (services.NotificationSettings, error)
	// SetNotifications writes it.
	SetNotifications(personID string, s services.NotificationSettings) error
	// NoteTold notes that a person was told of an event, once for each subject, and tells whether that is new.
	NoteTold(personID string, event services.NotificationEvent, subject string) (first bool, err error)
	// ForgetTold removes the notes of before a moment.
	ForgetTold(before time.Time) error
	// PeopleToTell lists at most limit people with a link at whom it is time to look, who wait the longest first.
	PeopleToTell(limit int) ([]string, error)
	// TellNext says when to look at a person again.
	TellNext(personID string, at time.Time) error
}

// usualNotifications is what is set until somebody sets something else. Mails that would only remind are asked for.
func usualNotifications() services.NotificationSettings {
	told := services.Channels{Mail: true, Desktop: true}
	remind := services.Channels{Desktop: true}
	return services.NotificationSettings{DaysAhead: 3, Events: map[services.NotificationEvent]services.Channels{
		services.NotifyDue: remind, services.NotifyPosted: told, services.NotifyReturned: told, services.NotifyStatement: remind,
		services.NotifyReply: told, services.NotifyDevice: told, services.NotifyRemoval: remind,
	}}
}

// notificationsOf reads what a person has set, or what is usual.
func notificationsOf(tx Tx, personID string) (services.NotificationSettings, error) {
	s, err := tx.Notifications(personID)
	if errors.Is(err, ErrNoRow) {
		return usualNotifications(), nil
	}
	return s, err
}

// Notifications gives what is set; see services.Notifications.
func (s *customerSession) Notifications(ctx context.Context) (services.NotificationSettings, error) {
	var set services.NotificationSettings
	err := s.view(ctx, ready, func(tx Tx, row SessionRow) (err error) {
		set, err = notificationsOf(tx, row.PersonID)
		return err
	})
	return set, err
}

// SetNotifications replaces it, and has it looked at what there is to tell now.
func (s *customerSession) SetNotifications(ctx context.Context, set services.NotificationSettings) error {
	if err := checkNotifications(set); err != nil {
		return err
	}
	return s.update(ctx, ready, func(tx Tx, row SessionRow) error {
		return errors.Join(tx.SetNotifications(row.PersonID, set), tx.TellNext(row.PersonID, tx.Now()))
	})
}

// checkNotifications refuses what cannot be set.
func checkNotifications(s services.NotificationSettings) error {
	for event := range s.Events {
		if !slices.Contains(services.NotificationEvents(), event) {
			return services.Invalid("events", services.ReasonUnknown)
		}
	}
	for _, event := range services.NotificationEvents() {
		if event.NeedsMail() && !s.Events[event].Mail {
			return services.Invalid("events", services.ReasonRequired)
		}
	}
	if s.DaysAhead < 1 || s.DaysAhead > services.DaysAheadMost {
		return services.Invalid("days", services.ReasonFormat)
	}
	if _, ok := quietOf(s); !ok {
		return services.Invalid("quiet", services.ReasonFormat)
	}
	return nil
}

// quiet is a part of the day, in minutes after midnight; none when both are the same.
type quiet struct{ from, to int }

// dayMinutes is how many minutes a day has.
const dayMinutes = 24 * 60

// quietOf reads quiet hours; ok is false when they make no sense.
func quietOf(s services.NotificationSettings) (q quiet, ok bool) {
	if s.QuietFrom == "" && s.QuietTo == "" {
		return quiet{}, true
	}
	from, ok1 := minuteOf(s.QuietFrom)
	to, ok2 := minuteOf(s.QuietTo)
	return quiet{from, to}, ok1 && ok2 && from != to
}

// minuteOf reads "07:30".
func minuteOf(clock string) (int, bool) {
	t, err := time.Parse("15:04", clock)
	return t.Hour()*60 + t.Minute(), err == nil && len(clock) == len("15:04")
}

// holds tells whether a clock is in them.
func (q quiet) holds(clock time.Time) bool {
	since := (clock.Hour()*60 + clock.Minute() - q.from + dayMinutes) % dayMinutes
	return since < (q.to-q.from+dayMinutes)%dayMinutes
}

// over tells when the quiet hours in which a moment lies are over by the clock of a place; zero when it lies in none. It
// goes through them by the minute, as a night may have an hour twice, or one too few.
func (q quiet) over(now time.Time, place *time.Location) time.Time {
	if !q.holds(now.In(place)) {
		return time.Time{}
	}
	at := now.UTC().Truncate(time.Minute)
	for q.holds(at.In(place)) {
		at = at.Add(time.Minute)
	}
	return at
}

// quietUntil tells until when a person is to be left in peace; zero when they are not.
func quietUntil(tx Tx, person PersonRow, s services.NotificationSettings) (time.Time, error) {
	q, _ := quietOf(s)
	if q == (quiet{}) {
		return time.Time{}, nil
	}
	province, err := provinceOf(tx, person)
	return q.over(tx.Now(), zone(province)), err
}

// provinceOf is where a person lives; "" when that is not known.
func provinceOf(tx Tx, person PersonRow) (string, error) {
	if person.CustomerID == "" {
		return "", nil
	}
	customer, err := tx.Customer(person.CustomerID)
	if errors.Is(err, ErrNoRow) {
		return "", nil
	}
	return customer.Province, err
}

// inform tells a person of an event in the ways they chose, of which the letter is one. What happens in quiet hours is told
// when they are over; the mail that a device was added is sent at once.
func (c *Core) inform(tx Tx, event services.NotificationEvent, l letter) error {
	s, err := notificationsOf(tx, l.to.ID)
	if err != nil {
		return err
	}
	until, err := quietUntil(tx, l.to, s)
	if err != nil {
		return err
	}
	ways := s.Events[event]
	if ways.Desktop {
		if err := tellComputers(tx, l.to.ID, event, until.IsZero()); err != nil {
			return err
		}
	}
	if !ways.Mail {
		return nil
	}
	if event != services.NotifyDevice {
		l.notBefore = until
	}
	return c.post(tx, l)
}

// informOnce is inform, once for each subject, whatever crashes: the note that it was told lies in the same transaction.
func (c *Core) informOnce(tx Tx, event services.NotificationEvent, subject string, l letter) error {
	s, err := notificationsOf(tx, l.to.ID)
	if err != nil || s.Events[event] == (services.Channels{}) {
		return err // may be told later, when the person wants to hear of it
	}
	first, err := tx.NoteTold(l.to.ID, event, subject)
	if err != nil || !first {
		return err
	}
	return c.inform(tx, event, l)
}
