package services

import (
	"context"
	"time"
)

// Messages is the customer's side of the secure message center.
type Messages interface {
	// Threads lists threads that have messages left, latest activity first. Fails with CodeInvalid (after).
	Threads(ctx context.Context, q ThreadQuery) (ThreadPage, error)
	// Thread gives one with its messages, oldest first. Fails with CodeNotFound.
	Thread(ctx context.Context, id string) (Thread, error)
	// Send starts a thread, or replies when ThreadID is set. The same key with the same content answers the same
	// receipt and sends nothing. A draft named is deleted in the same step. Fails with CodeInvalid (topic,
	// agreement_id, body, attachment_ids, idempotency_key), CodeNotFound (thread).
	Send(ctx context.Context, m Outgoing) (Receipt, error)
	// MarkRead marks every message of a thread as read. Fails with CodeNotFound.
	MarkRead(ctx context.Context, threadID string) error
	// Unread counts threads with an unread reply.
	Unread(ctx context.Context) (int, error)
	// Search finds the person's own threads whose topic, text or attachment names have all words of q (case and
	// accents do not matter), latest first. Fails with CodeInvalid (q: too_long over 200 characters).
	Search(ctx context.Context, q string, limit int) ([]Hit, error)
}

// ThreadQuery asks for threads.
type ThreadQuery struct {
	Page
	UnreadOnly bool
}

// ThreadPage is part of the list of threads.
type ThreadPage struct {
	Items []ThreadSummary
	Next  string // "" at the end
}

// ThreadSummary is a thread as a list shows it.
type ThreadSummary struct {
	ID              string
	Reference       string // what the confirmation names, "M-7K3F-92QD"
	Topic           string // a topic's id
	AgreementID     string
	AgreementNumber string
	Excerpt         string // the beginning of the latest message, one line
	LastFrom        Role
	LastAt          time.Time
	Unread          bool
	Attachments     int
	KeptUntil       time.Time // when its last message will be removed
}

// Thread is a conversation.
type Thread struct {
	ThreadSummary
	Messages []Message
}

// Message is one message of a thread.
type Message struct {
	ID          string
	From        Role
	Author      string // name as the reader may see it; the company's for a customer
	Body        string
	SentAt      time.Time
	KeptUntil   time.Time
	Attachments []Attachment
}

// Outgoing is a message to be sent.
type Outgoing struct {
	ThreadID       string // a reply; "" starts a thread
	Topic          string // needed for a new thread
	AgreementID    string // needed for a new thread
	Body           string
	AttachmentIDs  []string
	DraftID        string // the draft that this was, deleted with the sending; "" when none
	IdempotencyKey string // 8 to 64 printable ASCII characters; made once for one intention to send
}

// Receipt confirms that a message was received.
type Receipt struct {
	ThreadID   string
	MessageID  string
	Reference  string
	ReceivedAt time.Time

	// Waiting says that the service could not be reached: the message is kept on this device and arrives by itself
	// later; see Outbox. The other fields are empty then. Never in local-only mode.
	Waiting bool
}

// Hit is a thread that a search found.
type Hit struct {
	Thread  ThreadSummary
	Excerpt string    // around the first word found
	Marks   [][2]int  // byte ranges of the words within Excerpt
	At      time.Time // of the message
}
