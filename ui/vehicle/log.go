package vehicle

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// formView are the fields of a reading. They stay while the cards around them are drawn anew.
type formView struct {
	km   *kit.Field
	on   *kit.DateField
	save *kit.Button
	stop *kit.Button
}

// open begins a reading on a day, with the focus where it is typed.
func (pg *page) open(on services.Date) {
	pg.form = nil
	pg.presenter.add(pg.printer.DateLong(on))
	pg.env.Window.Canvas().Focus(pg.form.km.Focusable())
}

// formObject draws the fields, with what is wrong with them.
func (pg *page) formObject(a services.Agreement) fyne.CanvasObject {
	p, f := pg.printer, pg.presenter.form
	if pg.form == nil {
		pg.form = pg.newForm(a)
	}
	view := pg.form
	view.km.SetError(reasonOf(p, f, fieldKm))
	if reason := reasonOf(p, f, fieldOn); reason != "" {
		view.on.SetError(reason)
	}
	view.save.SetBusy(f.busy)
	pg.places[view.km.Focusable()], pg.places[view.on.Focusable()] = "km", "on"
	column := kit.VStack(theme.Gap4, kit.Columns(1, 1)(view.km, view.on))
	if f.err != nil {
		column.Add(kit.NewPanel(kit.Bad, p.T("vehicle.form.failed"), nav.Sentence(p, f.err, pg.env.Clock.Now())))
	}
	column.Add(kit.Flow(theme.Gap3, theme.Gap2, pg.place("save", view.save), pg.place("cancel", view.stop)))
	return column
}

func reasonOf(p *text.Printer, f *form, field string) string {
	if reason := f.fields[field]; reason != "" {
		return nav.FieldSentence(p, field, reason)
	}
	return ""
}

// newForm makes the fields with what was typed.
func (pg *page) newForm(a services.Agreement) *formView {
	p, f := pg.printer, pg.presenter.form
	view := &formView{km: kit.NewField(p.T("vehicle.form.km")), on: kit.NewDateField(p.T("vehicle.form.on"), p)}
	view.km.MaxRunes = 20
	view.km.SetText(f.km)
	view.on.Today = pg.today()
	view.on.SetBounds(a.Start, pg.today())
	view.on.SetText(f.on)
	view.save = kit.NewPrimary(p.T("vehicle.form.save"), pg.save)
	view.stop = kit.NewButton(p.T("vehicle.form.cancel"), pg.cancel)
	view.km.OnChanged = func(typed string) { f.km = typed }
	view.on.OnChanged = func() { f.on = view.on.Text() }
	view.km.OnSubmitted = func(string) { pg.save() }
	view.on.OnSubmitted = pg.save
	return view
}

// save keeps what is typed. What is refused gets the focus.
func (pg *page) save() {
	on, sure := pg.form.on.Date()
	pg.form.on.Check()
	pg.presenter.save(on, sure, func(kept bool) {
		switch {
		case kept:
			pg.form = nil
			pg.env.Toast(pg.printer.T("vehicle.form.saved"))
		case pg.form.km.Error() != "":
			pg.form.km.Focus(pg.env.Window.Canvas())
		case pg.form.on.Error() != "":
			pg.form.on.Focus(pg.env.Window.Canvas())
		}
	})
}

func (pg *page) cancel() {
	pg.form = nil
	pg.presenter.cancel()
}

// logRows is how many readings are seen at once.
const logRows = 6

// logCard lists every reading. Opening one corrects it.
func (pg *page) logCard(a services.Agreement) fyne.CanvasObject {
	p, log := pg.printer, pg.presenter.log
	column := kit.VStack(theme.Gap2, kit.NewCardTitle(p.T("vehicle.log.title")))
	switch {
	case !log.Done && log.Err != nil:
		column.Add(kit.NewWrapped(nav.Unread(p, log.Err, pg.env.Clock.Now()), kit.StyleQuiet))
	case !log.Done:
		column.Add(kit.NewSkeletonRows(3))
	case len(log.Value) == 0:
		column.Add(kit.NewWrapped(p.T("vehicle.log.none"), kit.StyleQuiet))
	default:
		if a.ClosedOn == nil {
			column.Add(kit.NewWrapped(p.T("vehicle.log.correct"), kit.StyleHint))
		}
		list := pg.logList(a)
		column.Add(container.New(rowsHigh{min(len(log.Value), logRows)}, list))
	}
	return kit.NewCard(column)
}

func (pg *page) logList(a services.Agreement) *kit.List[services.Reading] {
	p := pg.printer
	list := kit.NewList(func() kit.Row[services.Reading] {
		day, km, who, badge := kit.NewLabel(""), kit.NewAmount(""), kit.NewQuiet("").SetTruncate(true), kit.NewBadge(p.T("vehicle.log.corrected"), kit.Neutral)
		line := kit.Inset(theme.Gap2, theme.Gap2, theme.Gap2, theme.Gap2, kit.HStack(theme.Gap4, day, kit.HFill(who), badge, km))
		return kit.NewRow(line, func(r services.Reading) {
			day.SetText(p.Date(r.On))
			who.SetText(p.T("vehicle.log." + source(r)))
			km.SetText(p.T("vehicle.km", text.Vars{"Km": p.Number(r.Km)}))
			badge.Hide()
			if r.Corrected {
				badge.Show()
			}
			line.Refresh()
		})
	})
	list.Key = func(r services.Reading) string { return r.ID }
	list.SetItems(pg.presenter.log.Value)
	list.OnOpened = func(_ int, r services.Reading) {
		if a.ClosedOn == nil {
			pg.open(r.On)
		}
	}
	pg.places[list] = "log"
	return list
}

// source says who read the odometer.
func source(r services.Reading) string {
	if r.Lender {
		return "lender"
	}
	return "own"
}

// rowsHigh makes a list as high as so many of its rows.
type rowsHigh struct{ rows int }

// MinSize is the height of the rows.
func (l rowsHigh) MinSize(objects []fyne.CanvasObject) fyne.Size {
	row := objects[0].MinSize()
	return fyne.NewSize(row.Width, row.Height*float32(l.rows))
}

// Layout gives the list all there is.
func (rowsHigh) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }
