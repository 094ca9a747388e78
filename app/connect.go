package main

import (
	"time"

	"myaccount/services"
	"myaccount/ui"
	"myaccount/ui/connect"
	"myaccount/ui/nav"
)

// connectQuiet is how long a server is looked for before a window says so: most answer sooner.
const connectQuiet = 400 * time.Millisecond

// connect looks for the server and then shows the program; until then, and when the person has something to decide, a
// page says how far it is.
func (d *desktop) connect(p *remotePortal) {
	dispatcher, window := ui.Live{}, d.before()
	var page nav.Page
	after := ui.After(dispatcher)(connectQuiet, window.Show)
	info, err := p.Service(d.ctx)
	if err != nil {
		d.showFault(err)
		return
	}
	page = connect.New(nav.Env{Dispatcher: dispatcher, Clock: systemClock{}, Window: window}, connect.Deps{
		Host: info.Host, Reach: p.reach, Refused: refusedCertificate, Accept: p.Pin, Quit: d.app.Quit, Shown: window.Show,
		Ready: func(policy services.Policy) {
			after()
			page.Stop()
			d.show(policy)
		},
	})
	ui.ShowPage(d.app, window, d.environment.Settings.Load(), d.printer, page)
}
