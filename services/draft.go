package services

import (
	"context"
	"time"
)

// Drafts are messages not sent yet. They survive a crash, and stay on this machine in remote mode.
type Drafts interface {
	// Drafts lists the person's drafts, latest first.
	Drafts(ctx context.Context) ([]Draft, error)
	// Draft gives one. Fails with CodeNotFound.
	Draft(ctx context.Context, id string) (Draft, error)
	// SaveDraft keeps a draft, a new one when ID is "". It may be empty, too long to send, or about what does not exist:
	// only what nobody types is refused. Fails with CodeInvalid (body: too_long over 100,000 characters; thread_id,
	// topic, agreement_id: too_long; attachment_ids: too_many over 25; drafts: too_many when there are 100), and
	// CodeNotFound when the draft was sent or deleted meanwhile.
	SaveDraft(ctx context.Context, d Draft) (Draft, error)
	// DeleteDraft removes a draft and its files. Deleting one that is gone is no error.
	DeleteDraft(ctx context.Context, id string) error
}

// Draft is a message being written.
type Draft struct {
	ID             string
	ThreadID       string // a reply
	Topic          string
	AgreementID    string
	Body           string
	Attachments    []Attachment
	IdempotencyKey string // made with the draft, so that sending it after a crash cannot send it twice
	UpdatedAt      time.Time
}
