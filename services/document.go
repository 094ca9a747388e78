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
	DocumentOther     DocumentKind = "other"     // what an advisor put there
)

// Document describes a paper.
type Document struct {
	ID          string
	AgreementID string
	Kind        DocumentKind
	Name        string    // of a file that somebody gave it; "" when the catalogue names it by its kind
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
