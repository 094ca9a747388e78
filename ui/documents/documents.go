package documents

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// listWidth is the least room for the list, at text scale 1.
const listWidth = 364

// page draws the presenter. Its widgets live from Build to Stop.
type page struct {
	env       nav.Env
	presenter *presenter
	p         *text.Printer

	column *fyne.Container // head and body
	head   *fyne.Container
	headOf string // the agreement that the head names
	body   *fyne.Container
	state  nav.State
	which  nav.Which
	filter *kit.Select
	search *kit.Field
	list   *kit.List[services.Document]
	found  *kit.States // the list, or that there is none of the kind
	panes  *kit.Split
	viewer *viewer
	first  *kit.Button // of the empty and the failed state
}

// New makes the page of nav.PageDocuments, which begins with an agreement, or with the first one.
func New(env nav.Env, deps Deps, agreementID string) nav.Page {
	pg := &page{env: env, presenter: newPresenter(env.Dispatcher, deps, env.Language, agreementID)}
	pg.presenter.changed = pg.update
	return pg
}

// Start is part of nav.Page.
func (pg *page) Start() { pg.presenter.start() }

// Stop is part of nav.Page.
func (pg *page) Stop() {
	pg.presenter.scope.Stop()
	*pg = page{env: pg.env, presenter: pg.presenter}
	pg.presenter.changed = pg.update
}

// Refresh is part of nav.Refresher.
func (pg *page) Refresh(e services.Event) { pg.presenter.happened(e) }

// Focus is part of nav.Focuser.
func (pg *page) Focus() fyne.Focusable {
	switch {
	case pg.body == nil:
		return nil
	case pg.first != nil:
		return pg.first
	case pg.state == nav.Full:
		return pg.list
	}
	return nil
}

// Build is part of nav.Page.
func (pg *page) Build(p *text.Printer) fyne.CanvasObject {
	pg.p, pg.head, pg.body, pg.headOf = p, container.NewStack(), container.NewStack(), ""
	pg.presenter.words = func(d services.Document) string { return documentWords(p, pg.presenter.choice.Agreement(), d) }
	pg.presenter.translated()
	pg.buildList()
	pg.viewer = newViewer(pg)
	pg.state = pg.presenter.state()
	pg.column = kit.HeadBody(kit.Inset(0, theme.PageMargin, theme.Gap6, 0, pg.head), pg.body)
	pg.face()
	pg.fill()
	return kit.Inset(theme.PageTop, 0, 0, theme.PageMargin, pg.column)
}

// buildList makes the filter and the list.
func (pg *page) buildList() {
	p := pg.p
	pg.filter = kit.NewSelect("", []kit.Option{
		{ID: "", Label: p.T("documents.filter.all")},
		{ID: "statement", Label: p.T("documents.filter.statement")},
		{ID: "agreement", Label: p.T("documents.filter.agreement")},
		{ID: "quote", Label: p.T("documents.filter.quote")},
		{ID: "message", Label: p.T("documents.filter.message")},
		{ID: "other", Label: p.T("documents.filter.other")},
	}, pg.presenter.setFilter)
	pg.filter.SetSelected(pg.presenter.filter)
	pg.search = kit.NewField("")
	pg.search.SetPlaceholder(p.T("documents.search"))
	pg.search.SetText(pg.presenter.query)
	pg.search.OnChanged = pg.presenter.search
	pg.search.OnEscape = pg.endSearch
	pg.search.OnSubmitted = func(string) { pg.env.Window.Canvas().Focus(pg.list) }
	pg.search.OnKey = func(ev *fyne.KeyEvent) bool {
		if ev.Name != fyne.KeyDown && ev.Name != fyne.KeyUp {
			return false
		}
		pg.list.TypedKey(ev)
		return true
	}
	pg.list = kit.NewList(func() kit.Row[services.Document] { return newRow(pg) })
	pg.list.Key = func(d services.Document) string { return d.ID }
	pg.list.OnSelected = func(_ int, d services.Document) { pg.choose(d.ID) }
	pg.list.OnOpened = func(_ int, d services.Document) { pg.open(d.ID) }
	pg.found = kit.NewStates(nil, nil, nil, pg.list)
	pg.found.SetState(kit.Full)
}

// endSearch empties the search; when it is empty already, Escape goes back as everywhere.
func (pg *page) endSearch() {
	if pg.search.Text() == "" {
		pg.env.Back()
		return
	}
	pg.search.SetText("")
}

// none says that no document is shown, and why.
func (pg *page) none() fyne.CanvasObject {
	sentence := pg.p.T("documents.none")
	if query := pg.presenter.query; query != "" {
		sentence = pg.p.T("documents.search.none", text.Vars{"Words": query})
	}
	return kit.Inset(theme.Gap4, theme.Gap4, theme.Gap4, theme.Gap4, kit.NewWrapped(sentence, kit.StyleQuiet))
}

