package link

import (
	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/services/vin"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// detailsForm is the form of the first step.
type detailsForm struct {
	page      *page
	presenter *details
	fields    map[string]*kit.Field
	warning   *kit.Wrapped // of a doubtful VIN
	missed    *kit.Panel
	problem   *kit.Wrapped
	next      *kit.Button
	byVIN     *fyne.Container
	whereVIN  fyne.CanvasObject
	whereID   fyne.CanvasObject
	sample    *fyne.Container
	people    int // drawn
}

// detailsStep draws the form and what stands beside it.
func (pg *page) detailsStep() fyne.CanvasObject {
	f := &detailsForm{page: pg, presenter: pg.presenter.details, fields: map[string]*kit.Field{}}
	p := pg.printer
	for _, field := range []string{fieldFirst, fieldLast, fieldPayment, fieldBMWID} {
		f.add(field, kit.NewField(p.T("link.field."+field)))
		f.fields[field].MaxRunes = pg.env.Policy.NameMax
	}
	number := kit.NewVINField(p.T("link.field.vin"))
	number.Filter = func(r rune) bool { return vin.Normalize(string(r)) != "" }
	f.add(fieldVIN, number)
	f.fields[fieldPayment].SetHint(p.T("link.field.last_payment_hint"))
	f.fields[fieldBMWID].SetHint(p.T("link.field.bmw_id_hint"))
	f.make(p)
	pg.update = f.update
	pg.focus = f.first
	return kit.Columns(cardWidth, 408)(kit.VStack(0, f.card(p)), f.side(p))
}

func (f *detailsForm) add(name string, field *kit.Field) {
	field.OnChanged = func(s string) { f.presenter.set(name, s) }
	field.OnSubmitted = func(string) { f.presenter.submit() }
	f.fields[name] = field
}

// make makes what stands around the fields.
func (f *detailsForm) make(p *text.Printer) {
	f.warning = kit.NewWrapped(p.T("vin.warning.check_digit"), kit.StyleHint)
	f.warning.SetColorName(theme.Warn)
	f.missed = kit.NewPanel(kit.Info, p.T("link.missed.title"), p.T("link.missed.text"))
	f.problem = kit.NewWrapped("", kit.StyleLabel)
	f.problem.SetColorName(theme.Bad)
	f.next = kit.NewPrimary(p.T("link.details.next"), f.presenter.submit)
	f.next.SetBusyText(p.T("link.details.busy"))
	f.sample = kit.VStack(0)
}

func (f *detailsForm) card(p *text.Printer) fyne.CanvasObject {
	method := kit.NewSegmented([]kit.Option{
		{ID: string(services.LinkByVIN), Label: p.T("link.method.vin")},
		{ID: string(services.LinkByBMWID), Label: p.T("link.method.bmw_id")},
	}, func(id string) { f.presenter.choose(services.LinkMethod(id)) })
	method.SetSelected(string(f.presenter.method))
	f.byVIN = kit.VStack(0,
		kit.VStack(theme.Gap1, f.fields[fieldVIN], f.warning), kit.Gap(theme.Gap4), f.fields[fieldPayment])
	return kit.NewCard(kit.VStack(0,
		kit.HStack(0, method), kit.Gap(18),
		kit.Columns(1, 1)(f.fields[fieldFirst], f.fields[fieldLast]), kit.Gap(6),
		kit.NewWrapped(p.T("link.details.spelling"), kit.StyleHint), kit.Gap(15),
		f.byVIN, f.fields[fieldBMWID], kit.Gap(theme.Gap4),
		kit.VStack(theme.Gap4, f.missed, f.problem, kit.HStack(0, f.next))))
}

// side says where to find what is asked for, and offers the made-up people.
func (f *detailsForm) side(p *text.Printer) fyne.CanvasObject {
	f.whereVIN = kit.NewCard(kit.VStack(theme.Gap3,
		kit.NewWrapped(p.T("link.where.vin.title"), kit.StyleCardTitle),
		bullets(p.T("link.where.vin.registration"), p.T("link.where.vin.door"), p.T("link.where.vin.dashboard")),
		kit.NewDrawing(theme.IconVIN, theme.QuietText, fyne.NewSize(320, 120)),
		kit.NewWrapped(p.T("link.where.vin.letters"), kit.StyleQuiet)))
	f.whereID = kit.NewCard(kit.VStack(theme.Gap3,
		kit.NewWrapped(p.T("link.where.bmw_id.title"), kit.StyleCardTitle),
		bullets(p.T("link.where.bmw_id.card"), p.T("link.where.bmw_id.letter")),
		kit.NewWrapped(p.T("link.where.bmw_id.none"), kit.StyleQuiet)))
	return kit.VStack(theme.Gap4, f.whereVIN, f.whereID, f.sample)
}

// bullets are lines with a point before each.
func bullets(lines ...string) fyne.CanvasObject {
	column := kit.VStack(2)
	for _, line := range lines {
		column.Add(kit.NewWrapped("• "+line, kit.StyleQuiet))
	}
	return column
}

// first is the first field that waits to be filled in.
func (f *detailsForm) first() fyne.Focusable {
	for _, field := range f.presenter.fields() {
		if f.presenter.typed[field] == "" {
			return f.fields[field].Focusable()
		}
	}
	return f.fields[f.presenter.fields()[0]].Focusable()
}

// update brings the form up to date with the presenter.
func (f *detailsForm) update() {
	p, d := f.page.printer, f.presenter
	for name, field := range f.fields {
		if field.Text() != d.typed[name] {
			field.SetText(d.typed[name])
		}
		field.SetError(d.fieldError(p, name))
	}
	byVIN := d.method == services.LinkByVIN
	show(f.byVIN, byVIN)
	show(f.whereVIN, byVIN)
	show(f.fields[fieldBMWID], !byVIN)
	show(f.whereID, !byVIN)
	f.updateVIN(d.number(p))
	show(f.missed, d.missed())
	problem := d.problem(p, f.page.env.Clock.Now())
	f.problem.SetText(problem)
	show(f.problem, problem != "")
	f.next.SetBusy(d.busy)
	if d.ready() || d.busy {
		f.next.Enable()
	} else {
		f.next.Disable()
	}
	f.updateSample(p)
	f.page.body.Refresh()
}

// updateVIN shows what the number says so far.
func (f *detailsForm) updateVIN(n number) {
	p, field := f.page.printer, f.fields[fieldVIN]
	field.SetHint(n.line)
	show(f.warning, n.doubtful)
	counter := text.Vars{"Have": n.count, "Length": vin.Length}
	switch {
	case n.count == 0:
		field.SetTrailing("", theme.QuietText)
	case n.doubtful:
		field.SetTrailing(p.T("link.vin.counter", counter), theme.Warn)
	case n.complete:
		field.SetTrailing(p.T("link.vin.counter_good", counter), theme.Good)
	default:
		field.SetTrailing(p.T("link.vin.counter", counter), theme.QuietText)
	}
}

// updateSample draws the made-up people once they are known.
func (f *detailsForm) updateSample(p *text.Printer) {
	people := f.presenter.people
	if len(people) == f.people {
		return
	}
	f.people = len(people)
	rows := kit.VStack(0)
	for i, person := range people {
		if i > 0 {
			rows.Add(kit.NewRule())
		}
		rows.Add(f.sampleRow(p, person))
	}
	f.sample.Objects = []fyne.CanvasObject{kit.NewCard(kit.VStack(theme.Gap2,
		kit.HStack(theme.Gap2, kit.NewCardTitle(p.T("link.sample.title")), kit.NewBadge(p.T("link.sample.badge"), kit.Info)),
		kit.NewWrapped(p.T("link.sample.text"), kit.StyleHint), rows))}
	f.sample.Refresh()
}

func (f *detailsForm) sampleRow(p *text.Printer, person services.SamplePerson) fyne.CanvasObject {
	name := services.Person{FirstName: person.FirstName, LastName: person.LastName}.Name()
	use := kit.NewLink(p.T("link.sample.use"), func() { f.presenter.use(person, p) })
	copied := kit.NewIconButton(theme.IconCopy, p.T("link.sample.copy", text.Vars{"Name": name}), func() {
		fyne.CurrentApp().Clipboard().SetContent(sampleText(p, person))
		f.page.env.Toast(p.T("link.sample.copied"))
	})
	return kit.Inset(theme.Gap2, 0, theme.Gap2, 0, kit.HStack(theme.Gap3,
		kit.HFill(kit.VStack(0, kit.NewWrapped(name, kit.StyleStrong), kit.NewWrapped(p.T(person.About), kit.StyleHint))),
		use, copied))
}

// sampleText is what is copied of a made-up person, a line for each field.
func sampleText(p *text.Printer, person services.SamplePerson) string {
	return p.T("link.sample.lines", text.Vars{
		"First": person.FirstName, "Last": person.LastName, "VIN": person.VIN,
		"Payment": p.Money(person.LastPayment), "ID": person.BMWID,
	})
}

var _ nav.Focuser = (*page)(nil)
