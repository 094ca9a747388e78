package messages

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// listWidth is that of the design, at text scale 1.
const listWidth = 358

// centerPage draws the Message Center. Its widgets live from Build to Stop.
type centerPage struct {
	env nav.Env
	c   *center
	p   *text.Printer

	head   *fyne.Container
	write  *kit.Button
	column *fyne.Container // head and body
	body   *fyne.Container // the sheet, or the page's empty or failed state
	state  pageState
	search *kit.Field
	list   *kit.List[item]
	found  *kit.States // the list, or that nothing was found
	chosen string      // the row that was brought into view
	reader *reader
	panes  *kit.Split
}

// New makes the page of nav.PageMessages, which begins with a conversation if the route names one.
func New(env nav.Env, deps Deps, route nav.Route) nav.Page {
	pg := &centerPage{env: env, c: newCenter(env, deps, route.Arg)}
	pg.c.changed, pg.c.typed = pg.update, pg.updateReply
	return pg
}

// Start is part of nav.Page.
func (pg *centerPage) Start() { pg.c.start() }

// Leaving is part of nav.Leaver.
func (pg *centerPage) Leaving() { pg.c.leaving() }

// Stop is part of nav.Page.
func (pg *centerPage) Stop() {
	pg.c.scope.Stop()
	*pg = centerPage{env: pg.env, c: pg.c}
}

// Refresh is part of nav.Refresher.
func (pg *centerPage) Refresh(e services.Event) { pg.c.happened(e) }

// Drop is part of nav.Dropper: the files belong to the reply.
func (pg *centerPage) Drop(files []fyne.URI) {
	if w := pg.c.reply(); w != nil {
		w.files.Add(paths(files))
	}
}

func paths(files []fyne.URI) []string {
	list := make([]string, len(files))
	for i, f := range files {
		list[i] = f.Path()
	}
	return list
}

// Focus is part of nav.Focuser.
func (pg *centerPage) Focus() fyne.Focusable {
	switch {
	case pg.search == nil:
		return nil
	case pg.state == empty, pg.state == failed:
		return pg.write
	default:
		return pg.search.Focusable()
	}
}

// Build is part of nav.Page.
func (pg *centerPage) Build(p *text.Printer) fyne.CanvasObject {
	pg.p, pg.body, pg.chosen = p, container.NewStack(), ""
	pg.write = kit.NewPrimary(p.T("messages.compose"), func() { pg.env.Go(nav.Route{Page: nav.PageCompose}) })
	days := int(pg.env.Policy.Retention.Hours() / 24)
	head := kit.Sides(kit.VStack(2, kit.NewWrapped(p.T("messages.center.title"), kit.StyleTitle),
		kit.NewWrapped(p.T("messages.center.hint", text.Vars{"Count": days}), kit.StyleQuiet)), pg.write)
	pg.buildList()
	pg.reader = newReader(pg)
	pg.head = kit.Inset(0, theme.PageMargin, theme.Gap6, 0, head)
	pg.column = kit.HeadBody(pg.head, pg.body)
	pg.state = pg.c.inbox.state()
	pg.face()
	pg.fill()
	return kit.Inset(theme.PageTop, 0, 0, theme.PageMargin, pg.column)
}

// alone takes the page's head away where a conversation has the room to itself: there is little of it then.
func (pg *centerPage) alone(on bool) {
	head, column := pg.head, pg.column
	pg.env.Dispatcher.Do(func() {
		if on {
			head.Hide()
		} else {
			head.Show()
		}
		column.Refresh()
	})
}

// buildList makes the search and the list under it.
func (pg *centerPage) buildList() {
	pg.search = kit.NewField("")
	pg.search.SetPlaceholder(pg.p.T("messages.search"))
	pg.search.SetText(pg.c.inbox.typed)
	pg.search.OnChanged = pg.c.inbox.setQuery
	pg.search.OnEscape = pg.endSearch
	pg.search.OnSubmitted = func(string) { pg.enter() }
	pg.search.OnKey = func(ev *fyne.KeyEvent) bool {
		if ev.Name != fyne.KeyDown && ev.Name != fyne.KeyUp {
			return false
		}
		pg.list.TypedKey(ev)
		return true
	}
	p := pg.p
	pg.list = kit.NewList(func() kit.Row[item] { return newRow(pg.env, pg.c, p) })
	pg.list.Key = func(i item) string { return i.id }
	pg.list.OnSelected = func(_ int, i item) { pg.choose(i.id) }
	pg.list.OnOpened = func(_ int, i item) { pg.opened(i) }
	pg.list.OnNearEnd = pg.c.inbox.nearEnd
	pg.found = kit.NewStates(nil, nil, nil, pg.list)
	pg.found.SetState(kit.Full)
}

