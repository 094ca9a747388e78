//go:build !release

package main

import (
	"time"

	"fyne.io/fyne/v2"

	"myaccount/services/totp"
	"myaccount/ui/nav"
	"myaccount/ui/profile"
)

// walkNewEmail is the address that the walk changes to.
const walkNewEmail = "amelie@tremblay.example.ca"

// profile looks at what protects the login, moves it to another address, and sets an authenticator app up.
func (w *walk) profile() {
	w.goTo(nav.Route{Page: nav.PageProfile})
	w.WaitFor(w.say("profile.devices.here"))
	w.WaitFor(w.say("profile.signing.none"))
	w.shot("profile")
	w.goTo(nav.Route{Page: nav.PageProfile, Arg: profile.PartPassword})
	w.Type(w.say("profile.password.current"), walkPassword)
	w.Type(w.say("profile.password.new"), "motdepasse")
	w.Blur()
	w.Until("the password to be judged", func() bool { return w.Field(w.say("profile.password.new")).Error() != "" })
	w.shot("profile-password")
	w.goTo(nav.Route{Page: nav.PageProfile, Arg: profile.PartSignIns})
	w.WaitFor(w.say("profile.outcome.wrong_password"))
	w.shot("profile-sign-ins")
	w.changeEmail()
	w.addFactor()
}

// notifications chooses quiet hours.
func (w *walk) notifications() {
	w.goTo(nav.Route{Page: nav.PageProfile, Arg: profile.PartNotices})
	w.WaitFor(w.say("profile.notifications.save"))
	w.Tick(w.say("profile.notifications.quiet"))
	w.WaitFor(w.say("profile.notifications.from"))
	w.shot("profile-notifications")
	w.Tap(w.say("profile.notifications.save"))
	w.WaitFor(w.say("profile.notifications.saved"))
	w.clock.move(6 * time.Second) // the toast goes
}

// changeEmail changes the address, with the button of the mail to the new one.
func (w *walk) changeEmail() {
	w.goTo(nav.Route{Page: nav.PageProfile, Arg: profile.PartEmail})
	w.Type(w.say("profile.email.new"), walkNewEmail)
	w.Type(w.say("profile.form.password"), walkPassword)
	w.Press(fyne.KeyReturn)
	w.WaitFor(w.say("profile.email.sent.title"))
	w.shot("profile-email-sent")
	w.Tap(w.say("profile.email.open"))
	w.WaitFor(w.say("mail.email_confirm.button"))
	w.shot("profile-email-mail")
	w.Tap(w.say("mail.email_confirm.button"))
	w.WaitFor(walkNewEmail)
	w.WaitFor(w.say("ui.confirmed"))
	w.clock.move(6 * time.Second) // the toast goes
	w.shot("profile-email-confirmed")
}

// addFactor sets an authenticator app up, which the walk itself is.
func (w *walk) addFactor() {
	w.goTo(nav.Route{Page: nav.PageProfile, Arg: profile.PartFactor})
	w.Type(w.say("profile.form.password"), walkPassword)
	w.Press(fyne.KeyReturn)
	w.WaitFor(w.say("profile.factor.scan"))
	w.shot("second-factor")
	w.Tap(w.say("profile.factor.copy"))
	w.secret = w.app.Clipboard().Content()
	w.Type(w.say("profile.factor.code"), w.factorCode())
	w.Press(fyne.KeyReturn)
	w.WaitFor(w.say("profile.codes.title"))
	w.clock.move(6 * time.Second) // the toast goes
	w.shot("second-factor-codes")
	w.Tick(w.say("profile.codes.kept"))
	w.Tap(w.say("profile.codes.done"))
	w.WaitFor(w.say("profile.signing.again"))
	w.shot("profile-second-factor")
}

// factorCode is what the authenticator app shows now.
func (w *walk) factorCode() string {
	code, err := totp.Code(w.secret, w.clock.Now())
	if err != nil {
		w.t.Fatal(err)
	}
	return code
}

// enterFactor signs in with the password and a code of the app.
func (w *walk) enterFactor(password string) {
	w.goTo(nav.Route{Page: nav.PageSignIn, Arg: walkNewEmail})
	w.enterPassword(w.Screen, password)
	w.WaitFor(w.say("entry.signin.code"))
	w.shot("sign-in-second-factor")
	w.TypeFocused(wrongCode(w.factorCode()))
	w.Press(fyne.KeyReturn)
	w.WaitFor(w.say("nav.field.totp.mismatch"))
	w.shot("sign-in-second-factor-refused")
	w.TypeFocused(w.factorCode()) // in place of the wrong one
	w.Press(fyne.KeyReturn)
	w.WaitFor(w.say("overview.payments.title"))
	w.shot("signed-in-again")
}

// wrongCode is a code of six digits with another first one.
func wrongCode(code string) string { return string('0'+(code[0]-'0'+1)%10) + code[1:] }
