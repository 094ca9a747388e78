package store

import (
	"encoding/json"
	"fmt"
	"time"

	"myaccount/services"
)

// Notifications reads what a person has set.
func (t *tx) Notifications(personID string) (s services.NotificationSettings, err error) {
	var events string
	err = t.one(func(row scanner) error { return row.Scan(&events, &s.DaysAhead, &s.QuietFrom, &s.QuietTo) },
		`SELECT events, days_ahead, quiet_from, quiet_to FROM notification WHERE person_id = $1`, personID)
	if err != nil {
		return s, err
	}
	if err := json.Unmarshal([]byte(events), &s.Events); err != nil {
		return s, fmt.Errorf("notification.events: %w", err)
	}
	return s, nil
}

// SetNotifications writes it.
func (t *tx) SetNotifications(personID string, s services.NotificationSettings) error {
	events, err := json.Marshal(s.Events)
	if err != nil {
		return fmt.Errorf("notification.events: %w", err)
	}
	return t.exec(`INSERT INTO notification (person_id, events, days_ahead, quiet_from, quiet_to) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (person_id) DO UPDATE SET events = excluded.events, days_ahead = excluded.days_ahead,
		quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to`,
		personID, string(events), s.DaysAhead, s.QuietFrom, s.QuietTo)
}

// NoteTold notes that a person was told.
func (t *tx) NoteTold(personID string, event services.NotificationEvent, subject string) (bool, error) {
	n, err := t.count(`INSERT INTO told (person_id, event, subject, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
		personID, string(event), subject, micros(t.now))
	return n > 0, err
}

// ForgetTold removes old notes.
func (t *tx) ForgetTold(before time.Time) error {
	return t.exec(`DELETE FROM told WHERE at < $1`, micros(before))
}

// PeopleToTell lists at whom to look. A look further off than a day was planned before the clock was set back.
func (t *tx) PeopleToTell(limit int) (ids []string, err error) {
	err = t.each(func(row scanner) error {
		var id string
		err := row.Scan(&id)
		ids = append(ids, id)
		return err
	}, `SELECT id FROM person WHERE customer_id IS NOT NULL AND (tell_at <= $1 OR tell_at > $2) ORDER BY tell_at, id LIMIT $3`,
		micros(t.now), micros(t.now.Add(2*24*time.Hour)), limit)
	return ids, err
}

// TellNext says when to look at a person again.
func (t *tx) TellNext(personID string, at time.Time) error {
	return t.exec(`UPDATE person SET tell_at = $2 WHERE id = $1`, personID, micros(at))
}
