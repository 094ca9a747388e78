package overview

import (
	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// chartCard draws what was owed and what will be; nil where the lender's figures do not tell.
func (pg *page) chartCard(a services.Agreement) fyne.CanvasObject {
	p, schedule := pg.printer, pg.presenter.shown.schedule
	title := kit.NewCardTitle(p.T("overview.chart.title"))
	switch {
	case !schedule.Done && schedule.Err != nil:
		return kit.NewCard(kit.VStack(theme.Gap2, title, pg.notLoaded(schedule.Err, pg.presenter.loadSchedule)))
	case !schedule.Done:
		return kit.NewCard(kit.VStack(theme.Gap3, title, kit.NewSkeletonBlock(240, 180)))
	}
	paid, scheduled := balances(a, schedule.Value, pg.today())
	if len(paid) == 0 {
		return nil
	}
	series := []kit.ChartSeries{{Name: p.T("overview.chart.paid"), Points: points(paid)}}
	if len(scheduled) > 0 {
		series = append(series, kit.ChartSeries{Name: p.T("overview.chart.scheduled"), Points: points(scheduled), Dashed: true})
	}
	words := nav.MoneyWords(p, p.T("overview.chart.title"), pg.summary(paid, scheduled), paid[0].amount.CurrencyCode())
	chart := kit.NewChart(words, pg.today(), series...)
	chart.SetTable(pg.presenter.table)
	chart.OnTable = func(shown bool) { pg.presenter.table = shown }
	pg.places[chart.Focusable()] = "chart"
	pg.place("table", chart.Turn())
	return kit.NewCard(kit.VStack(theme.Gap3, kit.Sides(title, chart.Legend()), chart))
}

// points places amounts in a picture.
func points(list []owed) []kit.ChartPoint {
	points := make([]kit.ChartPoint, len(list))
	for i, o := range list {
		points[i] = kit.ChartPoint{On: o.on, Value: nav.Drawn(o.amount)}
	}
	return points
}

// summary says in a sentence what the picture shows.
func (pg *page) summary(paid, scheduled []owed) string {
	p, now := pg.printer, paid[len(paid)-1]
	if len(scheduled) == 0 {
		return p.T("overview.chart.done", text.Vars{"Date": p.Date(now.on)})
	}
	end := scheduled[len(scheduled)-1]
	return p.T("overview.chart.summary", text.Vars{"Now": p.Money(now.amount), "End": p.Money(end.amount), "Date": p.Date(end.on)})
}
