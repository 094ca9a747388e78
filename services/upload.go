package services

import "context"

// Uploads takes a file in parts, so that a cut loses no more than one of them. It is an ability of sessions beside
// Attachments, which screens use: services/remote chooses by the size of the file.
type Uploads interface {
	// StartUpload announces a file. Fails with CodeInvalid (name: required; size: required; sha256: format; file:
	// too_many when 25 are under way) and CodeTooLarge.
	StartUpload(ctx context.Context, u UploadStart) (UploadState, error)
	// UploadState says how far a file has come. Fails with CodeNotFound.
	UploadState(ctx context.Context, id string) (UploadState, error)
	// AppendUpload takes the part that begins at an offset, at most UploadPartMax bytes. A part that was taken before is
	// no error. Fails with CodeInvalid (offset: mismatch when it is not the next part; part: required, or too_many after
	// 256), CodeTooLarge when the part is, or goes beyond the size that was announced, and CodeNotFound.
	AppendUpload(ctx context.Context, id string, offset int64, part []byte) (UploadState, error)
	// CompleteUpload checks the whole and makes the file of it, once: later calls give the same. Fails with CodeInvalid
	// (size: mismatch while parts are missing; sha256: mismatch, and the upload is over; name) and as Attach does, and
	// with CodeNotFound.
	CompleteUpload(ctx context.Context, id string) (Attachment, error)
}

// UploadPartMax is how many bytes a part may have.
const UploadPartMax = 1 << 20

// UploadStart announces a file that comes in parts.
type UploadStart struct {
	Name   string
	Size   int64  // bytes
	SHA256 string // hex
}

// UploadState says how far a file has come.
type UploadState struct {
	ID       string
	Received int64 // bytes; the next part begins there
	Size     int64
}
