//go:build !release

package main

import (
	"strings"

	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/uitest"
)

// pay adds a bank account, with mistakes first, pays from it, is asked before paying the same again, sees the
// payment among those to come, and takes it back.
func (w *walk) pay() {
	w.goTo(nav.Route{Page: nav.PagePay})
	w.WaitFor(w.say("pay.check"))
	w.shot("pay")
	w.account()
	reference := w.order()
	w.orderAgain()
	w.takeBack(reference)
}

// account adds the account that the payment is taken from.
func (w *walk) account() {
	w.Tap(w.say("pay.account.add"))
	w.WaitFor(w.say("pay.accounts.save"))
	w.Type(w.say("pay.accounts.transit"), "0001")
	w.Type(w.say("pay.accounts.institution"), "815")
	w.Type(w.say("pay.accounts.number"), "0012214")
	w.Tap(w.say("pay.accounts.save"))
	w.WaitFor(w.say("pay.accounts.format.transit"))
	w.shot("account-mistakes")
	w.Type(w.say("pay.accounts.transit"), "1")
	w.Tap(w.say("pay.accounts.save"))
	w.WaitFor("•••214")
	w.shot("accounts")
	w.Tap("‹ " + w.say("pay.accounts.back"))
	w.WaitFor(w.say("pay.check"))
	w.WaitFor("•••214")
}

// payment is what the walk pays.
const payment = "250.50"

// order pays on the earliest day, at the second go, and gives the confirmation number.
func (w *walk) order() (reference string) {
	w.Type(w.say("pay.amount"), "12.345")
	w.Tap(w.say("pay.check"))
	w.WaitFor(w.say("nav.reason.decimals"))
	w.fill(w.Screen, w.say("pay.amount"), "250,50 $")
	w.openFirstDay()
	w.shot("pay-day")
	w.Press(fyne.KeyReturn)
	w.Tap(w.say("pay.check"))
	pay := w.say("pay.order", text.Vars{"Amount": w.money(payment)})
	w.WaitFor(pay)
	w.shot("pay-check")
	w.Tap(pay)
	w.WaitFor(w.say("pay.done.title"))
	w.shot("pay-done")
	for _, words := range w.Texts() {
		if strings.HasPrefix(words, "P-") {
			return words
		}
	}
	w.t.Fatalf("no confirmation number; the screen says %q", w.Texts())
	return ""
}

// openFirstDay opens the calendar on the earliest day there is.
func (w *walk) openFirstDay() {
	w.Canvas().Focus(w.Field(w.say("pay.day")).Focusable())
	w.Press(fyne.KeyDown)
	for range 3 {
		w.Press(fyne.KeyPageUp)
	}
}

// orderAgain orders the same once more, and does not mean it.
func (w *walk) orderAgain() {
	w.goTo(nav.Route{Page: nav.PagePay})
	w.WaitFor(w.say("pay.check"))
	w.fill(w.Screen, w.say("pay.amount"), payment)
	w.openFirstDay()
	w.Press(fyne.KeyReturn)
	w.Tap(w.say("pay.check"))
	pay := w.say("pay.order", text.Vars{"Amount": w.money(payment)})
	w.WaitFor(pay)
	w.Tap(pay)
	w.WaitFor(w.say("pay.same.title"))
	w.shot("pay-same")
}

// money writes an amount as the screen does.
func (w *walk) money(decimal string) string {
	amount, err := text.ParseMoney(decimal, "CAD")
	if err != nil {
		w.t.Fatal(err)
	}
	return w.p.Money(amount)
}

// takeBack finds the payment among those to come; with large letters the table has no room for how it stands.
func (w *walk) takeBack(reference string) {
	w.goTo(nav.Route{Page: nav.PagePayments})
	w.WaitFor(w.say("nav.payment.posted"))
	w.Canvas().Focus(uitest.All[*kit.Segmented](w.Screen)[0])
	w.Press(fyne.KeyRight)
	w.WaitFor(w.money(payment))
	w.shot("payments-ordered")
	w.openRow()
	w.WaitFor(w.say("payments.cancel.action"))
	w.Tap(w.say("payments.cancel.action"))
	w.Tap(w.say("payments.cancel.confirm"))
	w.WaitFor(w.say("payments.cancel.done", text.Vars{"Reference": reference}))
}

// openRow opens the first row of the list on the page.
func (w *walk) openRow() {
	for _, list := range uitest.All[fyne.Focusable](w.Screen) {
		if _, ok := list.(interface{ Selected() int }); ok {
			w.Canvas().Focus(list)
			w.Press(fyne.KeyHome)
			w.Press(fyne.KeyReturn)
			return
		}
	}
	w.t.Fatalf("no list; the screen says %q", w.Texts())
}