// choose opens a row that was chosen in the list.
func (pg *centerPage) choose(id string) {
	pg.chosen = id
	pg.panes.ShowDetail(true)
	pg.c.open(id)
}

// opened goes on writing a draft; a conversation is open already.
func (pg *centerPage) opened(i item) {
	if i.draft != nil {
		pg.env.Go(nav.Route{Page: nav.PageCompose, Arg: i.draft.ID})
		return
	}
	pg.reader.focus()
}

// enter opens what the search has chosen, or the first row.
func (pg *centerPage) enter() {
	if pg.list.Selected() < 0 {
		pg.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	}
	if len(pg.list.Items()) > 0 {
		pg.list.Focus(pg.env.Window.Canvas())
	}
}

// endSearch empties the search; when it is empty already, Escape goes back as everywhere.
func (pg *centerPage) endSearch() {
	if pg.search.Text() == "" {
		pg.env.Back()
		return
	}
	pg.search.SetText("")
}

// update draws what the presenter knows now. What has not changed stays, with what is typed, chosen and scrolled.
func (pg *centerPage) update() {
	if pg.body == nil {
		return
	}
	if state := pg.c.inbox.state(); state != pg.state {
		before := pg.Focus()
		pg.state = state
		pg.face()
		if c := pg.env.Window.Canvas(); c.Focused() == before {
			c.Focus(pg.Focus())
		}
	}
	pg.fill()
}

// face shows the page's state.
func (pg *centerPage) face() {
	p := pg.p
	var face fyne.CanvasObject
	switch pg.state {
	case empty:
		face = kit.NewEmptyState(theme.IconMessages, p.T("messages.empty.title"), p.T("messages.empty.text"),
			kit.NewButton(p.T("messages.compose"), func() { pg.env.Go(nav.Route{Page: nav.PageCompose}) }))
	case failed:
		face = kit.NewFailedState(p.T("messages.failed.title"), nav.Sentence(p, pg.c.inbox.err, pg.env.Clock.Now()),
			p.T("messages.retry"), pg.c.retry, kit.Reference(pg.env.Reference(p, pg.c.inbox.err)))
	case loading:
		face = pg.split(skeletonRows())
	case full:
		face = pg.split(pg.found)
	}
	pg.body.Objects = []fyne.CanvasObject{kit.NewSheet(face)}
	pg.body.Refresh()
}

// split puts the rows beside the reading pane.
func (pg *centerPage) split(rows fyne.CanvasObject) fyne.CanvasObject {
	pg.panes = kit.NewSplit(listWidth, pg.listPane(rows), pg.reader.content, "‹ "+pg.p.T("messages.center.title"))
	pg.panes.OnAlone = pg.alone
	pg.panes.ShowDetail(pg.c.openID != "")
	return pg.panes
}

func (pg *centerPage) listPane(rows fyne.CanvasObject) fyne.CanvasObject {
	return kit.HeadBody(kit.VStack(0, kit.Inset(theme.Gap3, theme.Gap3, theme.Gap3, theme.Gap3, pg.search), kit.NewRule()), rows)
}

func skeletonRows() fyne.CanvasObject {
	column := kit.VStack(0)
	for range 4 {
		column.Add(kit.Inset(theme.Gap4, theme.Gap4, theme.Gap4, theme.Gap4, kit.NewSkeleton(140, 220, 100)))
		column.Add(kit.NewRule())
	}
	return column
}

// fill puts the rows into the list and the conversation into the reading pane.
func (pg *centerPage) fill() {
	if pg.state == full {
		pg.fillList()
	}
	pg.reader.update()
}

func (pg *centerPage) fillList() {
	p, inbox := pg.p, pg.c.inbox
	items := inbox.items()
	pg.list.SetItems(items)
	if open := pg.c.openID; pg.list.Selected() < 0 || pg.chosen != open {
		if pg.list.SelectKey(open) {
			pg.chosen = open
		}
	}
	switch {
	case inbox.searching() && inbox.searchErr != nil:
		pg.found.Set(kit.Failed, kit.NewFailedState(p.T("messages.search.failed"), nav.Sentence(p, inbox.searchErr, pg.env.Clock.Now()),
			p.T("messages.retry"), inbox.search, kit.Reference(pg.env.Reference(p, inbox.searchErr))))
		pg.found.SetState(kit.Failed)
	case inbox.searching() && len(items) == 0:
		pg.found.Set(kit.Empty, kit.NewEmptyState(theme.IconSearch, p.T("messages.search.none"),
			p.T("messages.search.none_text", text.Vars{"Words": inbox.searched}), nil))
		pg.found.SetState(kit.Empty)
	case pg.found.State() != kit.Full:
		pg.found.SetState(kit.Full)
	}
}

// updateReply draws what is known of the reply alone, as with every key.
func (pg *centerPage) updateReply() {
	if pg.body != nil {
		pg.reader.updateReply()
	}
}
