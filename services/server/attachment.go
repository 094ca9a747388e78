package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"myaccount/services"
	"myaccount/services/api"
)

func (s *Server) attachmentRoutes() {
	signed(s, call{
		id: "attach", method: http.MethodPost, path: api.PathAttachments, status: http.StatusCreated, holds: true,
		summary: "Keep a file for a message to be sent; its type is judged from the bytes",
		codes:   gated(services.CodeTooLarge, services.CodeUnsupportedType),
	}, s.attach)
	takesFile(s, api.PathAttachments)
	signed(s, call{
		id: "open-attachment", method: http.MethodGet, path: api.PathAttachment, holds: true,
		summary: "The content of a file", codes: gated(services.CodeNotFound, services.CodeGone),
	}, openAttachment)
	produces(s, api.PathAttachment, "application/octet-stream")
	signed(s, call{
		id: "detach", method: http.MethodDelete, path: api.PathAttachment, status: http.StatusNoContent,
		summary: "Remove a file that was not sent yet; one that is gone is no error", codes: gated(),
	}, detach)
}

// filer is a session that can keep files.
type filer interface {
	services.Session
	services.Attachments
}

// FileForm is a file that comes as one part of a form.
type FileForm struct {
	Keyed
	request *http.Request
	writer  http.ResponseWriter
}

// Resolve keeps the request: the form is read piece by piece, never onto a disk.
func (u *FileForm) Resolve(ctx huma.Context) []error {
	u.request, u.writer = humago.Unwrap(ctx)
	return nil
}

// formMax is what a form may hold beside its file.
const formMax = 64 << 10

func (s *Server) attach(ctx context.Context, session filer, in *FileForm) (*answer[api.Attachment], error) {
	most := s.core.Brand.Rules.AttachmentMaxBytes
	exchangeOf(ctx).readFor(uploadWait)
	file, err := in.read(most)
	if err != nil {
		return nil, err
	}
	exchangeOf(ctx).bodyRead()
	kept, err := session.Attach(ctx, file)
	return &answer[api.Attachment]{api.AttachmentOf(kept)}, err
}

// read reads the form. Fails with CodeUnsupportedType when it is none, CodeInvalid (file, name, form) and CodeTooLarge.
func (u *FileForm) read(most int64) (services.Upload, error) {
	u.request.Body = http.MaxBytesReader(u.writer, u.request.Body, most+formMax)
	form, err := u.request.MultipartReader()
	if err != nil {
		return services.Upload{}, services.Fail(services.CodeUnsupportedType)
	}
	file := services.Upload{IdempotencyKey: u.Key}
	var found, named bool
	for {
		part, err := form.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return services.Upload{}, formFailure(err)
		}
		switch name := part.FormName(); {
		case name == "name" && !named && !found:
			named = true
			var data []byte
			data, err = readPart(part, formMax)
			file.Name = string(data)
		case name == "file" && !found:
			found = true
			if !named {
				file.Name = part.FileName()
			}
			file.Data, err = readPart(part, most)
		default:
			return services.Upload{}, services.Invalid("form", services.ReasonUnknown)
		}
		if err != nil {
			return services.Upload{}, err
		}
	}
	if !found {
		return services.Upload{}, services.Invalid("file", services.ReasonRequired)
	}
	return file, nil
}

// readPart reads a part of at most so many bytes.
func readPart(part *multipart.Part, most int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(part, most+1))
	if err != nil {
		return nil, formFailure(err)
	}
	if int64(len(data)) > most {
		return nil, services.Fail(services.CodeTooLarge)
	}
	return data, nil
}

// formFailure tells why a form could not be read to its end.
func formFailure(err error) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return services.Fail(services.CodeTooLarge)
	}
	if timeout, ok := errors.AsType[interface {
		error
		Timeout() bool
	}](err); ok && timeout.Timeout() {
		return &services.Error{Code: services.CodeUnavailable, Err: fmt.Errorf("form: %w", err)}
	}
	return services.Invalid("form", services.ReasonFormat)
}

// content is a file to be kept.
type content struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	ContentLength      string `header:"Content-Length"`
	Body               []byte
}

// openAttachment gives a file as what it was judged to be, to be kept and never to be shown in place (RFC 6266).
func openAttachment(ctx context.Context, session filer, in *ByID) (*content, error) {
	file, err := session.OpenAttachment(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &content{
		ContentType:        file.Type,
		ContentDisposition: mime.FormatMediaType("attachment", map[string]string{"filename": file.Name}),
		ContentLength:      strconv.Itoa(len(file.Data)), Body: file.Data,
	}, nil
}

func detach(ctx context.Context, session filer, in *ByID) (*nothing, error) {
	return &nothing{}, session.Detach(ctx, in.ID)
}
