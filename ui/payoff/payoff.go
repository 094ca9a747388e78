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

// The weights of the two columns of cards.
const (
	wide   = 600
	narrow = 368
)

// page draws the presenter. Its widgets live from Build to Stop.
type page struct {
	env       nav.Env
	presenter *presenter
	printer   *text.Printer
	content   *fyne.Container
	full      *kit.PageScroll
	body      fyne.CanvasObject // of full
	drawn     string            // id of the agreement that the fields below are for
	day       *kit.DateField
	figures   *fyne.Container // what changes with the day
	aside     *fyne.Container
	lines     map[string]*kit.Button // what opens each line
	more      *moreView              // of loans
}

// New makes the page of nav.PagePayoff, which begins with an agreement, or with the first one.
func New(env nav.Env, deps Deps, agreementID string) nav.Page {
	pg := &page{env: env}
	pg.presenter = newPresenter(env.Dispatcher, deps, env.Clock, pg.today, agreementID)
	pg.presenter.changed = pg.update
	return pg
}

// today is the date where the person is.
func (pg *page) today() services.Date { return civil.DateOf(pg.env.Clock.Now().Local()) }

// Start is part of nav.Page.
func (pg *page) Start() { pg.presenter.start() }

// Stop is part of nav.Page.
func (pg *page) Stop() {
	pg.presenter.scope.Stop()
	pg.content, pg.full, pg.body, pg.day, pg.figures, pg.aside, pg.lines, pg.more = nil, nil, nil, nil, nil, nil, nil, nil
	pg.drawn = ""
}

// Refresh is part of nav.Refresher.
func (pg *page) Refresh(e services.Event) { pg.presenter.happened(e) }

// Build is part of nav.Page.
func (pg *page) Build(p *text.Printer) fyne.CanvasObject {
	pg.printer, pg.content, pg.full, pg.drawn = p, container.NewStack(), nil, ""
	pg.update()
	return pg.content
}

// Focus is part of nav.Focuser: the day.
func (pg *page) Focus() fyne.Focusable {
	if pg.day == nil {
		return nil
	}
	return pg.day.Focusable()
}

// update draws what the presenter knows now. Fields stay as they are as long as the agreement is the same, so that
// nobody is disturbed while typing.
func (pg *page) update() {
	if pg.content == nil {
		return
	}
	if pg.presenter.choice.State() != nav.Full {
		pg.drawn = ""
		pg.show(outside(pg.printer, pg.env, pg.place(""), &pg.presenter.choice, pg.presenter.retry))
		return
	}
	if a := pg.presenter.choice.Agreement(); pg.drawn != a.ID {
		pg.drawn = a.ID
		pg.build(a)
	}
	pg.fill()
}

func (pg *page) show(face fyne.CanvasObject) {
	pg.content.Objects = []fyne.CanvasObject{face}
	pg.content.Refresh()
}

// build makes the fields and the places for figures of an agreement.
func (pg *page) build(a services.Agreement) {
	pg.figures, pg.aside, pg.lines = kit.VStack(0), kit.VStack(theme.Gap4), map[string]*kit.Button{}
	left := kit.VStack(theme.Gap4)
	if a.ClosedOn == nil {
		left.Add(kit.NewCard(kit.VStack(theme.Gap5, pg.fields(a), pg.figures)))
	} else {
		pg.day = nil
		left.Add(kit.NewPanel(kit.Info, pg.printer.T("payoff.closed.title"),
			pg.printer.T("payoff.closed.text", text.Vars{"Date": pg.printer.Date(*a.ClosedOn)})))
	}
	pg.more = nil
	if a.Kind == services.Loan && a.ClosedOn == nil {
		pg.more = newMoreView(pg, a)
		left.Add(pg.more.card)
	}
	body := fyne.CanvasObject(left)
	if a.ClosedOn == nil {
		body = kit.Columns(wide, narrow)(left, pg.aside)
	}
	head := heading(pg.printer, pg.env, pg.place(pg.printer.T("payoff.title."+string(a.Kind))), &pg.presenter.choice, pg.presenter.pick)
	pg.body = kit.VStack(theme.Gap5, head, body)
	pg.full = kit.NewPageScroll(kit.PageMargin(pg.body))
	pg.show(pg.full)
}

// place says where the page belongs.
func (pg *page) place(title string) place {
	p := pg.printer
	return place{nav.PagePayments, p.T("payoff.back"), title, p.T("payoff.empty.title"), p.T("payoff.empty.text")}
}

