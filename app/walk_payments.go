//go:build !release

package main

import (
	"fyne.io/fyne/v2"

	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/uitest"
)

// payments looks at what was paid, at what comes, and at the schedule; and at one payment by itself.
func (w *walk) payments() {
	w.goTo(nav.Route{Page: nav.PagePayments})
	w.WaitFor(w.say("nav.payment.posted"))
	w.shot("payments")
	views := uitest.All[*kit.Segmented](w.Screen)[0]
	for _, view := range []struct{ name, key string }{{"upcoming", "nav.payment.due"}, {"schedule", "nav.payment.paid"}} {
		w.Canvas().Focus(views)
		w.Press(fyne.KeyRight)
		w.WaitFor(w.say(view.key))
		w.shot("payments-" + view.name)
	}
}
