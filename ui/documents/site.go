// Package documents holds the page with the papers of an agreement: monthly statements, agreements, quotes, debit
// agreements and copies of conversations, each with a picture of its first page, to open, save and print.
//
// The presenter loads, chooses and filters; the page draws it.
package documents

import (
	"context"

	"myaccount/services"
	"myaccount/services/picture"
)

// Deps is what the page works with.
type Deps struct {
	Agreements services.Agreements
	Documents  services.Documents
	Pictures   Pictures
	Print      func(ctx context.Context, name string, data []byte) error // nil where nothing can be printed
}

// Pictures draws the first page of a file; picture.Maker does.
type Pictures interface {
	First(ctx context.Context, data []byte, mediaType string, width int) (picture.Picture, error)
}
