// Package document writes the files that a person keeps, as PDF. The same
// input gives the same bytes: nothing in it asks for the time.
//
// It draws with gofpdf, whose Unicode support is one glyph for one character:
// scripts that join or run from right to left are outside of it, and a
// character without a glyph shows as a box, with a sentence that says so.
package document

import (
	"bytes"
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/phpdave11/gofpdf"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"

	"myaccount/services/text"
)

// The faces of Inter that documents are set in; see fonts/README.md.
var (
	//go:embed fonts/Inter-Regular.ttf
	regular []byte
	//go:embed fonts/Inter-SemiBold.ttf
	semiBold []byte
)

// Measures of a page: US letter, as used in Canada, in millimetres; sizes of
// type in points.
const (
	margin     = 20.0
	lineHeight = 5.2
	keep       = 24.0 // less than this is no room to begin a message

	sizeTitle = 18.0
	sizeText  = 10.0
	sizeSmall = 8.5
)

const family = "Inter"

// missing stands for a character that the font does not have.
const missing = '□'

// sheet is a document that is being written.
type sheet struct {
	pdf     *gofpdf.Fpdf
	printer *text.Printer
	font    *sfnt.Font
	lost    bool // a character was replaced

	root  *node       // the logical structure
	open  *node       // the element that is being written
	marks map[int]int // how many each page has
}

// newSheet begins a document made at a moment.
func newSheet(p *text.Printer, title, product string, at time.Time) (*sheet, error) {
	font, err := sfnt.Parse(regular)
	if err != nil {
		return nil, fmt.Errorf("document: font: %w", err)
	}
	pdf := gofpdf.New("P", "mm", "Letter", "")
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(at.UTC())
	pdf.SetModificationDate(at.UTC())
	pdf.AddUTF8FontFromBytes(family, "", slices.Clone(regular)) // it writes into the bytes it is given
	pdf.AddUTF8FontFromBytes(family, "B", slices.Clone(semiBold))
	pdf.SetMargins(margin, margin, margin)
	pdf.SetAutoPageBreak(true, margin+5)
	root := &node{kind: "Document"}
	s := &sheet{pdf: pdf, printer: p, font: font, root: root, open: root, marks: map[int]int{}}
	pdf.SetTitle(title, true)
	pdf.SetAuthor(product, true)
	pdf.SetCreator(product, true)
	pdf.AliasNbPages("{pages}")
	pdf.SetFooterFunc(func() { s.artifact(func() { s.footer(product) }) })
	pdf.AddPage()
	return s, nil
}

// footer writes the page number.
func (s *sheet) footer(product string) {
	s.pdf.SetY(-margin + 4)
	s.style("", sizeSmall, grey)
	page := s.printer.T("document.page", text.Vars{"Page": s.pdf.PageNo(), "Pages": "{pages}"})
	s.pdf.CellFormat(0, lineHeight, page, "", 0, "L", false, 0, "") // the number of pages is filled in at the end
	s.pdf.SetX(margin)
	s.pdf.CellFormat(0, lineHeight, s.clean(product), "", 0, "R", false, 0, "")
}

// shade is a level of grey, 0 black.
type shade int

const (
	black shade = 22
	grey  shade = 91
)

// style chooses the type for what follows.
func (s *sheet) style(weight string, size float64, color shade) {
	s.pdf.SetFont(family, weight, size)
	s.pdf.SetTextColor(int(color), int(color), int(color))
}

// paragraph writes a text over as many lines as it needs.
func (s *sheet) paragraph(words string) { s.lines(s.leaf("P"), words) }

// title writes a heading of a level, 1 for that of the document.
func (s *sheet) title(level int, words string) { s.lines(s.leaf("H"+strconv.Itoa(level)), words) }

// fact writes a name in grey, and beside it what it is.
func (s *sheet) fact(width float64, name, value string) {
	n := s.leaf("P")
	s.style("", sizeText, grey)
	s.space(lineHeight)
	s.mark(n, func() { s.pdf.CellFormat(width, lineHeight, s.clean(name), "", 0, "L", false, 0, "") })
	s.style("", sizeText, black)
	s.pdf.SetLeftMargin(margin + width)
	s.lines(n, value)
	s.pdf.SetLeftMargin(margin)
	s.pdf.SetX(margin)
}

// lines writes a text into an element, each line by itself: a page may end between two.
func (s *sheet) lines(n *node, words string) {
	height := lineHeight
	if _, size := s.pdf.GetFontSize(); size*1.25 > height {
		height = size * 1.25
	}
	width, _ := s.pdf.GetPageSize()
	left, _, right, _ := s.pdf.GetMargins()
	for _, line := range s.wrap(s.clean(words), width-left-right) {
		s.space(height)
		s.mark(n, func() { s.pdf.CellFormat(0, height, line, "", 1, "L", false, 0, "") })
	}
}

// space begins a page when there is no room for so much on this one.
func (s *sheet) space(height float64) {
	_, page := s.pdf.GetPageSize()
	if s.pdf.GetY()+height > page-margin-5 {
		x := s.pdf.GetX()
		s.pdf.AddPage()
		s.pdf.SetX(x)
	}
}

// gap leaves room.
func (s *sheet) gap(height float64) { s.pdf.Ln(height) }

// rule draws a hairline across the page, with room after it.
func (s *sheet) rule() {
	s.hairline()
	s.gap(4)
}

// hairline draws a thin line across the page.
func (s *sheet) hairline() {
	width, _ := s.pdf.GetPageSize()
	y := s.pdf.GetY()
	s.pdf.SetDrawColor(200, 205, 210)
	s.pdf.SetLineWidth(0.2)
	s.artifact(func() { s.pdf.Line(margin, y, width-margin, y) })
}

// room starts a new page when little of this one is left.
func (s *sheet) room() {
	_, height := s.pdf.GetPageSize()
	if s.pdf.GetY() > height-margin-keep {
		s.pdf.AddPage()
	}
}

// clean makes a text of characters that the font has.
func (s *sheet) clean(words string) string {
	words = norm.NFC.String(strings.ReplaceAll(text.Body(words), "\t", "    "))
	var buffer sfnt.Buffer
	return strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		if r == '\ufe0f' || r == '\u200d' { // choose and join emoji; nothing to draw
			return -1
		}
		if glyph, err := s.font.GlyphIndex(&buffer, r); err == nil && glyph != 0 && r <= 0xffff {
			return r
		}
		s.lost = true
		return missing
	}, words)
}

// bytes ends the document.
func (s *sheet) bytes() ([]byte, error) {
	var out bytes.Buffer
	if err := s.pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("document: %w", err)
	}
	return describe(out.Bytes(), string(s.printer.Lang())+"-CA", s.root, s.marks)
}
