package store

import (
	"encoding/json"
	"fmt"

	"myaccount/services/core"
)

// sealDraft seals what the person wrote, as JSON.
func (t *tx) sealDraft(row core.DraftRow) ([]byte, error) {
	content, err := json.Marshal(row.Content)
	if err != nil {
		return nil, fmt.Errorf("draft: %w", err)
	}
	return t.seal("draft", "content", row.ID, string(content))
}

// AddDraft writes a new draft.
func (t *tx) AddDraft(row core.DraftRow) error {
	content, err := t.sealDraft(row)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO draft (id, person_id, content, send_key, updated_at) VALUES ($1, $2, $3, $4, $5)`,
		row.ID, row.PersonID, content, row.Key, micros(row.UpdatedAt))
}

// UpdateDraft writes what changed.
func (t *tx) UpdateDraft(row core.DraftRow) error {
	content, err := t.sealDraft(row)
	if err != nil {
		return err
	}
	n, err := t.count(`UPDATE draft SET content = $3, updated_at = $4 WHERE id = $1 AND person_id = $2`,
		row.ID, row.PersonID, content, micros(row.UpdatedAt))
	if err == nil && n == 0 {
		err = core.ErrNoRow
	}
	return err
}

const draftColumns = `id, person_id, content, send_key, updated_at`

func (t *tx) scanDraft(r scanner) (row core.DraftRow, err error) {
	var sealed []byte
	var updated int64
	if err := r.Scan(&row.ID, &row.PersonID, &sealed, &row.Key, &updated); err != nil {
		return row, err
	}
	row.UpdatedAt = moment(updated)
	content, err := t.unseal("draft", "content", row.ID, sealed)
	if err != nil {
		return row, err
	}
	if err := json.Unmarshal([]byte(content), &row.Content); err != nil {
		return row, fmt.Errorf("draft: %w", err)
	}
	return row, nil
}

// Draft reads one.
func (t *tx) Draft(id string) (row core.DraftRow, err error) {
	err = t.one(func(r scanner) (err error) {
		row, err = t.scanDraft(r)
		return err
	}, `SELECT `+draftColumns+` FROM draft WHERE id = $1`, id)
	return row, err
}

// CountDrafts counts a person's.
func (t *tx) CountDrafts(personID string) (n int, err error) {
	err = t.one(func(r scanner) error { return r.Scan(&n) }, `SELECT count(*) FROM draft WHERE person_id = $1`, personID)
	return n, err
}

// Drafts lists a person's.
func (t *tx) Drafts(personID string) (rows []core.DraftRow, err error) {
	err = t.each(func(r scanner) error {
		row, err := t.scanDraft(r)
		rows = append(rows, row)
		return err
	}, `SELECT `+draftColumns+` FROM draft WHERE person_id = $1 ORDER BY updated_at DESC, id DESC`, personID)
	return rows, err
}

// DeleteDraft removes one of a person.
func (t *tx) DeleteDraft(personID, id string) error {
	return t.exec(`DELETE FROM draft WHERE id = $1 AND person_id = $2`, id, personID)
}
