package store

import (
	"time"

	"myaccount/services/core"
)

// AddUpload writes an upload.
func (t *tx) AddUpload(row core.UploadRow) error {
	name, err := t.seal("upload", "name", row.ID, row.Name)
	if err != nil {
		return err
	}
	digest, err := t.seal("upload", "digest", row.ID, row.SHA256)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO upload (id, person_id, name, digest, size, received, attachment_id, made_at)
		VALUES ($1, $2, $3, $4, $5, $6, '', $7)`,
		row.ID, row.PersonID, name, digest, row.Size, row.Received, micros(row.MadeAt))
}

// Upload reads an upload.
func (t *tx) Upload(id string) (core.UploadRow, error) {
	row := core.UploadRow{ID: id}
	var name, digest []byte
	var made int64
	err := t.one(func(r scanner) error {
		return r.Scan(&row.PersonID, &name, &digest, &row.Size, &row.Received, &row.AttachmentID, &made)
	}, `SELECT person_id, name, digest, size, received, attachment_id, made_at FROM upload WHERE id = $1`, id)
	if err != nil {
		return core.UploadRow{}, err
	}
	row.MadeAt = moment(made)
	if row.Name, err = t.unseal("upload", "name", id, name); err != nil {
		return core.UploadRow{}, err
	}
	row.SHA256, err = t.unseal("upload", "digest", id, digest)
	return row, err
}

// CountUploads counts the uploads of a person that are under way.
func (t *tx) CountUploads(personID string) (n int, err error) {
	err = t.one(func(row scanner) error { return row.Scan(&n) },
		`SELECT count(*) FROM upload WHERE person_id = $1 AND attachment_id = ''`, personID)
	return n, err
}

// AddPart writes a part.
func (t *tx) AddPart(uploadID string, part core.PartRow) error {
	err := t.exec(`INSERT INTO upload_part (id, upload_id, start, size) VALUES ($1, $2, $3, $4)`,
		part.ID, uploadID, part.Start, part.Size)
	if err != nil {
		return err
	}
	return t.exec(`UPDATE upload SET received = received + $2 WHERE id = $1`, uploadID, part.Size)
}

// Parts lists parts.
func (t *tx) Parts(uploadID string) ([]core.PartRow, error) {
	var parts []core.PartRow
	err := t.each(func(row scanner) error {
		var part core.PartRow
		err := row.Scan(&part.ID, &part.Start, &part.Size)
		parts = append(parts, part)
		return err
	}, `SELECT id, start, size FROM upload_part WHERE upload_id = $1 ORDER BY start`, uploadID)
	return parts, err
}

// FinishUpload writes what became of an upload.
func (t *tx) FinishUpload(id, attachmentID string) error {
	if err := t.exec(`DELETE FROM upload_part WHERE upload_id = $1`, id); err != nil {
		return err
	}
	return t.exec(`UPDATE upload SET attachment_id = $2 WHERE id = $1`, id, attachmentID)
}

// DeleteUpload removes an upload.
func (t *tx) DeleteUpload(id string) error {
	if err := t.exec(`DELETE FROM upload_part WHERE upload_id = $1`, id); err != nil {
		return err
	}
	return t.exec(`DELETE FROM upload WHERE id = $1`, id)
}

// StaleUploads lists old uploads.
func (t *tx) StaleUploads(before time.Time, limit int) ([]string, error) {
	return t.ids(`SELECT id FROM upload WHERE made_at < $1 ORDER BY made_at LIMIT $2`, micros(before), limit)
}

// UploadIDs lists a person's uploads.
func (t *tx) UploadIDs(personID string) ([]string, error) {
	return t.ids(`SELECT id FROM upload WHERE person_id = $1`, personID)
}

// HasPart tells whether there is a part of an id.
func (t *tx) HasPart(id string) (bool, error) {
	var n int
	err := t.one(func(row scanner) error { return row.Scan(&n) }, `SELECT count(*) FROM upload_part WHERE id = $1`, id)
	return n > 0, err
}
