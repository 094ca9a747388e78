package ui

import (
	"myaccount/services"
	"myaccount/services/text"
)

// watchOutbox tells what becomes of messages that had to wait, if the session keeps some.
func (f *frame) watchOutbox() {
	outbox, ok := f.session.(services.Outbox)
	if !ok || !f.session.Info().Ready() {
		return
	}
	p := f.program
	s := &sendings{
		scope: &f.life, outbox: outbox, clock: p.Clock,
		away:    func() bool { return p.link != nil && p.link.away },
		changed: func() { f.tellPage(services.Event{Kind: services.EventOutbox}) },
		received: func(r services.Receipt) {
			f.toaster.Say(p.printer.T("ui.outbox.received", text.Vars{"Reference": r.Reference}))
		},
		refused: func() { f.toaster.Say(p.printer.T("ui.outbox.refused")) },
	}
	s.start()
}
