package documents

import (
	"myaccount/services"
	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

// row draws a document of the list in two lines: its name with what can be done at once, and what is known of it.
type row struct {
	pg          *page
	id          string
	name, facts *kit.Text
}

func newRow(pg *page) kit.Row[services.Document] {
	r := &row{pg: pg, name: kit.NewStrong("").SetTruncate(true), facts: kit.NewQuiet("").SetTruncate(true)}
	open := kit.NewTextLink(pg.p.T("documents.open"), func() { pg.open(r.id) })
	save := kit.NewTextLink(pg.p.T("documents.save"), func() { pg.save(r.id) })
	lines := kit.VStack(3, kit.HStack(theme.Gap3, kit.HFill(r.name), open, save), r.facts)
	return kit.NewRow[services.Document](kit.Inset(theme.Gap3, theme.Gap4, theme.Gap3, theme.Gap4, lines), r.set)
}

func (r *row) set(d services.Document) {
	r.id = d.ID
	r.name.SetText(documentName(r.pg.p, r.pg.presenter.choice.Agreement(), d))
	r.facts.SetText(documentFacts(r.pg.p, d))
}
