package store

import (
	"encoding/json"
	"fmt"
	"time"

	"myaccount/services/core"
)

const autopayColumns = `id, agreement_id, person_id, account_id, document_id, accepted, since, ended_at, look_at`

func (t *tx) scanAutopay(r scanner) (row core.AutopayRow, err error) {
	var sealed []byte
	var since, ended, look int64
	if err := r.Scan(&row.ID, &row.AgreementID, &row.PersonID, &row.AccountID, &row.DocumentID, &sealed,
		&since, &ended, &look); err != nil {
		return row, err
	}
	row.Since, row.EndedAt, row.LookAt = moment(since), moment(ended), moment(look)
	accepted, err := t.unseal("autopay", "accepted", row.ID, sealed)
	if err != nil {
		return row, err
	}
	if err := json.Unmarshal([]byte(accepted), &row.Accepted); err != nil {
		return row, fmt.Errorf("autopay.accepted: %w", err)
	}
	return row, nil
}

// AddAutopay writes an autopay.
func (t *tx) AddAutopay(row core.AutopayRow) error {
	accepted, err := json.Marshal(row.Accepted)
	if err != nil {
		return fmt.Errorf("autopay.accepted: %w", err)
	}
	sealed, err := t.seal("autopay", "accepted", row.ID, string(accepted))
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO autopay (`+autopayColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		row.ID, row.AgreementID, row.PersonID, row.AccountID, row.DocumentID, sealed,
		micros(row.Since), micros(row.EndedAt), micros(row.LookAt))
}

// Autopay reads the one of an agreement that is in force.
func (t *tx) Autopay(agreementID string) (row core.AutopayRow, err error) {
	err = t.one(func(r scanner) (err error) {
		row, err = t.scanAutopay(r)
		return err
	}, `SELECT `+autopayColumns+` FROM autopay WHERE agreement_id = $1 AND ended_at = 0`, agreementID)
	return row, err
}

// Autopays lists a person's.
func (t *tx) Autopays(personID string) (rows []core.AutopayRow, err error) {
	err = t.each(func(r scanner) error {
		row, err := t.scanAutopay(r)
		rows = append(rows, row)
		return err
	}, `SELECT `+autopayColumns+` FROM autopay WHERE person_id = $1 ORDER BY since DESC, id DESC`, personID)
	return rows, err
}

// EndAutopay ends one.
func (t *tx) EndAutopay(id string, at time.Time) error {
	return t.exec(`UPDATE autopay SET ended_at = $2 WHERE id = $1 AND ended_at = 0`, id, micros(at))
}

// LookAtAutopay writes when one is to be looked at again.
func (t *tx) LookAtAutopay(id string, at time.Time) error {
	return t.exec(`UPDATE autopay SET look_at = $2 WHERE id = $1`, id, micros(at))
}

// AutopaysToLookAt lists agreements.
func (t *tx) AutopaysToLookAt(limit int) ([]string, error) {
	return t.ids(`SELECT agreement_id FROM autopay WHERE ended_at = 0 AND look_at <= $1 ORDER BY look_at, id LIMIT $2`,
		micros(t.now), limit)
}

// AccountHasAutopay tells whether one takes from an account.
func (t *tx) AccountHasAutopay(accountID string) (bool, error) {
	var n int
	err := t.one(func(r scanner) error { return r.Scan(&n) },
		`SELECT count(*) FROM autopay WHERE account_id = $1 AND ended_at = 0`, accountID)
	return n > 0, err
}
