package store

import "myaccount/services/core"

// AddMessage writes a new message.
func (t *tx) AddMessage(row core.MessageRow) error {
	author, err := t.seal("message", "author", row.ID, row.Author)
	if err != nil {
		return err
	}
	body, err := t.seal("message", "body", row.ID, row.Body)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO message (id, thread_id, person_id, seq, sender, author, body, sent_at, kept_until)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, row.ID, row.ThreadID, row.PersonID, row.Seq, string(row.From),
		author, body, micros(row.SentAt), micros(row.KeptUntil))
}

const messageColumns = `id, thread_id, person_id, seq, sender, author, body, sent_at, kept_until`

func (t *tx) scanMessage(r scanner) (row core.MessageRow, err error) {
	var author, body []byte
	var sent, kept int64
	err = r.Scan(&row.ID, &row.ThreadID, &row.PersonID, &row.Seq, &row.From, &author, &body, &sent, &kept)
	if err != nil {
		return row, err
	}
	row.SentAt, row.KeptUntil = moment(sent), moment(kept)
	if row.Author, err = t.unseal("message", "author", row.ID, author); err != nil {
		return row, err
	}
	row.Body, err = t.unseal("message", "body", row.ID, body)
	return row, err
}

// Message reads one.
func (t *tx) Message(id string) (row core.MessageRow, err error) {
	err = t.one(func(r scanner) (err error) {
		row, err = t.scanMessage(r)
		return err
	}, `SELECT `+messageColumns+` FROM message WHERE id = $1`, id)
	return row, err
}

// Messages lists those of a thread.
func (t *tx) Messages(threadID string) (rows []core.MessageRow, err error) {
	err = t.each(func(r scanner) error {
		row, err := t.scanMessage(r)
		rows = append(rows, row)
		return err
	}, `SELECT `+messageColumns+` FROM message WHERE thread_id = $1 AND kept_until > $2 ORDER BY seq`,
		threadID, micros(t.now))
	return rows, err
}

// EachMessage reads a person's messages after a sequence number.
func (t *tx) EachMessage(personID string, after int64, fn func(row core.MessageRow) error) error {
	return t.each(func(r scanner) error {
		row, err := t.scanMessage(r)
		if err != nil {
			return err
		}
		return fn(row)
	}, `SELECT `+messageColumns+` FROM message WHERE person_id = $1 AND seq > $2 AND kept_until > $3 ORDER BY seq`,
		personID, after, micros(t.now))
}

// DueMessages lists messages that are past their time.
func (t *tx) DueMessages(limit int) (due []core.DueMessage, err error) {
	err = t.each(func(r scanner) error {
		var m core.DueMessage
		err := r.Scan(&m.ID, &m.ThreadID, &m.PersonID)
		due = append(due, m)
		return err
	}, `SELECT id, thread_id, person_id FROM message WHERE kept_until <= $1 ORDER BY kept_until LIMIT $2`,
		micros(t.now), limit)
	return due, err
}

// DeleteMessage removes one.
func (t *tx) DeleteMessage(id string) error { return t.exec(`DELETE FROM message WHERE id = $1`, id) }
