package settings

import (
	"strconv"

	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// page draws the presenter. Its widgets live from Build to Stop.
type page struct {
	env       nav.Env
	presenter *presenter
	printer   *text.Printer
	data      *fyne.Container // where the data lies
	about     *fyne.Container // version and licences
	dialog    *kit.Dialog
	choices   map[string]fyne.Focusable
	touched   string // the choice that was changed last: it keeps the focus when all is drawn anew
}

// New makes the page of nav.PageSettings.
func New(env nav.Env, deps Deps) nav.Page {
	pg := &page{env: env, presenter: newPresenter(env.Dispatcher, deps)}
	pg.presenter.changed = pg.update
	return pg
}

// Start is part of nav.Page.
func (pg *page) Start() { pg.presenter.start() }

// Stop is part of nav.Page.
func (pg *page) Stop() {
	if pg.dialog != nil {
		pg.dialog.Close(false)
	}
	pg.presenter.scope.Stop()
	pg.printer, pg.data, pg.about, pg.dialog, pg.choices = nil, nil, nil, nil, nil
}

// Focus is part of nav.Focuser.
func (pg *page) Focus() fyne.Focusable { return pg.choices[pg.touched] }

// Build is part of nav.Page.
func (pg *page) Build(p *text.Printer) fyne.CanvasObject {
	pg.printer, pg.choices = p, map[string]fyne.Focusable{}
	pg.data, pg.about = kit.VStack(0), kit.VStack(0)
	left := kit.VStack(theme.Gap4, pg.display())
	right := kit.VStack(theme.Gap4)
	if pg.presenter.deps.stored() != nil || pg.presenter.deps.Sample != nil || pg.presenter.deps.Import {
		right.Add(kit.NewCard(pg.data))
	}
	right.Add(kit.NewCard(pg.about))
	pg.update()
	return kit.NewPageScroll(kit.PageMargin(kit.VStack(theme.Gap6,
		kit.NewWrapped(p.T("settings.title"), kit.StyleTitle), kit.Columns(1, 1)(left, right))))
}

// display holds what changes how the program looks.
func (pg *page) display() fyne.CanvasObject {
	p, s := pg.printer, pg.presenter
	language := kit.NewSegmented([]kit.Option{
		{ID: string(text.English), Label: p.T("text.language.en")}, {ID: string(text.French), Label: p.T("text.language.fr")},
	}, func(id string) { pg.touch("language", func() { s.setLanguage(id) }) })
	language.SetSelected(string(p.Lang()))
	looks := make([]kit.Option, len(appearances))
	for i, a := range appearances {
		looks[i] = kit.Option{ID: a, Label: p.T("settings.appearance." + a)}
	}
	look := kit.NewRadio(looks, func(id string) { pg.touch("appearance", func() { s.setAppearance(id) }) })
	look.SetSelected(s.appearance())
	sizes := make([]kit.Option, len(textSizes))
	for i, percent := range textSizes {
		sizes[i] = kit.Option{ID: strconv.Itoa(percent), Label: p.Percent(float64(percent))}
	}
	size := kit.NewSegmented(sizes, func(id string) {
		percent, err := strconv.Atoi(id)
		if err == nil {
			pg.touch("size", func() { s.setSize(percent) })
		}
	})
	size.SetSelected(strconv.Itoa(s.size()))
	pg.choices["language"], pg.choices["appearance"], pg.choices["size"] = language, look, size
	return kit.NewCard(kit.VStack(theme.Gap5,
		named(p.T("settings.language"), kit.HStack(0, language)),
		named(p.T("settings.appearance"), look),
		named(p.T("settings.size"), kit.HStack(0, size))))
}

// touch makes a change and remembers by what.
func (pg *page) touch(choice string, change func()) {
	pg.touched = choice
	change()
}

// named puts the name of a choice over it.
func named(name string, o fyne.CanvasObject) fyne.CanvasObject {
	return kit.VStack(theme.Gap2, kit.NewWrapped(name, kit.StyleFieldName), o)
}

// update draws anew what the presenter may have changed.
func (pg *page) update() {
	if pg.data == nil {
		return
	}
	fill(pg.data, pg.dataParts())
	fill(pg.about, pg.aboutParts())
}

func fill(c *fyne.Container, parts []fyne.CanvasObject) {
	c.Objects = parts
	c.Refresh()
}

// aboutParts name the program and what it is made of.
func (pg *page) aboutParts() []fyne.CanvasObject {
	p, s := pg.printer, pg.presenter
	label := "settings.about.show"
	if s.showLicences {
		label = "settings.about.hide"
	}
	parts := []fyne.CanvasObject{
		kit.NewWrapped(p.T("settings.about.title"), kit.StyleCardTitle), kit.Gap(theme.Gap2),
		kit.NewSelectable(p.T("settings.about.version", text.Vars{"Product": pg.env.Policy.Product, "Version": s.deps.Version}), kit.StyleLabel).SetWrapping(true),
		kit.Gap(theme.Gap1),
		kit.NewWrapped(s.deps.Disclaimer[string(p.Lang())], kit.StyleHint), kit.Gap(theme.Gap3),
		kit.HStack(0, kit.NewLink(p.T(label), s.toggleLicences)),
	}
	if !s.showLicences {
		return parts
	}
	parts = append(parts, kit.Gap(theme.Gap2))
	for _, l := range s.licences() {
		parts = append(parts, kit.NewRowColumns([]float32{2.6, 1}, kit.NewLabel(l.name), kit.NewQuiet(l.terms)))
	}
	return parts
}
