package store

import (
	"time"

	"myaccount/services/core"
)

const codeColumns = `id, session_id, customer_id, hash, tries, sent_at, expires_at`

func scanCode(row scanner) (core.CodeRow, error) {
	var c core.CodeRow
	var sent, expires int64
	err := row.Scan(&c.ID, &c.SessionID, &c.CustomerID, &c.Hash, &c.Tries, &sent, &expires)
	c.SentAt, c.ExpiresAt = moment(sent), moment(expires)
	return c, err
}

// Code reads what a session waits for a code for.
func (t *tx) Code(sessionID string) (code core.CodeRow, err error) {
	err = t.one(func(row scanner) (err error) { code, err = scanCode(row); return err },
		`SELECT `+codeColumns+` FROM code WHERE session_id = $1`, sessionID)
	return code, err
}

// PutCode writes what a session waits for a code for.
func (t *tx) PutCode(row core.CodeRow) error {
	return t.exec(`INSERT INTO code (`+codeColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (session_id) DO UPDATE SET id = excluded.id, customer_id = excluded.customer_id,
		hash = excluded.hash, tries = excluded.tries, sent_at = excluded.sent_at, expires_at = excluded.expires_at`,
		row.ID, row.SessionID, row.CustomerID, row.Hash, row.Tries, micros(row.SentAt), micros(row.ExpiresAt))
}

// TryCode counts a try.
func (t *tx) TryCode(sessionID string, most int) (code core.CodeRow, err error) {
	err = t.one(func(row scanner) (err error) { code, err = scanCode(row); return err },
		`UPDATE code SET tries = tries + 1 WHERE session_id = $1 AND tries < $2 AND expires_at > $3
		RETURNING `+codeColumns, sessionID, most, micros(t.now))
	return code, err
}

// DeleteCode removes what a session waits for a code for.
func (t *tx) DeleteCode(sessionID string) error {
	return t.exec(`DELETE FROM code WHERE session_id = $1`, sessionID)
}

// ForgetCodes removes expired requests.
func (t *tx) ForgetCodes(before time.Time) error {
	return t.exec(`DELETE FROM code WHERE expires_at < $1`, micros(before))
}
