package overview

import (
	"math"
	"strconv"

	"cloud.google.com/go/civil"
	"fyne.io/fyne/v2"
	"github.com/bojanz/currency"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
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
	chart := kit.NewChart(chartWords(p, paid[0].amount.CurrencyCode(), pg.summary(paid, scheduled)), pg.today(), series...)
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
		value, err := strconv.ParseFloat(o.amount.Number(), 64)
		if err != nil {
			value = math.NaN() // which is not drawn
		}
		points[i] = kit.ChartPoint{On: o.on, Value: value}
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

// chartWords are those of a picture of amounts. It hands back the amounts that it was given: cents are exact in its
// figures.
func chartWords(p *text.Printer, code, summary string) kit.ChartWords {
	return kit.ChartWords{
		Name: p.T("overview.chart.title"), Summary: summary,
		Table: p.T("overview.chart.table"), Picture: p.T("overview.chart.picture"),
		Value: func(v float64) string {
			amount, err := currency.NewAmountFromInt64(int64(math.Round(v*100)), code)
			if err != nil {
				return p.T("overview.unknown")
			}
			return p.Money(amount)
		},
		Axis: func(v float64) string { return p.T("overview.chart.dollars", text.Vars{"Amount": p.Number(int64(v))}) },
		Date: p.Date,
		Tick: func(first civil.Date, yearly bool) string {
			if yearly {
				return strconv.Itoa(first.Year)
			}
			return p.Date(first)
		},
	}
}
