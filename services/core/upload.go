package core

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"regexp"
	"slices"
	"time"

	"myaccount/services"
	"myaccount/services/filetype"
	"myaccount/services/rule"
)

// UploadTx is the part of a transaction that keeps files that come in parts. The bytes of each part lie in Blobs until
// the whole is there.
type UploadTx interface {
	// AddUpload writes a new one.
	AddUpload(row UploadRow) error
	// Upload reads one, or gives ErrNoRow.
	Upload(id string) (UploadRow, error)
	// CountUploads counts those of a person that are under way.
	CountUploads(personID string) (int, error)
	// AddPart writes a part and how far the upload has come with it. Fails with ErrDuplicate when there is one that
	// begins there.
	AddPart(uploadID string, part PartRow) error
	// Parts lists the parts of an upload in their order.
	Parts(uploadID string) ([]PartRow, error)
	// FinishUpload writes what became of an upload, and removes its parts.
	FinishUpload(id, attachmentID string) error
	// DeleteUpload removes one with its parts.
	DeleteUpload(id string) error
	// StaleUploads lists at most limit ids of uploads that began before a moment.
	StaleUploads(before time.Time, limit int) ([]string, error)
	// UploadIDs lists the ids of a person's uploads.
	UploadIDs(personID string) ([]string, error)
	// HasPart tells whether there is a part of an id.
	HasPart(id string) (bool, error)
}

// UploadRow is a file that comes in parts as it is kept.
type UploadRow struct {
	ID           string
	PersonID     string
	Name         string
	Size         int64
	SHA256       string // hex
	Received     int64
	AttachmentID string // "" until it is whole
	MadeAt       time.Time
}

// state is what others may know of an upload.
func (r UploadRow) state() services.UploadState {
	return services.UploadState{ID: r.ID, Received: r.Received, Size: r.Size}
}

// PartRow is one part of a file.
type PartRow struct {
	ID    string // also the key of its blob
	Start int64
	Size  int64
}

// uploadFor is how long an upload may take, and how long a finished one is known.
const uploadFor = 24 * time.Hour

// partsMost is how many parts an upload may have: 25 times what the largest file needs, and not one file on our disk for
// every byte.
const partsMost = 256

var digestForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

var (
	_ services.Uploads = (*customerSession)(nil)
	_ services.Uploads = (*advisorSession)(nil)
)

// StartUpload announces a file; see services.Uploads.
func (s *session) StartUpload(ctx context.Context, u services.UploadStart) (services.UploadState, error) {
	row := UploadRow{
		ID: s.core.NewID(), PersonID: s.person, Name: filetype.CleanName(u.Name), Size: u.Size, SHA256: u.SHA256,
	}
	reasons := map[string]string{}
	if row.Name == "" {
		reasons["name"] = services.ReasonRequired
	}
	if row.Size <= 0 {
		reasons["size"] = services.ReasonRequired
	}
	if !digestForm.MatchString(row.SHA256) {
		reasons["sha256"] = services.ReasonFormat
	}
	if err := invalid(reasons); err != nil {
		return services.UploadState{}, err
	}
	if row.Size > s.core.Brand.Rules.AttachmentMaxBytes {
		return services.UploadState{}, services.Fail(services.CodeTooLarge)
	}
	err := s.update(ctx, ready, func(tx Tx, session SessionRow) error {
		n, err := tx.CountUploads(session.PersonID)
		if err != nil {
			return err
		}
		if n >= rule.UnsentMax {
			return services.Invalid("file", services.ReasonTooMany)
		}
		row.MadeAt = tx.Now()
		return tx.AddUpload(row)
	})
	if err != nil {
		return services.UploadState{}, err
	}
	return row.state(), nil
}

// UploadState says how far a file has come; see services.Uploads.
func (s *session) UploadState(ctx context.Context, id string) (services.UploadState, error) {
	row, _, err := s.upload(ctx, id)
	return row.state(), err
}

