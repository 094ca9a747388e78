package vehicle

import (
	"math"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// styleKm is a figure of which three stand beside each other.
var styleKm = kit.Style{Size: theme.SizeHero, Color: theme.Text, Title: true}

// distanceCard draws how far the vehicle has run and will have run, beside the allowance.
func (pg *page) distanceCard(a services.Agreement) fyne.CanvasObject {
	p, log := pg.printer, pg.presenter.log
	title := kit.NewCardTitle(p.T("vehicle.distance.title"))
	column := kit.VStack(theme.Gap3, title)
	switch {
	case !log.Done && log.Err != nil:
		column.Add(pg.notLoaded(log.Err, pg.presenter.loadLog))
		return kit.NewCard(column)
	case !log.Done:
		column.Add(kit.NewSkeletonBlock(240, 180))
		return kit.NewCard(column)
	}
	if a.ClosedOn == nil {
		add := kit.NewLink(p.T("vehicle.distance.add"), func() { pg.open(pg.today()) })
		column.Objects[0] = kit.Sides(title, pg.place("add", add))
	}
	if pg.presenter.form != nil {
		column.Add(pg.formObject(a))
	}
	read := readings(log.Value)
	if len(read) == 0 {
		column.Add(kit.NewWrapped(p.T("vehicle.distance.none"), kit.StyleQuiet))
		return kit.NewCard(column)
	}
	column.Add(pg.chart(a, read))
	column.Add(pg.figures(a, read[len(read)-1]))
	if note := pg.note(a); note != "" {
		column.Add(kit.NewWrapped(note, kit.StyleHint))
	}
	return kit.NewCard(column)
}

// forecast is what the vehicle will have run at the end; nil where nobody can tell.
func (pg *page) forecast(a services.Agreement) *services.Forecast {
	if a.ClosedOn != nil || a.Distance == nil {
		return nil
	}
	return pg.presenter.end.Value.Distance
}

// chart draws the readings from the beginning of the agreement on, at which a vehicle is taken to be new, as the
// forecast does.
func (pg *page) chart(a services.Agreement, read []services.Reading) fyne.CanvasObject {
	p := pg.printer
	run := []kit.ChartPoint{}
	if read[0].On.After(a.Start) {
		run = append(run, kit.ChartPoint{On: a.Start})
	}
	for _, r := range read {
		run = append(run, kit.ChartPoint{On: r.On, Value: float64(r.Km)})
	}
	last := run[len(run)-1]
	series := []kit.ChartSeries{{Name: p.T("vehicle.chart.read"), Points: run}}
	if f := pg.forecast(a); f != nil && a.End.After(last.On) {
		series = append(series, kit.ChartSeries{
			Name: p.T("vehicle.chart.forecast"), Dashed: true, Points: []kit.ChartPoint{last, {On: a.End, Value: float64(f.Projected)}},
		})
	}
	if d := a.Distance; d != nil {
		series = append(series, kit.ChartSeries{
			Name: p.T("vehicle.chart.allowance"), Dashed: true, Quiet: true,
			Points: []kit.ChartPoint{{On: a.Start}, {On: a.End, Value: float64(d.Allowance)}},
		})
	}
	latest := read[len(read)-1]
	summary := p.T("vehicle.chart.summary", text.Vars{"Km": p.Number(latest.Km), "Date": p.Date(latest.On)})
	words := nav.ChartWords(p, p.T("vehicle.distance.title"), summary, func(km float64) string {
		return p.T("vehicle.km", text.Vars{"Km": p.Number(int64(math.Round(km)))})
	})
	words.Axis = func(km float64) string { return p.Number(int64(math.Round(km))) }
	chart := kit.NewChart(words, pg.today(), series...)
	chart.SetTable(pg.presenter.table)
	chart.OnTable = func(shown bool) { pg.presenter.table = shown }
	pg.places[chart.Focusable()] = "chart"
	pg.place("table", chart.Turn())
	return kit.VStack(theme.Gap2, chart.Legend(), chart)
}

// figures are the latest reading, the forecast and the allowance beside each other.
func (pg *page) figures(a services.Agreement, latest services.Reading) fyne.CanvasObject {
	p := pg.printer
	figure := func(name string, km int64) fyne.CanvasObject {
		return kit.VStack(2, kit.NewWrapped(name, kit.StyleQuiet),
			kit.NewText(p.T("vehicle.km", text.Vars{"Km": p.Number(km)}), styleKm))
	}
	row := []fyne.CanvasObject{figure(p.Date(latest.On), latest.Km)}
	if f := pg.forecast(a); f != nil {
		row = append(row, figure(p.T("vehicle.distance.projected"), f.Projected))
	}
	if a.Distance != nil {
		row = append(row, figure(p.T("vehicle.distance.allowance"), a.Distance.Allowance))
	}
	return kit.Columns(1, 1, 1)(row...)
}

// note says what the forecast would cost; "" where there is none.
func (pg *page) note(a services.Agreement) string {
	p, f := pg.printer, pg.forecast(a)
	if f == nil {
		return ""
	}
	rate, over := a.Distance.ExcessRate, f.Projected-a.Distance.Allowance
	vars := text.Vars{"Km": p.Number(max(over, -over)), "Rate": p.Money(rate)}
	switch {
	case over <= 0 && !rate.IsPositive():
		return p.T("vehicle.note.under", vars)
	case over <= 0:
		return p.T("vehicle.note.under_rate", vars)
	case f.Cost.CurrencyCode() == "":
		return p.T("vehicle.note.over", vars)
	}
	vars["Cost"] = p.Money(f.Cost)
	return p.T("vehicle.note.over_rate", vars)
}
