package cache

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"myaccount/services"
	"myaccount/services/blob"
	"myaccount/services/rule"
	"myaccount/services/seal"
)

// file is a file that is not sent, or on its way.
type file struct {
	services.Attachment
	message string // whose it is; "" when nobody's
	upload  Upload
}

// fileContent is what is sealed of a file's row.
type fileContent struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	SHA256 string `json:"sha256"`
}

// loose are the files that nothing sends: they belong to a draft or to nothing.
const loose = `person = $1 AND NOT EXISTS (
	SELECT 1 FROM message m WHERE m.id = file.message_id AND m.state <> 'draft')`

// Attach keeps a file for a message to be sent, by the rules of the policy. Fails as services.Attachments says.
func (p *Person) Attach(ctx context.Context, u services.Upload, policy services.Policy) (services.Attachment, error) {
	if err := p.view(ctx, (*tx).roomForFile); err != nil {
		return services.Attachment{}, err
	}
	a, err := rule.File(u, policy.AttachmentMax, policy.AttachmentTypes)
	if err != nil {
		return services.Attachment{}, err
	}
	a.ID = p.cache.newID()
	if err := p.cache.putBytes(ctx, a.ID, u.Data); err != nil {
		return services.Attachment{}, err
	}
	err = p.update(ctx, func(t *tx) error {
		if err := t.roomForFile(); err != nil { // again: others may have come meanwhile
			return err
		}
		return t.addFile(a)
	})
	if err != nil {
		p.cache.dropBytes(ctx, []string{a.ID})
		return services.Attachment{}, err
	}
	return a, nil
}

// OpenFile gives the content of a file that was not sent yet, or is on its way. Fails with CodeNotFound, and CodeGone
// when its bytes were removed.
func (p *Person) OpenFile(ctx context.Context, id string) (services.AttachmentContent, error) {
	var f file
	err := p.view(ctx, func(t *tx) (err error) {
		f, err = t.file(id)
		return found(err)
	})
	if err != nil {
		return services.AttachmentContent{}, err
	}
	data, err := p.cache.getBytes(ctx, f.Attachment)
	return services.AttachmentContent{Attachment: f.Attachment, Data: data}, err
}

// Detach removes a file that was not sent yet. Removing one that is gone is no error; one on its way stays.
func (p *Person) Detach(ctx context.Context, id string) error {
	var gone []string
	err := p.update(ctx, func(t *tx) (err error) {
		if gone, err = t.ids(`SELECT id FROM file WHERE `+loose+` AND id = $2`, t.person, id); err != nil || len(gone) == 0 {
			return err
		}
		return t.exec(`DELETE FROM file WHERE id = $1`, id)
	})
	if err == nil {
		p.cache.dropBytes(ctx, gone)
	}
	return err
}

// roomForFile tells whether the person may attach one more file. Fails with CodeInvalid (file: too_many).
func (t *tx) roomForFile() error {
	n, err := t.count(`SELECT count(*) FROM file WHERE ` + loose)
	if err == nil && n >= rule.UnsentMax {
		err = services.Invalid("file", services.ReasonTooMany)
	}
	return err
}

// count runs a query that counts what is the person's.
func (t *tx) count(query string) (n int, err error) {
	err = t.one(query, []any{t.person}, &n)
	return n, err
}

// addFile writes a new file, which belongs to nothing.
func (t *tx) addFile(a services.Attachment) error {
	sealed, err := t.seal("file", "content", a.ID, fileContent{Name: a.Name, Type: a.Type, SHA256: a.SHA256})
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO file (id, person, message_id, place, made_at, size, content)
		VALUES ($1, $2, '', 0, $3, $4, $5)`, a.ID, t.person, micros(t.now), a.Size, sealed)
}

// file reads one of the person's, or gives errNoRow.
func (t *tx) file(id string) (file, error) {
	list, err := t.files(`id = $2`, id)
	if err == nil && len(list) == 0 {
		err = errNoRow
	}
	if err != nil {
		return file{}, err
	}
	return list[0], nil
}

// files reads files of the person, those of a message in their order.
func (t *tx) files(where string, args ...any) ([]file, error) {
	var list []file
	err := t.each(func(row scanner) error {
		var f file
		var sealed, upload []byte
		if err := row.Scan(&f.ID, &f.message, &f.Size, &sealed, &upload); err != nil {
			return err
		}
		var c fileContent
		err := errors.Join(
			t.open("file", "content", f.ID, sealed, &c),
			t.open("file", "upload", f.ID, upload, &f.upload),
		)
		f.Name, f.Type, f.SHA256 = c.Name, c.Type, c.SHA256
		list = append(list, f)
		return err
	}, `SELECT id, message_id, size, content, upload FROM file WHERE person = $1 AND `+where+` ORDER BY place, id`,
		append([]any{t.person}, args...)...)
	return list, err
}

// name makes files the files of a message, in this order, and no others. Files that the person did not attach, and
// files on their way, are left alone.
func (t *tx) name(messageID string, ids []string) error {
	if err := t.exec(`UPDATE file SET message_id = '' WHERE message_id = $1`, messageID); err != nil {
		return err
	}
	for i, id := range ids {
		err := t.exec(`UPDATE file SET message_id = $3, place = $4 WHERE `+loose+` AND id = $2`, t.person, id, messageID, i)
		if err != nil {
			return err
		}
	}
	return nil
}

// sendable tells whether every file is there, once, and not on its way already.
func (t *tx) sendable(ids []string) (bool, error) {
	for i, id := range ids {
		there, err := t.ids(`SELECT id FROM file WHERE `+loose+` AND id = $2`, t.person, id)
		if err != nil || len(there) == 0 || slices.Contains(ids[:i], id) {
			return false, err
		}
	}
	return true, nil
}

// bytesAD ties the bytes of a file to its row.
func bytesAD(id string) []byte { return seal.AD("file", "bytes", id) }

// putBytes seals and keeps the bytes of a file. Fails with CodeUnavailable when there is no room.
func (c *Cache) putBytes(ctx context.Context, id string, data []byte) error {
	sealed, err := c.box.Seal(data, bytesAD(id))
	if err != nil {
		return err
	}
	return translate(c.blobs.Put(ctx, id, sealed))
}

// getBytes reads the bytes of a file and checks them. Fails with CodeGone when they were removed.
func (c *Cache) getBytes(ctx context.Context, a services.Attachment) ([]byte, error) {
	sealed, err := c.blobs.Get(ctx, a.ID)
	if errors.Is(err, blob.ErrNotFound) {
		return nil, services.Fail(services.CodeGone)
	}
	if err != nil {
		return nil, err
	}
	data, err := c.box.Open(sealed, bytesAD(a.ID))
	if err != nil {
		return nil, services.Internal(fmt.Errorf("file %s: %w", a.ID, err))
	}
	if digest := sha256.Sum256(data); hex.EncodeToString(digest[:]) != a.SHA256 {
		return nil, services.Internal(fmt.Errorf("file %s: other bytes than were attached", a.ID))
	}
	return data, nil
}

// dropBytes removes the bytes of files whose rows are gone. What fails here is removed by Purge.
func (c *Cache) dropBytes(ctx context.Context, ids []string) {
	for _, id := range ids {
		_ = c.blobs.Delete(context.WithoutCancel(ctx), id)
	}
}
