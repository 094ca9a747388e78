package document

import (
	"myaccount/services/text"
)

// amountRow is a row of a table: what an amount is, and the amount, right-aligned.
func (s *sheet) amountRow(name, amount string, strong bool) {
	weight := ""
	if strong {
		weight = "B"
	}
	s.space(rowHeight)
	s.within("TR", func() {
		s.style("", sizeText, black)
		width := s.textWidth() - amountWidth
		s.cell("TH", width, name, "L").scope = "Row"
		s.style(weight, sizeText, black)
		s.cell("TD", amountWidth, amount, "R")
	})
	s.underline()
}

// Measures of tables, in millimetres.
const (
	rowHeight   = 5.8
	amountWidth = 45.0
)

// textWidth is how wide the text of a page is.
func (s *sheet) textWidth() float64 {
	width, _ := s.pdf.GetPageSize()
	return width - 2*margin
}

// cell writes one cell of a row; what is too long for it is cut with an ellipsis.
func (s *sheet) cell(kind string, width float64, words, align string) *node {
	words = s.clean(words)
	if room := width - 2*s.pdf.GetCellMargin(); s.pdf.GetStringWidth(words) > room {
		letters := []rune(words)
		for len(letters) > 0 && s.pdf.GetStringWidth(string(letters)+"…") > room {
			letters = letters[:len(letters)-1]
		}
		words = string(letters) + "…"
	}
	n := s.leaf(kind)
	s.mark(n, func() { s.pdf.CellFormat(width, rowHeight, words, "", 0, align, false, 0, "") })
	return n
}

// underline ends a row with a hairline.
func (s *sheet) underline() {
	s.pdf.Ln(rowHeight)
	s.hairline()
}

// received lists the payments of the month with their parts.
func (s *sheet) received(d Statement) {
	p := s.printer
	s.section(p.T("document.statement.received"))
	if len(d.Payments) == 0 {
		s.style("", sizeText, black)
		s.paragraph(p.T("document.statement.received_none"))
		s.gap(3.5)
		return
	}
	principal, interest := "text.part.principal", "text.part.interest"
	if d.Lease {
		principal, interest = "text.part.depreciation", "text.part.rent"
	}
	returned := false
	s.within("Table", func() {
		s.style("", sizeSmall, grey)
		s.columns("TH", p.T("document.statement.date"), p.T("document.statement.how"), p.T(principal), p.T(interest),
			p.T("text.part.tax"), p.T("document.statement.total"))
		for _, payment := range d.Payments {
			s.style("", sizeText, black)
			if payment.Returned {
				s.style("", sizeText, grey)
				returned = true
			}
			s.paymentRow(p.Date(payment.Date), method(p, payment), payment)
		}
		if len(d.Payments) > 1 || returned {
			s.style("B", sizeText, black)
			s.paymentRow(p.T("document.statement.total"), "", d.Received)
		}
	})
	if returned {
		s.gap(1)
		s.small(p.T("document.statement.returned_text"))
	}
	s.gap(3.5)
}

// method says how a payment was made, or that the bank returned it.
func method(p *text.Printer, payment StatementPayment) string {
	if payment.Returned {
		return p.T("document.statement.returned")
	}
	return p.Method(payment.Method)
}

func (s *sheet) paymentRow(day, how string, payment StatementPayment) {
	p := s.printer
	s.columns("TD", day, how, p.Money(payment.Principal), p.Money(payment.Interest), p.Money(payment.Tax), p.Money(payment.Total))
}

// columns writes a row of six cells: a day, a word, and four amounts.
func (s *sheet) columns(kind string, cells ...string) {
	widths := [...]float64{28, 40, 27, 27, 25, 28.9}
	s.space(rowHeight)
	s.within("TR", func() {
		for i, words := range cells {
			align := "R"
			if i < 2 {
				align = "L"
			}
			n := s.cell(kind, widths[i], words, align)
			if kind == "TH" {
				n.scope = "Column"
			}
		}
	})
	s.underline()
}
