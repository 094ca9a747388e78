package profile

import (
	"cloud.google.com/go/civil"
	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// homePage draws home. Its widgets live from Build to Stop.
type homePage struct {
	env     nav.Env
	state   *home
	printer *text.Printer
	cards   *fyne.Container
	dialog  *kit.Dialog
	places  nav.Places // what the controls are for, to find the focus again
}

func newHomePage(env nav.Env, deps Deps) nav.Page {
	pg := &homePage{env: env, state: newHome(env.Dispatcher, deps)}
	pg.state.changed = pg.update
	return pg
}

// Start is part of nav.Page.
func (pg *homePage) Start() { pg.state.start() }

// Stop is part of nav.Page.
func (pg *homePage) Stop() {
	if pg.dialog != nil {
		pg.dialog.Close(false)
	}
	pg.state.scope.Stop()
	pg.printer, pg.cards, pg.places = nil, nil, nil
}

// Refresh is part of nav.Refresher.
func (pg *homePage) Refresh(e services.Event) { pg.state.happened(e) }

// Build is part of nav.Page.
func (pg *homePage) Build(p *text.Printer) fyne.CanvasObject {
	pg.printer, pg.cards = p, kit.VStack(0)
	pg.update()
	return kit.NewPageScroll(kit.PageMargin(kit.VStack(theme.Gap6, kit.NewWrapped(p.T("profile.title"), kit.StyleTitle), pg.cards)))
}

// update draws what the presenter knows now. The focus stays on what it was on, as long as that is there.
func (pg *homePage) update() {
	if pg.cards == nil {
		return
	}
	pg.places.Redraw(pg.env.Window.Canvas(), pg.draw)
}

// draw puts the cards into the page.
func (pg *homePage) draw() {
	left := kit.VStack(theme.Gap4, pg.contact(), pg.data())
	if pg.state.keeps() {
		left.Add(pg.kept())
	}
	right := kit.VStack(theme.Gap4, pg.signing())
	if pg.state.linked() {
		right.Add(pg.devices())
	}
	pg.cards.Objects = []fyne.CanvasObject{kit.Columns(1, 1)(left, right)}
	pg.cards.Refresh()
}

// place notes what a control is for.
func (pg *homePage) place(name string, control *kit.Button) *kit.Button {
	pg.places[control] = name
	return control
}

// to is a link to a part.
func (pg *homePage) to(name, words string) *kit.Button {
	return pg.place(name, kit.NewTextLink(words, func() { pg.env.Go(part(name)) }))
}

// row is a line of a card: what it is about, and at the right what it is and what can be done.
func row(about fyne.CanvasObject, right ...fyne.CanvasObject) fyne.CanvasObject {
	end := kit.HStack(theme.Gap2, right...)
	if fyne.CurrentApp().Settings().Theme().Size(theme.SizeText) > largeText {
		end = kit.Flow(theme.Gap2, theme.Gap1, right...)
	}
	return kit.VStack(0, kit.Inset(10, theme.Gap2, 10, theme.Gap2, kit.Sides(about, end)), kit.NewRule())
}

// largeText is the size of text from which on an address and a link may not fit beside each other.
const largeText = 24

// card is a title with what stands under it.
func card(title string, parts ...fyne.CanvasObject) fyne.CanvasObject {
	column := kit.VStack(0, kit.NewWrapped(title, kit.StyleCardTitle), kit.Gap(theme.Gap1))
	for _, o := range parts {
		column.Add(o)
	}
	return kit.NewCard(column)
}

// contact says who the person is and how to reach them.
func (pg *homePage) contact() fyne.CanvasObject {
	p, person := pg.printer, pg.state.deps.Info().Person
	parts := []fyne.CanvasObject{
		row(kit.NewQuiet(p.T("profile.contact.name")), kit.NewSelectable(person.Name(), kit.StyleLabel)),
		row(kit.NewQuiet(p.T("profile.contact.email")), kit.NewSelectable(person.Email, kit.StyleLabel), pg.to(PartEmail, p.T("profile.change"))),
		row(kit.NewQuiet(p.T("profile.contact.language")), pg.languages(person.Language)...),
	}
	if pg.state.linked() {
		parts = append(parts, row(kit.NewQuiet(p.T("profile.notifications.row")), pg.to(PartNotices, p.T("profile.change"))))
	}
	if pg.state.languageErr != nil {
		parts = append(parts, kit.Gap(theme.Gap3), pg.failed(p.T("profile.contact.language_failed"), pg.state.languageErr))
	}
	return card(p.T("profile.contact.title"), parts...)
}

// languages names those of mails; the one that is not in use is a link.
func (pg *homePage) languages(used string) []fyne.CanvasObject {
	var list []fyne.CanvasObject
	for _, lang := range text.Langs() {
		name := pg.printer.T("text.language." + string(lang))
		if string(lang) == used {
			list = append(list, kit.NewLabel(name))
			continue
		}
		link := pg.place("language", kit.NewTextLink(name, func() { pg.state.setLanguage(string(lang)) }))
		link.SetBusy(pg.state.choosing)
		list = append(list, link)
	}
	return list
}

// signing says how the person signs in.
func (pg *homePage) signing() fyne.CanvasObject {
	p := pg.printer
	return card(p.T("profile.signing.title"),
		row(kit.NewLabel(p.T("profile.signing.password")), pg.to(PartPassword, p.T("profile.change"))),
		pg.factor(),
		row(kit.NewLabel(p.T("profile.signing.history")), pg.to(PartSignIns, p.T("profile.show"))))
}

// factor says whether an authenticator app is asked for.
func (pg *homePage) factor() fyne.CanvasObject {
	p, factor := pg.printer, pg.state.factor
	name := kit.NewLabel(p.T("profile.signing.factor"))
	switch {
	case factor.err != nil && !factor.loaded:
		return pg.retry(p.T("profile.signing.factor"), factor.err)
	case !factor.loaded:
		return row(name, kit.NewSkeletonBlock(120, 14))
	case factor.value.Since.IsZero():
		return row(name, kit.NewQuiet(p.T("profile.signing.none")), pg.to(PartFactor, p.T("profile.signing.set_up")))
	}
	since := p.T("profile.signing.since", text.Vars{"Date": p.Date(civil.DateOf(factor.value.Since.Local()))})
	about := kit.VStack(2, name, kit.NewQuiet(since), kit.NewQuiet(p.T("profile.signing.recovery", text.Vars{"Count": factor.value.Recovery})))
	return row(about, pg.to(PartFactor, p.T("profile.signing.again")), pg.to(PartNoFactor, p.T("profile.remove")))
}

// devices lists where the person signs in.
func (pg *homePage) devices() fyne.CanvasObject {
	p, s := pg.printer, pg.state
	if !s.devices.loaded {
		if s.devices.err != nil {
			return card(p.T("profile.devices.title"), pg.retry("", s.devices.err))
		}
		return card(p.T("profile.devices.title"), kit.NewSkeletonRows(2))
	}
	var parts []fyne.CanvasObject
	for _, d := range s.devices.value {
		parts = append(parts, pg.device(d))
	}
	if s.removeErr != nil {
		parts = append(parts, kit.Gap(theme.Gap3), pg.failed(p.T("profile.devices.failed"), s.removeErr))
	}
	return card(p.T("profile.devices.title"), parts...)
}

// device is one computer.
func (pg *homePage) device(d services.Device) fyne.CanvasObject {
	p := pg.printer
	remove := pg.place("device "+d.ID, kit.NewTextLink(p.T("profile.remove"), func() { pg.askRemove(d) }))
	remove.SetBusy(pg.state.removing == d.ID)
	about := kit.VStack(2, kit.NewWrapped(d.Name, kit.StyleStrong), kit.NewWrapped(pg.trust(d), kit.StyleQuiet))
	if d.Current {
		return row(about, kit.NewBadge(p.T("profile.devices.here"), kit.Good), remove)
	}
	return row(about, remove)
}

// trust says until when a device is trusted and when it was last used.
func (pg *homePage) trust(d services.Device) string {
	p := pg.printer
	trusted := p.T("profile.devices.session")
	if !d.TrustedUntil.IsZero() {
		trusted = p.T("profile.devices.until", text.Vars{"Date": p.Date(civil.DateOf(d.TrustedUntil.Local()))})
	}
	if d.Current {
		return trusted
	}
	return p.T("profile.devices.used", text.Vars{"Trusted": trusted, "When": p.When(d.LastUsed.Local(), pg.env.Clock.Now().Local())})
}

// askRemove ends the trust in a device; for this one, which signs out, it asks first.
func (pg *homePage) askRemove(d services.Device) {
	if !d.Current {
		pg.state.remove(d)
		return
	}
	p := pg.printer
	pg.dialog = kit.ShowDialog(pg.env.Window, p.T("profile.devices.ask.title"), kit.NewWrapped(p.T("profile.devices.ask.text"), kit.StyleQuiet),
		p.T("profile.devices.ask.confirm"), p.T("profile.cancel"), true, func(yes bool) {
			pg.dialog = nil
			if yes {
				pg.state.remove(d)
			}
		})
}

// data is what the person can do with what is kept of them.
func (pg *homePage) data() fyne.CanvasObject {
	p, s := pg.printer, pg.state
	export := pg.place("export", kit.NewButton(p.T("profile.export.button"), func() { s.export(pg.save) }))
	export.SetBusyText(p.T("profile.export.busy"))
	export.SetBusy(s.exporting)
	remove := pg.place(PartDelete, kit.NewDanger(p.T("profile.delete.button"), func() { pg.env.Go(part(PartDelete)) }))
	parts := []fyne.CanvasObject{kit.NewWrapped(p.T("profile.export.text"), kit.StyleQuiet), kit.Gap(theme.Gap2)}
	if s.exportErr != nil {
		parts = append(parts, pg.failed(p.T("profile.export.none"), s.exportErr), kit.Gap(theme.Gap2))
	}
	return card(p.T("profile.data.title"), append(parts, kit.HStack(0, export), kit.Gap(theme.Gap5),
		kit.NewWrapped(p.T("profile.delete.text"), kit.StyleQuiet), kit.Gap(theme.Gap2), kit.HStack(0, remove))...)
}

// save asks where the copy of one's data goes.
func (pg *homePage) save(data []byte) {
	p := pg.printer
	name := p.T("profile.export.file", text.Vars{"Date": civil.DateOf(pg.env.Clock.Now().Local()).String()})
	pg.env.Files.Save(p.T("profile.export.dialog"), name, data, func(path string, err error) {
		switch {
		case err != nil:
			pg.env.Toast(p.T("profile.export.failed"))
		case path != "":
			pg.env.Toast(p.T("profile.export.saved"))
		}
	})
}

// failed says why something was not done.
func (pg *homePage) failed(title string, err error) fyne.CanvasObject {
	return kit.NewPanel(kit.Bad, title, why(pg.printer, pg.env, err))
}

// retry says in a card that something could not be read, and offers to try again.
func (pg *homePage) retry(name string, err error) fyne.CanvasObject {
	p := pg.printer
	column := kit.VStack(theme.Gap1)
	if name != "" {
		column.Add(kit.NewLabel(name))
	}
	column.Add(kit.NewWrapped(why(p, pg.env, err), kit.StyleQuiet))
	column.Add(kit.HStack(0, pg.place("retry", kit.NewLink(p.T("profile.retry"), pg.state.retry))))
	return kit.VStack(0, kit.Inset(10, theme.Gap2, 10, theme.Gap2, column), kit.NewRule())
}

// why says why something could not be read. Nothing is typed here that could be lost.
func why(p *text.Printer, env nav.Env, err error) string {
	if code := services.CodeOf(err); code == services.CodeUnavailable || code == services.CodeInternal {
		return p.T("profile.failed." + string(code))
	}
	return nav.Sentence(p, err, env.Clock.Now())
}
