package core

import (
	"context"
	"errors"
	"time"

	"myaccount/services"
	"myaccount/services/rule"
)

// DraftTx is the part of a transaction that keeps drafts.
type DraftTx interface {
	// AddDraft writes a new one.
	AddDraft(row DraftRow) error
	// UpdateDraft writes what the person wrote and when. Gives ErrNoRow when there is no such draft of the person.
	UpdateDraft(row DraftRow) error
	// Draft reads one, or gives ErrNoRow.
	Draft(id string) (DraftRow, error)
	// CountDrafts counts a person's.
	CountDrafts(personID string) (int, error)
	// Drafts lists a person's, the latest first.
	Drafts(personID string) ([]DraftRow, error)
	// DeleteDraft removes one of a person. Its files stay.
	DeleteDraft(personID, id string) error
}

// DraftRow is a draft as it is kept.
type DraftRow struct {
	ID        string
	PersonID  string
	Key       string // idempotency key of its sending, never changed
	UpdatedAt time.Time
	Content   DraftContent
}

// DraftContent is what a person wrote.
type DraftContent struct {
	ThreadID    string `json:"thread_id,omitempty"`
	Topic       string `json:"topic,omitempty"`
	AgreementID string `json:"agreement_id,omitempty"`
	Body        string `json:"body"`
}

// addDraft writes a new draft. Fails with CodeInvalid (drafts: too_many).
func addDraft(tx Tx, row DraftRow) error {
	n, err := tx.CountDrafts(row.PersonID)
	if err != nil {
		return err
	}
	if n >= rule.DraftsMax {
		return services.Invalid("drafts", services.ReasonTooMany)
	}
	return tx.AddDraft(row)
}

// Drafts lists the person's drafts.
func (s *customerSession) Drafts(ctx context.Context) ([]services.Draft, error) {
	var drafts []services.Draft
	err := s.view(ctx, ready, func(tx Tx, session SessionRow) error {
		rows, err := tx.Drafts(session.PersonID)
		if err != nil {
			return err
		}
		drafts = make([]services.Draft, 0, len(rows))
		for _, row := range rows {
			draft, err := row.draft(tx)
			if err != nil {
				return err
			}
			drafts = append(drafts, draft)
		}
		return nil
	})
	return drafts, err
}

// Draft gives one.
func (s *customerSession) Draft(ctx context.Context, id string) (services.Draft, error) {
	var draft services.Draft
	err := s.view(ctx, ready, func(tx Tx, session SessionRow) error {
		row, err := ownDraft(tx, session.PersonID, id)
		if err != nil {
			return err
		}
		draft, err = row.draft(tx)
		return err
	})
	return draft, err
}

// SaveDraft keeps a draft. Saving one that was sent or deleted meanwhile does not bring it back.
func (s *customerSession) SaveDraft(ctx context.Context, d services.Draft) (services.Draft, error) {
	if err := rule.Draft(d); err != nil {
		return services.Draft{}, err
	}
	var draft services.Draft
	err := s.update(ctx, ready, func(tx Tx, session SessionRow) error {
		row := DraftRow{
			ID: d.ID, PersonID: session.PersonID, Key: s.core.NewID(), UpdatedAt: tx.Now(),
			Content: DraftContent{ThreadID: d.ThreadID, Topic: d.Topic, AgreementID: d.AgreementID, Body: d.Body},
		}
		write := tx.UpdateDraft
		if row.ID == "" {
			row.ID = s.core.NewID()
			write = func(row DraftRow) error { return addDraft(tx, row) }
		}
		if err := write(row); err != nil {
			return gone(err, services.CodeNotFound)
		}
		files := make([]string, 0, len(d.Attachments))
		for _, a := range d.Attachments {
			files = append(files, a.ID)
		}
		if err := tx.DraftAttachments(session.PersonID, files, row.ID); err != nil {
			return err
		}
		row, err := tx.Draft(row.ID)
		if err != nil {
			return err
		}
		draft, err = row.draft(tx)
		return err
	})
	return draft, err
}

// DeleteDraft removes a draft and its files.
func (s *customerSession) DeleteDraft(ctx context.Context, id string) error {
	var drop []string
	err := s.update(ctx, ready, func(tx Tx, session SessionRow) error {
		drop = nil
		_, err := ownDraft(tx, session.PersonID, id)
		if services.CodeOf(err) == services.CodeNotFound {
			return nil
		}
		if err != nil {
			return err
		}
		files, err := tx.AttachmentsOfDraft(id)
		if err != nil {
			return err
		}
		for _, file := range files {
			drop = append(drop, file.ID)
			if err := tx.DeleteAttachment(file.ID); err != nil {
				return err
			}
		}
		return tx.DeleteDraft(session.PersonID, id)
	})
	if err == nil {
		s.core.dropBlobs(context.WithoutCancel(ctx), drop)
	}
	return err
}

// dropDraft removes the draft that a message was. A file of it that was not sent belongs to nothing from then on and
// is removed with the strays.
func dropDraft(tx Tx, personID, id string) error {
	if _, err := ownDraft(tx, personID, id); err != nil {
		if services.CodeOf(err) == services.CodeNotFound {
			return nil
		}
		return err
	}
	if err := tx.DraftAttachments(personID, nil, id); err != nil {
		return err
	}
	return tx.DeleteDraft(personID, id)
}

// ownDraft reads a draft of a person. Fails with CodeNotFound.
func ownDraft(tx Tx, personID, id string) (DraftRow, error) {
	row, err := tx.Draft(id)
	if errors.Is(err, ErrNoRow) || err == nil && row.PersonID != personID {
		return DraftRow{}, services.Fail(services.CodeNotFound)
	}
	return row, err
}

// draft is what the person sees of a draft.
func (r DraftRow) draft(tx Tx) (services.Draft, error) {
	files, err := tx.AttachmentsOfDraft(r.ID)
	return services.Draft{
		ID: r.ID, ThreadID: r.Content.ThreadID, Topic: r.Content.Topic, AgreementID: r.Content.AgreementID,
		Body: r.Content.Body, Attachments: attachments(files), IdempotencyKey: r.Key, UpdatedAt: r.UpdatedAt,
	}, err
}
