//go:build !release

package main

import (
	"fyne.io/fyne/v2"

	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/uitest"
)

// autopay turns it on: the debit agreement is read in both languages and accepted, and found in the overview and among the
// documents afterwards.
func (w *walk) autopay() {
	w.goTo(nav.Route{Page: nav.PageAutopay})
	w.WaitFor(w.say("autopay.form.submit"))
	w.shot("autopay")
	w.Tap(w.say("autopay.form.submit"))
	w.WaitFor(w.say("autopay.text.agree"))
	w.shot("autopay-agreement")
	w.Canvas().Focus(uitest.All[*kit.Segmented](w.Screen)[0])
	w.Press(fyne.KeyRight)
	w.shot("autopay-agreement-other-language")
	w.Tick(w.say("autopay.text.agree"))
	w.Tap(w.say("autopay.text.accept"))
	w.WaitFor(w.say("autopay.done.title"))
	w.shot("autopay-on")
	w.Tap(w.say("autopay.document"))
	w.WaitFor(w.say("documents.kind.debit"))
	w.shot("documents-autopay")
	w.goTo(nav.Route{Page: nav.PageOverview})
	w.WaitFor(w.say("overview.next.autopay"))
	w.WaitFor(w.say("nav.payment.posted"))
	w.shot("overview-autopay")
	w.goTo(nav.Route{Page: nav.PageAutopay})
	w.WaitFor(w.say("autopay.rights.title"))
	w.shot("autopay-in-force")
}
