package payoff

import (
	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// moreView asks what somebody would pay on top of a loan, and shows what it would save.
type moreView struct {
	pg         *page
	a          services.Agreement
	each, once *kit.Field
	day        *kit.DateField
	submit     *kit.Button
	problem    *kit.Wrapped
	result     *fyne.Container
	drawn      *services.WhatIf // in result
	card       fyne.CanvasObject
}

func newMoreView(pg *page, a services.Agreement) *moreView {
	p, state := pg.printer, pg.presenter.more
	v := &moreView{pg: pg, a: a, result: kit.VStack(theme.Gap3), problem: kit.NewWrapped("", kit.StyleLabel)}
	v.problem.SetColorName(theme.Bad)
	v.submit = kit.NewButton(p.T("payoff.more.compare"), v.compare)
	v.each = v.amount("payoff.more.each", &state.each)
	v.once = v.amount("payoff.more.once", &state.once)
	v.day = kit.NewDateField(p.T("payoff.more.on"), p)
	v.day.Today = pg.today()
	v.day.SetBounds(pg.today(), later(a.End, pg.today()))
	if state.on.IsZero() {
		v.day.SetText(state.day)
	} else {
		v.day.SetDate(state.on)
	}
	v.day.OnChanged = func() {
		on, ok := v.day.Date()
		if !ok {
			on = services.Date{}
		}
		state.setDay(v.day.Text(), on)
	}
	v.day.OnSubmitted = v.compare
	v.card = kit.NewCard(kit.VStack(theme.Gap4,
		kit.VStack(theme.Gap1, kit.NewCardTitle(p.T("payoff.more.title")), kit.NewWrapped(p.T("payoff.more.text"), kit.StyleQuiet)),
		kit.Columns(1, 1)(v.each, kit.Spacer()), kit.Columns(1, 1)(v.once, v.day), v.problem, kit.HStack(0, v.submit), v.result))
	return v
}

// amount makes a field for an amount.
func (v *moreView) amount(label string, into *string) *kit.Field {
	f := kit.NewField(v.pg.printer.T(label))
	f.MaxRunes = 40
	f.SetText(nav.Amount(v.pg.printer, *into, v.a.Balance.CurrencyCode()))
	f.OnChanged = func(typed string) {
		v.pg.presenter.more.set(into, typed)
		f.SetError("")
	}
	f.OnSubmitted = func(string) { v.compare() }
	return f
}

func (v *moreView) compare() {
	v.pg.presenter.more.compare(v.a.ID, v.a.Balance.CurrencyCode())
}

// update draws what was answered. Where nothing can be reckoned, there is nothing to compare.
func (v *moreView) update(known bool) {
	if !known {
		v.card.Hide()
		return
	}
	v.card.Show()
	state, p := v.pg.presenter.more, v.pg.printer
	for field, f := range map[string]interface{ SetError(string) }{"each": v.each, "once": v.once, "on": v.day} {
		if reason := state.reason(field); reason != "" {
			f.SetError(nav.FieldSentence(p, "more_"+field, reason))
		}
	}
	words := ""
	if len(state.request.Fields) == 0 {
		words = state.request.Sentence(p)
	}
	v.problem.SetText(words)
	if words == "" {
		v.problem.Hide()
	} else {
		v.problem.Show()
	}
	v.submit.SetBusy(state.request.Busy)
	if v.a.Balance.CurrencyCode() == "" {
		v.submit.Disable()
	}
	if v.drawn == state.result {
		return
	}
	v.drawn, v.result.Objects = state.result, nil
	if w := state.result; w != nil {
		v.result.Objects = []fyne.CanvasObject{kit.NewRule(), v.saved(*w), v.chart(*w)}
	}
	v.result.Refresh()
}

// saved says what is saved.
func (v *moreView) saved(w services.WhatIf) fyne.CanvasObject {
	p := v.pg.printer
	if w.PaymentsSaved == 0 && !w.InterestSaved.IsPositive() {
		return kit.NewWrapped(p.T("payoff.more.nothing"), kit.StyleLabel)
	}
	saved := kit.VStack(2, kit.NewQuiet(p.T("payoff.more.saved")), kit.NewFigure(p.Money(w.InterestSaved)))
	if w.PaymentsSaved > 0 {
		saved.Add(kit.NewWrapped(p.T("payoff.more.end", text.Vars{
			"Date": p.DateLong(w.End), "Before": p.DateLong(w.EndBefore), "Count": w.PaymentsSaved,
		}), kit.StyleQuiet))
	}
	return saved
}

// chart draws what is owed with and without paying more.
func (v *moreView) chart(w services.WhatIf) fyne.CanvasObject {
	p := v.pg.printer
	words := nav.MoneyWords(p, p.T("payoff.more.chart"), p.T("payoff.more.chart.summary"), v.a.Balance.CurrencyCode())
	chart := kit.NewChart(words, v.pg.today(),
		kit.ChartSeries{Name: p.T("payoff.more.chart.with"), Points: v.points(w.Schedule)},
		kit.ChartSeries{Name: p.T("payoff.more.chart.without"), Points: v.points(w.Before), Quiet: true})
	chart.OnTable = func(shown bool) { v.pg.presenter.more.table = shown }
	chart.SetTable(v.pg.presenter.more.table)
	return kit.VStack(theme.Gap2, chart.Legend(), chart)
}

// points are what is owed today and after each payment.
func (v *moreView) points(list []services.Installment) []kit.ChartPoint {
	points := []kit.ChartPoint{{On: v.pg.today(), Value: nav.Drawn(v.a.Balance)}}
	for _, i := range list {
		if i.Due.After(v.pg.today()) {
			points = append(points, kit.ChartPoint{On: i.Due, Value: nav.Drawn(i.Balance)})
		}
	}
	return points
}