// upload reads an upload of the person's, with its parts.
func (s *session) upload(ctx context.Context, id string) (row UploadRow, parts []PartRow, err error) {
	err = s.view(ctx, ready, func(tx Tx, session SessionRow) error {
		if row, err = ownUpload(tx, session, id); err != nil {
			return err
		}
		parts, err = tx.Parts(id)
		return err
	})
	if err != nil {
		return UploadRow{}, nil, err
	}
	return row, parts, nil
}

// ownUpload reads an upload of the session's person. Fails with CodeNotFound.
func ownUpload(tx Tx, session SessionRow, id string) (UploadRow, error) {
	row, err := tx.Upload(id)
	if err != nil {
		return UploadRow{}, gone(err, services.CodeNotFound)
	}
	if row.PersonID != session.PersonID {
		return UploadRow{}, services.Fail(services.CodeNotFound)
	}
	return row, nil
}

// next checks whether a part is the one to come. A part that was taken before is told by done.
func (r UploadRow) next(offset int64, part []byte) (done bool, err error) {
	end := offset + int64(len(part))
	switch {
	case len(part) == 0:
		return false, services.Invalid("part", services.ReasonRequired)
	case len(part) > services.UploadPartMax, offset > r.Size, offset >= 0 && end > r.Size:
		return false, services.Fail(services.CodeTooLarge)
	case offset >= 0 && end <= r.Received:
		return true, nil
	case offset != r.Received:
		return false, services.Invalid("offset", services.ReasonMismatch)
	}
	return false, nil
}

// AppendUpload takes a part; see services.Uploads. As with a whole file, its bytes are safe before its row is written.
func (s *session) AppendUpload(ctx context.Context, id string, offset int64, part []byte) (services.UploadState, error) {
	row, parts, err := s.upload(ctx, id)
	if err != nil {
		return services.UploadState{}, err
	}
	if done, err := row.next(offset, part); err != nil || done {
		return row.state(), err
	}
	if len(parts) >= partsMost {
		return services.UploadState{}, services.Invalid("part", services.ReasonTooMany)
	}
	c := s.core
	kept := PartRow{ID: c.NewID(), Start: offset, Size: int64(len(part))}
	if err := c.putBlob(ctx, kept.ID, part); err != nil {
		return services.UploadState{}, err
	}
	var done bool
	err = s.update(ctx, ready, func(tx Tx, session SessionRow) error {
		if row, err = ownUpload(tx, session, id); err != nil {
			return err
		}
		if done, err = row.next(offset, part); err != nil || done { // the same part may have come twice at once
			return err
		}
		row.Received += kept.Size
		return tx.AddPart(id, kept)
	})
	if err != nil {
		c.dropRefused(ctx, kept.ID, err)
		return services.UploadState{}, err
	}
	if done {
		c.dropBlobs(context.WithoutCancel(ctx), []string{kept.ID})
	}
	return row.state(), nil
}

// CompleteUpload makes the file; see services.Uploads.
func (s *session) CompleteUpload(ctx context.Context, id string) (services.Attachment, error) {
	upload, parts, err := s.upload(ctx, id)
	if err != nil {
		return services.Attachment{}, err
	}
	if upload.AttachmentID != "" {
		return s.uploaded(ctx, upload)
	}
	if upload.Received < upload.Size {
		return services.Attachment{}, services.Invalid("size", services.ReasonMismatch)
	}
	data, err := s.core.join(ctx, parts)
	if services.CodeOf(err) == services.CodeGone { // another call was sooner
		if upload, _, err = s.upload(ctx, id); err == nil && upload.AttachmentID != "" {
			return s.uploaded(ctx, upload)
		}
		return services.Attachment{}, cmp.Or(err, error(services.Fail(services.CodeNotFound)))
	}
	if err != nil {
		return services.Attachment{}, err
	}
	if digest := sha256.Sum256(data); hex.EncodeToString(digest[:]) != upload.SHA256 {
		return services.Attachment{}, errors.Join(
			services.Invalid("sha256", services.ReasonMismatch), s.core.dropUpload(ctx, id, parts))
	}
	return s.finish(ctx, upload, parts, data)
}

