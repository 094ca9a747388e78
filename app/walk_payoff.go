//go:build !release

package main

import (
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// ending looks at what it costs to end the lease, at the numbers behind a line, and at the way to its end.
func (w *walk) ending() {
	w.goTo(nav.Route{Page: nav.PagePayoff})
	w.WaitFor(w.say("payoff.waiting.title"))
	w.shot("payoff")
	w.Tap(w.say("payoff.line.show", text.Vars{"Line": w.say("payoff.line.residual")}))
	w.WaitFor(w.say("payoff.behind.residual"))
	w.shot("payoff-open")
	w.goTo(nav.Route{Page: nav.PageLeaseEnd})
	w.WaitFor(w.say("payoff.steps.title"))
	w.shot("lease-end")
}
