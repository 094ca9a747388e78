package document

import (
	"strings"
	"time"

	"myaccount/services/text"
)

// DebitAgreement is a pre-authorized debit agreement as it was accepted. Times are written in their own location.
type DebitAgreement struct {
	Product    string // the name of the product, from the brand
	Name       string // who accepted it
	Version    string
	Texts      []string // Markdown, in the order they were shown
	Language   string   // chosen, in words
	ShownFR    time.Time
	ShownEN    time.Time // zero when it was not shown
	AcceptedAt time.Time
}

// PDF writes the texts one after the other, and how they were accepted in the printer's language.
func (d DebitAgreement) PDF(p *text.Printer) ([]byte, error) {
	s, err := newSheet(p, p.T("document.debit.title"), d.Product, d.AcceptedAt)
	if err != nil {
		return nil, err
	}
	for i, words := range d.Texts {
		if i > 0 {
			s.pdf.AddPage()
		}
		s.markdown(words)
	}
	s.gap(4)
	s.rule()
	s.heading(p.T("document.debit.acceptance"))
	facts := [][2]string{{"document.debit.name", d.Name}, {"document.debit.language", d.Language}}
	for _, shown := range []struct {
		key string
		at  time.Time
	}{{"document.debit.shown_fr", d.ShownFR}, {"document.debit.shown_en", d.ShownEN}, {"document.debit.accepted", d.AcceptedAt}} {
		if !shown.at.IsZero() {
			facts = append(facts, [2]string{shown.key, p.DateTime(shown.at)})
		}
	}
	for _, fact := range append(facts, [2]string{"document.debit.version", d.Version}) {
		s.fact(60, p.T(fact[0]), fact[1])
	}
	return s.bytes()
}

// heading writes the title of a section, with room for what follows.
func (s *sheet) heading(words string) {
	s.room()
	s.gap(2)
	s.style("B", sizeText+1, black)
	s.title(2, words)
	s.gap(1)
}

// markdown writes the little Markdown of agreements: titles, sections, lists, paragraphs.
func (s *sheet) markdown(words string) {
	for line := range strings.Lines(words) {
		line = strings.TrimSpace(line)
		title, isTitle := strings.CutPrefix(line, "# ")
		section, isSection := strings.CutPrefix(line, "## ")
		item, isItem := strings.CutPrefix(line, "- ")
		switch {
		case line == "":
			s.gap(1.5)
		case isTitle:
			s.style("B", sizeTitle, black)
			s.title(1, title)
			s.gap(2)
		case isSection:
			s.heading(section)
		case isItem:
			s.item(item)
		default:
			s.style("", sizeText, black)
			s.paragraph(line)
		}
	}
}

// item writes one line of a list.
func (s *sheet) item(words string) {
	const indent = 5
	s.style("", sizeText, black)
	s.space(lineHeight)
	n := s.leaf("P")
	s.mark(n, func() { s.pdf.CellFormat(indent, lineHeight, "•", "", 0, "L", false, 0, "") })
	s.pdf.SetLeftMargin(margin + indent)
	s.lines(n, words)
	s.pdf.SetLeftMargin(margin)
	s.pdf.SetX(margin)
}
