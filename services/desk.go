package services

import (
	"context"
	"time"
)

// Desk is the advisor's side of the message center.
type Desk interface {
	// Queue lists threads, those that wait longest for an answer first. Fails with CodeInvalid (after).
	Queue(ctx context.Context, q DeskQuery) (DeskPage, error)
	// DeskThread gives one with its messages, oldest first. Fails with CodeNotFound.
	DeskThread(ctx context.Context, id string) (DeskThread, error)
	// Answer replies to a customer. The same key with the same content answers the same receipt. Fails with
	// CodeInvalid (body, attachment_ids, idempotency_key) and CodeNotFound.
	Answer(ctx context.Context, a DeskAnswer) (Receipt, error)
}

// DeskQuery asks for threads of the desk.
type DeskQuery struct {
	Page
	WaitingOnly bool // only threads whose last message is the customer's
}

// DeskPage is part of the desk's queue.
type DeskPage struct {
	Items []DeskSummary
	Next  string // "" at the end
}

// DeskSummary is a thread as the queue shows it.
type DeskSummary struct {
	ThreadSummary
	Customer     string // name
	Waiting      bool
	WaitingSince time.Time // of the oldest unanswered message; zero when answered
}

// DeskThread is a conversation with what an advisor needs beside it.
type DeskThread struct {
	DeskSummary
	Messages []Message
	Language string // the customer's
	Vehicle  Vehicle
	Kind     AgreementKind
	Doubts   []Doubt // what does not add up in the lender's figures of the agreement
}

// DeskAnswer is an advisor's reply.
type DeskAnswer struct {
	ThreadID       string
	Body           string
	AttachmentIDs  []string
	IdempotencyKey string
}
