package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// Fault is why the program could not open its data, with what the person can do about it.
type Fault struct {
	Title, Text string
	Actions     []FaultAction // the first is the primary one
}

// FaultAction is one way out.
type FaultAction struct {
	Label  string
	Tapped func()
}

// ShowFault fills a window with a fault, in place of the program.
func ShowFault(app fyne.App, w fyne.Window, settings nav.Settings, f Fault) {
	app.Settings().SetTheme(themeOf(settings))
	row := kit.Flow(theme.Gap3, theme.Gap2)
	for i, action := range f.Actions {
		if i == 0 {
			row.Add(kit.NewPrimary(action.Label, action.Tapped))
			continue
		}
		row.Add(kit.NewButton(action.Label, action.Tapped))
	}
	card := kit.NewCard(kit.VStack(theme.Gap4,
		kit.NewIcon(theme.IconWarn, theme.Warn), kit.NewWrapped(f.Title, kit.StyleSection), kit.NewWrapped(f.Text, kit.StyleLabel), row))
	w.SetPadded(false)
	w.SetContent(container.NewStack(kit.NewGround(theme.Ground), kit.CenterBox(560, card)))
}

// ShowPage starts a page that comes before the program and fills a window with it.
func ShowPage(app fyne.App, w fyne.Window, settings nav.Settings, p *text.Printer, page nav.Page) {
	app.Settings().SetTheme(themeOf(settings))
	page.Start()
	w.SetPadded(false)
	w.SetContent(page.Build(p))
}
