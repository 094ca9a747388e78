package profile

import (
	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// kept says what this computer keeps of the person, and offers to remove it.
func (pg *homePage) kept() fyne.CanvasObject {
	p, s := pg.printer, pg.state
	title := p.T("profile.kept.title")
	switch {
	case s.kept.err != nil && !s.kept.loaded:
		return card(title, pg.retry("", s.kept.err))
	case !s.kept.loaded:
		return card(title, kit.NewSkeletonRows(1))
	case s.kept.value == (services.KeptInfo{}):
		return card(title, kit.NewWrapped(p.T("profile.kept.none"), kit.StyleQuiet))
	}
	remove := pg.place("kept", kit.NewButton(p.T("profile.kept.button"), pg.askClear))
	remove.SetBusyText(p.T("profile.kept.busy"))
	remove.SetBusy(s.clearing)
	parts := []fyne.CanvasObject{kit.NewWrapped(nav.KeptSentence(p, s.kept.value), kit.StyleQuiet), kit.Gap(theme.Gap2)}
	if s.clearErr != nil {
		parts = append(parts, pg.notCleared(), kit.Gap(theme.Gap2))
	}
	return card(title, append(parts, kit.HStack(0, remove))...)
}

// notCleared says why nothing was removed.
func (pg *homePage) notCleared() fyne.CanvasObject {
	p, err := pg.printer, pg.state.clearErr
	if services.CodeOf(err) == services.CodeConflict {
		return kit.NewPanel(kit.Warn, p.T("profile.kept.failed"), p.T("profile.kept.waiting"))
	}
	return pg.failed(p.T("profile.kept.failed"), err)
}

// askClear says what is lost before it is removed.
func (pg *homePage) askClear() {
	p := pg.printer
	pg.dialog = kit.ShowDialog(pg.env.Window, p.T("profile.kept.ask"), kit.NewWrapped(nav.KeptLoss(p, pg.state.kept.value), kit.StyleQuiet),
		p.T("profile.remove"), p.T("profile.cancel"), true, func(yes bool) {
			pg.dialog = nil
			if yes {
				pg.state.clear()
			}
		})
}
