package pay

import (
	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// checking is the second step: what will happen, in words, before it is ordered.
func (pg *payPage) checking() fyne.CanvasObject {
	p, s := pg.printer, pg.presenter
	o, account := s.order, s.account(s.order.BankAccountID)
	column := kit.VStack(theme.Gap4,
		kit.NewFigure(p.Money(o.Amount)),
		kit.NewWrapped(p.T("pay.check.text", text.Vars{
			"Amount": p.Money(o.Amount), "Date": p.DateWeekday(o.On), "Account": accountName(p, account),
			"Agreement": nav.AgreementName(p, s.choice.Agreement()),
		}), kit.StyleLabel),
		kit.NewWrapped(p.T("pay.check.until", text.Vars{"Date": p.DateLong(s.cancelUntil())}), kit.StyleQuiet))
	if note := pg.autopayNote(); note != nil {
		column.Add(note)
	}
	pay, change := kit.NewPrimary(p.T("pay.order", text.Vars{"Amount": p.Money(o.Amount)}), func() { s.pay(false) }), kit.NewButton(p.T("pay.change"), func() { s.back() })
	if s.same {
		pay = kit.NewButton(p.T("pay.same.order"), func() { s.pay(true) })
		change = kit.NewPrimary(p.T("pay.change"), func() { s.back() })
		column.Add(kit.NewPanel(kit.Warn, p.T("pay.same.title"), p.T("pay.same.text", text.Vars{
			"Amount": p.Money(o.Amount), "Date": p.DateLong(o.On),
		})))
	}
	pay.SetBusyText(p.T("pay.busy"))
	column.Add(pg.problemLine())
	column.Add(kit.Flow(theme.Gap4, theme.Gap2, pay, change))
	pg.first = pay
	if s.same {
		pg.first = change
	}
	pg.fill = func() {
		pay.SetBusy(s.request.Busy)
		if s.request.Busy {
			change.Disable()
		} else {
			change.Enable()
		}
	}
	return kit.NewCard(column, kit.CardInset(theme.Gap6, theme.Gap6))
}

// done is the confirmation: the number, what happens next, and the way to take it back.
func (pg *payPage) done() fyne.CanvasObject {
	p, s := pg.printer, pg.presenter
	made := *s.made
	column := kit.VStack(theme.Gap4)
	see := kit.NewPrimary(p.T("pay.done.payments"), pg.leave)
	actions := kit.Flow(theme.Gap4, theme.Gap2, see, kit.NewButton(p.T("pay.done.again"), s.again))
	pg.first = see
	if s.cancelled {
		amount := text.Vars{"Amount": p.Money(made.Amount)}
		words := p.T("pay.cancelled.text", amount)
		if s.have.Value.autopay != nil {
			words = p.T("pay.cancelled.autopay", amount)
		}
		note := kit.NewPanel(kit.Neutral, p.T("pay.cancelled.title"), words)
		column.Objects = []fyne.CanvasObject{note, pg.number(made), actions}
		return kit.NewCard(column, kit.CardInset(theme.Gap6, theme.Gap6))
	}
	note := kit.NewPanel(kit.Good, p.T("pay.done.title"), p.T("pay.done.text", text.Vars{
		"Amount": p.Money(made.Amount), "Date": p.DateWeekday(made.On), "Digits": made.LastDigits,
	}))
	column.Objects = []fyne.CanvasObject{note, pg.number(made), pg.whatNext(made), actions}
	if !made.CancelUntil.IsZero() {
		cancel := kit.NewDanger(p.T("pay.cancel"), func() { pg.askToCancel(made) }).SetCompact(true)
		pg.fill = func() { cancel.SetBusy(s.request.Busy) }
		until := kit.NewWrapped(p.T("pay.check.until", text.Vars{"Date": p.DateLong(made.CancelUntil)}), kit.StyleQuiet)
		column.Add(kit.NewRule())
		column.Add(kit.HStack(theme.Gap4, kit.HFill(until), cancel))
	}
	column.Add(pg.problemLine())
	return kit.NewCard(column, kit.CardInset(theme.Gap6, theme.Gap6))
}

// number is the confirmation number, to read out or copy.
func (pg *payPage) number(made services.Debit) fyne.CanvasObject {
	p := pg.printer
	copied := kit.NewIconButton(theme.IconCopy, p.T("pay.done.copy"), func() {
		fyne.CurrentApp().Clipboard().SetContent(made.Reference)
		pg.env.Toast(p.T("pay.done.copied"))
	})
	return kit.VStack(2, kit.NewQuiet(p.T("pay.done.number")),
		kit.HStack(theme.Gap1, kit.NewSelectable(made.Reference, kit.StyleSection), copied))
}

// whatNext are the steps of a payment in order.
func (pg *payPage) whatNext(made services.Debit) fyne.CanvasObject {
	p := pg.printer
	column := kit.VStack(0, kit.NewCardTitle(p.T("pay.next.title")))
	line := func(badge string, kind kit.Kind, words string) {
		column.Add(kit.NewRowColumns([]float32{1, 3}, kit.HStack(0, kit.NewBadge(badge, kind)), kit.NewWrapped(words, kit.StyleLabel)))
	}
	date := text.Vars{"Date": p.DateLong(made.On)}
	line(p.T("nav.payment.scheduled"), kit.Info, p.T("pay.next.scheduled"))
	if made.Simulated {
		line(p.T("nav.payment.posted"), kit.Good, p.T("pay.next.simulated", date))
	} else {
		line(p.T("nav.payment.submitted"), kit.Info, p.T("pay.next.submitted", date))
		line(p.T("nav.payment.posted"), kit.Good, p.T("pay.next.posted"))
	}
	return column
}

// askToCancel asks before the payment is taken back.
func (pg *payPage) askToCancel(made services.Debit) {
	p := pg.printer
	words := p.T("payments.cancel.text", text.Vars{"Amount": p.Money(made.Amount), "Digits": made.LastDigits, "Date": p.DateLong(made.On)})
	kit.ShowDialog(pg.env.Window, p.T("payments.cancel.title"), kit.NewWrapped(words, kit.StyleLabel),
		p.T("payments.cancel.confirm"), p.T("payments.cancel.keep"), true, func(ok bool) {
			if ok {
				pg.presenter.cancel()
			}
		})
}
