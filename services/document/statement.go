package document

import (
	"time"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"

	"myaccount/services/text"
)

// Statement is what happened on an agreement in a month, and where it stood at its end. Figures that are not known are the
// zero Amount, which has no currency, and are left out.
type Statement struct {
	Product  string // the name of the product, from the brand
	Company  string // whose agreement it is
	Customer string
	Month    civil.Date // its first day
	Start    civil.Date // of the agreement
	MadeAt   time.Time

	Lease   bool
	Number  string
	Vehicle string
	VIN     string
	Closed  civil.Date // zero while open
	Quebec  bool       // where the customer lives

	Opening  currency.Amount // balance before the month
	Closing  currency.Amount // and on its last day
	Payments []StatementPayment
	Received StatementPayment // the sums of those that were not returned

	YearInterest currency.Amount // paid from January to the end of the month
	YearTax      currency.Amount
	YearTotal    currency.Amount

	NextDue      civil.Date // zero when nothing more is due
	Next         currency.Amount
	NextParts    []StatementPart // nil when they are not known
	Unknown      bool            // what is due next and past due is not known
	Part         currency.Amount // of a lease: what was received of the first payment that is not whole; zero for nothing
	PartDue      civil.Date      // when that payment is due
	PastDue      currency.Amount
	PastDueSince civil.Date
	PastDueCount int // payments; 0 when nothing is past due

	Phone, Hours, Email, Address string // of the lender
}

// StatementPayment is one payment.
type StatementPayment struct {
	Date      civil.Date
	Method    string
	Principal currency.Amount // lease: depreciation
	Interest  currency.Amount // lease: rent
	Tax       currency.Amount
	Total     currency.Amount
	Returned  bool // by the bank: it does not count
}

// StatementPart is one part of the next payment.
type StatementPart struct {
	Kind   string // "principal", "interest", "depreciation", "rent" or "tax"
	Name   string // of a tax
	Rate   string // of a tax, percent
	Amount currency.Amount
}

// PDF writes the statement in the printer's language.
func (d Statement) PDF(p *text.Printer) ([]byte, error) {
	title := p.T("document.statement.title", text.Vars{"Month": p.Month(d.Month), "Number": d.Number})
	s, err := newSheet(p, title, d.Product, d.MadeAt)
	if err != nil {
		return nil, err
	}
	s.statementHead(d)
	s.glance(d)
	s.received(d)
	s.change(d)
	s.nextPayment(d)
	s.year(d)
	s.rights(d)
	return s.bytes()
}

// last is the last day of the month.
func (d Statement) last() civil.Date { return d.Month.AddMonths(1).AddDays(-1) }

// statementHead says whose statement of what it is.
func (s *sheet) statementHead(d Statement) {
	p := s.printer
	s.style("", sizeText, grey)
	s.paragraph(d.Company)
	s.style("B", sizeTitle, black)
	s.title(1, p.T("document.statement.heading"))
	s.style("", sizeText, grey)
	s.paragraph(p.T("document.statement.period", text.Vars{"From": p.DateLong(d.Month), "To": p.DateLong(d.last())}))
	s.gap(3)
	kind := "document.statement.loan"
	if d.Lease {
		kind = "document.statement.lease"
	}
	for _, fact := range [][2]string{
		{"document.statement.customer", d.Customer},
		{kind, d.Number},
		{"document.statement.vehicle", d.Vehicle},
		{"document.statement.vin", d.VIN},
	} {
		s.fact(45, p.T(fact[0]), fact[1])
	}
	s.gap(3)
	s.rule()
}

// section begins a part of the statement.
func (s *sheet) section(name string) {
	s.room()
	s.style("B", sizeText+1, black)
	s.title(2, name)
	s.gap(1)
}

// small writes a sentence in small grey type.
func (s *sheet) small(words string) {
	s.style("", sizeSmall, grey)
	s.paragraph(words)
}

// glance says what is owed, what is due next and what is past due.
func (s *sheet) glance(d Statement) {
	p := s.printer
	s.section(p.T("document.statement.glance"))
	s.within("Table", func() {
		s.amountRow(p.T("document.statement.balance", text.Vars{"Date": p.Date(d.last())}), s.amount(d.Closing), true)
		if !d.Closed.IsZero() {
			s.amountRow(p.T("document.statement.closed"), p.Date(d.Closed), false)
			return
		}
		s.dues(d)
	})
	s.gap(1)
	if !d.Part.IsZero() {
		s.small(p.T("document.statement.part", text.Vars{"Amount": p.Money(d.Part), "Date": p.Date(d.PartDue)}))
	}
	if d.open() {
		s.small(p.T("document.statement.unknown", text.Vars{"Phone": d.Phone}))
	}
	switch {
	case !d.Closed.IsZero():
		s.small(p.T("document.statement.closed_text"))
	case d.PastDueCount > 0:
		s.small(p.T("document.statement.past_due_text", text.Vars{"Count": d.PastDueCount, "Phone": d.Phone}))
	case d.Closing.CurrencyCode() == "":
	case d.Lease:
		s.small(p.T("document.statement.balance_lease"))
	default:
		s.small(p.T("document.statement.balance_loan"))
	}
	s.gap(3.5)
}

