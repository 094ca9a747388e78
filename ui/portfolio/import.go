package portfolio

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// endings are what the dialog shows.
var endings = []string{".jsonl", ".ndjson", ".json", ".txt"}

// cardWidth is that of the cards of the page.
const cardWidth = 720

// page draws the presenter. Its widgets live from Build to Stop.
type page struct {
	env       nav.Env
	presenter *presenter
	printer   *text.Printer
	content   *fyne.Container
	busy      *kit.Busy // while working
	drawn     state
}

// NewImport makes the page of nav.PageImport. With a path it imports that file at once.
func NewImport(env nav.Env, deps Deps, path string) nav.Page {
	pg := &page{env: env, presenter: newPresenter(env.Dispatcher, deps, path)}
	pg.presenter.changed = pg.update
	return pg
}

// Start is part of nav.Page.
func (pg *page) Start() { pg.presenter.start() }

// Stop is part of nav.Page.
func (pg *page) Stop() {
	pg.printer, pg.content, pg.busy = nil, nil, nil
	pg.presenter.stop()
}

// Drop is part of nav.Dropper: the first file that was dropped is imported.
func (pg *page) Drop(files []fyne.URI) {
	if len(files) > 0 {
		pg.presenter.importFile(files[0].Path())
	}
}

// Build is part of nav.Page.
func (pg *page) Build(p *text.Printer) fyne.CanvasObject {
	pg.printer, pg.content, pg.busy = p, container.NewStack(), nil
	pg.update()
	return pg.content
}

// choose asks for a file.
func (pg *page) choose() {
	pg.env.Files.Open(pg.printer.T("portfolio.dialog"), endings, func(paths []string) {
		if len(paths) > 0 {
			pg.presenter.importFile(paths[0])
		}
	})
}

// update draws what the presenter knows now. Progress changes one line only.
func (pg *page) update() {
	s := pg.presenter
	if pg.content == nil {
		return
	}
	if pg.busy != nil && s.state == working && pg.drawn == working {
		pg.busy.Set(pg.progress())
		return
	}
	pg.drawn, pg.busy = s.state, nil
	var face fyne.CanvasObject
	if s.state == faulty {
		face = pg.faults()
	} else {
		face = kit.NewPageScroll(kit.PageMargin(kit.VStack(theme.Gap6, pg.head(), kit.MaxWidth(cardWidth, pg.face()))))
	}
	pg.content.Objects = []fyne.CanvasObject{face}
	pg.content.Refresh()
}

func (pg *page) head() fyne.CanvasObject {
	p := pg.printer
	return kit.VStack(2, kit.NewWrapped(p.T("portfolio.title"), kit.StyleTitle), kit.NewWrapped(p.T("portfolio.subtitle"), kit.StyleQuiet))
}

// face is the card of every state but that of a file with errors.
func (pg *page) face() fyne.CanvasObject {
	p, s := pg.printer, pg.presenter
	switch s.state {
	case working:
		return pg.work()
	case imported:
		return kit.VStack(theme.Gap4, kit.NewPanel(kit.Good, p.T("portfolio.done.title"), pg.summary()), pg.again(p.T("portfolio.another")))
	case failed:
		return kit.VStack(theme.Gap4, kit.NewPanel(kit.Bad, p.T("portfolio.failed.title", text.Vars{"File": s.name()}), s.problem(p, pg.env.Clock.Now())), pg.again(p.T("portfolio.choose")))
	case stopped:
		return kit.VStack(theme.Gap4, kit.NewPanel(kit.Warn, p.T("portfolio.stopped.title"), p.T("portfolio.stopped.text")), pg.again(p.T("portfolio.resume")))
	default:
		return kit.NewCard(kit.NewEmptyState(theme.IconFile, p.T("portfolio.choose.title"), p.T("portfolio.choose.text"),
			kit.NewPrimary(p.T("portfolio.choose"), pg.choose)))
	}
}

