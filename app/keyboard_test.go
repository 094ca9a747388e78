package main

import (
	"slices"
	"testing"

	"myaccount/ui/nav"
)

// What the shell puts around a page is reached by Tab in reading order too: before the page when nobody is signed in, and
// also above a page that leaves it no room.
func TestShell_ByKeyboardBeforeSigningIn(t *testing.T) {
	w := startWalk(t)
	w.WaitFor(w.say("entry.sample.load"))
	want := []string{"Français", "Mail on this device", "Settings", "Email address", "Password"}
	if got := w.TabOrder(); !slices.Equal(got[:min(len(got), len(want))], want) {
		t.Errorf("Tab goes to %q", got)
	}
	w.AssertKeyboard()
	w.Tap("Settings")
	w.WaitFor(w.say("settings.data.copy"))
	w.AssertLayout()
	w.AssertKeyboard()
	w.Tap(w.say("ui.entrance.back"))
	w.WaitFor(w.say("entry.signin.lead"))
}

func TestShell_ByKeyboard(t *testing.T) {
	w := startWalk(t)
	w.goIn()
	for _, at := range []struct {
		page nav.PageID
		key  string
	}{
		{nav.PageOverview, "overview.payments.title"},
		{nav.PagePayments, "nav.payment.posted"},
		{nav.PagePay, "pay.check"},
		{nav.PageAccounts, "pay.accounts.save"},
		{nav.PageVehicle, "vehicle.log.lender"},
		{nav.PageMessages, "messages.empty.title"},
		{nav.PageCompose, "messages.compose.drop"},
		{nav.PageSettings, "settings.data.copy"},
		{nav.PageImport, "portfolio.choose.title"},
	} {
		w.goTo(nav.Route{Page: at.page})
		w.WaitFor(w.say(at.key))
		w.AssertKeyboard()
	}
}
