package store

import "myaccount/services/core"

// AddDocument writes a new one.
func (t *tx) AddDocument(row core.DocumentRow) error {
	details, err := t.sealJSON("document", row.ID, row.Details)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO document (id, agreement_id, person_id, kind, details, made_at)
		VALUES ($1, $2, nullif($3, ''), $4, $5, $6)`,
		row.ID, row.AgreementID, row.PersonID, string(row.Kind), details, micros(row.MadeAt))
}

// documents reads documents by a condition.
func (t *tx) documents(where string, args ...any) (rows []core.DocumentRow, err error) {
	err = t.each(func(r scanner) error {
		var row core.DocumentRow
		var sealed []byte
		var made int64
		if err := r.Scan(&row.ID, &row.AgreementID, &row.PersonID, &row.Kind, &sealed, &made); err != nil {
			return err
		}
		row.MadeAt = moment(made)
		err := t.unsealJSON("document", row.ID, sealed, &row.Details)
		rows = append(rows, row)
		return err
	}, `SELECT id, agreement_id, coalesce(person_id, ''), kind, details, made_at FROM document WHERE `+where, args...)
	return rows, err
}

// Document reads one.
func (t *tx) Document(id string) (core.DocumentRow, error) {
	rows, err := t.documents(`id = $1`, id)
	if err == nil && len(rows) == 0 {
		err = core.ErrNoRow
	}
	if err != nil {
		return core.DocumentRow{}, err
	}
	return rows[0], nil
}

// DocumentsOf reads those of an agreement that a person may see.
func (t *tx) DocumentsOf(agreementID, personID string) ([]core.DocumentRow, error) {
	return t.documents(`agreement_id = $1 AND (person_id IS NULL OR person_id = $2)`, agreementID, personID)
}

// CountDocuments counts those of an agreement that are nobody's own.
func (t *tx) CountDocuments(agreementID string) (n int, err error) {
	err = t.one(func(r scanner) error { return r.Scan(&n) },
		`SELECT count(*) FROM document WHERE agreement_id = $1 AND person_id IS NULL`, agreementID)
	return n, err
}

// DeleteDocument removes one.
func (t *tx) DeleteDocument(id string) error {
	return t.exec(`DELETE FROM document WHERE id = $1`, id)
}

// PersonalDocuments lists those that belong to a person.
func (t *tx) PersonalDocuments(personID string) ([]string, error) {
	return t.ids(`SELECT id FROM document WHERE person_id = $1`, personID)
}

// HasDocument tells whether there is a row.
func (t *tx) HasDocument(id string) (bool, error) {
	ids, err := t.ids(`SELECT id FROM document WHERE id = $1`, id)
	return len(ids) > 0, err
}
