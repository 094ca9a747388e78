package store

import (
	"time"

	"myaccount/services/core"
)

// AddSignIn writes a try to sign in.
func (t *tx) AddSignIn(row core.SignInRow) error {
	device, err := t.sealed("sign_in", "device", row.ID, row.Device)
	if err != nil {
		return err
	}
	origin, err := t.sealed("sign_in", "origin", row.ID, row.From)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO sign_in (id, person_id, at, device, origin, outcome) VALUES ($1, $2, $3, $4, $5, $6)`,
		row.ID, row.PersonID, micros(row.At), device, origin, string(row.Outcome))
}

// SignIns reads a person's tries to sign in.
func (t *tx) SignIns(personID, after string, limit int) ([]core.SignInRow, error) {
	var rows []core.SignInRow
	err := t.each(func(r scanner) error {
		row := core.SignInRow{PersonID: personID}
		var at int64
		var device, origin []byte
		err := r.Scan(&row.ID, &at, &device, &origin, &row.Outcome)
		if err != nil {
			return err
		}
		row.At = moment(at)
		if row.Device, err = t.unseal("sign_in", "device", row.ID, device); err != nil {
			return err
		}
		row.From, err = t.unseal("sign_in", "origin", row.ID, origin)
		rows = append(rows, row)
		return err
	}, `SELECT id, at, device, origin, outcome FROM sign_in
		WHERE person_id = $1 AND ($2 = '' OR id < $2) ORDER BY id DESC LIMIT $3`, personID, after, limit)
	return rows, err
}

// DropSignIn removes one.
func (t *tx) DropSignIn(id string) error { return t.exec(`DELETE FROM sign_in WHERE id = $1`, id) }

// DropSignIns removes a person's.
func (t *tx) DropSignIns(personID string) error {
	return t.exec(`DELETE FROM sign_in WHERE person_id = $1`, personID)
}

// ForgetSignIns removes old ones.
func (t *tx) ForgetSignIns(before time.Time) error {
	return t.exec(`DELETE FROM sign_in WHERE at < $1`, micros(before))
}
