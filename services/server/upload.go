package server

import (
	"context"
	"net/http"

	"myaccount/services"
	"myaccount/services/api"
)

func (s *Server) uploadRoutes() {
	signed(s, call{
		id: "start-upload", method: http.MethodPost, path: api.PathUploads, status: http.StatusCreated,
		summary: "Announce a file that comes in parts of at most 1 MiB", codes: gated(services.CodeTooLarge),
	}, startUpload)
	signed(s, call{
		id: "get-upload", method: http.MethodGet, path: api.PathUpload, summary: "How far a file has come",
		codes: gated(services.CodeNotFound),
	}, getUpload)
	signed(s, call{
		id: "append-upload", method: http.MethodPut, path: api.PathUpload, holds: true, most: services.UploadPartMax + 1,
		summary: "The part that begins at an offset; one that was taken before is no error",
		codes:   gated(services.CodeNotFound, services.CodeTooLarge),
	}, appendUpload)
	signed(s, call{
		id: "complete-upload", method: http.MethodPost, path: api.PathUploadComplete, status: http.StatusCreated, holds: true,
		summary: "Check the whole and make the file of it, once: later calls give the same",
		codes:   gated(services.CodeNotFound, services.CodeTooLarge, services.CodeUnsupportedType),
	}, completeUpload)
}

// uploader is a session that can keep files that come in parts.
type uploader interface {
	services.Session
	services.Uploads
}

// part is one part of a file.
type part struct {
	ByID
	Offset  int64 `query:"offset" required:"true" doc:"Where the part begins"`
	RawBody []byte
}

func startUpload(ctx context.Context, u uploader, in *answer[api.UploadStart]) (*answer[api.Upload], error) {
	state, err := u.StartUpload(ctx, services.UploadStart(in.Body))
	return &answer[api.Upload]{api.UploadOf(state)}, err
}

func getUpload(ctx context.Context, u uploader, in *ByID) (*answer[api.Upload], error) {
	state, err := u.UploadState(ctx, in.ID)
	return &answer[api.Upload]{api.UploadOf(state)}, err
}

func appendUpload(ctx context.Context, u uploader, in *part) (*answer[api.Upload], error) {
	state, err := u.AppendUpload(ctx, in.ID, in.Offset, in.RawBody)
	return &answer[api.Upload]{api.UploadOf(state)}, err
}

func completeUpload(ctx context.Context, u uploader, in *ByID) (*answer[api.Attachment], error) {
	file, err := u.CompleteUpload(ctx, in.ID)
	return &answer[api.Attachment]{api.AttachmentOf(file)}, err
}
