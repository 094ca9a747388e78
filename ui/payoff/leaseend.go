package payoff

import (
	"cloud.google.com/go/civil"
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// endPage draws the way to the end of a lease.
type endPage struct {
	env       nav.Env
	presenter *endPresenter
	printer   *text.Printer
	content   *fyne.Container
	scroll    *kit.PageScroll
}

// NewLeaseEnd makes the page of nav.PageLeaseEnd, which begins with an agreement, or with the first lease.
func NewLeaseEnd(env nav.Env, deps Deps, agreementID string) nav.Page {
	pg := &endPage{env: env, presenter: newEndPresenter(env.Dispatcher, deps, agreementID)}
	pg.presenter.changed = pg.update
	return pg
}

// Start is part of nav.Page.
func (pg *endPage) Start() { pg.presenter.start() }

// Stop is part of nav.Page.
func (pg *endPage) Stop() {
	pg.presenter.scope.Stop()
	pg.content, pg.scroll = nil, nil
}

// Refresh is part of nav.Refresher.
func (pg *endPage) Refresh(e services.Event) { pg.presenter.happened(e) }

// Build is part of nav.Page.
func (pg *endPage) Build(p *text.Printer) fyne.CanvasObject {
	pg.printer, pg.content, pg.scroll = p, container.NewStack(), nil
	pg.update()
	return pg.content
}

// update draws what the presenter knows now.
func (pg *endPage) update() {
	if pg.content == nil {
		return
	}
	face := fyne.CanvasObject(nil)
	if pg.presenter.choice.State() == nav.Full {
		face = pg.lease(pg.presenter.choice.Agreement())
	} else {
		face = outside(pg.printer, pg.env, pg.place(), &pg.presenter.choice, pg.presenter.retry)
	}
	pg.content.Objects = []fyne.CanvasObject{face}
	pg.content.Refresh()
}

// place says where the page belongs.
func (pg *endPage) place() place {
	p := pg.printer
	return place{nav.PageVehicle, p.T("payoff.end.back"), p.T("payoff.end.page"), p.T("payoff.end.empty.title"), p.T("payoff.end.empty.text")}
}

// lease shows everything about the end of one.
func (pg *endPage) lease(a services.Agreement) fyne.CanvasObject {
	head := heading(pg.printer, pg.env, pg.place(), &pg.presenter.choice, pg.presenter.pick)
	content := kit.PageMargin(kit.VStack(theme.Gap5, head, pg.body(a)))
	if pg.scroll == nil {
		pg.scroll = kit.NewPageScroll(content)
	} else {
		pg.scroll.SetContent(content)
	}
	return pg.scroll
}

// body is what there is to say about the end, or why there is nothing.
func (pg *endPage) body(a services.Agreement) fyne.CanvasObject {
	p, state := pg.printer, pg.presenter
	switch {
	case a.ClosedOn != nil:
		return kit.NewPanel(kit.Info, p.T("payoff.closed.title"), p.T("payoff.closed.text", text.Vars{"Date": p.Date(*a.ClosedOn)}))
	case state.end != nil:
		return pg.full(a, *state.end)
	case services.CodeOf(state.err) == services.CodeConflict:
		write := kit.NewButton(p.T("payoff.unknown.message"), func() { pg.env.Go(message(a, "")) })
		return kit.NewPanel(kit.Warn, p.T("payoff.unknown.title"), p.T("payoff.unknown.text"), write)
	case state.err != nil:
		retry := kit.NewButton(p.T("payoff.failed.retry"), pg.presenter.retry)
		return kit.NewPanel(kit.Bad, p.T("payoff.failed.title"), why(p, pg.env, state.err), retry)
	}
	return kit.Columns(wide, narrow)(kit.NewCard(kit.NewSkeletonRows(6)), kit.NewCard(kit.NewSkeleton(140, 240, 200)))
}

// full is the way, the choices, the kilometres and what wear is normal.
func (pg *endPage) full(a services.Agreement, end services.LeaseEnd) fyne.CanvasObject {
	p := pg.printer
	left := kit.VStack(theme.Gap4, pg.steps(end))
	for _, option := range end.Options {
		left.Add(pg.option(a, option))
	}
	right := kit.VStack(theme.Gap4)
	if end.Distance != nil && a.Distance != nil {
		right.Add(pg.distance(*a.Distance, *end.Distance))
	}
	right.Add(pg.wear())
	early := kit.NewLink(p.T("payoff.early.open"), func() { pg.env.Go(nav.Route{Page: nav.PagePayoff, Arg: a.ID}) })
	right.Add(kit.NewCard(kit.VStack(theme.Gap2, kit.NewCardTitle(p.T("payoff.early.title")),
		kit.NewWrapped(p.T("payoff.early.text"), kit.StyleQuiet), kit.HStack(0, early))))
	return kit.Columns(wide, narrow)(left, right)
}

// steps are the stages of the way with their days, and where today is.
func (pg *endPage) steps(end services.LeaseEnd) fyne.CanvasObject {
	p, today := pg.printer, civil.DateOf(pg.env.Clock.Now().Local())
	column := kit.VStack(0, kit.Sides(kit.NewCardTitle(p.T("payoff.steps.title")),
		kit.NewQuiet(p.T("payoff.steps.left", text.Vars{"Date": p.DateLong(end.End), "In": p.InDays(end.End.DaysSince(today))}))), kit.Gap(theme.Gap1))
	for _, step := range end.Steps {
		at := stageOf(step, today)
		kinds := map[stage]kit.Kind{stageOver: kit.Neutral, stageNow: kit.Info, stageAhead: kit.Neutral}
		title := kit.Flow(theme.Gap2, 2, kit.NewStrong(p.T("payoff.step."+string(step.Kind))))
		if at != stageAhead {
			title.Add(kit.NewBadge(p.T("payoff.stage."+string(at)), kinds[at]))
		}
		words := p.T("payoff.step."+string(step.Kind)+".text", text.Vars{"Count": step.Days})
		column.Add(kit.VStack(0, kit.Inset(10, theme.Gap2, 10, theme.Gap2, kit.VStack(2,
			title, kit.NewWrapped(pg.days(step), kit.StyleLabel), kit.NewWrapped(words, kit.StyleQuiet))), kit.NewRule()))
	}
	return kit.NewCard(column)
}

// days says when a stage is.
func (pg *endPage) days(s services.LeaseStep) string {
	p := pg.printer
	switch {
	case s.Kind == services.StepOffer:
		return p.T("payoff.step.by", text.Vars{"Date": p.DateLong(s.To)})
	case s.From == s.To:
		return p.DateLong(s.From)
	}
	return p.T("payoff.step.between", text.Vars{"From": p.DateLong(s.From), "To": p.DateLong(s.To)})
}

// option is a choice with what it costs and what is to be done.
func (pg *endPage) option(a services.Agreement, o services.LeaseOption) fyne.CanvasObject {
	p, kind := pg.printer, string(o.Kind)
	total := kit.NewText(p.Money(o.Total), kit.Style{Size: theme.SizeSection, Color: theme.Text, Bold: true, Tabular: true})
	column := kit.VStack(0, kit.Sides(kit.NewSection(p.T("payoff.option."+kind)), total), kit.Gap(theme.Gap1),
		kit.NewWrapped(p.T("payoff.option."+kind+".text", text.Vars{"Date": p.DateLong(a.End)}), kit.StyleQuiet), kit.Gap(theme.Gap2))
	for _, line := range o.Lines {
		column.Add(kit.NewRowLine(kit.HFill(kit.NewWrapped(optionLine(p, line), kit.StyleLabel)), kit.NewAmount(p.Money(line.Amount))))
	}
	tell := kit.NewButton(p.T("payoff.option."+kind+".tell"), func() {
		body := p.T("payoff.option."+kind+".request", text.Vars{"Agreement": nav.AgreementName(p, a), "Date": p.DateLong(a.End)})
		pg.env.Go(nav.Route{Page: nav.PageCompose, Payload: nav.ComposePreset{Topic: topicEnd, AgreementID: a.ID, Body: body}})
	})
	column.Add(kit.Gap(theme.Gap4))
	column.Add(kit.HStack(0, tell))
	return kit.NewCard(column)
}

// optionLine says what a line of a choice is for.
func optionLine(p *text.Printer, l services.PayoffLine) string {
	if l.Kind == services.PayoffPayments {
		return p.T("payoff.option.month")
	}
	if l.Kind == services.PayoffKilometre {
		return p.T("payoff.option.kilometre", text.Vars{"Count": l.Count, "Number": p.Number(int64(l.Count)), "Each": p.Money(l.Each)})
	}
	return lineName(p, l)
}

// distance is the forecast of the kilometres, and what those over the allowance cost.
func (pg *endPage) distance(d services.Distance, f services.Forecast) fyne.CanvasObject {
	p := pg.printer
	words := p.T("payoff.distance.within", text.Vars{"Allowance": p.Number(d.Allowance)})
	if f.Excess > 0 {
		words = p.T("payoff.distance.over", text.Vars{"Allowance": p.Number(d.Allowance), "Excess": p.Number(f.Excess)})
	}
	if f.Cost.IsPositive() {
		words += " " + p.T("payoff.distance.cost", text.Vars{"Amount": p.Money(f.Cost)})
	}
	column := kit.VStack(2, kit.NewCardTitle(p.T("payoff.distance.title")), kit.Gap(theme.Gap2),
		kit.NewFigure(p.T("payoff.distance.figure", text.Vars{"Number": p.Number(f.Projected)})),
		kit.NewWrapped(words, kit.StyleQuiet))
	if d.ReadOn.IsValid() {
		column.Add(kit.NewWrapped(p.T("payoff.distance.read", text.Vars{"Number": p.Number(d.Odometer), "Date": p.Date(d.ReadOn)}), kit.StyleHint))
	}
	return kit.NewCard(column)
}

// wear says in plain words what wear is normal, and what is not.
func (pg *endPage) wear() fyne.CanvasObject {
	p := pg.printer
	column := kit.VStack(theme.Gap2, kit.NewCardTitle(p.T("payoff.wear.title")))
	for _, part := range []string{"normal", "beyond", "law"} {
		column.Add(kit.NewWrapped(p.T("payoff.wear."+part), kit.StyleQuiet))
	}
	return kit.NewCard(column)
}
