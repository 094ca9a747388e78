package store

import (
	"time"

	"myaccount/services/core"
)

// AddAttachment writes a new file.
func (t *tx) AddAttachment(row core.AttachmentRow) error {
	name, err := t.seal("attachment", "name", row.ID, row.Name)
	if err != nil {
		return err
	}
	digest, err := t.seal("attachment", "digest", row.ID, row.SHA256)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO attachment (id, person_id, message_id, draft_id, place, name, digest, type, size, made_at)
		VALUES ($1, $2, NULL, '', 0, $3, $4, $5, $6, $7)`,
		row.ID, row.PersonID, name, digest, row.Type, row.Size, micros(row.MadeAt))
}

// attachments reads files by a condition.
func (t *tx) attachments(where string, arg any) (rows []core.AttachmentRow, err error) {
	err = t.each(func(r scanner) error {
		row, err := t.scanAttachment(r)
		rows = append(rows, row)
		return err
	}, `SELECT a.id, a.person_id, coalesce(a.message_id, ''), a.name, a.digest, a.type, a.size, a.made_at,
		coalesce(m.person_id, ''), coalesce(m.kept_until, 0)
		FROM attachment a LEFT JOIN message m ON m.id = a.message_id WHERE `+where+` ORDER BY a.place, a.id`, arg)
	return rows, err
}

func (t *tx) scanAttachment(r scanner) (row core.AttachmentRow, err error) {
	var name, digest []byte
	var made, kept int64
	err = r.Scan(&row.ID, &row.PersonID, &row.MessageID, &name, &digest, &row.Type, &row.Size, &made,
		&row.ReaderID, &kept)
	if err != nil {
		return row, err
	}
	row.MadeAt, row.KeptUntil = moment(made), moment(kept)
	if row.Name, err = t.unseal("attachment", "name", row.ID, name); err != nil {
		return row, err
	}
	row.SHA256, err = t.unseal("attachment", "digest", row.ID, digest)
	return row, err
}

// Attachment reads one.
func (t *tx) Attachment(id string) (core.AttachmentRow, error) {
	rows, err := t.attachments(`a.id = $1`, id)
	if err == nil && len(rows) == 0 {
		err = core.ErrNoRow
	}
	if err != nil {
		return core.AttachmentRow{}, err
	}
	return rows[0], nil
}

// CountUnsent counts a person's that were not sent.
func (t *tx) CountUnsent(personID string) (n int, err error) {
	err = t.one(func(r scanner) error { return r.Scan(&n) },
		`SELECT count(*) FROM attachment WHERE person_id = $1 AND message_id IS NULL`, personID)
	return n, err
}

// AttachmentsOf lists those of a message.
func (t *tx) AttachmentsOf(messageID string) ([]core.AttachmentRow, error) {
	return t.attachments(`a.message_id = $1`, messageID)
}

// AttachmentsOfDraft lists those of a draft.
func (t *tx) AttachmentsOfDraft(draftID string) ([]core.AttachmentRow, error) {
	return t.attachments(`a.message_id IS NULL AND a.draft_id = $1`, draftID)
}

// SendAttachments makes files the files of a message.
func (t *tx) SendAttachments(ids []string, messageID string) error {
	for i, id := range ids {
		err := t.exec(`UPDATE attachment SET message_id = $2, draft_id = '', place = $3 WHERE id = $1`, id, messageID, i)
		if err != nil {
			return err
		}
	}
	return nil
}

// DraftAttachments makes files the files of a draft.
func (t *tx) DraftAttachments(personID string, ids []string, draftID string) error {
	if err := t.exec(`UPDATE attachment SET draft_id = '' WHERE draft_id = $1`, draftID); err != nil {
		return err
	}
	for i, id := range ids {
		err := t.exec(`UPDATE attachment SET draft_id = $3, place = $4
			WHERE id = $1 AND person_id = $2 AND message_id IS NULL`, id, personID, draftID, i)
		if err != nil {
			return err
		}
	}
	return nil
}

// DeleteAttachment removes one.
func (t *tx) DeleteAttachment(id string) error {
	return t.exec(`DELETE FROM attachment WHERE id = $1`, id)
}

// AttachmentIDs lists all files of a person.
func (t *tx) AttachmentIDs(personID string) ([]string, error) {
	return t.ids(`SELECT id FROM attachment WHERE person_id = $1 AND message_id IS NULL
		UNION SELECT a.id FROM attachment a JOIN message m ON m.id = a.message_id WHERE m.person_id = $1`, personID)
}

// StrayAttachments lists files that nothing names.
func (t *tx) StrayAttachments(before time.Time, limit int) ([]string, error) {
	return t.ids(`SELECT id FROM attachment WHERE message_id IS NULL AND draft_id = '' AND made_at < $1 LIMIT $2`,
		micros(before), limit)
}

// HasAttachment tells whether there is a row.
func (t *tx) HasAttachment(id string) (bool, error) {
	ids, err := t.ids(`SELECT id FROM attachment WHERE id = $1`, id)
	return len(ids) > 0, err
}
