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
	switch token.Kind {
	case core.TokenEmail:
		token.Email = grant
	case core.TokenIdentity:
		var both identityGrant
		err = json.Unmarshal([]byte(grant), &both)
		token.Registration, token.Identity = both.Registration, both.Identity
	default:
		err = json.Unmarshal([]byte(grant), &token.Registration)
	}
	if err != nil {
		return token, fmt.Errorf("token.grants: %w", err)
	}
	return token, nil
}

// identityGrant is what a token to join a login elsewhere is good for.
type identityGrant struct {
	Registration core.Registration `json:"registration"`
	Identity     core.Identity     `json:"identity"`
}

// grantOf is what is kept of what a token is good for, "" when its kind says it all.
func grantOf(row core.TokenRow) (string, error) {
	var grant any
	switch row.Kind {
	case core.TokenActivate:
		grant = row.Registration
	case core.TokenIdentity:
		grant = identityGrant{row.Registration, row.Identity}
	default:
		return row.Email, nil
	}
	encoded, err := json.Marshal(grant)
	if err != nil {
		return "", fmt.Errorf("token.grants: %w", err)
	}
	return string(encoded), nil
}

// AddToken writes a token.
func (t *tx) AddToken(row core.TokenRow, hash []byte) error {
	grant, err := grantOf(row)
	if err != nil {
		return err
	}
	var sealed []byte
	if grant != "" {
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
