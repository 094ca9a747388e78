package payments

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
)

// columns are those of a view.
func (pg *page) columns(v view) []kit.Column[*line] {
	switch v {
	case viewUpcoming:
		return []kit.Column[*line]{
			pg.day("payments.column.date"), pg.what(), pg.reference(), pg.amount("amount", "payments.column.amount", 0, (*line).amountOf),
			pg.status(scheduled, submitted, cancelled, due, pastDue),
		}
	case viewSchedule:
		return []kit.Column[*line]{
			pg.numbered(), pg.day("payments.column.due"), pg.amount("principal", pg.split().principal, 4, (*line).principalOf),
			pg.amount("interest", pg.split().interest, 4, (*line).interestOf), pg.amount("tax", "payments.column.tax", 4, (*line).taxOf),
			pg.amount("amount", "payments.column.amount", 0, (*line).amountOf), pg.amount("balance", "payments.column.balance", 2, (*line).balanceOf), pg.status(paid, due, pastDue),
		}
	default:
		return []kit.Column[*line]{
			pg.day("payments.column.date"), pg.method(), pg.reference(), pg.amount("principal", pg.split().principal, 4, (*line).principalOf),
			pg.amount("interest", pg.split().interest, 4, (*line).interestOf), pg.amount("tax", "payments.column.tax", 4, (*line).taxOf),
			pg.amount("amount", "payments.column.amount", 0, (*line).amountOf), pg.status(posted, returned),
		}
	}
}

// splitting are the keys of what payments are split into: those of a lease have other names.
type splitting struct{ principal, interest string }

func (pg *page) split() splitting {
	if pg.presenter.choice.Agreement().Kind == services.Lease {
		return splitting{"text.part.depreciation", "text.part.rent"}
	}
	return splitting{"text.part.principal", "text.part.interest"}
}

// The amounts of a (*line).
func (l *line) principalOf() money { return l.principal }
func (l *line) interestOf() money  { return l.interest }
func (l *line) taxOf() money       { return l.tax }
func (l *line) amountOf() money    { return l.amount }
func (l *line) balanceOf() money   { return l.balance }

func (pg *page) day(title string) kit.Column[*line] {
	p := pg.printer
	return kit.Column[*line]{
		ID: "date", Title: p.T(title), Widest: widestDate(p), Weight: 1,
		Cell: func(l *line) kit.TableCell { return kit.TableCell{Text: p.Date(l.day)} }, Compare: compareDays,
	}
}

// widestDate is a date as wide as any: French puts letters to the first of a month, and each month has a width of its own.
func widestDate(p *text.Printer) (widest string) {
	var most float32
	for month := time.January; month <= time.December; month++ {
		for _, day := range []int{1, 28} {
			date := p.Date(services.Date{Year: 2028, Month: month, Day: day})
			if width := kit.NewLabel(date).MinSize().Width; width > most {
				widest, most = date, width
			}
		}
	}
	return widest
}

func (pg *page) numbered() kit.Column[*line] {
	return kit.Column[*line]{
		ID: "number", Title: pg.printer.T("payments.column.number"), Widest: "888", Style: kit.StyleAmount,
		Cell:    func(l *line) kit.TableCell { return kit.TableCell{Text: strconv.Itoa(l.number)} },
		Compare: func(a, b *line) int { return cmp.Compare(a.number, b.number) },
	}
}

func (pg *page) method() kit.Column[*line] {
	return kit.Column[*line]{
		ID: "method", Title: pg.printer.T("payments.column.method"), Widest: methodWords(pg.printer, &line{method: "pad"}), Weight: 3, Rank: 2,
		Cell:    func(l *line) kit.TableCell { return kit.TableCell{Text: pg.methodOrReason(l)} },
		Compare: func(a, b *line) int { return text.Compare(pg.methodOrReason(a), pg.methodOrReason(b)) },
	}
}

func (pg *page) what() kit.Column[*line] {
	words := func(l *line) string { return whatWords(pg.printer, l, pg.presenter.choice.Agreement().PaymentsTotal) }
	return kit.Column[*line]{
		ID: "what", Title: pg.printer.T("payments.column.what"), Widest: words(&line{number: 88}), Weight: 3, Rank: 1,
		Cell:    func(l *line) kit.TableCell { return kit.TableCell{Text: words(l)} },
		Compare: func(a, b *line) int { return cmp.Or(cmp.Compare(a.number, b.number), text.Compare(words(a), words(b))) },
	}
}

