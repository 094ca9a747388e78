package services

import "context"

// Attachments are the files of messages. The id that Attach gives is for the person who attached the file; once it is
// sent, its message may name it by another, which is everybody's.
type Attachments interface {
	// Attach keeps a file for a message to be sent. The type is judged from the bytes. Fails with CodeInvalid (file:
	// required when empty, too_many when 25 of the person's wait to be sent; name: required when nothing of it can be
	// kept, mismatch when its ending says another kind than the bytes), CodeTooLarge (also for what swells once it is
	// opened), CodeUnsupportedType, CodeUnavailable when there is no room.
	Attach(ctx context.Context, u Upload) (Attachment, error)
	// OpenAttachment gives the content of one's own file. Fails with CodeNotFound, and CodeGone when it was removed.
	OpenAttachment(ctx context.Context, id string) (AttachmentContent, error)
	// Detach removes a file that was not sent yet. Removing one that is gone is no error; one that was sent stays.
	Detach(ctx context.Context, id string) error
}

// Upload is a file as the person chose it.
type Upload struct {
	Name string
	Data []byte

	// IdempotencyKey is between a program and its backend, which answers the same key and file with the same attachment
	// and refuses another file (idempotency_key). 8 to 64 printable ASCII characters; "" for none.
	IdempotencyKey string
}

// Attachment describes a file.
type Attachment struct {
	ID     string
	Name   string
	Size   int64  // bytes
	Type   string // media type, "application/pdf"
	SHA256 string // hex
}

// AttachmentContent is a file with its bytes.
type AttachmentContent struct {
	Attachment
	Data []byte
}
