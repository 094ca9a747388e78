package desk

import (
	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
)

// page is a page that only has its title so far.
type page struct{}

// New makes the page of nav.PageDesk.
func New(env nav.Env, deps Deps, route nav.Route) nav.Page { return page{} }

func (page) Start() {}
func (page) Stop()  {}

// Build is part of nav.Page.
func (page) Build(p *text.Printer) fyne.CanvasObject {
	return kit.PageMargin(kit.NewTitle(p.T("desk.title")))
}
