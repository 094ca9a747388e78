package messages

import (
	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
)

// page is a page that only has its title so far.
type page struct{ key string }

// New makes the page of nav.PageMessages.
func New(env nav.Env, deps Deps, route nav.Route) nav.Page { return page{"messages.center.title"} }

// NewCompose makes the page of nav.PageCompose.
func NewCompose(env nav.Env, deps Deps, route nav.Route) nav.Page {
	return page{"messages.compose.title"}
}

// NewSent makes the page of nav.PageSent.
func NewSent(env nav.Env, deps Deps, route nav.Route) nav.Page { return page{"messages.sent.title"} }

func (page) Start() {}
func (page) Stop()  {}

func (pg page) Build(p *text.Printer) fyne.CanvasObject {
	return kit.PageMargin(kit.NewTitle(p.T(pg.key)))
}