// dues say what is due next and what is past due.
func (s *sheet) dues(d Statement) {
	p := s.printer
	next, nextName := p.T("document.statement.none"), p.T("document.statement.next")
	past, pastName := p.T("document.statement.nothing"), p.T("document.statement.past_due_none")
	if d.Unknown {
		next, past = s.amount(d.Next), s.amount(d.PastDue)
	}
	if !d.NextDue.IsZero() {
		next, nextName = s.amount(d.Next), p.T("document.statement.next_due", text.Vars{"Date": p.Date(d.NextDue)})
	}
	if d.PastDueCount > 0 {
		past, pastName = s.amount(d.PastDue), p.T("document.statement.past_due", text.Vars{"Date": p.Date(d.PastDueSince)})
	}
	s.amountRow(nextName, next, true)
	s.amountRow(pastName, past, d.PastDueCount > 0)
}

// amount writes an amount, or that it is not known.
func (s *sheet) amount(a currency.Amount) string {
	if a.CurrencyCode() == "" {
		return s.printer.T("text.unknown")
	}
	return s.printer.Money(a)
}

// open tells whether a figure is not known.
func (d Statement) open() bool {
	return d.Unknown || d.Closing.CurrencyCode() == "" || !d.NextDue.IsZero() && d.Next.CurrencyCode() == "" ||
		d.PastDueCount > 0 && d.PastDue.CurrencyCode() == ""
}

// change says how the balance came from the one before to the one at the end, where the payments tell it to the cent.
func (s *sheet) change(d Statement) {
	if d.Opening.CurrencyCode() == "" || d.Received.Principal.IsZero() {
		return
	}
	p := s.printer
	change, err := d.Received.Principal.Mul("-1")
	if err != nil {
		return
	}
	if left, err := d.Opening.Add(change); err != nil || !left.Equal(d.Closing) {
		return // a change of another kind, as by a closing, has no line here: no sum is shown that does not add up
	}
	paid := "document.statement.less_principal"
	if d.Lease {
		paid = "document.statement.less_depreciation"
	}
	s.section(p.T("document.statement.change"))
	s.within("Table", func() {
		before := p.T("document.statement.balance", text.Vars{"Date": p.Date(d.Month.AddDays(-1))})
		if !d.Start.Before(d.Month) {
			before = p.T("document.statement.financed")
		}
		s.amountRow(before, p.Money(d.Opening), false)
		s.amountRow(p.T(paid), p.Money(change), false)
		s.amountRow(p.T("document.statement.balance", text.Vars{"Date": p.Date(d.last())}), p.Money(d.Closing), true)
	})
	s.gap(3.5)
}

// nextPayment lists the parts of what is due next.
func (s *sheet) nextPayment(d Statement) {
	if len(d.NextParts) == 0 {
		return
	}
	p := s.printer
	s.section(p.T("document.statement.next_title", text.Vars{"Date": p.Date(d.NextDue)}))
	s.within("Table", func() {
		for _, part := range d.NextParts {
			s.amountRow(p.Part(part.Kind, part.Name, part.Rate), p.Money(part.Amount), false)
		}
		s.amountRow(p.T("document.statement.total"), p.Money(d.Next), true)
	})
	s.gap(3.5)
}

// year sums up the year so far.
func (s *sheet) year(d Statement) {
	p := s.printer
	interest := "document.statement.year_interest"
	if d.Lease {
		interest = "document.statement.year_rent"
	}
	s.section(p.T("document.statement.year", text.Vars{"From": p.Date(civil.Date{Year: d.Month.Year, Month: time.January, Day: 1}), "To": p.Date(d.last())}))
	s.within("Table", func() {
		s.amountRow(p.T("document.statement.year_total"), p.Money(d.YearTotal), false)
		s.amountRow(p.T(interest), p.Money(d.YearInterest), false)
		s.amountRow(p.T("document.statement.year_tax"), p.Money(d.YearTax), false)
	})
	s.gap(3.5)
}

// rights says whom to ask, and what the reader may do.
func (s *sheet) rights(d Statement) {
	p := s.printer
	s.section(p.T("document.statement.rights"))
	s.style("", sizeText, black)
	keys := []string{"document.statement.right_error", "document.statement.right_debit"}
	if d.Closed.IsZero() {
		keys = append(keys, "document.statement.right_early")
	}
	if d.Quebec {
		keys = append(keys, "document.statement.right_quebec")
	} else {
		keys = append(keys, "document.statement.right_office")
	}
	for _, key := range keys {
		s.paragraph(p.T(key))
		s.gap(1)
	}
	s.gap(1)
	for _, fact := range [][2]string{
		{"document.statement.phone", p.T("document.statement.phone_hours", text.Vars{"Phone": d.Phone, "Hours": d.Hours})},
		{"document.statement.email", d.Email},
		{"document.statement.address", d.Address},
	} {
		s.fact(45, p.T(fact[0]), fact[1])
	}
}
