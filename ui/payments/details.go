package payments

import (
	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// showDetails opens all there is to know of a row beside the page: also what its columns have no room for.
func (pg *page) showDetails(l *line) {
	p := pg.printer
	column := kit.VStack(theme.Gap4, kit.NewFacts(pg.facts(l)))
	if longReference(l) {
		column.Add(kit.VStack(theme.Gap1, kit.NewQuiet(p.T("payments.column.reference")), kit.NewSelectable(text.Line(l.reference), kit.StyleLabel).SetWrapping(true)))
	}
	if l.status == returned {
		column.Add(kit.NewPanel(kit.Bad, p.T("payments.returned.title"), pg.returnedWords(l)))
	}
	title := p.T("payments.details.payment")
	if l.number > 0 || l.debit != nil && pg.presenter.view == viewUpcoming {
		title = whatWords(p, l, pg.presenter.choice.Agreement().PaymentsTotal)
	}
	var drawer *kit.Drawer
	if pg.presenter.mayCancel(l) {
		column.Add(kit.NewWrapped(p.T("payments.cancel.until", text.Vars{"Date": p.Date(l.debit.CancelUntil)}), kit.StyleQuiet))
		column.Add(kit.Flow(theme.Gap4, theme.Gap2, kit.NewDanger(p.T("payments.cancel.action"), func() {
			drawer.Close()
			pg.askCancel(l)
		})))
	}
	inset := kit.Inset(theme.Gap3, theme.Gap5, theme.Gap6, theme.Gap5, column)
	drawer = kit.NewDrawer(title, nav.AgreementName(p, pg.presenter.choice.Agreement()), p.T("payments.details.close"), kit.NewPageScroll(inset))
	drawer.Show(pg.env.Window)
}

// longReference tells whether the reference has no room beside its name.
func longReference(l *line) bool { return text.RuneCount(l.reference) > 24 }

// facts are what is known of a line.
func (pg *page) facts(l *line) []kit.Fact {
	p := pg.printer
	list := []kit.Fact{{Label: p.T("payments.column.date"), Value: p.DateLong(l.day)}}
	add := func(label, value string) {
		if value != "" {
			list = append(list, kit.Fact{Label: label, Value: value})
		}
	}
	if l.due != l.day {
		add(p.T("payments.column.due"), p.DateLong(l.due))
	}
	if l.method != "" {
		add(p.T("payments.column.method"), methodWords(p, l))
	}
	if !longReference(l) {
		add(p.T("payments.column.reference"), text.Line(l.reference))
	}
	add(p.T(pg.split().principal), amountWords(p, l.principal))
	add(p.T(pg.split().interest), amountWords(p, l.interest))
	add(p.T("payments.column.tax"), amountWords(p, l.tax))
	add(p.T("payments.column.amount"), amountWords(p, l.amount))
	add(p.T("payments.column.balance"), amountWords(p, l.balance))
	add(p.T("payments.column.status"), p.T("nav.payment."+string(l.status)))
	if l.debit != nil && l.debit.Simulated {
		add(p.T("payments.details.bank"), p.T("payments.details.simulated"))
	}
	return list
}

// returnedWords say why the bank gave the payment back, and that it is still owed.
func (pg *page) returnedWords(l *line) string {
	p := pg.printer
	if l.reason == "" {
		return p.T("payments.returned.text")
	}
	return p.T("payments.returned.reason", text.Vars{"Reason": p.ReturnReason(l.reason)}) + " " + p.T("payments.returned.text")
}

// askCancel asks before a payment is taken back, and says what became of it.
func (pg *page) askCancel(l *line) {
	p, d := pg.printer, *l.debit
	question := p.T("payments.cancel.text", text.Vars{"Amount": p.Money(d.Amount), "Date": p.Date(d.On), "Digits": d.LastDigits})
	var content fyne.CanvasObject = kit.NewWrapped(question, kit.StyleQuiet)
	kit.ShowDialog(pg.env.Window, p.T("payments.cancel.title"), content, p.T("payments.cancel.confirm"), p.T("payments.cancel.keep"), true, func(ok bool) {
		if !ok {
			return
		}
		pg.presenter.cancelDebit(d.ID, func(done bool) {
			if done {
				pg.env.Toast(p.T("payments.cancel.done", text.Vars{"Reference": d.Reference}))
				return
			}
			pg.env.Toast(pg.cancelFault(p))
		})
	})
}

// cancelFault says why a payment could not be taken back.
func (pg *page) cancelFault(p *text.Printer) string {
	if key := "payments.cancel." + string(pg.presenter.cancel.Code()); p.Has(key) {
		return p.T(key)
	}
	return pg.presenter.cancel.Sentence(p)
}
