package store

import (
	"time"

	"myaccount/services"
)

// HoldNotice keeps a notice; of one that is held already the time is renewed.
func (t *tx) HoldNotice(personID string, event services.NotificationEvent) error {
	return t.exec(`INSERT INTO notice (person_id, event, at) VALUES ($1, $2, $3)
		ON CONFLICT (person_id, event) DO UPDATE SET at = excluded.at`, personID, string(event), micros(t.now))
}

// Notices lists what is held for a person.
func (t *tx) Notices(personID string) ([]services.NotificationEvent, error) {
	return t.notices(`SELECT event FROM notice WHERE person_id = $1`, personID)
}

// TakeNotices lists it, and holds it no longer.
func (t *tx) TakeNotices(personID string) ([]services.NotificationEvent, error) {
	return t.notices(`DELETE FROM notice WHERE person_id = $1 RETURNING event`, personID)
}

func (t *tx) notices(query, personID string) (events []services.NotificationEvent, err error) {
	err = t.each(func(row scanner) error {
		var event services.NotificationEvent
		err := row.Scan(&event)
		events = append(events, event)
		return err
	}, query, personID)
	return events, err
}

// ForgetNotices removes what is held for too long.
func (t *tx) ForgetNotices(before time.Time) error {
	return t.exec(`DELETE FROM notice WHERE at < $1`, micros(before))
}