// uploaded gives the file that an upload became.
func (s *session) uploaded(ctx context.Context, upload UploadRow) (services.Attachment, error) {
	var row AttachmentRow
	err := s.view(ctx, ready, func(tx Tx, _ SessionRow) (err error) {
		row, err = tx.Attachment(upload.AttachmentID)
		return gone(err, services.CodeNotFound)
	})
	return row.attachment(), err
}

// join reads the parts of a file.
func (c *Core) join(ctx context.Context, parts []PartRow) ([]byte, error) {
	var whole bytes.Buffer
	for _, part := range parts {
		data, err := c.readBlob(ctx, part.ID)
		if err != nil {
			return nil, err
		}
		whole.Write(data)
	}
	return whole.Bytes(), nil
}

// finish judges the whole file and keeps it.
func (s *session) finish(ctx context.Context, upload UploadRow, parts []PartRow, data []byte) (services.Attachment, error) {
	c := s.core
	file, err := rule.File(services.Upload{Name: upload.Name, Data: data}, c.Brand.Rules.AttachmentMaxBytes, c.Brand.Rules.AttachmentTypes)
	if err != nil {
		return services.Attachment{}, errors.Join(err, c.dropUpload(ctx, upload.ID, parts))
	}
	row := AttachmentRow{
		ID: c.NewID(), PersonID: s.person, Name: file.Name, Type: file.Type, Size: file.Size, SHA256: file.SHA256,
	}
	if err := c.putBlob(ctx, row.ID, data); err != nil {
		return services.Attachment{}, err
	}
	var sooner UploadRow
	err = s.update(ctx, ready, func(tx Tx, session SessionRow) error {
		if sooner, err = ownUpload(tx, session, upload.ID); err != nil || sooner.AttachmentID != "" {
			return err
		}
		if err := roomForFile(tx, session); err != nil {
			return err
		}
		row.MadeAt = tx.Now()
		return errors.Join(tx.AddAttachment(row), tx.FinishUpload(upload.ID, row.ID))
	})
	switch {
	case err != nil:
		c.dropRefused(ctx, row.ID, err)
		return services.Attachment{}, err
	case sooner.AttachmentID != "":
		c.dropBlobs(context.WithoutCancel(ctx), []string{row.ID})
		return s.uploaded(ctx, sooner)
	}
	c.dropBlobs(context.WithoutCancel(ctx), partIDs(parts))
	return row.attachment(), nil
}

func partIDs(parts []PartRow) []string {
	ids := make([]string, 0, len(parts))
	for _, part := range parts {
		ids = append(ids, part.ID)
	}
	return ids
}

// dropUpload removes an upload with its parts.
func (c *Core) dropUpload(ctx context.Context, id string, parts []PartRow) error {
	ctx = context.WithoutCancel(ctx)
	if err := c.Store.Update(ctx, func(tx Tx) error { return tx.DeleteUpload(id) }); err != nil {
		return err
	}
	c.dropBlobs(ctx, partIDs(parts))
	return nil
}

// purgeUploads removes uploads that nobody ended in time.
func (c *Core) purgeUploads(ctx context.Context) error {
	for {
		var ids []string
		var parts []PartRow
		err := c.Store.Update(ctx, func(tx Tx) (err error) {
			parts = nil
			if ids, err = tx.StaleUploads(tx.Now().Add(-uploadFor), purgeBatch); err != nil {
				return err
			}
			parts, err = dropUploads(tx, ids)
			return err
		})
		if err != nil {
			return err
		}
		c.dropBlobs(context.WithoutCancel(ctx), partIDs(parts))
		if len(ids) < purgeBatch {
			return nil
		}
	}
}

// dropUploads removes uploads and gives their parts, whose blobs are to follow.
func dropUploads(tx Tx, ids []string) (parts []PartRow, err error) {
	for _, id := range ids {
		of, err := tx.Parts(id)
		if err != nil {
			return nil, err
		}
		if err := tx.DeleteUpload(id); err != nil {
			return nil, err
		}
		parts = slices.Concat(parts, of)
	}
	return parts, nil
}
