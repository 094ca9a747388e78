package core

// AttachmentTx is the part of a transaction that keeps attachments.
type AttachmentTx interface{}
