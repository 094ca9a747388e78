package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/ui/nav"
)

// portfolioEndings are the names of files that are taken for a portfolio wherever they are dropped.
var portfolioEndings = []string{".jsonl", ".ndjson"}

// Drop lets files fall on the main window.
func (p *Program) Drop(uris []fyne.URI) { p.frames[0].dropped(fyne.Position{}, uris) }

// dropped hands files that were dropped on the window to the page, or to the import when one is a portfolio. Fyne
// reports where they were dropped wrongly, so the place does not count.
func (f *frame) dropped(_ fyne.Position, uris []fyne.URI) {
	f.touched()
	if i := slices.IndexFunc(uris, isPortfolio); f.imports() && i >= 0 {
		f.goTo(nav.Route{Page: nav.PageImport, Arg: uris[i].Path()})
		return
	}
	if v, ok := f.history.current(); ok {
		if d, ok := v.page.(nav.Dropper); ok {
			d.Drop(uris)
		}
	}
}

// imports tells whether a portfolio can be imported here.
func (f *frame) imports() bool {
	_, imports := f.program.Portal.(services.PortfolioImporter)
	return imports
}

func isPortfolio(uri fyne.URI) bool {
	return slices.Contains(portfolioEndings, strings.ToLower(uri.Extension()))
}
