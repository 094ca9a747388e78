package store

import (
	"time"

	"myaccount/services/core"
)

const selectSession = `SELECT s.id, s.person_id, s.device_id, s.device_name, s.device_kind, s.authorized,
	s.created_at, s.seen_at, s.expires_at, s.ended_at, p.role, coalesce(p.customer_id, '')
	FROM session s JOIN person p ON p.id = s.person_id WHERE `

func (t *tx) session(where string, arg any) (core.SessionRow, error) {
	var s core.SessionRow
	var name []byte
	var created, seen, expires, ended int64
	err := t.one(func(row scanner) error {
		return row.Scan(&s.ID, &s.PersonID, &s.DeviceID, &name, &s.DeviceKind, &s.Authorized,
			&created, &seen, &expires, &ended, &s.Role, &s.CustomerID)
	}, selectSession+where, arg)
	if err != nil {
		return core.SessionRow{}, err
	}
	s.CreatedAt, s.SeenAt, s.ExpiresAt, s.EndedAt = moment(created), moment(seen), moment(expires), moment(ended)
	s.DeviceName, err = t.unseal("session", "device_name", s.ID, name)
	return s, err
}

// Session reads a session.
func (t *tx) Session(id string) (core.SessionRow, error) { return t.session(`s.id = $1`, id) }

// SessionByToken finds a session.
func (t *tx) SessionByToken(hash []byte) (core.SessionRow, error) {
	return t.session(`s.token_hash = $1`, hash)
}

// AddSession writes a session.
func (t *tx) AddSession(row core.SessionRow, tokenHash []byte) error {
	name, err := t.seal("session", "device_name", row.ID, row.DeviceName)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO session (id, token_hash, person_id, device_id, device_name, device_kind, authorized,
		created_at, seen_at, expires_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)`,
		row.ID, tokenHash, row.PersonID, row.DeviceID, name, row.DeviceKind, flag(row.Authorized),
		micros(row.CreatedAt), micros(row.SeenAt), micros(row.ExpiresAt))
}

// MoveSession writes when a session was last used.
func (t *tx) MoveSession(id string, seen, expires time.Time) error {
	return t.exec(`UPDATE session SET seen_at = $2, expires_at = $3 WHERE id = $1`, id, micros(seen), micros(expires))
}

// AuthorizeSession marks that the session's device may be used.
func (t *tx) AuthorizeSession(id string) error {
	return t.exec(`UPDATE session SET authorized = 1 WHERE id = $1`, id)
}

// EndSession ends a session.
func (t *tx) EndSession(id string, at time.Time) error {
	return t.exec(`UPDATE session SET ended_at = $2 WHERE id = $1 AND ended_at = 0`, id, micros(at))
}

// EndSessions ends the sessions of a person, on one device or on all.
func (t *tx) EndSessions(personID, deviceID string, at time.Time) error {
	return t.exec(`UPDATE session SET ended_at = $3
		WHERE person_id = $1 AND ($2 = '' OR device_id = $2) AND ended_at = 0`, personID, deviceID, micros(at))
}

// EndOtherSessions ends the sessions of a person but one.
func (t *tx) EndOtherSessions(personID, keepID string, at time.Time) error {
	return t.exec(`UPDATE session SET ended_at = $3 WHERE person_id = $1 AND id <> $2 AND ended_at = 0`,
		personID, keepID, micros(at))
}

// ForgetSessions removes expired sessions.
func (t *tx) ForgetSessions(before time.Time) error {
	return t.exec(`DELETE FROM session WHERE expires_at < $1`, micros(before))
}

// flag stores a bool.
func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
