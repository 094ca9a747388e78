package store

import (
	"cloud.google.com/go/civil"

	"myaccount/services/core"
)

// AddReading writes one.
func (t *tx) AddReading(row core.ReadingRow) error {
	return t.exec(`INSERT INTO odometer (id, agreement_id, person_id, km, day, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		row.ID, row.AgreementID, row.PersonID, row.Km, row.On.String(), micros(row.CreatedAt))
}

// readings reads those of an agreement, in the order of core.OdometerTx; more ends the statement.
func (t *tx) readings(agreementID, more string) (rows []core.ReadingRow, err error) {
	err = t.each(func(r scanner) error {
		var row core.ReadingRow
		var day string
		var created int64
		if err := r.Scan(&row.ID, &row.AgreementID, &row.PersonID, &row.Km, &day, &created); err != nil {
			return err
		}
		row.CreatedAt = moment(created)
		var err error
		row.On, err = civil.ParseDate(day)
		rows = append(rows, row)
		return err
	}, `SELECT id, agreement_id, person_id, km, day, created_at FROM odometer WHERE agreement_id = $1
		ORDER BY day DESC, created_at DESC, id DESC`+more, agreementID)
	return rows, err
}

// Readings reads those of an agreement.
func (t *tx) Readings(agreementID string) ([]core.ReadingRow, error) {
	return t.readings(agreementID, "")
}

// LatestReading reads the first of them.
func (t *tx) LatestReading(agreementID string) (core.ReadingRow, error) {
	rows, err := t.readings(agreementID, " LIMIT 1")
	if err == nil && len(rows) == 0 {
		err = core.ErrNoRow
	}
	if err != nil {
		return core.ReadingRow{}, err
	}
	return rows[0], nil
}
