package store

import (
	"time"

	"myaccount/services/core"
)

// SendKey reads a key, notes when, and holds it: writing the row first takes its lock on engines with several writers.
func (t *tx) SendKey(personID, name string, seen time.Time) (core.SendKeyRow, error) {
	row := core.SendKeyRow{PersonID: personID, Name: name}
	err := t.one(func(r scanner) error { return r.Scan(&row.Content, &row.Answer) },
		`INSERT INTO send_key (person_id, name, content, answer, received_at, seen_at) VALUES ($1, $2, $4, '', $3, $3)
		ON CONFLICT (person_id, name) DO UPDATE SET seen_at = $3
		RETURNING content, answer`, personID, name, micros(seen), []byte{})
	return row, err
}

// SetSendKey writes what was asked for and answered.
func (t *tx) SetSendKey(row core.SendKeyRow) error {
	return t.exec(`UPDATE send_key SET content = $3, answer = $4 WHERE person_id = $1 AND name = $2`,
		row.PersonID, row.Name, row.Content, row.Answer)
}

// ForgetSendKeys removes those used first before a moment.
func (t *tx) ForgetSendKeys(before time.Time) error {
	return t.exec(`DELETE FROM send_key WHERE received_at < $1`, micros(before))
}
