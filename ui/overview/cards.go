package overview

import (
	"slices"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// cards are everything under the head, for one agreement. The lines share their widths, so that the cards align.
func (pg *page) cards(a services.Agreement) fyne.CanvasObject {
	column := kit.VStack(theme.Gap4)
	if a.PastDue != nil {
		column.Add(pg.pastDue(a))
	}
	column.Add(kit.Columns(1, 1, 1)(pg.nextCard(a), pg.balanceCard(a), pg.endCard(a)))
	left, right := []fyne.CanvasObject{pg.paymentsCard(a)}, []fyne.CanvasObject{pg.messagesCard()}
	if chart := pg.chartCard(a); chart != nil {
		left = slices.Insert(left, 0, chart)
	}
	if a.Distance != nil {
		right = slices.Insert(right, 0, pg.distanceCard(a))
	}
	column.Add(rows(left, right))
	column.Add(pg.factsCard(a))
	return column
}

// rows puts two columns of cards side by side: the first cards are equally high, and both columns end level. What has
// nothing beside it is as wide as both.
func rows(left, right []fyne.CanvasObject) fyne.CanvasObject {
	column := kit.VStack(theme.Gap4)
	for i := range max(len(left), len(right)) {
		switch {
		case i >= len(left):
			column.Add(right[i])
		case i >= len(right):
			column.Add(left[i])
		default:
			column.Add(kit.Columns(wide, narrow)(left[i], right[i]))
		}
	}
	return column
}

// pastDue says calmly what should have been paid, and what to do about it.
func (pg *page) pastDue(a services.Agreement) fyne.CanvasObject {
	p, d, title := pg.printer, *a.PastDue, pg.printer.T("overview.past_due.unknown")
	var preset nav.PayPreset
	if d.Amount.CurrencyCode() != "" {
		title = p.T("overview.past_due.title", text.Vars{"Amount": p.Money(d.Amount)})
		preset.Amount = d.Amount.Number()
	}
	pay := kit.NewLink(p.T("overview.past_due.pay"), func() {
		pg.env.Go(nav.Route{Page: nav.PagePay, Arg: a.ID, Payload: preset})
	})
	write := kit.NewLink(p.T("overview.past_due.write"), func() { pg.compose(a.ID) })
	return kit.NewPanel(kit.Warn, title,
		p.T("overview.past_due.text", text.Vars{"Since": p.Date(d.Since), "Count": d.Payments}),
		pg.place("pay now", pay), pg.place("write", write))
}

// figure is an amount, or says that the lender's figures do not tell it.
func figure(p *text.Printer, amount services.Money) string {
	if amount.CurrencyCode() == "" {
		return p.T("text.unknown")
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
	more := []fyne.CanvasObject{kit.NewWrapped(due, kit.StyleLabel)}
	if autopay := pg.presenter.shown.autopay.Value; autopay != nil {
		more = append(more, kit.Gap(6), pg.autopay(*autopay, *a.Next))
	}
	if len(a.Next.Parts) > 0 {
		more = append(more, kit.Gap(6), pg.parts(*a.Next))
	}
	return figureCard(p.T("overview.next.name"), figure(p, a.Next.Total), more...)
}

// autopay is a pill, with the day when the account is debited where that is another one.
func (pg *page) autopay(autopay services.Autopay, next services.NextPayment) fyne.CanvasObject {
	p := pg.printer
	row := kit.Flow(theme.Gap2, theme.Gap1, kit.NewBadge(p.T("overview.next.autopay"), kit.Good))
	if debit := autopay.Next; debit != nil && debit.Due == next.Due && debit.On != next.Due {
		row.Add(kit.NewHint(p.T("overview.next.debited", text.Vars{"Date": p.Date(debit.On)})))
	}
	return row
}

// parts lists exactly what will be due, on demand.
func (pg *page) parts(next services.NextPayment) fyne.CanvasObject {
	p, key := pg.printer, "overview.parts.show"
	if pg.presenter.opened {
		key = "overview.parts.hide"
	}
	column := kit.VStack(0, kit.HStack(0, pg.place("parts", kit.NewTextLink(p.T(key), pg.presenter.open))))
	if !pg.presenter.opened {
		return column
	}
	column.Add(kit.Gap(theme.Gap1))
	for _, part := range next.Parts {
		column.Add(kit.Inset(theme.Gap1, 0, theme.Gap1, 0,
			kit.HStack(theme.Gap2, kit.HFill(kit.NewWrapped(nav.PartName(p, part), kit.StyleQuiet)), kit.NewAmount(p.Money(part.Amount)))))
	}
	return column
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

// endCard says until when the agreement lasts, and leads to what comes then.
func (pg *page) endCard(a services.Agreement) fyne.CanvasObject {
	p, name := pg.printer, "overview.end.name"
	if a.ClosedOn != nil || a.End.Before(pg.today()) {
		name = "overview.end.past"
	}
	more := []fyne.CanvasObject{kit.NewWrapped(pg.left(a), kit.StyleQuiet)}
	if a.ClosedOn == nil {
		to := nav.Route{Page: nav.PagePayoff, Arg: a.ID}
		if a.Kind == services.Lease {
			to.Page = nav.PageLeaseEnd
		}
		options := kit.NewTextLink(p.T("overview.end.options."+string(a.Kind)), func() { pg.env.Go(to) })
		more = append(more, kit.Gap(theme.Gap1), kit.HStack(0, pg.place("options", options)))
	}
	return figureCard(p.T(name), p.Date(a.End), more...)
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

// distanceCard compares the odometer with the allowance.
func (pg *page) distanceCard(a services.Agreement) fyne.CanvasObject {
	p, d := pg.printer, *a.Distance
	open := kit.NewLink(p.T("overview.distance.open"), func() { pg.env.Go(nav.Route{Page: nav.PageVehicle, Arg: a.ID}) })
	column := kit.VStack(2, kit.Sides(kit.NewCardTitle(p.T("overview.distance.title")), pg.place("vehicle", open)), kit.Gap(theme.Gap2))
	if !d.ReadOn.IsValid() {
		column.Add(kit.NewWrapped(p.T("overview.distance.unread", text.Vars{"Allowance": p.Number(d.Allowance)}), kit.StyleQuiet))
		return kit.NewCard(column)
	}
	for _, o := range []fyne.CanvasObject{
		kit.NewFigure(p.Number(d.Odometer)),
		kit.NewWrapped(p.T("overview.distance.of", text.Vars{"Allowance": p.Number(d.Allowance)}), kit.StyleQuiet),
		kit.Gap(10), bar(d.Odometer, d.Allowance), kit.Gap(theme.Gap2),
	} {
		column.Add(o)
	}
	if forecast := pg.presenter.shown.forecast.Value; forecast != nil {
		column.Add(kit.NewWrapped(pg.forecast(d, *forecast), kit.StyleLabel))
	}
	column.Add(kit.NewWrapped(pg.distanceNote(d), kit.StyleQuiet))
	return kit.NewCard(column)
}

// forecast says in words how far the vehicle will have run at the end.
func (pg *page) forecast(d services.Distance, f services.Forecast) string {
	p := pg.printer
	switch under := d.Allowance - f.Projected; {
	case under == 0:
		return p.T("overview.distance.even")
	case under > 0:
		return p.T("overview.distance.under", text.Vars{"Under": p.Number(under)})
	case f.Cost.CurrencyCode() == "":
		return p.T("overview.distance.over", text.Vars{"Over": p.Number(f.Excess)})
	default:
		return p.T("overview.distance.over_cost", text.Vars{"Over": p.Number(f.Excess), "Cost": p.Money(f.Cost)})
	}
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
