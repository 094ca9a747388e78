package document

import (
	"strconv"
	"strings"
	"time"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"

	"myaccount/services/text"
)

// Year is what was paid on an agreement in one year, for the taxes: interest,
// or rent, and sales taxes, month by month.
type Year struct {
	History
	Year     int
	Customer string // whose agreement it is
}

// yearly are the sums of some payments.
type yearly struct {
	count                              int
	principal, interest, tax, together currency.Amount
}

// PDF writes the summary in the printer's language. Payments that the bank
// returned do not count.
func (y Year) PDF(p *text.Printer) ([]byte, error) {
	months, whole, err := y.sums()
	if err != nil {
		return nil, err
	}
	year := strconv.Itoa(y.Year)
	s, err := newSheet(p, p.T("document.yearly.title", text.Vars{"Year": year, "Number": y.Number}), y.Product, y.At)
	if err != nil {
		return nil, err
	}
	s.style("B", sizeTitle, black)
	s.title(1, p.T("document.yearly.heading", text.Vars{"Year": year}))
	s.gap(2)
	for _, fact := range [][2]string{
		{"document.statement.customer", y.Customer},
		{"document.thread.account", y.Account},
		{"document.yearly.number", y.Number},
		{"document.yearly.saved", p.DateLong(civil.DateOf(y.At))},
	} {
		s.fact(45, p.T(fact[0]), fact[1])
	}
	s.gap(4)
	interest := "text.part.interest"
	if y.Lease {
		interest = "text.part.rent"
	}
	s.section(p.T("document.yearly.sums"))
	s.within("Table", func() {
		s.amountRow(p.T(interest), p.Money(whole.interest), true)
		s.amountRow(p.T("document.yearly.tax"), p.Money(whole.tax), true)
		s.amountRow(p.T("document.yearly.together"), p.Money(whole.together), false)
	})
	s.gap(5)
	s.byMonth(y, months, whole)
	s.gap(4)
	s.style("", sizeSmall, grey)
	s.paragraph(p.T("document.yearly.note"))
	return s.bytes()
}

// byMonth is the table of the months.
func (s *sheet) byMonth(y Year, months [12]yearly, whole yearly) {
	p := s.printer
	principal, interest := "text.part.principal", "text.part.interest"
	if y.Lease {
		principal, interest = "text.part.depreciation", "text.part.rent"
	}
	row := func(kind, name string, sums yearly) {
		s.columns(kind, name, p.Number(int64(sums.count)), p.Money(sums.principal), p.Money(sums.interest), p.Money(sums.tax), p.Money(sums.together))
	}
	s.section(p.T("document.yearly.months"))
	s.within("Table", func() {
		s.style("", sizeSmall, grey)
		s.columns("TH", p.T("document.yearly.month"), p.T("document.yearly.payments"), p.T(principal), p.T(interest),
			p.T("text.part.tax"), p.T("document.statement.total"))
		for i, sums := range months {
			s.style("", sizeText, black)
			month, _, _ := strings.Cut(p.Month(civil.Date{Year: y.Year, Month: time.Month(i + 1), Day: 1}), "\u00a0")
			row("TD", month, sums)
		}
		s.style("B", sizeText, black)
		row("TD", p.T("document.statement.total"), whole)
	})
}

// sums adds up the posted payments of the year, by month and together.
func (y Year) sums() (months [12]yearly, whole yearly, err error) {
	zero, err := currency.NewAmountFromInt64(0, y.Currency)
	if err != nil {
		return months, whole, errNoCurrency
	}
	for i := range months {
		months[i] = yearly{0, zero, zero, zero, zero}
	}
	whole = yearly{0, zero, zero, zero, zero}
	for _, payment := range y.Payments {
		if payment.Returned || payment.Date.Year != y.Year {
			continue
		}
		for _, sums := range []*yearly{&months[payment.Date.Month-1], &whole} {
			if err := sums.add(payment); err != nil {
				return months, whole, err
			}
		}
	}
	return months, whole, nil
}

// add counts a payment in.
func (s *yearly) add(p Payment) error {
	s.count++
	for _, part := range []struct {
		sum  *currency.Amount
		more currency.Amount
	}{{&s.principal, p.Principal}, {&s.interest, p.Interest}, {&s.tax, p.Tax}, {&s.together, p.Amount}} {
		sum, err := part.sum.Add(part.more)
		if err != nil {
			return err
		}
		*part.sum = sum
	}
	return nil
}
