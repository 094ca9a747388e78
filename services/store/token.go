package store

import (
	"time"

	"myaccount/services/core"
)

const tokenColumns = `id, person_id, kind, expires_at`

func scanToken(row scanner) (core.TokenRow, error) {
	var token core.TokenRow
	var expires int64
	err := row.Scan(&token.ID, &token.PersonID, &token.Kind, &expires)
	token.ExpiresAt = moment(expires)
	return token, err
}

// AddToken writes a token.
func (t *tx) AddToken(row core.TokenRow, hash []byte) error {
	return t.exec(`INSERT INTO token (id, hash, person_id, kind, expires_at, used_at) VALUES ($1, $2, $3, $4, $5, 0)`,
		row.ID, hash, row.PersonID, row.Kind, micros(row.ExpiresAt))
}

// Token finds a token that can be used.
func (t *tx) Token(kind core.TokenKind, hash []byte) (token core.TokenRow, err error) {
	err = t.one(func(row scanner) (err error) { token, err = scanToken(row); return err },
		`SELECT `+tokenColumns+` FROM token WHERE hash = $1 AND kind = $2 AND used_at = 0 AND expires_at > $3`,
		hash, kind, micros(t.now))
	return token, err
}

// UseToken uses a token up.
func (t *tx) UseToken(kind core.TokenKind, hash []byte) (token core.TokenRow, err error) {
	err = t.one(func(row scanner) (err error) { token, err = scanToken(row); return err },
		`UPDATE token SET used_at = $3 WHERE hash = $1 AND kind = $2 AND used_at = 0 AND expires_at > $3
		RETURNING `+tokenColumns,
		hash, kind, micros(t.now))
	return token, err
}

// EndTokens uses up all tokens of a kind.
func (t *tx) EndTokens(personID string, kind core.TokenKind) (ids []string, err error) {
	err = t.each(func(row scanner) error {
		var id string
		if err := row.Scan(&id); err != nil {
			return err
		}
		ids = append(ids, id)
		return nil
	}, `UPDATE token SET used_at = $3 WHERE person_id = $1 AND kind = $2 AND used_at = 0 RETURNING id`,
		personID, kind, micros(t.now))
	return ids, err
}

// ForgetTokens removes expired tokens.
func (t *tx) ForgetTokens(before time.Time) error {
	return t.exec(`DELETE FROM token WHERE expires_at < $1`, micros(before))
}
