package servicetest

import (
	"strings"
	"time"

	"myaccount/services"
)

var resetCases = suite{
	"PasswordResets_RequestPasswordReset/KnownAndUnknownAlike": resetRequestAlike,
	"PasswordResets_RequestPasswordReset/BadInput":             resetRequestBadInput,
	"PasswordResets_RequestPasswordReset/OneAMinute":           resetRequestOneAMinute,
	"PasswordResets_RequestPasswordReset/BeforeActivation":     resetBeforeActivation,
	"PasswordResets_ResetPassword/Course":                      resetCourse,
	"PasswordResets_ResetPassword/RefusedKeepsToken":           resetRefused,
	"PasswordResets_ResetPassword/InTime":                      resetInTime,
	"PasswordResets_ResetPassword/LiftsLockOut":                resetLiftsLockOut,
}

// resetToken asks for a reset and reads its mail.
func (w *world) resetToken(email string) services.Secret {
	w.Helper()
	w.must(w.Portal().RequestPasswordReset(w.ctx(), w.address(email)))
	return w.mail(email, "reset").Token
}

func resetRequestAlike(w *world) {
	w.person(alice)
	w.must(w.Portal().RequestPasswordReset(w.ctx(), w.address(alice)))
	w.must(w.Portal().RequestPasswordReset(w.ctx(), w.address(bob)))
	same(w, "mails", w.mailed(alice, "reset"), 1)
	same(w, "mails to nobody", len(w.Mails(w, bob)), 0)
	w.must(w.trySignIn(credentials(alice))) // asking changes nothing
}

func resetRequestBadInput(w *world) {
	w.refuses(w.Portal().RequestPasswordReset(w.ctx(), services.AddressRequest{}), "PasswordResets.RequestPasswordReset", map[string]string{
		"email": services.ReasonRequired, "captcha": services.ReasonRequired,
	})
	r := w.address(strings.Repeat("a", 300) + "@example.ca")
	w.refuses(w.Portal().RequestPasswordReset(w.ctx(), r), "PasswordResets.RequestPasswordReset", map[string]string{"email": services.ReasonTooLong})
}

func resetRequestOneAMinute(w *world) {
	w.person(alice)
	var known, unknown error
	for range 2 {
		known = w.Portal().RequestPasswordReset(w.ctx(), w.address(alice))
		unknown = w.Portal().RequestPasswordReset(w.ctx(), w.address(bob))
		w.alike(known, unknown)
	}
	w.Advance(w.waits(known, "PasswordResets.RequestPasswordReset", services.CodeThrottled))
	first := w.mail(alice, "reset").Token
	w.resetToken(alice)
	err := w.Portal().ResetPassword(w.ctx(), services.PasswordReset{Token: first, Password: "another-Harbour-57-boat"})
	w.fails(err, "PasswordResets.ResetPassword", services.CodeGone)
}

func resetBeforeActivation(w *world) {
	w.must(w.Portal().Register(w.ctx(), w.registration(alice)))
	w.must(w.Portal().RequestPasswordReset(w.ctx(), w.address(alice)))
	same(w, "mails to reset", w.mailed(alice, "reset"), 0)
	same(w, "mails to activate", w.mailed(alice, "activate"), 2)
}

func resetCourse(w *world) {
	w.person(alice)
	open := w.signIn(alice)
	token := w.resetToken(alice)
	r := services.PasswordReset{Token: token, Password: "another-Harbour-57-boat"}
	w.must(w.Portal().ResetPassword(w.ctx(), r))
	w.fails(w.Portal().ResetPassword(w.ctx(), r), "PasswordResets.ResetPassword", services.CodeGone)
	same(w, "mails that it changed", w.mailed(alice, "password_changed"), 1)
	w.fails(open.Touch(w.ctx()), "Session.Touch", services.CodeUnauthenticated)
	w.fails(w.trySignIn(credentials(alice)), "SignIns.SignIn", services.CodeUnauthenticated)
	c := credentials(alice)
	c.Password = r.Password
	w.must(w.trySignIn(c))
}

func resetRefused(w *world) {
	w.person(alice)
	token := w.resetToken(alice)
	for typed, reason := range map[services.Secret]string{
		"": services.ReasonRequired, "short": services.ReasonTooShort, "passwordpassword": services.ReasonCommon,
		"alice.tremblay": services.ReasonContext, services.Secret(strings.Repeat("🙂", 129)): services.ReasonTooLong,
	} {
		err := w.Portal().ResetPassword(w.ctx(), services.PasswordReset{Token: token, Password: typed})
		w.refuses(err, "PasswordResets.ResetPassword", map[string]string{"password": reason})
	}
	w.must(w.Portal().ResetPassword(w.ctx(), services.PasswordReset{Token: token, Password: "another-Harbour-57-boat"}))
}

func resetInTime(w *world) {
	w.person(alice)
	token := w.resetToken(alice)
	w.fails(w.Portal().Activate(w.ctx(), token), "Registrar.Activate", services.CodeGone)
	w.Advance(w.policy().ResetTTL)
	err := w.Portal().ResetPassword(w.ctx(), services.PasswordReset{Token: token, Password: "another-Harbour-57-boat"})
	w.fails(err, "PasswordResets.ResetPassword", services.CodeGone)
}

func resetLiftsLockOut(w *world) {
	w.person(alice)
	w.fails(w.lockOut(alice), "SignIns.SignIn", services.CodeLocked)
	w.Advance(time.Minute)
	w.fails(w.trySignIn(credentials(alice)), "SignIns.SignIn", services.CodeLocked)
	r := services.PasswordReset{Token: w.resetToken(alice), Password: "another-Harbour-57-boat"}
	w.must(w.Portal().ResetPassword(w.ctx(), r))
	c := credentials(alice)
	c.Password = r.Password
	w.must(w.trySignIn(c))
}
