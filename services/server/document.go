package server

import (
	"context"
	"mime"
	"net/http"
	"strconv"

	"myaccount/services"
	"myaccount/services/api"
)

func (s *Server) documentRoutes() {
	signed(s, call{
		id: "list-documents", method: http.MethodGet, path: api.PathDocuments, codes: gated(services.CodeNotFound),
		summary: "The papers of an agreement, newest first: monthly statements, which are made when they are opened, and those that are kept",
	}, documents)
	signed(s, call{
		id: "open-document", method: http.MethodGet, path: api.PathDocument, holds: true, codes: gated(services.CodeNotFound),
		summary: "The content of a document",
	}, openDocument)
	produces(s, api.PathDocument, "application/octet-stream")
	signed(s, call{
		id: "copy-thread", method: http.MethodPut, path: api.PathThreadCopy, holds: true, codes: gated(services.CodeNotFound),
		summary: "Put a copy of a conversation, as PDF, among the documents of its agreement, where it stays when the messages are removed; what is there already is not kept twice",
	}, copyThread)
	signed(s, call{
		id: "remove-document", method: http.MethodDelete, path: api.PathDocumentItem, status: http.StatusNoContent,
		summary: "Remove a copy of a conversation; nothing else can be removed", codes: gated(services.CodeNotFound),
	}, removeDocument)
	signed(s, call{
		id: "desk-put-document", method: http.MethodPost, path: api.PathDeskDocuments, status: http.StatusCreated, holds: true,
		summary: "Put a PDF, JPEG or PNG among the documents of an agreement; its type is judged from the bytes",
		codes:   []services.Code{services.CodeNotFound, services.CodeTooLarge, services.CodeUnsupportedType},
	}, s.putDocument)
	takesFile(s, api.PathDeskDocuments)
}

// documentQuery asks for documents.
type documentQuery struct {
	ByID
	Page
	Kind services.DocumentKind `query:"kind" doc:"statement, agreement, debit, quote, message or other; all when it is left out"`
}

func documents(ctx context.Context, c services.CustomerSession, in *documentQuery) (*answer[api.List[api.Document]], error) {
	part, err := c.Documents(ctx, services.DocumentQuery{Page: in.domain(), AgreementID: in.ID, Kind: in.Kind})
	return &answer[api.List[api.Document]]{api.DocumentsOf(part)}, err
}

// documentContent is a document to be kept.
type documentContent struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	ContentLength      string `header:"Content-Length"`
	Body               []byte
	Document           string `header:"X-Document" doc:"The document as in the list: JSON, in base64"`
}

// languageOf asks for a document in a language.
type languageOf struct {
	ByID
	Language string `query:"lang" doc:"Where there is a choice; the person's own when it is left out"`
}

func openDocument(ctx context.Context, c services.CustomerSession, in *languageOf) (*documentContent, error) {
	d, err := c.OpenDocument(ctx, in.ID, in.Language)
	if err != nil {
		return nil, err
	}
	header, err := api.DocumentOf(d.Document).Header()
	return &documentContent{
		ContentType:        d.Type,
		ContentDisposition: mime.FormatMediaType("attachment", map[string]string{"filename": d.FileName}),
		ContentLength:      strconv.Itoa(len(d.Data)), Body: d.Data, Document: header,
	}, err
}

func copyThread(ctx context.Context, c services.CustomerSession, in *languageOf) (*answer[api.Document], error) {
	d, err := c.CopyThread(ctx, in.ID, in.Language)
	return &answer[api.Document]{api.DocumentOf(d)}, err
}

func removeDocument(ctx context.Context, c services.CustomerSession, in *ByID) (*nothing, error) {
	return &nothing{}, c.RemoveDocument(ctx, in.ID)
}

// newDocument is a file that comes as one part of a form.
type newDocument struct {
	ByID
	FileForm
	Kind services.DocumentKind `query:"kind" doc:"agreement, quote or other"`
}

func (s *Server) putDocument(ctx context.Context, a services.AdvisorSession, in *newDocument) (*answer[api.Document], error) {
	exchangeOf(ctx).readFor(uploadWait)
	file, err := in.read(s.core.Brand.Rules.AttachmentMaxBytes)
	if err != nil {
		return nil, err
	}
	exchangeOf(ctx).bodyRead()
	kept, err := a.PutDocument(ctx, services.DeskDocument{
		AgreementID: in.ID, Kind: in.Kind, Name: file.Name, Data: file.Data, IdempotencyKey: in.Key,
	})
	return &answer[api.Document]{api.DocumentOf(kept)}, err
}