// again are the ways on after an import.
func (pg *page) again(label string) fyne.CanvasObject {
	choose := kit.NewPrimary(label, pg.choose)
	if pg.presenter.state == stopped {
		choose.OnTapped = func() { pg.presenter.importFile(pg.presenter.path) }
	}
	return kit.Flow(theme.Gap4, theme.Gap2, choose, kit.NewButton(pg.printer.T("portfolio.back"), pg.env.Back))
}

// work says how far the import is.
func (pg *page) work() fyne.CanvasObject {
	p := pg.printer
	pg.busy = kit.NewBusy(pg.progress())
	return kit.NewCard(kit.VStack(theme.Gap2,
		kit.NewWrapped(pg.presenter.name(), kit.StyleCardTitle), pg.busy, kit.Gap(theme.Gap1),
		kit.HStack(0, kit.NewButton(p.T("portfolio.cancel"), pg.presenter.halt))))
}

func (pg *page) progress() string {
	key := "portfolio.writing"
	if pg.presenter.progress.Checking {
		key = "portfolio.checking"
	}
	return pg.printer.T(key, text.Vars{"Count": pg.presenter.progress.Customers})
}

// summary says what was imported.
func (pg *page) summary() string {
	p, r := pg.printer, pg.presenter.report
	sentence := p.T("portfolio.done.text", text.Vars{
		"Customers":  p.T("portfolio.done.customers", text.Vars{"Count": r.Customers}),
		"Agreements": p.T("portfolio.done.agreements", text.Vars{"Count": r.Agreements}),
		"Payments":   p.T("portfolio.done.payments", text.Vars{"Count": r.Payments}),
	})
	if r.Resumed {
		sentence += " " + p.T("portfolio.done.resumed")
	}
	return sentence
}

// faults lists what is wrong with the file. The list scrolls, the rest of the page stands.
func (pg *page) faults() fyne.CanvasObject {
	p, s := pg.printer, pg.presenter
	list := kit.NewList(func() kit.Row[services.LineError] { return faultRow(p) })
	list.SetItems(s.faults.Lines)
	panel := kit.NewPanel(kit.Bad, p.T("portfolio.faulty.title", text.Vars{"File": s.name()}), pg.faultCount())
	card := kit.NewCard(kit.HeadBody(faultHead(p), list), kit.CardInset(theme.Gap3, theme.Gap3))
	top := kit.VStack(theme.Gap4, kit.VStack(theme.Gap6, pg.head(), panel), pg.again(p.T("portfolio.choose")), kit.Gap(theme.Gap2))
	return kit.Inset(theme.PageTop, theme.PageMargin, theme.PageMargin, theme.PageMargin,
		kit.HeadBody(top, card))
}

// faultCount says how many errors there are, and how many of them are listed.
func (pg *page) faultCount() string {
	p, f := pg.printer, pg.presenter.faults
	count := p.T("portfolio.faulty.count", text.Vars{"Count": f.Total})
	if f.Total > len(f.Lines) {
		count += " " + p.T("portfolio.faulty.first", text.Vars{"Count": len(f.Lines)})
	}
	return count + " " + p.T("portfolio.faulty.nothing")
}

// faultLine puts line, field and reason into columns that align from row to row.
func faultLine(line, field, reason fyne.CanvasObject) fyne.CanvasObject {
	return kit.Inset(10, theme.Gap2, 10, theme.Gap2, kit.Columns(1, 4, 6)(kit.Inset(0, theme.Gap4, 0, 0, line), field, reason))
}

func faultHead(p *text.Printer) fyne.CanvasObject {
	return kit.VStack(0, faultLine(kit.NewHint(p.T("portfolio.column.line")).SetAlignment(fyne.TextAlignTrailing), kit.NewHint(p.T("portfolio.column.field")),
		kit.NewHint(p.T("portfolio.column.reason"))), kit.NewRule())
}

func faultRow(p *text.Printer) kit.Row[services.LineError] {
	line := kit.NewAmount("0")
	field, why := kit.NewLabel("").SetTruncate(true), kit.NewLabel("").SetTruncate(true)
	return kit.NewRow(faultLine(line, field, why), func(e services.LineError) {
		line.SetText(p.Number(int64(e.Line)))
		field.SetText(place(p, e))
		why.SetText(reason(p, e))
	})
}
