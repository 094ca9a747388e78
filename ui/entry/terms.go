package entry

import (
	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// reading is the width of a text to read, in device-independent pixels.
const reading = 640

// termsPage draws terms.
type termsPage struct {
	env    nav.Env
	site   *Site
	state  *terms
	p      *text.Printer
	states *kit.States
	first  fyne.Focusable
}

// NewTerms makes the page with the terms of use.
func NewTerms(env nav.Env, site *Site, _ nav.Route) nav.Page {
	pg := &termsPage{env: env, site: site, state: newTerms(env.Dispatcher, site.Portal, env.Language())}
	pg.state.changed = pg.update
	pg.state.shown = func(lang string) { site.terms.see(lang, env.Clock.Now()) }
	return pg
}

// Start is part of nav.Page.
func (pg *termsPage) Start() { pg.state.start() }

// Stop is part of nav.Page.
func (pg *termsPage) Stop() {
	pg.state.stop()
	pg.states, pg.first = nil, nil
}

// Focus is part of nav.Focuser.
func (pg *termsPage) Focus() fyne.Focusable { return pg.first }

// Build is part of nav.Page.
func (pg *termsPage) Build(p *text.Printer) fyne.CanvasObject {
	pg.p = p
	back := kit.NewButton(p.T("entry.terms.back"), pg.env.Back).SetCompact(true)
	var options []kit.Option
	for _, lang := range pg.env.Policy.Languages {
		options = append(options, kit.Option{ID: lang, Label: p.T("text.language." + lang)})
	}
	choice := kit.NewSegmented(options, pg.state.choose)
	choice.SetSelected(pg.state.lang)
	pg.first = back
	pg.states = kit.NewStates(kit.NewSkeleton(360, 470, 500, 440, 480, 260), nil, nil, nil)
	pg.update()
	margin := theme.PageMargin
	head := kit.Inset(theme.Gap2, margin, theme.Gap4, margin, kit.MaxWidth(reading, kit.Ends(0, back, choice)))
	text := kit.NewPageScroll(kit.Inset(0, margin, margin, margin, kit.MaxWidth(reading, pg.states)))
	return beside(p, pg.env, pg.site, kit.HeadBody(head, text))
}

// update draws what has changed.
func (pg *termsPage) update() {
	t := pg.state
	switch {
	case pg.states == nil:
	case t.loading:
		pg.states.SetState(kit.Loading)
	case t.err != nil:
		pg.states.Set(kit.Failed, kit.NewFailedState(pg.p.T("entry.terms.failed.title"),
			nav.Sentence(pg.p, t.err, pg.env.Clock.Now()), pg.p.T("entry.retry"), t.retry, kit.Reference(pg.env.Reference(pg.p, t.err))))
		pg.states.SetState(kit.Failed)
	default:
		pg.states.Set(kit.Full, kit.NewProse(t.have.Text))
		pg.states.SetState(kit.Full)
	}
}