// fields are the day and, of a lease, what becomes of the car.
func (pg *page) fields(a services.Agreement) fyne.CanvasObject {
	p, state := pg.printer, pg.presenter
	pg.day = kit.NewDateField(p.T("payoff.day"), p)
	pg.day.Today = pg.today()
	last := a.End
	if last.Before(pg.today()) {
		last = services.Date{} // what is still owed after the end is owed on any day
	}
	pg.day.SetBounds(pg.today(), last)
	if state.day == "" || !state.on.IsZero() {
		pg.day.SetDate(state.on)
	} else {
		pg.day.SetText(state.day)
	}
	pg.day.OnChanged = func() {
		on, ok := pg.day.Date()
		state.setDay(pg.day.Text(), on, ok)
	}
	if a.Kind == services.Loan {
		return kit.MaxWidth(narrow, pg.day)
	}
	way := kit.NewSegmented([]kit.Option{
		{ID: string(services.PayoffBuy), Label: p.T("payoff.way.buy")}, {ID: string(services.PayoffReturn), Label: p.T("payoff.way.return")},
	}, func(id string) { state.setWay(services.PayoffChoice(id)) })
	way.SetSelected(string(state.way))
	return kit.Columns(1, 1)(pg.day, kit.VStack(6, kit.NewText(p.T("payoff.way"), kit.StyleFieldName), kit.HStack(0, way)))
}

// later is the second of two days.
func later(a, b services.Date) services.Date {
	if a.Before(b) {
		return b
	}
	return a
}

// fill puts the figures into their places. The focus stays on the line that it was on.
func (pg *page) fill() {
	a := pg.presenter.choice.Agreement()
	if a.ClosedOn != nil {
		return
	}
	if pg.presenter.day == "" {
		pg.day.SetDate(pg.presenter.on)
	}
	if pg.more != nil {
		pg.more.update(services.CodeOf(pg.presenter.err) != services.CodeConflict)
	}
	focused := ""
	for name, button := range pg.lines {
		if pg.env.Window.Canvas().Focused() == fyne.Focusable(button) {
			focused = name
		}
	}
	clear(pg.lines)
	pg.figures.Objects, pg.aside.Objects = []fyne.CanvasObject{pg.estimate(a)}, pg.beside(a)
	pg.figures.Refresh()
	pg.aside.Refresh()
	if button, ok := pg.lines[focused]; ok {
		pg.env.Window.Canvas().Focus(button)
	}
	pg.full.SetContent(kit.PageMargin(pg.body)) // a new frame, so that all of it is laid out anew
}

// estimate is the arithmetic of the day, or why there is none.
func (pg *page) estimate(a services.Agreement) fyne.CanvasObject {
	p, state := pg.printer, pg.presenter
	switch {
	case state.payoff != nil:
		return pg.arithmetic(a, *state.payoff)
	case state.err == nil:
		return kit.NewSkeletonRows(6)
	}
	title, words := p.T("payoff.failed.title"), why(p, pg.env, state.err)
	reason := services.FieldsOf(state.err)["on"]
	switch {
	case reason != "":
		title, words = p.T("payoff.failed.day"), nav.FieldSentence(p, "on", reason)
	case services.CodeOf(state.err) == services.CodeConflict:
		title, words = p.T("payoff.unknown.title"), p.T("payoff.unknown.text")
		write := kit.NewButton(p.T("payoff.unknown.message"), func() { pg.env.Go(message(a, "")) })
		return kit.NewPanel(kit.Warn, title, words, write)
	}
	retry := kit.NewButton(p.T("payoff.failed.retry"), func() { state.ask(); state.changed() })
	return kit.NewPanel(kit.Bad, title, words, retry)
}

// why says why something could not be read.
func why(p *text.Printer, env nav.Env, err error) string {
	if code := services.CodeOf(err); code == services.CodeUnavailable || code == services.CodeInternal {
		return p.T("payoff.failed." + string(code))
	}
	return nav.Sentence(p, err, env.Clock.Now())
}

// beside are the cards next to the figures: what waiting costs, and how it is worked out.
func (pg *page) beside(a services.Agreement) []fyne.CanvasObject {
	p, state := pg.printer, pg.presenter
	var cards []fyne.CanvasObject
	if state.payoff != nil {
		cards = append(cards, note(p.T("payoff.waiting.title"), waiting(p, a, *state.payoff)),
			note(p.T("payoff.how.title"), p.T("payoff.how."+string(a.Kind))))
	}
	if a.Kind == services.Lease {
		end := kit.NewLink(p.T("payoff.end.open"), func() { pg.env.Go(nav.Route{Page: nav.PageLeaseEnd, Arg: a.ID}) })
		cards = append(cards, kit.NewCard(kit.VStack(theme.Gap2, kit.NewCardTitle(p.T("payoff.end.title")),
			kit.NewWrapped(p.T("payoff.end.text", text.Vars{"Date": p.DateLong(a.End)}), kit.StyleQuiet), kit.HStack(0, end))))
	}
	return cards
}

// note is a card with a title and a text.
func note(title, words string) fyne.CanvasObject {
	return kit.NewCard(kit.VStack(theme.Gap2, kit.NewCardTitle(title), kit.NewWrapped(words, kit.StyleQuiet)))
}
