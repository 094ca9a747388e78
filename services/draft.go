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
	// SaveDraft keeps a draft, a new one when ID is "". The body may be too long or empty: a draft is never refused
	// for its content. Fails with CodeNotFound when the draft was sent or deleted meanwhile.
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
