package store

import (
	"encoding/json"
	"fmt"
	"time"

	"myaccount/services/core"
)

const tokenColumns = `id, person_id, kind, expires_at, grants`

func (t *tx) scanToken(row scanner) (core.TokenRow, error) {
	var token core.TokenRow
	var expires int64
	var sealed []byte
	if err := row.Scan(&token.ID, &token.PersonID, &token.Kind, &expires, &sealed); err != nil {
		return token, err
	}
	token.ExpiresAt = moment(expires)
	if len(sealed) == 0 {
		return token, nil
	}
	grant, err := t.unseal("token", "grants", token.ID, sealed)
	if err != nil {
		return token, err
	}
	if token.Kind == core.TokenEmail {
		token.Email = grant
		return token, nil
	}
	if err := json.Unmarshal([]byte(grant), &token.Registration); err != nil {
		return token, fmt.Errorf("token.grants: %w", err)
	}
	return token, nil
}

// AddToken writes a token.
func (t *tx) AddToken(row core.TokenRow, hash []byte) error {
	grant := row.Email
	if row.Kind == core.TokenActivate {
		registration, err := json.Marshal(row.Registration)
		if err != nil {
			return fmt.Errorf("token.grants: %w", err)
		}
		grant = string(registration)
	}
	var sealed []byte
	if grant != "" {
		var err error
		if sealed, err = t.seal("token", "grants", row.ID, grant); err != nil {
			return err
		}
	}
	return t.exec(`INSERT INTO token (id, hash, person_id, kind, expires_at, grants) VALUES ($1, $2, $3, $4, $5, $6)`,
		row.ID, hash, row.PersonID, row.Kind, micros(row.ExpiresAt), sealed)
}

// Token finds a token that can be used.
func (t *tx) Token(kind core.TokenKind, hash []byte) (token core.TokenRow, err error) {
	err = t.one(func(row scanner) (err error) { token, err = t.scanToken(row); return err },
		`SELECT `+tokenColumns+` FROM token WHERE hash = $1 AND kind = $2 AND expires_at > $3`,
		hash, kind, micros(t.now))
	return token, err
}

// UseToken uses a token up.
func (t *tx) UseToken(kind core.TokenKind, hash []byte) (token core.TokenRow, err error) {
	err = t.one(func(row scanner) (err error) { token, err = t.scanToken(row); return err },
		`DELETE FROM token WHERE hash = $1 AND kind = $2 AND expires_at > $3 RETURNING `+tokenColumns,
		hash, kind, micros(t.now))
	return token, err
}

// EndTokens removes all tokens of a kind.
func (t *tx) EndTokens(personID string, kind core.TokenKind) (ids []string, err error) {
	return t.ids(`DELETE FROM token WHERE person_id = $1 AND kind = $2 RETURNING id`, personID, kind)
}

// ForgetTokens removes expired tokens.
func (t *tx) ForgetTokens(before time.Time) error {
	return t.exec(`DELETE FROM token WHERE expires_at < $1`, micros(before))
}
