package autopay

import (
	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// inForce shows an autopay: what it takes from where, exactly what is next, and what somebody can do about it.
func (pg *page) inForce(a services.Autopay) fyne.CanvasObject {
	p := pg.printer
	facts := []kit.Fact{
		{Label: p.T("autopay.account"), Value: accountName(p, a.Account)},
		{Label: p.T("autopay.day"), Value: dayName(p, a.Day)},
	}
	if a.Extra.IsPositive() {
		facts = append(facts, kit.Fact{Label: p.T("autopay.extra"), Value: p.Money(a.Extra)})
	}
	facts = append(facts, kit.Fact{Label: p.T("autopay.since"), Value: p.DateLong(a.Since)})
	change := pg.place("change", kit.NewPrimary(p.T("autopay.change"), pg.presenter.change))
	pg.end = pg.place("end", kit.NewButton(p.T("autopay.stop"), func() { pg.askToStop(a) }))
	pg.end.SetBusyText(p.T("autopay.busy"))
	pg.first = change
	card := kit.NewCard(kit.VStack(theme.Gap4, kit.NewCardTitle(p.T("autopay.on.title")), lines(facts),
		kit.NewWrapped(pg.dueStays(), kit.StyleQuiet), pg.problemLine(),
		kit.Flow(theme.Gap4, theme.Gap2, change, pg.end, pg.place("document", kit.NewLink(p.T("autopay.document"), pg.documents)))))
	right := kit.VStack(theme.Gap4, pg.nextCard(a.Next), pg.rights(a.Account))
	return kit.Columns(1, 1)(card, right)
}

// lines are facts whose values may take several lines.
func lines(facts []kit.Fact) fyne.CanvasObject {
	column := kit.VStack(0)
	for _, f := range facts {
		column.Add(kit.NewRowColumns([]float32{2, 3}, kit.NewWrapped(f.Label, kit.StyleQuiet), kit.NewWrapped(f.Value, kit.StyleLabel)))
	}
	return column
}

func (pg *page) documents() {
	pg.env.Go(nav.Route{Page: nav.PageDocuments, Arg: pg.presenter.of})
}

// nextCard is exactly what is taken next.
func (pg *page) nextCard(next *services.NextDebit) fyne.CanvasObject {
	p := pg.printer
	column := kit.VStack(theme.Gap2, kit.NewCardTitle(p.T("autopay.next.title")))
	if next == nil {
		column.Add(kit.NewWrapped(p.T("autopay.next.none"), kit.StyleQuiet))
		return kit.NewCard(column)
	}
	pg.addDebit(column, *next)
	until := p.T("autopay.next.fixed")
	if !next.CancelUntil.IsZero() {
		until = p.T("autopay.next.until", text.Vars{"Date": p.DateLong(next.CancelUntil)})
	}
	column.Add(kit.NewWrapped(until, kit.StyleLabel))
	return kit.NewCard(column)
}

// addDebit writes a debit with its parts.
func (pg *page) addDebit(column *fyne.Container, next services.NextDebit) {
	p := pg.printer
	if next.Amount.CurrencyCode() == "" {
		column.Add(kit.NewWrapped(p.T("autopay.next.unknown"), kit.StyleLabel))
	} else {
		column.Add(kit.NewFigure(p.Money(next.Amount)))
	}
	words := p.T("autopay.next.on", text.Vars{"Date": p.DateWeekday(next.On)})
	if next.On != next.Due {
		words = p.T("autopay.next.on_for", text.Vars{"Date": p.DateWeekday(next.On), "Due": p.DateLong(next.Due)})
	}
	if next.Last {
		words += " " + p.T("autopay.next.last")
	}
	column.Add(kit.NewWrapped(words, kit.StyleQuiet))
	if len(next.Parts) == 0 {
		return
	}
	facts := make([]kit.Fact, len(next.Parts))
	for i, part := range next.Parts {
		facts[i] = kit.Fact{Label: nav.PartName(p, part), Value: p.Money(part.Amount)}
	}
	column.Add(kit.NewFacts(facts))
}

// rights says what somebody can do about a debit that is wrong.
func (pg *page) rights(account services.BankAccount) fyne.CanvasObject {
	p := pg.printer
	words := p.T("autopay.rights.personal", text.Vars{"Days": pg.presenter.deps.DisputeDays})
	if account.Business {
		words = p.T("autopay.rights.business")
	}
	write := pg.place("write", kit.NewLink(p.T("autopay.rights.write"), func() {
		pg.env.Go(nav.Route{Page: nav.PageCompose, Payload: nav.ComposePreset{Topic: "payment", AgreementID: pg.presenter.of}})
	}))
	return kit.NewCard(kit.VStack(theme.Gap2, kit.NewCardTitle(p.T("autopay.rights.title")), kit.NewWrapped(words, kit.StyleQuiet),
		kit.NewWrapped(p.T("autopay.rights.more"), kit.StyleQuiet), kit.HStack(0, write)))
}

// askToStop says what ending it means before it is done.
func (pg *page) askToStop(a services.Autopay) {
	p := pg.printer
	words := p.T("autopay.stop.ask.none")
	if next := a.Next; next != nil {
		vars := text.Vars{"Date": p.DateLong(next.On), "Due": p.DateLong(next.Due)}
		if words = p.T("autopay.stop.ask.next", vars); next.CancelUntil.IsZero() {
			words = p.T("autopay.stop.ask.fixed", vars)
		}
	}
	content := kit.VStack(theme.Gap2, kit.NewWrapped(words, kit.StyleLabel), kit.NewWrapped(p.T("autopay.stop.ask.debt"), kit.StyleLabel))
	kit.ShowDialog(pg.env.Window, p.T("autopay.stop.ask.title"), content, p.T("autopay.stop.confirm"), p.T("autopay.stop.keep"), true, func(ok bool) {
		if ok {
			pg.presenter.stop()
		}
	})
}

// done says that it is on, and what comes first.
func (pg *page) done() fyne.CanvasObject {
	p := pg.printer
	payments := pg.place("payments", kit.NewPrimary(p.T("autopay.done.payments"), pg.leave))
	pg.first = payments
	note := kit.NewPanel(kit.Good, p.T("autopay.done.title"), p.T("autopay.done.text"))
	return kit.MaxWidth(formWidth, kit.VStack(theme.Gap4, note, pg.nextCard(pg.presenter.have.Value.autopay.Next),
		kit.Flow(theme.Gap4, theme.Gap2, payments, pg.place("document", kit.NewButton(p.T("autopay.document"), pg.documents)))))
}

// accountName tells an account, masked: its number's end, the institution and the holder.
func accountName(p *text.Printer, a services.BankAccount) string {
	return p.T("autopay.account.name", text.Vars{"Digits": a.LastDigits, "Institution": a.Institution, "Holder": a.Holder})
}

// dayName says on which day of the month.
func dayName(p *text.Printer, day int) string {
	switch {
	case day == 0:
		return p.T("autopay.day.due")
	case day == 1:
		return p.T("autopay.day.first")
	case day > 28:
		return p.T("autopay.day.end", text.Vars{"Day": day})
	default:
		return p.T("autopay.day.of", text.Vars{"Day": day})
	}
}
