package store

import "myaccount/services/core"

// answered is added to the place of threads that wait for nobody: far above any time in microseconds. Before it lie
// those that wait, the longest first; after it the others, the latest first. One index serves the whole queue.
const answered = int64(1) << 61

// place is where a thread stands in the desk's queue.
func place(row core.ThreadRow) int64 {
	if row.WaitingSince.IsZero() {
		return answered + answered - micros(row.LastAt)
	}
	return micros(row.WaitingSince)
}

const threadColumns = `t.id, t.reference, t.person_id, t.agreement_id, t.topic, t.last_id, t.last_from, t.last_at,
	t.unread, t.waiting_since, t.kept_until, (SELECT count(*) FROM attachment a
	JOIN message m ON m.id = a.message_id WHERE m.thread_id = t.id AND m.kept_until > $1), l.body`

// fromThread are the tables of threadColumns.
const fromThread = ` FROM thread t LEFT JOIN message l ON l.id = t.last_id WHERE `

func (t *tx) scanThread(r scanner, more ...any) (row core.ThreadRow, err error) {
	var last, waiting, kept int64
	var body []byte
	err = r.Scan(append([]any{
		&row.ID, &row.Reference, &row.PersonID, &row.AgreementID, &row.Topic, &row.LastID, &row.LastFrom, &last,
		&row.Unread, &waiting, &kept, &row.Attachments, &body,
	}, more...)...)
	if err != nil {
		return row, err
	}
	row.LastAt, row.WaitingSince, row.KeptUntil = moment(last), moment(waiting), moment(kept)
	row.LastBody, err = t.unseal("message", "body", row.LastID, body)
	return row, err
}

// AddThread writes a new thread.
func (t *tx) AddThread(row core.ThreadRow) error {
	return t.exec(`INSERT INTO thread (id, reference, person_id, agreement_id, topic, last_id, last_from, last_at,
		unread, waiting_since, place, kept_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		row.ID, row.Reference, row.PersonID, row.AgreementID, row.Topic, row.LastID, string(row.LastFrom),
		micros(row.LastAt), flag(row.Unread), micros(row.WaitingSince), place(row), micros(row.KeptUntil))
}

// UpdateThread writes what messages change.
func (t *tx) UpdateThread(row core.ThreadRow) error {
	return t.exec(`UPDATE thread SET last_id = $2, last_from = $3, last_at = $4, unread = $5, waiting_since = $6,
		place = $7, kept_until = $8 WHERE id = $1`,
		row.ID, row.LastID, string(row.LastFrom), micros(row.LastAt), flag(row.Unread), micros(row.WaitingSince),
		place(row), micros(row.KeptUntil))
}

// DeleteThread removes one.
func (t *tx) DeleteThread(id string) error {
	return t.exec(`DELETE FROM thread WHERE id = $1`, id)
}

// Thread reads one that is not past its time.
func (t *tx) Thread(id string) (row core.ThreadRow, err error) {
	err = t.one(func(r scanner) (err error) {
		row, err = t.scanThread(r)
		return err
	}, `SELECT `+threadColumns+fromThread+`t.id = $2 AND t.kept_until > $1`, micros(t.now), id)
	return row, err
}

// ReferenceTaken tells whether a thread has the reference.
func (t *tx) ReferenceTaken(reference string) (bool, error) {
	var n int
	err := t.one(func(r scanner) error { return r.Scan(&n) },
		`SELECT count(*) FROM thread WHERE reference = $1`, reference)
	return n > 0, err
}

// Threads lists a person's threads, the latest first.
func (t *tx) Threads(personID string, unreadOnly bool, before core.Cursor, limit int) ([]core.ThreadRow, error) {
	unread := ""
	if unreadOnly {
		unread = ` AND t.unread = 1`
	}
	var rows []core.ThreadRow
	err := t.each(func(r scanner) error {
		row, err := t.scanThread(r)
		rows = append(rows, row)
		return err
	}, `SELECT `+threadColumns+fromThread+`t.person_id = $2`+unread+` AND t.kept_until > $1
		AND (t.last_at, t.id) < ($3, $4) ORDER BY t.last_at DESC, t.id DESC LIMIT $5`,
		micros(t.now), personID, before.At, before.ID, limit)
	return rows, err
}

// CountUnread counts a person's threads with an answer that was not read.
func (t *tx) CountUnread(personID string) (n int, err error) {
	err = t.one(func(r scanner) error { return r.Scan(&n) },
		`SELECT count(*) FROM thread WHERE person_id = $1 AND unread = 1 AND kept_until > $2`, personID, micros(t.now))
	return n, err
}

// Queue lists everybody's threads as the desk sees them.
func (t *tx) Queue(waitingOnly bool, after core.Cursor, limit int) ([]core.ThreadRow, []core.Cursor, error) {
	last := int64(1) << 62
	if waitingOnly {
		last = answered
	}
	var rows []core.ThreadRow
	var places []core.Cursor
	err := t.each(func(r scanner) error {
		var at int64
		row, err := t.scanThread(r, &at)
		rows = append(rows, row)
		places = append(places, core.Cursor{At: at, ID: row.ID})
		return err
	}, `SELECT `+threadColumns+`, t.place`+fromThread+`t.kept_until > $1 AND t.place < $2
		AND (t.place, t.id) > ($3, $4) ORDER BY t.place, t.id LIMIT $5`, micros(t.now), last, after.At, after.ID, limit)
	return rows, places, err
}

// ThreadIDs lists all threads of a person.
func (t *tx) ThreadIDs(personID string) (ids []string, err error) {
	return t.ids(`SELECT id FROM thread WHERE person_id = $1`, personID)
}

// ids reads a column of ids.
func (t *tx) ids(query string, args ...any) (ids []string, err error) {
	err = t.each(func(r scanner) error {
		var id string
		err := r.Scan(&id)
		ids = append(ids, id)
		return err
	}, query, args...)
	return ids, err
}
