package core

import (
	"math"
	"slices"
	"strings"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/document"
	"myaccount/services/finance"
	"myaccount/services/portfolio"
	"myaccount/services/text"
)

// statements are the monthly statements of an agreement. They are never kept: each is made from the agreement's figures
// when it is opened. It always says what was received, as the lender's file has it; what does not follow from that is said
// not to be available.
type statements struct {
	standing *standing
	payments []portfolio.Payment // posted and returned, oldest first
	last     civil.Date          // first day of the last month that is over, or in which the agreement was closed
}

// statementsOf reads what the statements of an agreement are made from.
func statementsOf(tx Tx, row AgreementRow) (*statements, error) {
	s, err := stand(tx, row)
	if err != nil {
		return nil, err
	}
	list, err := tx.Payments(row.ID, PaymentKey{}, math.MaxInt32)
	if err != nil {
		return nil, err
	}
	slices.Reverse(list)
	last := monthBefore(firstOfMonth(s.today))
	if closed := firstOfMonth(row.ClosedOn); !row.ClosedOn.IsZero() && closed.Before(last) {
		last = closed
	}
	return &statements{standing: s, payments: list, last: last}, nil
}

func firstOfMonth(d civil.Date) civil.Date { return civil.Date{Year: d.Year, Month: d.Month, Day: 1} }

func monthBefore(month civil.Date) civil.Date { return firstOfMonth(month.AddDays(-1)) }

func monthAfter(month civil.Date) civil.Date { return firstOfMonth(month.AddDays(31)) }

// document describes the statement of a month. It is made when the month ends, where the customer lives.
func (s *statements) document(month civil.Date) services.Document {
	return services.Document{
		ID:          s.standing.row.ID + statementMark + month.String()[:len("2006-01")],
		AgreementID: s.standing.row.ID, Kind: services.DocumentStatement, Month: month,
		Languages: []string{string(text.English), string(text.French)}, Type: typePDF,
		CreatedAt: midnight(monthAfter(month), s.standing.row.Province), KeptHere: true,
	}
}

const (
	statementMark = "~" // between an agreement's id and the month, in the id of a statement
	typePDF       = "application/pdf"
)

// parseStatement reads the id of a statement.
func parseStatement(id string) (agreementID string, month civil.Date, ok bool) {
	agreementID, rest, ok := strings.Cut(id, statementMark)
	if !ok {
		return "", civil.Date{}, false
	}
	month, err := civil.ParseDate(rest + "-01")
	return agreementID, month, err == nil
}

// list describes the statements there are, the newest first.
func (s *statements) list() (list []services.Document) {
	for month := s.last; s.has(month); month = monthBefore(month) {
		list = append(list, s.document(month))
	}
	return list
}

// has tells whether there is a statement of a month.
func (s *statements) has(month civil.Date) bool {
	return !month.After(s.last) && !month.Before(firstOfMonth(s.standing.row.Start))
}

// until is where the agreement stood on the last day of a month.
func (s *statements) until(month civil.Date) *standing {
	next := monthAfter(month)
	var until []portfolio.Payment
	for _, p := range s.payments {
		if p.Date.Before(next) {
			until = append(until, p)
		}
	}
	return s.standing.at(next.AddDays(-1), inOrder(until))
}

// make fills in the statement of a month, but for whom it is for.
func (s *statements) make(month civil.Date) (document.Statement, error) {
	then, before := s.until(month), s.until(monthBefore(month))
	d := document.Statement{
		Month: month, Start: then.row.Start, Lease: then.row.Kind == finance.KindLease, Number: then.row.Number, VIN: then.row.VIN,
		Closed: then.row.ClosedOn, Quebec: then.row.Province == "QC",
		MadeAt: midnight(monthAfter(month), then.row.Province),
	}
	var err error
	if d.Opening, err = before.balance(); err != nil {
		return d, err
	}
	if d.Closing, err = then.balance(); err != nil {
		return d, err
	}
	if err := s.addPayments(&d); err != nil || !then.row.ClosedOn.IsZero() {
		return d, err
	}
	if d.Unknown = then.overpaid(); d.Unknown {
		return d, nil
	}
	if err := then.addPast(&d); err != nil {
		return d, err
	}
	return d, then.addNext(&d)
}

// addPast adds what is past due, and what was received of a lease's payment that is not whole.
func (s *standing) addPast(d *document.Statement) error {
	if made, over := s.covered(); d.Lease && s.plan != nil && over > 0 {
		d.PartDue = s.terms.Due(made + 1)
		var err error
		if d.Part, err = money(s.row.Currency, over); err != nil {
			return err
		}
	}
	past, err := s.pastDue()
	if err == nil && past != nil {
		d.PastDue, d.PastDueSince, d.PastDueCount = past.Amount, past.Since, past.Payments
	}
	return err
}

// addNext adds what is due next.
func (s *standing) addNext(d *document.Statement) error {
	next, err := s.planned()
	if err != nil || next == nil {
		return err
	}
	if d.NextDue = next.Due; s.ahead() {
		return nil
	}
	d.Next = next.Total
	for _, part := range next.Parts {
		d.NextParts = append(d.NextParts, document.StatementPart{
			Kind: string(part.Kind), Name: part.Name, Rate: part.Rate, Amount: part.Amount,
		})
	}
	return nil
}

// overpaid tells whether more was posted on a loan than was financed: then the file of the lender contradicts itself, and
// nobody knows what is due.
func (s *standing) overpaid() bool {
	return s.row.Kind == finance.KindLoan && s.totals.Principal > s.row.Financed
}

// ahead tells whether something of what is due next on a lease was paid already, nobody knows how much.
func (s *standing) ahead() bool {
	made, over := s.covered()
	return s.row.Kind == finance.KindLease && s.plan == nil && over > 0 && made >= s.due
}

// addPayments adds what was received in the month, and the sums of it and of the year so far.
func (s *statements) addPayments(d *document.Statement) error {
	next, code := monthAfter(d.Month), s.standing.row.Currency
	var month, year PaymentTotals
	for _, p := range s.payments {
		if p.Date.Year != d.Month.Year || !p.Date.Before(next) {
			continue
		}
		if p.Status == portfolio.Posted {
			year.add(p)
		}
		if p.Date.Before(d.Month) {
			continue
		}
		if p.Status == portfolio.Posted {
			month.add(p)
		}
		amounts, err := moneys(code, p.Principal, p.Interest, p.Tax, p.Principal+p.Interest+p.Tax)
		if err != nil {
			return err
		}
		d.Payments = append(d.Payments, document.StatementPayment{
			Date: p.Date, Method: p.Method, Returned: p.Status == portfolio.Returned,
			Principal: amounts[0], Interest: amounts[1], Tax: amounts[2], Total: amounts[3],
		})
	}
	amounts, err := moneys(code, month.Principal, month.Interest, month.Tax, month.Principal+month.Interest+month.Tax,
		year.Interest, year.Tax, year.Principal+year.Interest+year.Tax)
	if err != nil {
		return err
	}
	d.Received = document.StatementPayment{Principal: amounts[0], Interest: amounts[1], Tax: amounts[2], Total: amounts[3]}
	d.YearInterest, d.YearTax, d.YearTotal = amounts[4], amounts[5], amounts[6]
	return nil
}

// add counts one more payment.
func (t *PaymentTotals) add(p portfolio.Payment) {
	t.Count++
	t.Principal += p.Principal
	t.Interest += p.Interest
	t.Tax += p.Tax
}
