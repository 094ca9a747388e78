package settings

import (
	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// dataParts say where the data lies, and offer what can be put there.
func (pg *page) dataParts() []fyne.CanvasObject {
	p, s := pg.printer, pg.presenter
	parts := []fyne.CanvasObject{kit.NewWrapped(p.T("settings.data.title"), kit.StyleCardTitle)}
	if s.deps.Server != nil {
		parts = append(parts, kit.Gap(theme.Gap2), pg.server(), kit.Gap(theme.Gap4), kit.NewWrapped(p.T("settings.server.kept"), kit.StyleQuiet))
	}
	if s.deps.stored() != nil {
		parts = append(parts, kit.Gap(theme.Gap2), pg.folder())
	}
	if s.deps.Sample != nil && (s.sample.known || s.sample.err != nil) {
		parts = append(parts, kit.Gap(theme.Gap5), pg.sample())
	}
	if s.deps.Import {
		parts = append(parts, kit.Gap(theme.Gap5),
			kit.NewWrapped(p.T("settings.import.text"), kit.StyleQuiet), kit.Gap(theme.Gap2),
			kit.HStack(0, kit.NewButton(p.T("settings.import.button"), func() { pg.env.Go(nav.Route{Page: nav.PageImport}) })))
	}
	if s.deps.Data != nil {
		parts = append(parts, kit.Gap(theme.Gap5), kit.NewRule(), kit.Gap(theme.Gap5),
			kit.NewWrapped(p.T("settings.wipe.text"), kit.StyleQuiet), kit.Gap(theme.Gap2),
			kit.HStack(0, kit.NewDanger(p.T("settings.wipe.button"), pg.askWipe)))
	}
	return parts
}

// server names the server, with the fingerprint of a certificate that was accepted by hand.
func (pg *page) server() fyne.CanvasObject {
	p, s := pg.printer, pg.presenter.server
	column := kit.VStack(theme.Gap1, kit.NewQuiet(p.T("settings.server.name")), kit.NewSelectable(s.Host, kit.StyleLabel).SetWrapping(true))
	if s.Fingerprint == "" {
		return column
	}
	column.Add(kit.Gap(theme.Gap2))
	column.Add(kit.NewQuiet(p.T("settings.server.fingerprint")))
	column.Add(kit.NewSelectable(services.FingerprintGroups(s.Fingerprint), kit.StyleLabel).SetWrapping(true))
	return column
}

// folder is the path of the data, its size, and where its key lies.
func (pg *page) folder() fyne.CanvasObject {
	p, s := pg.printer, pg.presenter
	if !s.storageKnown {
		return kit.NewSkeleton(280, 160, 220)
	}
	copied := kit.NewIconButton(theme.IconCopy, p.T("settings.data.copy"), func() {
		fyne.CurrentApp().Clipboard().SetContent(s.storage.Folder)
		pg.env.Toast(p.T("settings.data.copied"))
	})
	return kit.VStack(theme.Gap1,
		kit.HStack(theme.Gap2, kit.HFill(kit.NewSelectable(s.storage.Folder, kit.StyleLabel).SetWrapping(true)), copied),
		kit.NewWrapped(p.T("settings.data.size", text.Vars{"Size": p.Size(s.storage.Bytes)}), kit.StyleQuiet),
		kit.NewWrapped(p.T("settings.data.sealed."+s.storage.KeyPlace, text.Vars{"File": s.storage.KeyFile}), kit.StyleQuiet))
}

// sample offers the made-up customers, or says that they are there.
func (pg *page) sample() fyne.CanvasObject {
	p, s := pg.printer, pg.presenter
	column := kit.VStack(theme.Gap2)
	switch {
	case s.sample.loaded:
		column.Add(kit.NewPanel(kit.Info, p.T("settings.sample.loaded"), p.T("settings.sample.loaded_text")))
		return column
	case s.sample.err != nil:
		column.Add(kit.NewPanel(kit.Bad, p.T("settings.sample.failed"), nav.Sentence(p, s.sample.err, pg.env.Clock.Now())))
	}
	load := kit.NewButton(p.T("settings.sample.button"), s.loadSample)
	load.SetBusyText(p.T("settings.sample.busy"))
	load.SetBusy(s.sample.loading)
	column.Add(kit.NewWrapped(p.T("settings.sample.text"), kit.StyleQuiet))
	column.Add(kit.HStack(0, load))
	return column
}
