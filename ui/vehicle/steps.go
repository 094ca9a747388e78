package vehicle

import (
	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// stepsCard is the way to the end of a lease; nil where there is none.
func (pg *page) stepsCard(a services.Agreement) fyne.CanvasObject {
	p, end := pg.printer, pg.presenter.end
	if a.Kind != services.Lease || a.ClosedOn != nil {
		return nil
	}
	title := kit.NewCardTitle(p.T("vehicle.end.title"))
	switch {
	case !end.Done && end.Err != nil:
		return kit.NewCard(kit.VStack(theme.Gap3, title, pg.notLoaded(end.Err, pg.presenter.loadEnd)))
	case !end.Done:
		return kit.NewCard(kit.VStack(theme.Gap3, title, kit.NewSkeleton(400, 300)))
	}
	options := kit.NewLink(p.T("vehicle.end.options"), func() { pg.env.Go(nav.Route{Page: nav.PageLeaseEnd, Arg: a.ID}) })
	var steps []fyne.CanvasObject
	var weights []float32
	for _, s := range end.Value.Steps {
		steps = append(steps, kit.VStack(theme.Gap1, bar(), kit.Gap(theme.Gap1),
			kit.NewWrapped(stepDate(p, s), kit.StyleStrong), kit.NewWrapped(p.T("vehicle.step."+string(s.Kind)), kit.StyleQuiet)))
		weights = append(weights, 1)
	}
	return kit.NewCard(kit.VStack(theme.Gap3, kit.Sides(title, pg.place("options", options)), kit.Columns(weights...)(steps...)))
}

// stepDate says when a stage is: on a day, from a day to another, or within so many days of what came before.
func stepDate(p *text.Printer, s services.LeaseStep) string {
	switch {
	case s.Days > 0:
		return p.T("vehicle.step.within", text.Vars{"Count": s.Days})
	case s.From == s.To:
		return p.Date(s.From)
	default:
		return p.T("vehicle.step.range", text.Vars{"From": p.Date(s.From), "To": p.Date(s.To)})
	}
}
