package payoff

import (
	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

// arithmetic lists the lines, each of which opens, with the total, how long it holds, and what can be done with it.
func (pg *page) arithmetic(a services.Agreement, payoff services.Payoff) fyne.CanvasObject {
	p := pg.printer
	column := kit.VStack(0)
	for i, line := range payoff.Lines {
		column.Add(pg.line(payoff, i, line))
	}
	total := kit.NewText(p.Money(payoff.Total), kit.Style{Size: theme.SizeSection, Color: theme.Text, Bold: true, Tabular: true})
	column.Add(kit.NewRowLine(kit.HFill(kit.NewWrapped(p.T("payoff.total", text.Vars{"Date": p.DateLong(payoff.On)}), kit.StyleStrong)), total))
	column.Add(kit.Gap(theme.Gap3))
	column.Add(kit.NewWrapped(holds(p, payoff), kit.StyleHint))
	column.Add(kit.Gap(theme.Gap5))
	ask := kit.NewPrimary(p.T("payoff.ask"), func() { pg.env.Go(message(a, request(p, a, payoff))) })
	save := kit.NewButton(p.T("payoff.save"), func() { pg.save(a, payoff) })
	pg.lines["ask"], pg.lines["save"] = ask, save
	column.Add(kit.Flow(theme.Gap4, theme.Gap2, ask, save))
	return column
}

// line is a row of the arithmetic, with the numbers behind it when it is open.
func (pg *page) line(payoff services.Payoff, i int, line services.PayoffLine) fyne.CanvasObject {
	p, name := pg.printer, string(line.Kind)+line.Name
	icon, label := theme.IconChevronRight, "payoff.line.show"
	if pg.presenter.open[name] {
		icon, label = theme.IconChevronDown, "payoff.line.hide"
	}
	words := lineName(p, line)
	open := kit.NewIconButton(icon, p.T(label, text.Vars{"Line": words}), func() { pg.presenter.toggle(name) })
	pg.lines[name] = open
	row := kit.HStack(theme.Gap2, open, kit.HFill(kit.NewWrapped(words, kit.StyleLabel)), kit.NewAmount(p.Money(line.Amount)))
	column := kit.VStack(0, kit.Inset(6, theme.Gap2, 6, 0, row))
	if pg.presenter.open[name] {
		column.Add(kit.Inset(0, theme.Gap2, theme.Gap3, open.MinSize().Width+theme.Gap2, kit.NewWrapped(behind(p, payoff, i), kit.StyleHint)))
	}
	column.Add(kit.NewRule())
	return column
}
