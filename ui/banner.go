package ui

import (
	"time"

	"cloud.google.com/go/civil"
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// banner is the strip at the top of a window that says that the service is away. It takes no room while it is there.
type banner struct {
	strip *fyne.Container
	words *kit.Wrapped
	retry *kit.Button
	below *fyne.Container // strip and page
}

// withBanner puts the strip over what a window shows.
func (f *frame) withBanner(content fyne.CanvasObject) fyne.CanvasObject {
	link := f.program.link
	if link == nil {
		return content
	}
	b := &banner{words: kit.NewWrapped("", kit.StyleLabel), retry: kit.NewTextLink(f.program.printer.T("ui.offline.retry"), link.retry)}
	row := kit.HStack(theme.Gap2, kit.NewIcon(theme.IconWarn, theme.Warn), kit.HFill(b.words), b.retry)
	b.strip = kit.VStack(0, container.NewStack(kit.NewGround(theme.WarnGround), kit.Inset(theme.Gap2, 24, theme.Gap2, 24, row)), kit.NewRule())
	b.below = kit.HeadBody(b.strip, content)
	f.banner = b
	f.tellConnection()
	return b.below
}

// tellConnection says how it stands with the service.
func (f *frame) tellConnection() {
	b, link := f.banner, f.program.link
	if b == nil {
		return
	}
	if link.away {
		b.words.SetText(f.offlineWords(link))
		b.retry.SetBusy(link.trying)
		b.strip.Show()
	} else {
		b.strip.Hide()
	}
	b.below.Refresh()
}

// offlineWords say since when the service is away, and what that means for who sits there.
func (f *frame) offlineWords(link *connection) string {
	p, now := f.program.printer, f.program.Clock.Now()
	vars := text.Vars{"Since": moment(p, now, link.since), "Saved": moment(p, now, link.seen)}
	switch {
	case f.session == nil:
		return p.T("ui.offline.entrance", vars)
	case f.session.Info().Role == services.RoleAdvisor:
		return p.T("ui.offline.desk", vars)
	default:
		return p.T("ui.offline.customer", vars)
	}
}

// moment is a time of today by the clock, any other with its day.
func moment(p *text.Printer, now, t time.Time) string {
	if now, t = now.Local(), t.Local(); civil.DateOf(now) == civil.DateOf(t) {
		return p.Clock(t)
	}
	return p.T("ui.offline.day", text.Vars{"When": p.DateTime(t.Local())})
}

// watchConnection begins to tell every window how it stands with the service, if there is one.
func (p *Program) watchConnection() {
	link, ok := p.Portal.(services.Connection)
	if !ok {
		return
	}
	p.link = &connection{
		scope: nav.Scope{Dispatcher: p.Dispatcher}, link: link, after: p.After, changed: p.connectionChanged,
		failed: func(err error) { p.sayAll(nav.Sentence(p.printer, err, p.Clock.Now())) },
	}
	p.link.start()
}

// connectionChanged tells every window. What it shows is read again once the service is back.
func (p *Program) connectionChanged(back bool) {
	for _, f := range p.frames {
		f.tellConnection()
		if back {
			f.toaster.Say(p.printer.T("ui.offline.back"))
			f.refetch()
		}
	}
}

func (p *Program) sayAll(words string) {
	for _, f := range p.frames {
		f.toaster.Say(words)
	}
}

// refetch reads anew what is shown.
func (f *frame) refetch() {
	if f.session != nil {
		f.countUnread()
	}
	f.tellPage(services.Event{Kind: services.EventRefetch})
}

// tellPage hands an event to the page that is shown.
func (f *frame) tellPage(e services.Event) {
	if v, ok := f.history.current(); ok {
		if r, ok := v.page.(nav.Refresher); ok {
			r.Refresh(e)
		}
	}
}
