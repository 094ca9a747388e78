package desk

import (
	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// queueWidth is that of the queue, at text scale 1.
const queueWidth = 358

// The choices above the queue.
const (
	choiceWaiting = "waiting"
	choiceAll     = "all"
)

// page draws the desk. Its widgets live from Build to Stop.
type page struct {
	env       nav.Env
	presenter *presenter
	p         *text.Printer

	head   *fyne.Container
	column *fyne.Container // head and panes
	panes  *kit.Split
	filter *kit.Segmented
	queue  *kit.States
	list   *kit.List[services.DeskSummary]
	chosen string // the row that was brought into view
	reader *reader
}

// New makes the page of nav.PageDesk, which begins with a conversation if the route names one.
func New(env nav.Env, deps Deps, route nav.Route) nav.Page {
	pg := &page{env: env, presenter: newPresenter(env, deps, route.Arg)}
	pg.presenter.changed, pg.presenter.typed = pg.update, pg.updateReply
	return pg
}

// Start is part of nav.Page.
func (pg *page) Start() { pg.presenter.start() }

// Stop is part of nav.Page.
func (pg *page) Stop() {
	pg.presenter.scope.Stop()
	*pg = page{env: pg.env, presenter: pg.presenter}
}

// Refresh is part of nav.Refresher.
func (pg *page) Refresh(e services.Event) { pg.presenter.happened(e) }

// Drop is part of nav.Dropper: the files belong to the answer.
func (pg *page) Drop(files []fyne.URI) {
	r := pg.presenter.reply()
	if r == nil || r.sending {
		return
	}
	paths := make([]string, len(files))
	for i, f := range files {
		paths[i] = f.Path()
	}
	r.files.Add(paths)
}

// Focus is part of nav.Focuser.
func (pg *page) Focus() fyne.Focusable { return pg.filter }

// Build is part of nav.Page.
func (pg *page) Build(p *text.Printer) fyne.CanvasObject {
	pg.p, pg.chosen = p, ""
	pg.buildQueue()
	pg.reader = newReader(pg)
	rows := kit.HeadBody(kit.VStack(0, kit.Inset(theme.Gap3, theme.Gap3, theme.Gap3, theme.Gap3, pg.filter), kit.NewRule()), pg.queue)
	pg.panes = kit.NewSplit(queueWidth, rows, pg.reader.content, "‹ "+p.T("desk.title"))
	pg.panes.OnAlone = pg.alone
	pg.panes.ShowDetail(pg.presenter.openID != "")
	pg.head = kit.Inset(0, theme.PageMargin, theme.Gap6, 0, kit.VStack(2,
		kit.NewWrapped(p.T("desk.title"), kit.StyleTitle), kit.NewWrapped(p.T("desk.hint"), kit.StyleQuiet)))
	pg.column = kit.HeadBody(pg.head, kit.NewSheet(pg.panes))
	pg.update()
	return kit.Inset(theme.PageTop, 0, 0, theme.PageMargin, pg.column)
}

// alone takes the page's head away where a conversation has the room to itself: there is little of it then.
func (pg *page) alone(on bool) {
	head, column := pg.head, pg.column
	pg.env.Dispatcher.Do(func() {
		setVisible(head, !on)
		column.Refresh()
	})
}

// buildQueue makes the choice and the list under it.
func (pg *page) buildQueue() {
	p := pg.p
	pg.filter = kit.NewSegmented([]kit.Option{
		{ID: choiceWaiting, Label: p.T("desk.filter.waiting")}, {ID: choiceAll, Label: p.T("desk.filter.all")},
	}, func(id string) { pg.presenter.setAll(id == choiceAll) })
	pg.list = kit.NewList(func() kit.Row[services.DeskSummary] { return newRow(pg.env, p) })
	pg.list.Key = func(s services.DeskSummary) string { return s.ID }
	pg.list.OnSelected = func(_ int, s services.DeskSummary) { pg.choose(s.ID) }
	pg.list.OnOpened = func(int, services.DeskSummary) { pg.reader.focus() }
	pg.list.OnNearEnd = pg.presenter.nearEnd
	pg.queue = kit.NewStates(skeletonRows(), nil, nil, pg.list)
}

func skeletonRows() fyne.CanvasObject {
	column := kit.VStack(0)
	for range 4 {
		column.Add(kit.Inset(theme.Gap4, theme.Gap4, theme.Gap4, theme.Gap4, kit.NewSkeleton(140, 220, 260)))
		column.Add(kit.NewRule())
	}
	return column
}

// choose opens a row that was chosen in the list.
func (pg *page) choose(id string) {
	pg.chosen = id
	pg.panes.ShowDetail(true)
	pg.presenter.open(id)
}

// update draws what the presenter knows now. What has not changed stays, with what is typed, chosen and scrolled.
func (pg *page) update() {
	if pg.p == nil {
		return
	}
	p, pr := pg.p, pg.presenter
	if choice := map[bool]string{false: choiceWaiting, true: choiceAll}[pr.all]; choice != pg.filter.Selected() {
		pg.filter.SetSelected(choice)
	}
	switch pr.queueState() {
	case loading:
		pg.queue.SetState(kit.Loading)
	case empty:
		pg.queue.Set(kit.Empty, pg.emptyQueue())
		pg.queue.SetState(kit.Empty)
	case failed:
		pg.queue.Set(kit.Failed, kit.NewFailedState(p.T("desk.failed.title"), nav.Sentence(p, pr.err, pg.env.Clock.Now()), p.T("desk.retry"), pr.retry,
			kit.Reference(pg.env.Reference(p, pr.err))))
		pg.queue.SetState(kit.Failed)
	case full:
		pg.list.SetItems(pr.items)
		if pg.list.Selected() < 0 || pg.chosen != pr.openID {
			if pg.list.SelectKey(pr.openID) {
				pg.chosen = pr.openID
			}
		}
		if pg.queue.State() != kit.Full {
			pg.queue.SetState(kit.Full)
		}
	}
	pg.reader.update()
}

// emptyQueue says that nobody waits, or that nobody has written yet.
func (pg *page) emptyQueue() fyne.CanvasObject {
	if pg.presenter.all {
		return kit.NewEmptyState(theme.IconDesk, pg.p.T("desk.empty.all"), pg.p.T("desk.empty.all_text"), nil)
	}
	return kit.NewEmptyState(theme.IconCheck, pg.p.T("desk.empty.title"), pg.p.T("desk.empty.text"), nil)
}

// updateReply draws what is known of the answer alone, as with every key.
func (pg *page) updateReply() {
	if pg.p != nil {
		pg.reader.updateReply()
	}
}

// newRow draws a conversation in three lines: customer and how long they have waited, topic and agreement, and how
// the latest message begins.
func newRow(env nav.Env, p *text.Printer) kit.Row[services.DeskSummary] {
	name, waits := kit.NewLabel("").SetTruncate(true), kit.NewQuiet("")
	about, excerpt := kit.NewQuiet("").SetTruncate(true), kit.NewLabel("").SetTruncate(true)
	lines := kit.VStack(3, kit.HStack(theme.Gap2, kit.HFill(name), waits), about, excerpt)
	return kit.NewRow(kit.Inset(13, theme.Gap4, 12, theme.Gap4, lines), func(s services.DeskSummary) {
		now := env.Clock.Now()
		name.SetText(s.Customer)
		about.SetText(topicName(p, env.Policy, s.Topic) + " · " + s.AgreementNumber)
		excerpt.SetText(s.Excerpt)
		if !s.Waiting {
			name.SetStyle(kit.StyleLabel)
			waits.SetText(p.When(s.LastAt.Local(), now.Local()))
			return
		}
		name.SetStyle(kit.StyleStrong)
		count, unit := age(now, s.WaitingSince)
		waits.SetText(p.T("desk.waits."+unit, text.Vars{"Count": count}))
	})
}

// topicName is a topic in the reader's language; one that the policy no longer has reads as a message.
func topicName(p *text.Printer, policy services.Policy, id string) string {
	if name := policy.TopicName(id, string(p.Lang())); name != id {
		return name
	}
	return p.T("desk.topic.other")
}

func setVisible(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}
