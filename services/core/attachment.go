package core

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"myaccount/services"
	"myaccount/services/blob"
	"myaccount/services/rule"
	"myaccount/services/seal"
)

// AttachmentTx is the part of a transaction that keeps what is known of files; their bytes lie in Blobs.
type AttachmentTx interface {
	// AddAttachment writes a new one that was not sent yet.
	AddAttachment(row AttachmentRow) error
	// Attachment reads one, or gives ErrNoRow.
	Attachment(id string) (AttachmentRow, error)
	// CountUnsent counts those of a person that were not sent yet.
	CountUnsent(personID string) (int, error)
	// AttachmentsOf lists those of a message in their order.
	AttachmentsOf(messageID string) ([]AttachmentRow, error)
	// AttachmentsOfDraft lists those of a draft in their order.
	AttachmentsOfDraft(draftID string) ([]AttachmentRow, error)
	// SendAttachments makes files the files of a message, in this order.
	SendAttachments(ids []string, messageID string) error
	// DraftAttachments makes files the files of a draft, in this order, and no others. Files that the person did not
	// attach, and files that were sent, are left alone.
	DraftAttachments(personID string, ids []string, draftID string) error
	// DeleteAttachment removes one.
	DeleteAttachment(id string) error
	// AttachmentIDs lists the ids of all files in a person's threads, and of those that the person attached and did
	// not send.
	AttachmentIDs(personID string) ([]string, error)
	// StrayAttachments lists at most limit ids of files made before a moment that neither a message nor a draft names.
	StrayAttachments(before time.Time, limit int) ([]string, error)
	// HasAttachment tells whether there is a row with an id.
	HasAttachment(id string) (bool, error)
}

// AttachmentRow is what is known of a file.
type AttachmentRow struct {
	ID        string // also the key of its blob
	PersonID  string // who attached it
	MessageID string // "" until it is sent
	Name      string
	Size      int64
	Type      string
	SHA256    string // hex
	MadeAt    time.Time

	ReaderID  string    // only read: the customer of the message's thread
	KeptUntil time.Time // only read: of the message
}

// attachment is what others may know of a file.
func (r AttachmentRow) attachment() services.Attachment {
	return services.Attachment{ID: r.ID, Name: r.Name, Size: r.Size, Type: r.Type, SHA256: r.SHA256}
}

// attachments is what others may know of files.
func attachments(rows []AttachmentRow) []services.Attachment {
	list := make([]services.Attachment, 0, len(rows))
	for _, row := range rows {
		list = append(list, row.attachment())
	}
	return list
}

// roomForFile tells whether a person may attach one more file. Fails with CodeInvalid (file: too_many).
func roomForFile(tx Tx, row SessionRow) error {
	n, err := tx.CountUnsent(row.PersonID)
	if err == nil && n >= rule.UnsentMax {
		err = services.Invalid("file", services.ReasonTooMany)
	}
	return err
}

// Attach keeps a file for a message to be sent. Its bytes are safe before its row is written, so a crash between the
// two leaves a blob without a row, which PurgeOrphans removes, and never a row without its bytes.
func (s *session) Attach(ctx context.Context, u services.Upload) (services.Attachment, error) {
	err := s.view(ctx, ready, roomForFile)
	if err != nil && (u.IdempotencyKey == "" || services.CodeOf(err) != services.CodeInvalid) {
		return services.Attachment{}, err // a key may be of the file that took the last room
	}
	c := s.core
	file, err := rule.File(u, c.Brand.Rules.AttachmentMaxBytes, c.Brand.Rules.AttachmentTypes)
	if err != nil {
		return services.Attachment{}, err
	}
	row := AttachmentRow{
		ID: c.NewID(), PersonID: s.person, Name: file.Name, Type: file.Type, Size: file.Size, SHA256: file.SHA256,
	}
	if err := c.putBlob(ctx, row.ID, u.Data); err != nil {
		return services.Attachment{}, err
	}
	if file.ID, err = s.addFile(ctx, u.IdempotencyKey, row); err != nil {
		c.dropRefused(ctx, row.ID, err)
		return services.Attachment{}, err
	}
	if file.ID != row.ID { // the key was used before
		c.dropBlobs(context.WithoutCancel(ctx), []string{row.ID})
	}
	return file, nil
}

// addFile writes the row of a file, once for a key, and gives its id, or that of the file that the key was used for.
func (s *session) addFile(ctx context.Context, key string, row AttachmentRow) (id string, err error) {
	err = s.update(ctx, ready, func(tx Tx, session SessionRow) (err error) {
		id = ""
		add := func() (string, error) {
			if err := roomForFile(tx, session); err != nil { // again: others may have come meanwhile
				return "", err
			}
			row.MadeAt = tx.Now()
			return row.ID, tx.AddAttachment(row)
		}
		if key == "" {
			id, err = add()
		} else {
			id, err = once(s.core, tx, row.PersonID, key, []string{row.Name, row.SHA256}, add)
		}
		return err
	})
	if err != nil {
		return "", err
	}
	return id, nil
}

