package store

import (
	"myaccount/services/core"
)

// Factor reads a second factor.
func (t *tx) Factor(personID string) (core.FactorRow, error) {
	row := core.FactorRow{PersonID: personID}
	var secret, pending []byte
	var since, asked int64
	err := t.one(func(r scanner) error { return r.Scan(&secret, &since, &row.Step, &pending, &asked) },
		`SELECT secret, since, step, pending, asked_at FROM factor WHERE person_id = $1`, personID)
	if err != nil {
		return core.FactorRow{}, err
	}
	row.Since, row.AskedAt = moment(since), moment(asked)
	if row.Secret, err = t.unseal("factor", "secret", personID, secret); err != nil {
		return core.FactorRow{}, err
	}
	row.Pending, err = t.unseal("factor", "pending", personID, pending)
	return row, err
}

// PutFactor writes a second factor.
func (t *tx) PutFactor(row core.FactorRow) error {
	secret, err := t.sealed("factor", "secret", row.PersonID, row.Secret)
	if err != nil {
		return err
	}
	pending, err := t.sealed("factor", "pending", row.PersonID, row.Pending)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO factor (person_id, secret, since, step, pending, asked_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (person_id) DO UPDATE SET secret = excluded.secret, since = excluded.since, step = excluded.step,
		pending = excluded.pending, asked_at = excluded.asked_at`,
		row.PersonID, secret, micros(row.Since), row.Step, pending, micros(row.AskedAt))
}

// sealed seals a value, and leaves an empty one NULL.
func (t *tx) sealed(table, column, id, value string) ([]byte, error) {
	if value == "" {
		return nil, nil
	}
	return t.seal(table, column, id, value)
}

// StepFactor marks a code as used.
func (t *tx) StepFactor(personID string, step int64) (bool, error) {
	n, err := t.count(`UPDATE factor SET step = $2 WHERE person_id = $1 AND step < $2`, personID, step)
	return n == 1, err
}

// DeleteFactor removes a second factor with its recovery codes.
func (t *tx) DeleteFactor(personID string) error {
	if err := t.exec(`DELETE FROM recovery_code WHERE person_id = $1`, personID); err != nil {
		return err
	}
	return t.exec(`DELETE FROM factor WHERE person_id = $1`, personID)
}

// PutRecoveryCodes writes recovery codes in place of earlier ones.
func (t *tx) PutRecoveryCodes(personID string, hashes [][]byte) error {
	if err := t.exec(`DELETE FROM recovery_code WHERE person_id = $1`, personID); err != nil {
		return err
	}
	for _, hash := range hashes {
		if err := t.exec(`INSERT INTO recovery_code (person_id, hash) VALUES ($1, $2)`, personID, hash); err != nil {
			return err
		}
	}
	return nil
}

// UseRecoveryCode removes a recovery code.
func (t *tx) UseRecoveryCode(personID string, hash []byte) error {
	return t.needRow(`DELETE FROM recovery_code WHERE person_id = $1 AND hash = $2`, personID, hash)
}

// CountRecoveryCodes counts recovery codes.
func (t *tx) CountRecoveryCodes(personID string) (n int, err error) {
	err = t.one(func(row scanner) error { return row.Scan(&n) },
		`SELECT count(*) FROM recovery_code WHERE person_id = $1`, personID)
	return n, err
}
