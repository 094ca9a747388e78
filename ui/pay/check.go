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
			"Agreement": nav.AgreementName(p, s.have.agreement),
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
	kind, words := kit.Good, p.T("pay.done.text", text.Vars{"Amount": p.Money(made.Amount), "Date": p.DateWeekday(made.On), "Digits": made.LastDigits})
	head := p.T("pay.done.title")
	if s.cancelled {
		kind, head, words = kit.Neutral, p.T("pay.cancelled.title"), p.T("pay.cancelled.text", text.Vars{"Amount": p.Money(made.Amount)})
	}
	number := kit.NewReference(kit.Reference{
		ID: made.Reference, Words: p.T("pay.done.number", text.Vars{"Reference": made.Reference}), Copy: p.T("pay.done.copy"),
		Copied: func() { pg.env.Toast(p.T("pay.done.copied")) },
	})
	column := kit.VStack(theme.Gap4, kit.NewPanel(kind, head, words), number)
	if !s.cancelled {
		column.Add(pg.whatNext(made))
	}
	see := kit.NewPrimary(p.T("pay.done.payments"), pg.leave)
	actions := kit.Flow(theme.Gap4, theme.Gap2, see, kit.NewButton(p.T("pay.done.again"), s.again))
	if !s.cancelled && !made.CancelUntil.IsZero() {
		cancel := kit.NewDanger(p.T("pay.cancel"), func() { pg.askToCancel(made) })
		actions.Add(cancel)
		pg.fill = func() { cancel.SetBusy(s.request.Busy) }
	}
	column.Add(pg.problemLine())
	column.Add(actions)
	pg.first = see
	return kit.NewCard(column, kit.CardInset(theme.Gap6, theme.Gap6))
}

// whatNext are the steps of a payment in order, and until when it can be taken back.
func (pg *payPage) whatNext(made services.Debit) fyne.CanvasObject {
	p := pg.printer
	column := kit.VStack(theme.Gap2, kit.NewCardTitle(p.T("pay.next.title")))
	line := func(badge string, kind kit.Kind, words string) {
		column.Add(kit.HStack(theme.Gap3, kit.NewBadge(badge, kind), kit.HFill(kit.NewWrapped(words, kit.StyleLabel))))
	}
	date := text.Vars{"Date": p.DateLong(made.On)}
	line(p.T("payments.status.scheduled"), kit.Info, p.T("pay.next.scheduled"))
	if made.Simulated {
		line(p.T("payments.status.posted"), kit.Good, p.T("pay.next.simulated", date))
	} else {
		line(p.T("payments.status.submitted"), kit.Info, p.T("pay.next.submitted", date))
		line(p.T("payments.status.posted"), kit.Good, p.T("pay.next.posted"))
	}
	if !made.CancelUntil.IsZero() {
		column.Add(kit.NewWrapped(p.T("pay.check.until", text.Vars{"Date": p.DateLong(made.CancelUntil)}), kit.StyleQuiet))
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