// OpenAttachment gives the content of a file that the person attached or got, or, to an advisor, that was sent.
func (s *session) OpenAttachment(ctx context.Context, id string) (services.AttachmentContent, error) {
	var row AttachmentRow
	err := s.view(ctx, ready, func(tx Tx, session SessionRow) (err error) {
		row, err = tx.Attachment(id)
		if err != nil {
			return gone(err, services.CodeNotFound)
		}
		if !row.readableBy(session) {
			return services.Fail(services.CodeNotFound)
		}
		if row.MessageID != "" && !tx.Now().Before(row.KeptUntil) {
			return services.Fail(services.CodeGone)
		}
		return nil
	})
	if err != nil {
		return services.AttachmentContent{}, err
	}
	data, err := s.core.getBlob(ctx, row)
	return services.AttachmentContent{Attachment: row.attachment(), Data: data}, err
}

// readableBy tells whether a person may read the file: who attached it until it is sent; then the customer of the
// thread and the desk.
func (r AttachmentRow) readableBy(s SessionRow) bool {
	if r.MessageID == "" {
		return r.PersonID == s.PersonID
	}
	return r.ReaderID == s.PersonID || s.Role == services.RoleAdvisor
}

// Detach removes a file that was not sent yet.
func (s *session) Detach(ctx context.Context, id string) error {
	var drop []string
	err := s.update(ctx, ready, func(tx Tx, session SessionRow) error {
		drop = nil
		row, err := tx.Attachment(id)
		if errors.Is(err, ErrNoRow) || err == nil && (row.PersonID != session.PersonID || row.MessageID != "") {
			return nil
		}
		if err != nil {
			return err
		}
		drop = []string{id}
		return tx.DeleteAttachment(id)
	})
	if err == nil {
		s.core.dropBlobs(context.WithoutCancel(ctx), drop)
	}
	return err
}

// unsent tells whether every file is there, once, attached by the person and not sent.
func unsent(tx Tx, personID string, ids []string) (bool, error) {
	for i, id := range ids {
		row, err := tx.Attachment(id)
		if errors.Is(err, ErrNoRow) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if row.PersonID != personID || row.MessageID != "" || slices.Contains(ids[:i], id) {
			return false, nil
		}
	}
	return true, nil
}

// blobAD ties a file to its row.
func blobAD(id string) []byte { return seal.AD("attachment", "content", id) }

// putBlob seals and keeps the bytes of a file. Fails with CodeUnavailable when there is no room.
func (c *Core) putBlob(ctx context.Context, id string, data []byte) error {
	sealed, err := c.Box.Seal(data, blobAD(id))
	if err != nil {
		return err
	}
	err = c.Blobs.Put(ctx, id, sealed)
	if errors.Is(err, blob.ErrFull) {
		return &services.Error{Code: services.CodeUnavailable, Err: err}
	}
	return err
}

// readBlob reads what putBlob kept. Fails with CodeGone when it was removed.
func (c *Core) readBlob(ctx context.Context, id string) ([]byte, error) {
	sealed, err := c.Blobs.Get(ctx, id)
	if errors.Is(err, blob.ErrNotFound) {
		return nil, services.Fail(services.CodeGone)
	}
	if err != nil {
		return nil, err
	}
	data, err := c.Box.Open(sealed, blobAD(id))
	if err != nil {
		return nil, services.Internal(fmt.Errorf("attachment %s: %w", id, err))
	}
	return data, nil
}

// getBlob reads the bytes of a file and checks them. Fails with CodeGone when they were removed.
func (c *Core) getBlob(ctx context.Context, row AttachmentRow) ([]byte, error) {
	data, err := c.readBlob(ctx, row.ID)
	if err != nil {
		return nil, err
	}
	if digest := sha256.Sum256(data); hex.EncodeToString(digest[:]) != row.SHA256 {
		return nil, services.Internal(fmt.Errorf("attachment %s: other bytes than were sent", row.ID))
	}
	return data, nil
}

// dropRefused removes bytes whose row the rules refused. After any other fault the row may be there all the same, as when
// the database went away while committing; then the bytes stay until PurgeOrphans finds them without one.
func (c *Core) dropRefused(ctx context.Context, id string, err error) {
	switch services.CodeOf(err) {
	case services.CodeUnavailable, services.CodeInternal:
	default:
		c.dropBlobs(context.WithoutCancel(ctx), []string{id})
	}
}

// dropBlobs removes the bytes of files whose rows are gone. What fails here is removed by PurgeOrphans.
func (c *Core) dropBlobs(ctx context.Context, ids []string) {
	for _, id := range ids {
		if err := c.Blobs.Delete(ctx, id); err != nil {
			c.Log.Warn("attachment stays until the next clean-up", "id", id, "error", err)
		}
	}
}