// choose shows a document beside the list, or in its place where there is room for one.
func (pg *page) choose(id string) {
	pg.panes.ShowDetail(true)
	pg.presenter.choose(id)
}

// update draws what the presenter knows now. What has not changed stays, with what is chosen and scrolled.
func (pg *page) update() {
	if pg.body == nil {
		return
	}
	if state := pg.presenter.state(); state != pg.state {
		pg.state = state
		pg.face()
		if c := pg.env.Window.Canvas(); c.Focused() == nil {
			if f := pg.Focus(); f != nil {
				c.Focus(f)
			}
		}
	}
	pg.fill()
}

// face shows the page's state.
func (pg *page) face() {
	p := pg.p
	var face fyne.CanvasObject
	pg.first = nil
	switch pg.state {
	case nav.Loading:
		face = kit.NewSheet(pg.split(skeletonRows()))
	case nav.Failed:
		face = kit.NewFailedState(p.T("documents.failed.title"), nav.Unread(p, pg.presenter.err(), pg.env.Clock.Now()), p.T("nav.retry"),
			pg.presenter.retry, kit.Reference(pg.env.Reference(p, pg.presenter.err())))
	case nav.Empty:
		pg.first = kit.NewPrimary(p.T("documents.empty.action"), pg.compose)
		face = kit.NewEmptyState(theme.IconDocuments, p.T("documents.empty.title"), p.T("documents.empty.text"), pg.first)
	case nav.Full:
		face = kit.NewSheet(pg.split(pg.found))
	}
	pg.body.Objects = []fyne.CanvasObject{face}
	pg.body.Refresh()
}

// split puts the list beside the document that is chosen.
func (pg *page) split(rows fyne.CanvasObject) fyne.CanvasObject {
	list := kit.HeadBody(kit.VStack(0, kit.Inset(theme.Gap3, 10, theme.Gap3, 10, kit.Columns(3, 2)(pg.search, pg.filter)), kit.NewRule()), rows)
	pg.panes = kit.NewSplit(listWidth, list, pg.viewer.content, "‹ "+pg.p.T("documents.back"))
	pg.panes.OnAlone = pg.alone
	return pg.panes
}

// alone takes the page's head away where a document has the room to itself.
func (pg *page) alone(on bool) {
	head, column := pg.column.Objects[0], pg.column
	pg.env.Dispatcher.Do(func() {
		if on {
			head.Hide()
		} else {
			head.Show()
		}
		column.Refresh()
	})
}

// fill puts the documents into the list and the one that is chosen beside it.
func (pg *page) fill() {
	pg.fillHead()
	if pg.state != nav.Full {
		return
	}
	shown := pg.presenter.shown()
	pg.list.SetItems(shown)
	pg.list.SelectKey(pg.presenter.preview.id)
	if len(shown) == 0 {
		pg.found.Set(kit.Empty, pg.none())
		pg.found.SetState(kit.Empty)
	} else {
		pg.found.SetState(kit.Full)
	}
	pg.list.Refresh() // what is known of a document may have changed
	pg.viewer.update()
}

// fillHead names the page and the agreement, and lets the person choose another one.
func (pg *page) fillHead() {
	p := pg.p
	of := pg.agreementID()
	if of == pg.headOf && len(pg.head.Objects) > 0 {
		return
	}
	pg.headOf = of
	lines := kit.VStack(2, kit.NewWrapped(p.T("documents.title"), kit.StyleTitle))
	if of != "" {
		pg.which = pg.presenter.choice.Which(p, true, pg.pick)
		lines.Add(pg.which.Line)
	}
	pg.head.Objects = []fyne.CanvasObject{lines}
	pg.head.Refresh()
}

// pick shows another agreement.
func (pg *page) pick(id string) {
	if pg.panes != nil { // nothing is shown in them where there is nothing to show
		pg.panes.ShowDetail(false)
	}
	pg.presenter.chooseAgreement(id)
	pg.which.Focus(pg.env)
}

// agreementID is the id of the agreement that is shown, "" while none is known.
func (pg *page) agreementID() string {
	if pg.presenter.choice.Count() == 0 {
		return ""
	}
	return pg.presenter.choice.Agreement().ID
}

func (pg *page) compose() {
	pg.env.Go(nav.Route{Page: nav.PageCompose, Payload: nav.ComposePreset{Topic: "documents", AgreementID: pg.agreementID()}})
}

func skeletonRows() fyne.CanvasObject {
	column := kit.VStack(0)
	for range 5 {
		column.Add(kit.Inset(theme.Gap3, theme.Gap4, theme.Gap3, theme.Gap4, kit.NewSkeleton(180, 220)))
		column.Add(kit.NewRule())
	}
	return column
}