func (pg *page) reference() kit.Column[*line] {
	return kit.Column[*line]{
		ID: "reference", Title: pg.printer.T("payments.column.reference"), Widest: "L-2025-004471-018", Weight: 1, Style: kit.StyleQuiet, Rank: 5,
		Cell:    func(l *line) kit.TableCell { return kit.TableCell{Text: text.Line(l.reference)} },
		Compare: func(a, b *line) int { return strings.Compare(a.reference, b.reference) },
	}
}

func (pg *page) amount(id, title string, rank int, of func(*line) money) kit.Column[*line] {
	p := pg.printer
	return kit.Column[*line]{
		ID: id, Title: p.T(title), Widest: pg.widest(id), Weight: 0.4, Align: fyne.TextAlignTrailing, Style: kit.StyleAmount, Rank: rank,
		Cell: func(l *line) kit.TableCell {
			return kit.TableCell{Text: amountWords(p, of(l)), Loud: id == "amount"}
		},
		Compare: func(a, b *line) int { return cmp.Or(of(a).compare(of(b)), compareDays(a, b)) },
	}
}

// widest is an amount as wide as those of a column are: interest and taxes are never as high as what pays an agreement off.
func (pg *page) widest(id string) string {
	digits := "88888.88"
	if id == "interest" || id == "tax" {
		digits = "8888.88"
	}
	amount, _ := text.ParseMoney(digits, currencyOf(pg.presenter.choice.Agreement())) // of digits it makes an amount
	return pg.printer.Money(amount)
}

// amountWords is an amount; nothing where it is not known.
func amountWords(p *text.Printer, m money) string {
	if !m.known {
		return ""
	}
	return p.Money(m.Money)
}

// status is what became of a line: one of those given.
func (pg *page) status(of ...status) kit.Column[*line] {
	p := pg.printer
	widest := ""
	for _, s := range of {
		if words := p.T("nav.payment." + string(s)); len(words) > len(widest) {
			widest = words
		}
	}
	return kit.Column[*line]{
		ID: "status", Title: p.T("payments.column.status"), Widest: widest, Pill: true, Rank: 1,
		Cell: func(l *line) kit.TableCell {
			return kit.TableCell{Text: statusWords(p, l), Kind: kinds[l.status]}
		},
		Compare: func(a, b *line) int { return cmp.Or(cmp.Compare(a.status, b.status), compareDays(a, b)) },
	}
}

// statusWords say what became of a line; of one that posted by itself, that no bank was asked.
func statusWords(p *text.Printer, l *line) string {
	if l.simulated() {
		return p.T("payments.simulated")
	}
	return p.T("nav.payment." + string(l.status))
}

// kinds are what the pills of the statuses look like.
var kinds = map[status]kit.Kind{
	posted: kit.Good, paid: kit.Good, returned: kit.Bad, pastDue: kit.Bad, scheduled: kit.Info, submitted: kit.Info, cancelled: kit.Neutral, due: kit.Neutral,
}

// methodWords say how something was paid, and from which account where that is known.
func methodWords(p *text.Printer, l *line) string {
	if l.digits == "" {
		return p.Method(l.method)
	}
	return p.Method(l.method) + " •••" + l.digits
}

// methodOrReason says of a payment that the bank gave back why it did.
func (pg *page) methodOrReason(l *line) string {
	if l.status != returned || l.reason == "" {
		return methodWords(pg.printer, l)
	}
	return pg.printer.ReturnReason(l.reason)
}

// whatWords say what a line of what is to come is.
func whatWords(p *text.Printer, l *line, of int) string {
	switch {
	case l.debit != nil && l.autopay && l.due != l.day:
		return p.T("payments.what.autopay_due", text.Vars{"Digits": l.digits, "Date": p.DateShort(l.due)})
	case l.debit != nil && l.autopay:
		return p.T("payments.what.autopay", text.Vars{"Digits": l.digits})
	case l.debit != nil:
		return p.T("payments.what.ordered", text.Vars{"Digits": l.digits})
	case l.number > 0:
		return p.T("payments.what.installment", text.Vars{"Number": l.number, "Total": of})
	default:
		return p.T("payments.what.next")
	}
}
