package services

import (
	"context"
	"time"
)

// Documents are the papers of a customer's agreements, the closed ones among them.
type Documents interface {
	// Documents lists them, the newest first. Fails with CodeInvalid (after; kind: unknown) and CodeNotFound (agreement).
	Documents(ctx context.Context, q DocumentQuery) (DocumentPage, error)
	// OpenDocument gives one with its bytes; in a language, where it is made in both. Fails with CodeNotFound.
	OpenDocument(ctx context.Context, id, language string) (DocumentContent, error)
	// CopyThread puts a copy of a conversation, as PDF in a language, among the documents of its agreement, also of a closed
	// one. There it stays when the messages are removed. What such a copy has already is not kept twice: that copy is
	// given, and one whose messages are all in the new one gives way to it. Files are named in it, not part of it. Fails
	// with CodeInvalid (thread: too_many when the agreement has 100 copies) and CodeNotFound (thread).
	CopyThread(ctx context.Context, threadID, language string) (Document, error)
	// RemoveDocument removes a copy that CopyThread made; nothing else can be removed. Fails with CodeNotFound.
	RemoveDocument(ctx context.Context, id string) error
}

// DeskDocuments is the advisor's side of documents.
type DeskDocuments interface {
	// PutDocument puts a file among the documents of an agreement, also of a closed one; whoever is linked to it is told. The
	// type is judged from the bytes: PDF, JPEG or PNG. The same key with the same content answers the same document. Fails with
	// CodeInvalid (kind: required or unknown; file: required when empty, too_many when the agreement has 100; name: required
	// or mismatch as for Attach; idempotency_key), CodeTooLarge, CodeUnsupportedType and CodeNotFound (agreement).
	PutDocument(ctx context.Context, d DeskDocument) (Document, error)
}

// DeskDocument is a file for the documents of an agreement.
type DeskDocument struct {
	AgreementID    string
	Kind           DocumentKind // DocumentAgreement, DocumentQuote or DocumentOther
	Name           string
	Data           []byte
	IdempotencyKey string
}

// DocumentQuery asks for documents.
type DocumentQuery struct {
	Page
	AgreementID string
	Kind        DocumentKind // "" for all
}

// DocumentPage is part of the list of documents.
type DocumentPage struct {
	Items []Document
	Next  string // "" at the end
}

// DocumentKind says what a document is.
type DocumentKind string

// The kinds there are.
const (
	DocumentStatement DocumentKind = "statement" // of one month, made from the agreement's figures
	DocumentAgreement DocumentKind = "agreement" // the lease or loan
	DocumentDebit     DocumentKind = "debit"     // a pre-authorized debit agreement that was accepted
	DocumentQuote     DocumentKind = "quote"     // a binding payoff or purchase quote
	DocumentMessage   DocumentKind = "message"   // a copy of a conversation that the person kept
	DocumentOther     DocumentKind = "other"     // what an advisor put there
)

// Document describes a paper.
type Document struct {
	ID          string
	AgreementID string
	Kind        DocumentKind
	Name        string    // of a file that somebody gave it; "" when the catalogue names it by its kind
	Reference   string    // of the conversation that it is a copy of
	Month       Date      // of a statement, its first day; the zero Date otherwise
	Languages   []string  // that it can be had in
	Type        string    // media type, "application/pdf"
	Size        int64     // bytes; 0 when it is made only when it is opened
	Pages       int       // 0 when not known
	CreatedAt   time.Time // of a statement: the end of its month
	KeptHere    bool      // readable without a connection
}

// DocumentContent is a document with its bytes.
type DocumentContent struct {
	Document
	FileName string // to save it by, in the language asked for
	Data     []byte
}
