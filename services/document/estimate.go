package document

import (
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services/text"
)

// Estimate is what ending an agreement costs, as it was shown. Its sentences are written by whoever shows them.
type Estimate struct {
	Product string // the name of the product, from the brand
	Title   string
	Account string // in words, "Lease ending in 4471"
	VIN     string
	On      civil.Date
	Rows    []EstimateRow
	Total   string
	Notes   []string
	SavedAt time.Time
}

// EstimateRow is a line of the arithmetic with the numbers behind it.
type EstimateRow struct{ Name, Amount, Note string }

// PDF writes the estimate in the printer's language.
func (e Estimate) PDF(p *text.Printer) ([]byte, error) {
	s, err := newSheet(p, e.Title, e.Product, e.SavedAt)
	if err != nil {
		return nil, err
	}
	s.style("B", sizeTitle, black)
	s.title(1, e.Title)
	s.gap(2)
	for _, fact := range [][2]string{
		{"document.estimate.account", e.Account},
		{"document.estimate.vin", e.VIN},
		{"document.estimate.on", p.DateLong(e.On)},
		{"document.estimate.saved", p.DateTime(e.SavedAt)},
	} {
		s.fact(45, p.T(fact[0]), fact[1])
	}
	s.gap(4)
	s.within("Table", func() {
		for _, row := range e.Rows {
			s.amountRow(row.Name, row.Amount, false)
		}
		s.amountRow(p.T("document.estimate.total", text.Vars{"Date": p.DateLong(e.On)}), e.Total, true)
	})
	s.gap(4)
	for _, note := range e.Notes {
		s.small(note)
	}
	s.gap(2)
	s.style("B", sizeText, black)
	s.title(2, p.T("document.estimate.behind"))
	for _, row := range e.Rows {
		s.small(p.T("document.estimate.note", text.Vars{"Name": row.Name, "Note": row.Note}))
	}
	s.gap(2)
	s.small(p.T("document.estimate.binding"))
	if s.lost {
		s.small(p.T("document.thread.lost", text.Vars{"Sign": string(missing)}))
	}
	return s.bytes()
}
