package payments

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// listing is the card with the tables: which one, what is searched for, and the rows.
type listing struct {
	pg     *page
	card   fyne.CanvasObject
	slot   *fyne.Container // the table, or what there is to say instead
	note   *fyne.Container // under the table: how much of it there is
	search *kit.Field
	table  *kit.Table[*line]
	view   view // that the table is of
}

// newListing draws the card of the view that is chosen.
func newListing(pg *page) *listing {
	p := pg.printer
	l := &listing{pg: pg, slot: container.NewStack(), note: container.NewStack(), search: kit.NewField("")}
	views := make([]kit.Option, 0, 3)
	for _, v := range []view{viewHistory, viewUpcoming, viewSchedule} {
		views = append(views, kit.Option{ID: string(v), Label: p.T("payments.view." + string(v))})
	}
	choice := kit.NewSegmented(views, func(id string) { pg.presenter.show(view(id)) })
	choice.SetSelected(string(pg.presenter.view))
	l.search.MaxRunes = 40
	l.search.SetPlaceholder(p.T("payments.search"))
	l.search.SetText(pg.presenter.query)
	l.search.OnChanged = pg.presenter.search
	l.search.OnEscape = func() { l.search.SetText("") }
	bar := kit.VStack(theme.Gap2, kit.Sides(kit.HStack(0, choice), atLeast(kit.NewLabel(p.T("payments.search")).MinSize().Width+fieldEdges, l.search)), kit.Gap(0))
	l.card = kit.NewCard(kit.HeadBody(bar, kit.BodyFoot(l.slot, l.note)))
	l.update()
	return l
}

// searchable gives the words of a line that can be searched for: how it is or was paid, and what became of it. Thousands
// of lines say the same few.
func (pg *page) searchable() func(*line) string {
	type saying struct {
		method, digits, reason string
		status                 status
		simulated              bool
	}
	known := map[saying]string{}
	return func(l *line) string {
		say := saying{l.method, l.digits, l.reason, l.status, l.simulated()}
		folded, ok := known[say]
		if !ok {
			folded = text.Fold(pg.methodOrReason(l) + " " + statusWords(pg.printer, l))
			known[say] = folded
		}
		if pg.presenter.view == viewUpcoming {
			folded += " " + text.Fold(whatWords(pg.printer, l, pg.presenter.choice.Agreement().PaymentsTotal))
		}
		return folded
	}
}

// fieldEdges is what a field needs beside its words, and some room.
const fieldEdges = 64

// atLeast gives an object a least width.
func atLeast(width float32, o fyne.CanvasObject) fyne.CanvasObject {
	strut := canvas.NewRectangle(color.Transparent)
	strut.SetMinSize(fyne.NewSize(width, 0))
	return container.NewStack(strut, o)
}

// natural is how high the card is with all rows in view.
func (l *listing) natural() float32 {
	height := l.card.MinSize().Height
	if l.table != nil {
		height += l.table.Natural() - l.table.MinSize().Height
	}
	return height
}

// update puts the rows of the view into the table.
func (l *listing) update() {
	all, lines := l.pg.presenter.lines()
	ready, err := l.pg.presenter.ready()
	if len(lines) == 0 {
		l.table = nil
		l.put(l.instead(len(all), ready, err))
		return
	}
	if l.table == nil || l.view != l.pg.presenter.view {
		l.view = l.pg.presenter.view
		l.table = l.newTable()
	}
	l.table.SetItems(lines)
	l.put(l.table, l.footnote(l.pg.countWords(len(lines), len(all), ready, err), err))
}

// put shows an object in the place of the table, and what stands under it.
func (l *listing) put(o fyne.CanvasObject, note ...fyne.CanvasObject) {
	l.slot.Objects, l.note.Objects = []fyne.CanvasObject{o}, note
	l.card.Refresh()
}

// instead is what there is to say where there are no rows.
func (l *listing) instead(all int, ready bool, err error) fyne.CanvasObject {
	p, presenter := l.pg.printer, l.pg.presenter
	switch {
	case all > 0:
		clear := kit.NewLink(p.T("payments.search.clear"), func() { l.search.SetText("") })
		return said(p.T("payments.search.none", text.Vars{"Query": presenter.query}), clear)
	case err != nil:
		return said(nav.Unread(p, err, l.pg.env.Clock.Now()), kit.NewButton(p.T("payments.retry"), presenter.retry).SetCompact(true))
	case !ready:
		return kit.NewSkeletonRows(7)
	case presenter.view == viewSchedule && presenter.unplanned():
		write := kit.NewButton(p.T("payments.message"), func() { l.pg.compose(presenter.of) }).SetCompact(true)
		return said(p.T("payments.unplanned"), write)
	default:
		return said(p.T("payments.none." + string(presenter.view)))
	}
}

// said is a sentence with what can be done.
func said(sentence string, actions ...fyne.CanvasObject) fyne.CanvasObject {
	column := kit.VStack(theme.Gap3, kit.MaxWidth(620, kit.NewWrapped(sentence, kit.StyleQuiet)))
	if len(actions) > 0 {
		column.Add(kit.Flow(theme.Gap4, theme.Gap2, actions...))
	}
	return kit.Inset(theme.Gap3, theme.Gap2, theme.Gap2, theme.Gap2, column)
}

// countWords say how many rows there are, and whether more are to come.
func (pg *page) countWords(shown, all int, ready bool, err error) string {
	p := pg.printer
	switch {
	case err != nil:
		return p.T("payments.count.failed")
	case !ready:
		return p.T("payments.count.loading", text.Vars{"Count": all})
	case shown < all:
		return p.T("payments.count.found", text.Vars{"Count": shown, "All": p.Number(int64(all))})
	default:
		return p.T("payments.count.all", text.Vars{"Count": all})
	}
}

// footnote stands under the table.
func (l *listing) footnote(words string, err error) fyne.CanvasObject {
	hint := kit.NewWrapped(words, kit.StyleHint)
	if err == nil {
		return kit.Inset(theme.Gap2, theme.Gap2, 0, theme.Gap2, hint)
	}
	return kit.Inset(theme.Gap2, theme.Gap2, 0, theme.Gap2,
		kit.Sides(hint, kit.NewLink(l.pg.printer.T("payments.retry"), l.pg.presenter.retry)))
}

// newTable makes the table of the view, sorted as the person left it.
func (l *listing) newTable() *kit.Table[*line] {
	presenter := l.pg.presenter
	table := kit.NewTable(l.pg.columns(l.view), func(row *line) string { return row.key })
	by := presenter.sorted[l.view]
	table.SetSorted(by.column, by.descending)
	table.OnSorted = func(id string, descending bool) { presenter.sorted[l.view] = order{id, descending} }
	table.OnOpened = l.pg.showDetails
	return table
}
