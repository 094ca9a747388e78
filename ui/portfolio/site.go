// Package portfolio holds the page that imports a lender's portfolio file.
package portfolio

import (
	"io"

	"myaccount/services"
)

// Deps is what the page works with.
type Deps struct {
	Importer services.PortfolioImporter
	// Open opens a file to read it from the beginning.
	Open func(path string) (io.ReadCloser, error)
}
