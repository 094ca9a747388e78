package overview

import (
	"strconv"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

// cards are everything under the head, for one agreement. The lines share their widths, so that the cards align.
func (pg *page) cards(a services.Agreement) fyne.CanvasObject {
	column := kit.VStack(theme.Gap4)
	if a.PastDue != nil {
		column.Add(pg.pastDue(*a.PastDue))
	}
	column.Add(kit.Columns(1, 1, 1)(pg.nextCard(a), pg.balanceCard(a), pg.endCard(a)))
	left, right := []fyne.CanvasObject{}, []fyne.CanvasObject{}
	if a.Next != nil && len(a.Next.Parts) > 0 {
		left = append(left, pg.partsCard(*a.Next))
	}
	left = append(left, pg.paymentsCard())
	if a.Distance != nil {
		right = append(right, pg.distanceCard(*a.Distance))
	}
	right = append(right, pg.messagesCard())
	if len(left) == 1 { // nothing is to be paid: the facts fill the left
		left = append(left, pg.factsCard(a))
	} else {
		right = append(right, pg.factsCard(a))
	}
	column.Add(rows(left, right))
	return column
}

// rows puts two columns of cards side by side: the first cards are equally high, and both columns end level. Without a
// second card on the right, those on the left are as wide as both.
func rows(left, right []fyne.CanvasObject) fyne.CanvasObject {
	first, rest := kit.Columns(wide, narrow)(left[0], right[0]), pile(left[1:])
	if len(right) > 1 {
		rest = kit.Columns(wide, narrow)(rest, pile(right[1:]))
	}
	return kit.VStack(theme.Gap4, first, rest)
}

// pile puts cards under each other; the last one takes the height that is left.
func pile(cards []fyne.CanvasObject) fyne.CanvasObject {
	last := len(cards) - 1
	if last == 0 {
		return cards[0]
	}
	return kit.HeadBody(kit.Inset(0, 0, theme.Gap4, 0, kit.VStack(theme.Gap4, cards[:last]...)), cards[last])
}

// pastDue says calmly what should have been paid.
func (pg *page) pastDue(d services.PastDue) fyne.CanvasObject {
	p, title := pg.printer, pg.printer.T("overview.past_due.unknown")
	if d.Amount.CurrencyCode() != "" {
		title = p.T("overview.past_due.title", text.Vars{"Amount": p.Money(d.Amount)})
	}
	return kit.NewPanel(kit.Warn, title,
		p.T("overview.past_due.text", text.Vars{"Since": p.Date(d.Since), "Count": d.Payments}))
}

// figure is an amount, or says that the lender's figures do not tell it.
func figure(p *text.Printer, amount services.Money) string {
	if amount.CurrencyCode() == "" {
		return p.T("overview.unknown")
	}
	return p.Money(amount)
}

// figureCard is a name, a large figure, which is never broken into lines, and what belongs to it.
func figureCard(name, figure string, more ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewCard(kit.VStack(2, append([]fyne.CanvasObject{kit.NewQuiet(name), kit.NewFigure(figure)}, more...)...))
}

// nextCard says what is due next; of a closed agreement, when it was closed.
func (pg *page) nextCard(a services.Agreement) fyne.CanvasObject {
	p := pg.printer
	switch {
	case a.ClosedOn != nil:
		return figureCard(p.T("overview.closed.name"), p.Date(*a.ClosedOn), kit.NewWrapped(p.T("overview.closed.text"), kit.StyleQuiet))
	case a.Next == nil:
		return figureCard(p.T("overview.next.name"), p.T("overview.next.none"), kit.NewWrapped(p.T("overview.next.none_text"), kit.StyleQuiet))
	}
	due := p.T("overview.next.due", text.Vars{"Date": p.Date(a.Next.Due), "In": p.InDays(a.Next.Due.DaysSince(pg.today()))})
	return figureCard(p.T("overview.next.name"), figure(p, a.Next.Total), kit.NewWrapped(due, kit.StyleLabel))
}

// balanceCard says what remains and how far the payments are.
func (pg *page) balanceCard(a services.Agreement) fyne.CanvasObject {
	p := pg.printer
	made := p.T("overview.balance.made", text.Vars{"Count": a.PaymentsMade, "Total": p.Number(int64(a.PaymentsTotal))})
	return figureCard(p.T("overview.balance.name"), figure(p, a.Balance),
		kit.NewWrapped(made, kit.StyleQuiet), kit.Gap(10), bar(int64(a.PaymentsMade), int64(a.PaymentsTotal)))
}

// bar shows a part of a whole; there is none of nothing.
func bar(part, whole int64) fyne.CanvasObject {
	b := kit.NewProgress()
	if whole > 0 {
		b.Set(float64(part) / float64(whole))
	}
	return b
}

// endCard says until when the agreement lasts.
func (pg *page) endCard(a services.Agreement) fyne.CanvasObject {
	p := pg.printer
	return figureCard(p.T("overview.end.name"), p.Date(a.End), kit.NewWrapped(pg.left(a), kit.StyleQuiet))
}

// left says how long an agreement lasts from today: in months, and in days when it is less than one.
func (pg *page) left(a services.Agreement) string {
	p, days, months := pg.printer, a.End.DaysSince(pg.today()), monthsLeft(pg.today(), a.End)
	switch {
	case a.ClosedOn != nil || days < 0:
		return p.T("overview.end.since", text.Vars{"Date": p.Date(a.Start)})
	case months <= 1 && days < 31:
		return p.T("overview.end.days", text.Vars{"In": p.InDays(days)})
	default:
		return p.T("overview.end.months", text.Vars{"Count": months})
	}
}

// partsCard lists exactly what will be debited.
func (pg *page) partsCard(next services.NextPayment) fyne.CanvasObject {
	p := pg.printer
	column := kit.VStack(0, kit.NewCardTitle(p.T("overview.parts.title")), kit.Gap(theme.Gap1))
	for _, part := range next.Parts {
		column.Add(kit.NewRowLine(kit.NewQuiet(partName(p, part)), kit.Spacer(), kit.NewAmount(p.Money(part.Amount))))
	}
	total := kit.NewText(p.Money(next.Total), kit.Style{Size: theme.SizeText, Color: theme.Text, Bold: true})
	column.Add(kit.Inset(10, theme.Gap2, 0, theme.Gap2,
		kit.HStack(theme.Gap2, kit.NewStrong(p.T("overview.parts.total", text.Vars{"Date": p.Date(next.Due)})), kit.Spacer(), total)))
	return kit.NewCard(column)
}

// partName says what a part of a payment is for. A tax has its name in the person's language, if it is known there, and
// its rate.
func partName(p *text.Printer, part services.PaymentPart) string {
	if part.Kind != services.PartTax {
		return p.T("overview.part." + string(part.Kind))
	}
	name := part.Name
	if key := "overview.tax." + part.Name; p.Has(key) {
		name = p.T(key)
	}
	rate, err := strconv.ParseFloat(part.Rate, 64)
	if err != nil {
		return name
	}
	return p.T("overview.part.tax", text.Vars{"Name": name, "Rate": p.Percent(rate)})
}

// distanceCard compares the odometer with the allowance.
func (pg *page) distanceCard(d services.Distance) fyne.CanvasObject {
	p := pg.printer
	return kit.NewCard(kit.VStack(2,
		kit.NewCardTitle(p.T("overview.distance.title")), kit.Gap(theme.Gap2),
		kit.NewFigure(p.Number(d.Odometer)),
		kit.NewWrapped(p.T("overview.distance.of", text.Vars{"Allowance": p.Number(d.Allowance)}), kit.StyleQuiet),
		kit.Gap(10), bar(d.Odometer, d.Allowance), kit.Gap(theme.Gap2),
		kit.NewWrapped(pg.distanceNote(d), kit.StyleQuiet)))
}

// distanceNote says when the odometer was read, and what a kilometre over the allowance costs.
func (pg *page) distanceNote(d services.Distance) string {
	p := pg.printer
	read := p.T("overview.distance.read", text.Vars{"Date": p.Date(d.ReadOn)})
	if d.ExcessRate.IsPositive() {
		return read + " " + p.T("overview.distance.excess", text.Vars{"Rate": p.Money(d.ExcessRate)})
	}
	return read
}
