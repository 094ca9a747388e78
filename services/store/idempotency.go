package store

import (
	"time"

	"myaccount/services/core"
)

// SendKey reads a key and notes when.
func (t *tx) SendKey(personID, name string, seen time.Time) (core.SendKeyRow, error) {
	row := core.SendKeyRow{PersonID: personID, Name: name}
	var received int64
	err := t.one(func(r scanner) error {
		return r.Scan(&row.Content, &row.Receipt.ThreadID, &row.Receipt.MessageID, &row.Receipt.Reference, &received)
	}, `UPDATE send_key SET seen_at = $3 WHERE person_id = $1 AND name = $2
		RETURNING content, thread_id, message_id, reference, received_at`, personID, name, micros(seen))
	row.Receipt.ReceivedAt = moment(received)
	return row, err
}

// AddSendKey writes a new key.
func (t *tx) AddSendKey(row core.SendKeyRow) error {
	r := row.Receipt
	return t.exec(`INSERT INTO send_key
		(person_id, name, content, thread_id, message_id, reference, received_at, seen_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $7)`,
		row.PersonID, row.Name, row.Content, r.ThreadID, r.MessageID, r.Reference, micros(r.ReceivedAt))
}

// ForgetSendKeys removes those received before a moment.
func (t *tx) ForgetSendKeys(before time.Time) error {
	return t.exec(`DELETE FROM send_key WHERE received_at < $1`, micros(before))
}
