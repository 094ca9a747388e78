//go:build !release

package main

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// settings looks at the settings, and switches the language while something is typed.
func (w *walk) settings() {
	w.goTo(nav.Route{Page: nav.PageSettings})
	w.WaitFor(w.say("settings.data.copy"))
	w.shot("settings")
	w.goTo(nav.Route{Page: nav.PageCompose})
	w.WaitFor(w.say("messages.compose.drop"))
	w.Type(w.say("messages.compose.message"), "Bonjour, hello")
	w.Tap(w.otherLanguage().T("ui.language"))
	w.WaitFor(w.otherLanguage().T("messages.compose.drop"))
	if typed := w.Field(w.otherLanguage().T("messages.compose.message")).Text(); typed != "Bonjour, hello" {
		w.t.Errorf("after the language was switched the message says %q", typed)
	}
	w.shot("compose-other-language")
	w.Tap(w.say("ui.language"))
	w.WaitFor(w.say("messages.compose.title"))
}

// otherLanguage speaks the language that the walk is not taken in.
func (w *walk) otherLanguage() *text.Printer {
	if w.p.Lang() == text.French {
		return w.options.catalogue.Printer(text.English)
	}
	return w.options.catalogue.Printer(text.French)
}

// importing imports a faulty portfolio and then a good one.
func (w *walk) importing() {
	w.goTo(nav.Route{Page: nav.PageImport})
	w.WaitFor(w.say("portfolio.choose.title"))
	w.shot("import")
	faulty := w.file("faulty.jsonl", `{"customer_id":"1","first_name":"","last_name":"Roy","province":"QC","agreements":[{"number":"7"}]}`+"\n{not json}\n")
	w.goTo(nav.Route{Page: nav.PageImport, Arg: faulty})
	w.WaitFor(w.say("portfolio.faulty.nothing"))
	w.shot("import-faulty")
}

// leave is warned after a while without a sign, stays, is signed out, and is locked out after too many tries.
func (w *walk) leave() {
	w.goTo(nav.Route{Page: nav.PageOverview})
	w.WaitFor(w.say("overview.payments.title"))
	w.clock.move(14*time.Minute + 10*time.Second)
	w.WaitFor(w.say("ui.idle.title"))
	w.shot("idle-warning")
	w.Tap(w.say("ui.idle.stay"))
	w.WaitGone(w.say("ui.idle.title"))
	w.clock.move(15 * time.Minute)
	w.WaitFor(w.say("entry.signin.note.idle.title"))
	w.shot("signed-out-idle")
	for range 30 {
		if w.Has(w.say("entry.signin.locked.title")) {
			break
		}
		w.tryPassword("never my password")
	}
	w.WaitFor(w.say("entry.signin.locked.title"))
	w.shot("sign-in-locked")
}

// tryPassword tries to sign in with a wrong password. The proof of work that is asked for after some failures is
// renewed by the page itself once it was given.
func (w *walk) tryPassword(password string) {
	if w.Has(w.say("entry.robot.label")) {
		if w.Has(w.say("nav.field.captcha.required")) {
			w.Tick(w.say("entry.robot.label"))
		}
		w.WaitFor(w.say("entry.robot.done"))
	}
	w.fill(w.Screen, w.say("entry.field.email"), "stranger@example.ca")
	w.enterPassword(w.Screen, password)
	w.Until("an answer", func() bool { return !w.Has(w.say("entry.signin.busy")) })
	w.clock.move(35 * time.Second) // the wait between failures
	w.Drain()
}

// forgot sets a new password with the mail, after a link that was used.
func (w *walk) forgot() {
	w.goTo(nav.Route{Page: nav.PageForgot})
	w.WaitFor(w.say("entry.forgot.title"))
	w.shot("forgot-password")
	w.fill(w.Screen, w.say("entry.field.email"), walkNewEmail)
	w.Tick(w.say("entry.robot.label"))
	w.WaitFor(w.say("entry.robot.done"))
	w.Tap(w.say("entry.forgot.submit"))
	w.WaitFor(w.say("entry.checkmail.title"))
	w.shot("forgot-check-your-mail")
	link := w.mail(walkNewEmail, "reset")
	w.goTo(nav.Route{Page: nav.PageReset, Token: link.Token})
	w.WaitFor(w.say("entry.field.password.new"))
	w.Type(w.say("entry.field.password.new"), walkPassword+"-neuf")
	w.Type(w.say("entry.field.confirm"), walkPassword+"-neuf")
	w.Until("the password to be judged", func() bool { return w.Enabled(w.say("entry.reset.submit")) })
	w.shot("reset-password")
	w.Press(fyne.KeyReturn)
	w.WaitFor(w.say("entry.reset.done.title"))
	w.shot("password-changed")
	w.goTo(nav.Route{Page: nav.PageActivate, Token: services.Secret(strings.Repeat("x", 43))})
	w.WaitFor(w.say("entry.activate.gone.title"))
	w.shot("activation-link-used")
}
