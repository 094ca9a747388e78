package payments

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// The weights of the two cards.
const (
	wide   = 548
	narrow = 420
)

// cards are the ways to have it paid, and to pay all of it; nil for an agreement that is closed.
func (pg *page) cards(a services.Agreement) fyne.CanvasObject {
	pg.autopay = nil
	if a.ClosedOn != nil {
		return kit.NewPanel(kit.Neutral, pg.printer.T("payments.closed.title", text.Vars{"Date": pg.printer.Date(*a.ClosedOn)}),
			pg.printer.T("payments.closed.text"))
	}
	if pg.presenter.deps.Autopays == nil {
		return kit.Columns(1, 1)(pg.payoffCard(a), pg.accountsCard())
	}
	pg.autopay, pg.told = container.NewStack(), told{}
	pg.updateAutopay()
	return kit.Columns(wide, narrow)(pg.autopay, pg.payoffCard(a))
}

// payoffCard leads to what ending the agreement costs.
func (pg *page) payoffCard(a services.Agreement) fyne.CanvasObject {
	p, key := pg.printer, "payments.payoff."+string(a.Kind)
	estimate := kit.NewButton(p.T("payments.payoff.estimate"), func() { pg.env.Go(nav.Route{Page: nav.PagePayoff, Arg: a.ID}) }).SetCompact(true)
	return card(p.T(key+".title"), kit.Flow(theme.Gap4, theme.Gap2, estimate), kit.NewWrapped(p.T(key+".text"), kit.StyleQuiet))
}

// accountsCard leads to the bank accounts, where there is no autopay card to do so.
func (pg *page) accountsCard() fyne.CanvasObject {
	p := pg.printer
	open := kit.NewButton(p.T("payments.accounts"), pg.openAccounts).SetCompact(true)
	return card(p.T("payments.accounts.title"), kit.Flow(theme.Gap4, theme.Gap2, open), kit.NewWrapped(p.T("payments.accounts.text"), kit.StyleQuiet))
}

func (pg *page) openAccounts() { pg.env.Go(nav.Route{Page: nav.PageAccounts}) }

// card is a title, some lines, and what can be done, at the foot.
func card(title string, actions fyne.CanvasObject, lines ...fyne.CanvasObject) fyne.CanvasObject {
	column := kit.VStack(theme.Gap1, kit.NewCardTitle(title), kit.Gap(theme.Gap1))
	for _, line := range lines {
		column.Add(line)
	}
	column.Add(kit.Gap(theme.Gap1))
	column.Add(actions)
	return kit.NewCard(column)
}

// told is what the autopay card says, to tell whether it has to say something else.
type told struct {
	items *services.Autopay
	done  bool
	err   error
}

// updateAutopay draws the autopay card, if something has changed. The focus stays on what it was on.
func (pg *page) updateAutopay() {
	autopay := pg.presenter.autopay
	now := told{done: autopay.done, err: autopay.err}
	if len(autopay.items) > 0 {
		now.items = &autopay.items[0]
	}
	if pg.autopay == nil || len(pg.autopay.Objects) > 0 && now == pg.told {
		return
	}
	pg.told = now
	canvas := pg.env.Window.Canvas()
	before, _ := canvas.Focused().(*kit.Button)
	object, buttons := pg.autopayCard(now)
	pg.autopay.Objects = []fyne.CanvasObject{object}
	pg.autopay.Refresh()
	for _, b := range buttons {
		if before != nil && before.Text() == b.Text() {
			canvas.Focus(b)
		}
	}
}

// autopayCard says what is taken, when and from where; or invites to have it so.
func (pg *page) autopayCard(t told) (fyne.CanvasObject, []*kit.Button) {
	p := pg.printer
	title := p.T("payments.autopay.title")
	change := func() { pg.env.Go(nav.Route{Page: nav.PageAutopay, Arg: pg.presenter.of}) }
	accounts := kit.NewLink(p.T("payments.accounts"), pg.openAccounts)
	switch {
	case t.items != nil:
		buttons := []*kit.Button{
			kit.NewButton(p.T("payments.autopay.change"), change).SetCompact(true), kit.NewButton(p.T("payments.autopay.stop"), change).SetCompact(true), accounts,
		}
		return card(title, row(buttons), pg.autopayLines(*t.items)...), buttons
	case t.err != nil:
		buttons := []*kit.Button{kit.NewButton(p.T("payments.retry"), pg.presenter.retry).SetCompact(true), accounts}
		return card(title, row(buttons), kit.NewWrapped(p.T("payments.autopay.failed"), kit.StyleQuiet)), buttons
	case t.done:
		buttons := []*kit.Button{kit.NewButton(p.T("payments.autopay.begin"), change).SetCompact(true), accounts}
		return card(title, row(buttons), kit.NewWrapped(p.T("payments.autopay.none"), kit.StyleQuiet)), buttons
	default:
		return card(title, row([]*kit.Button{accounts}), kit.NewSkeleton(260, 320)), []*kit.Button{accounts}
	}
}

func row(buttons []*kit.Button) fyne.CanvasObject {
	flow := kit.Flow(theme.Gap4, theme.Gap2)
	for _, b := range buttons {
		flow.Add(b)
	}
	return flow
}

// autopayLines say from where and when, and exactly what is next.
func (pg *page) autopayLines(a services.Autopay) []fyne.CanvasObject {
	p := pg.printer
	where := text.Vars{"Digits": a.Account.LastDigits}
	when := p.T("payments.autopay.due", where)
	if a.Day > 0 {
		where["Day"] = ordinal(p, a.Day)
		when = p.T("payments.autopay.day", where)
	}
	lines := []fyne.CanvasObject{kit.NewWrapped(when, kit.StyleLabel)}
	next := a.Next
	if next == nil {
		return append(lines, kit.NewWrapped(p.T("payments.autopay.nothing"), kit.StyleQuiet))
	}
	says := p.T("payments.autopay.next", text.Vars{"Amount": p.Money(next.Amount), "Date": p.Date(next.On)})
	if next.Amount.CurrencyCode() == "" {
		says = p.T("payments.autopay.unknown", text.Vars{"Date": p.Date(next.On)})
	}
	if next.Last {
		says += " " + p.T("payments.autopay.last")
	}
	if next.CancelUntil.IsZero() {
		says += " " + p.T("payments.autopay.fixed")
	} else {
		says += " " + p.T("payments.autopay.until", text.Vars{"Date": p.Date(next.CancelUntil)})
	}
	lines = append(lines, kit.NewWrapped(says, kit.StyleQuiet))
	if parts := partWords(p, next.Parts); parts != "" {
		lines = append(lines, kit.NewWrapped(parts, kit.StyleHint))
	}
	return lines
}

// partWords list what a payment is made of, in one line.
func partWords(p *text.Printer, parts []services.PaymentPart) string {
	words := make([]string, len(parts))
	for i, part := range parts {
		words[i] = p.Part(string(part.Kind), part.Name, "") + "\u00a0" + p.Money(part.Amount)
	}
	return strings.Join(words, " · ")
}

// ordinal is a day of the month, "1st".
func ordinal(p *text.Printer, day int) string {
	key := "payments.ordinal.other"
	switch {
	case day == 1:
		key = "payments.ordinal.first"
	case day%10 == 1 && day != 11:
		key = "payments.ordinal.one"
	case day%10 == 2 && day != 12:
		key = "payments.ordinal.two"
	case day%10 == 3 && day != 13:
		key = "payments.ordinal.three"
	}
	return p.T(key, text.Vars{"Day": day})
}
