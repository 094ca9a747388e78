package pay

import (
	"slices"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// form is the first step: amount, day, account.
func (pg *payPage) form() fyne.CanvasObject {
	p, s := pg.printer, pg.presenter
	amount, day, account := pg.amountField(), pg.dayField(), pg.accountChoice()
	suggested := kit.Flow(theme.Gap2, theme.Gap2)
	column := kit.VStack(theme.Gap4, amount, suggested, day, pg.accounts(account), pg.problemLine())
	on := kit.NewPrimary(p.T("pay.check"), s.check)
	column.Add(kit.Flow(theme.Gap4, theme.Gap2, on, kit.NewButton(p.T("pay.leave"), pg.env.Back)))
	pg.first = amount.Focusable()
	var shown []services.SuggestedAmount
	pg.fill = func() {
		setError(amount, s.say(p, fieldAmount))
		if now := s.have.Value.terms.Suggested; !slices.Equal(now, shown) {
			shown = now
			pg.suggest(suggested, amount)
		}
		if words := s.say(p, fieldDay); words != "" && day.Error() == "" { // the field has the better words
			day.SetError(words)
		}
		account.SetError(s.say(p, fieldAccount))
	}
	stack := kit.VStack(theme.Gap4)
	if note := pg.autopayNote(); note != nil {
		stack.Add(note)
	}
	stack.Add(kit.NewCard(column, kit.CardInset(theme.Gap6, theme.Gap6)))
	return stack
}

// setError changes what a field says, and leaves it alone where that is the same.
func setError(f *kit.Field, words string) {
	if f.Error() != words {
		f.SetError(words)
	}
}

// amountField writes what was typed as an amount of the language, once it is one.
func (pg *payPage) amountField() *kit.Field {
	p, s := pg.printer, pg.presenter
	f := kit.NewField(p.T("pay.amount"))
	f.MaxRunes = 40
	f.SetTabular(true)
	f.SetText(nav.Amount(p, s.form.amount, s.currency()))
	f.SetHint(p.T("pay.amount.hint"))
	f.OnChanged = func(typed string) {
		s.set(fieldAmount, func(form *form) { form.amount = typed })
		pg.refill()
	}
	f.OnSubmitted = func(string) { s.check() }
	return f
}

// suggest puts the amounts that people often pay on the day into a row.
func (pg *payPage) suggest(row *fyne.Container, amount *kit.Field) {
	p, s := pg.printer, pg.presenter
	row.Objects = nil
	for _, suggested := range s.have.Value.terms.Suggested {
		words := p.T(suggestionKey(suggested.Kind, s.choice.Agreement().Kind), text.Vars{"Amount": p.Money(suggested.Amount)})
		row.Add(kit.NewButton(words, func() { amount.SetText(p.Money(suggested.Amount)) }).SetCompact(true))
	}
	if row.Refresh(); len(row.Objects) == 0 {
		row.Hide()
	} else {
		row.Show()
	}
}

// suggestionKey names an amount: of a lease, all of it is what the payments to come are.
func suggestionKey(kind services.SuggestedKind, of services.AgreementKind) string {
	if kind == services.SuggestBalance && of == services.Lease {
		return "pay.suggest.payments"
	}
	return "pay.suggest." + string(kind)
}

// dayField takes the days on which the money can be taken.
func (pg *payPage) dayField() *kit.DateField {
	p, s := pg.printer, pg.presenter
	d := kit.NewDateField(p.T("pay.day"), p)
	d.SetBounds(s.have.Value.terms.First, s.have.Value.terms.Last)
	d.SetClosed(func(day services.Date) string {
		if s.bankless(day) {
			return nav.FieldSentence(p, fieldDay, services.ReasonClosed)
		}
		return ""
	})
	d.SetHint(p.T("pay.day.hint"))
	d.SetText(s.form.day)
	d.OnChanged = func() {
		day, _ := d.Date()
		s.setDay(d.Text(), day)
		pg.refill()
	}
	d.OnSubmitted = s.check
	return d
}

// accountChoice are the accounts to choose from.
func (pg *payPage) accountChoice() *kit.Select {
	p, s := pg.printer, pg.presenter
	options := make([]kit.Option, len(s.have.Value.accounts))
	for i, a := range s.have.Value.accounts {
		options[i] = kit.Option{ID: a.ID, Label: accountName(p, a)}
	}
	choice := kit.NewSelect(p.T("pay.account"), options, func(id string) {
		s.set(fieldAccount, func(form *form) { form.account = id })
		pg.refill()
	})
	choice.SetPlaceholder(p.T("pay.account.choose"))
	choice.SetSelected(s.form.account)
	return choice
}

// accounts are the choice and the way to add an account.
func (pg *payPage) accounts(choice *kit.Select) fyne.CanvasObject {
	p := pg.printer
	open := func() { pg.env.Go(nav.Route{Page: nav.PageAccounts}) }
	if len(pg.presenter.have.Value.accounts) == 0 {
		choice.Disable()
		choice.SetPlaceholder(p.T("pay.account.none"))
	}
	return kit.VStack(theme.Gap1, choice, kit.HStack(0, kit.NewLink(p.T("pay.account.add"), open)))
}

// autopayNote says what an autopay will take besides; nil where there is none.
func (pg *payPage) autopayNote() fyne.CanvasObject {
	p, autopay := pg.printer, pg.presenter.have.Value.autopay
	if autopay == nil || autopay.Next == nil || autopay.Next.Amount.CurrencyCode() == "" {
		return nil
	}
	next := autopay.Next
	return kit.NewPanel(kit.Info, p.T("pay.autopay.title"),
		p.T("pay.autopay.text", text.Vars{"Amount": p.Money(next.Amount), "Date": p.DateLong(next.On)}))
}
