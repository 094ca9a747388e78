package store

import (
	"encoding/json"
	"fmt"
	"time"

	"myaccount/services/core"
)

// AddIdentityStart writes a sign-in that begins.
func (t *tx) AddIdentityStart(row core.IdentityStartRow) error {
	return t.exec(`INSERT INTO identity_start (id, state, nonce, verifier, identity, expires_at)
		VALUES ($1, $2, $3, NULL, NULL, $4)`, row.ID, row.State, row.Nonce, micros(row.ExpiresAt))
}

// IdentityStart finds a sign-in.
func (t *tx) IdentityStart(state []byte) (core.IdentityStartRow, error) {
	var row core.IdentityStartRow
	var sealed []byte
	var expires int64
	err := t.one(func(r scanner) error {
		return r.Scan(&row.ID, &row.State, &row.Nonce, &row.Verifier, &sealed, &expires)
	},
		`SELECT id, state, nonce, verifier, identity, expires_at FROM identity_start WHERE state = $1 AND expires_at > $2`,
		state, micros(t.now))
	if err != nil {
		return core.IdentityStartRow{}, err
	}
	row.ExpiresAt = moment(expires)
	who, err := t.unseal("identity_start", "identity", row.ID, sealed)
	if err != nil || who == "" {
		return row, err
	}
	if err := json.Unmarshal([]byte(who), &row.Identity); err != nil {
		return row, fmt.Errorf("identity_start.identity: %w", err)
	}
	return row, nil
}

// TakeIdentityStart writes the first verifier.
func (t *tx) TakeIdentityStart(id string, verifier []byte) error {
	return t.needRow(`UPDATE identity_start SET verifier = $2 WHERE id = $1 AND verifier IS NULL`, id, verifier)
}

// ProveIdentityStart writes who it is.
func (t *tx) ProveIdentityStart(id string, who core.Identity) error {
	encoded, err := json.Marshal(who)
	if err != nil {
		return fmt.Errorf("identity_start.identity: %w", err)
	}
	sealed, err := t.seal("identity_start", "identity", id, string(encoded))
	if err != nil {
		return err
	}
	return t.exec(`UPDATE identity_start SET identity = $2 WHERE id = $1`, id, sealed)
}

// UseIdentityStart removes a sign-in.
func (t *tx) UseIdentityStart(id string) error {
	return t.needRow(`DELETE FROM identity_start WHERE id = $1`, id)
}

// ForgetIdentityStarts removes expired sign-ins.
func (t *tx) ForgetIdentityStarts(before time.Time) error {
	return t.exec(`DELETE FROM identity_start WHERE expires_at < $1`, micros(before))
}

// PersonByIdentity finds a person.
func (t *tx) PersonByIdentity(issuer, subject string) (core.PersonRow, error) {
	return t.person(`id = (SELECT person_id FROM identity WHERE hash = $1)`, t.identityHash(issuer, subject))
}

// AddIdentity joins a login elsewhere to a person.
func (t *tx) AddIdentity(row core.IdentityRow) error {
	name, err := json.Marshal([]string{row.Issuer, row.Subject})
	if err != nil {
		return fmt.Errorf("identity.name: %w", err)
	}
	sealed, err := t.seal("identity", "name", row.ID, string(name))
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO identity (id, hash, person_id, name, joined_at) VALUES ($1, $2, $3, $4, $5)`,
		row.ID, t.identityHash(row.Issuer, row.Subject), row.PersonID, sealed, micros(row.JoinedAt))
}

// identityHash is what a login elsewhere is found by. No issuer has a space.
func (t *tx) identityHash(issuer, subject string) []byte {
	return t.box.Lookup("identity", issuer+" "+subject)
}

// needRow runs a statement that has to touch a row; none becomes core.ErrNoRow.
func (t *tx) needRow(query string, args ...any) error {
	n, err := t.count(query, args...)
	if err == nil && n == 0 {
		err = core.ErrNoRow
	}
	return err
}
