package servicetest

import (
	"slices"
	"strings"
	"time"

	"myaccount/services"
	"myaccount/services/totp"
)

var securityCases = suite{
	"Security_ChangePassword/EndsOtherSessions":   changePasswordCourse,
	"Security_ChangePassword/Refused":             changePasswordRefused,
	"Security_ChangePassword/NeedsDevice":         securityNeedsDevice,
	"Security_ChangePassword/WrongOnesLock":       securityLocks,
	"Security_ChangeEmail/Refused":                changeEmailRefused,
	"Security_ChangeEmail/KnownAndUnknownAlike":   changeEmailAlike,
	"Security_ChangeEmail/TenMailsAnHour":         changeEmailThrottled,
	"Security_SignInHistory/Outcomes":             historyOutcomes,
	"Security_SignInHistory/Pages":                historyPages,
	"Security_SecondFactor/None":                  factorNone,
	"Security_SetUpSecondFactor/CountsConfirmed":  factorCountsConfirmed,
	"Security_ConfirmSecondFactor/Refused":        confirmFactorRefused,
	"Security_ConfirmSecondFactor/TriesAreFew":    confirmFactorThrottled,
	"Security_RemoveSecondFactor/AsksNoMore":      removeFactor,
	"SignIns_SignIn/SecondFactor":                 signInFactor,
	"SignIns_SignIn/RecoveryCodesOnce":            signInRecovery,
	"Registrar_ConfirmEmail/MovesTheLogin":        confirmEmailMoves,
	"Registrar_ConfirmEmail/Gone":                 confirmEmailGone,
	"Registrar_ConfirmEmail/TrustMovesAlong":      confirmEmailKeepsTrust,
	"Registrar_ConfirmEmail/SomebodyElsesAddress": confirmEmailTaken,
}

const (
	changed services.Secret = "another-Meadow-47-kettle"
	carol   string          = "carol.gagnon@example.ca"
)

func changePasswordCourse(w *world) {
	s := w.customer(alice, "lease")
	other := w.signIn(alice)
	w.must(s.ChangePassword(w.ctx(), services.PasswordChange{Current: password, Password: changed}))
	w.must(s.Touch(w.ctx()))
	w.fails(other.Touch(w.ctx()), "Session.Touch", services.CodeUnauthenticated)
	same(w, "mails that it changed", w.mailed(alice, "password_changed"), 1)
	w.fails(w.trySignIn(credentials(alice)), "SignIns.SignIn", services.CodeUnauthenticated)
	c := credentials(alice)
	c.Password = changed
	w.must(w.trySignIn(c))
}

func changePasswordRefused(w *world) {
	w.person(alice)
	s := w.signIn(alice)
	for typed, reason := range map[services.Secret]string{
		"": services.ReasonRequired, "short": services.ReasonTooShort, "passwordpassword": services.ReasonCommon,
		"alice.tremblay": services.ReasonContext, services.Secret(strings.Repeat("🙂", 129)): services.ReasonTooLong,
	} {
		err := s.ChangePassword(w.ctx(), services.PasswordChange{Current: password, Password: typed})
		w.refuses(err, "Security.ChangePassword", map[string]string{"password": reason})
	}
	err := s.ChangePassword(w.ctx(), services.PasswordChange{Current: "wrong", Password: changed})
	w.refuses(err, "Security.ChangePassword", map[string]string{"current": services.ReasonMismatch})
	w.must(w.trySignIn(credentials(alice)))
}

// securityNeedsDevice is somebody who knows the password of a person who is linked, and has none of their devices.
func securityNeedsDevice(w *world) {
	w.customer(alice, "lease")
	securityCalls(w.signIn(alice)).all(w, services.CodeDeviceUnauthorized)
}

// securityLocks is somebody at a computer that was left open, who tries passwords. What one call counts, all count.
func securityLocks(w *world) {
	s := w.customer(alice, "lease")
	asking := []struct {
		method, field string
		call          func(typed services.Secret) error
	}{
		{"Security.ChangePassword", "current", func(typed services.Secret) error {
			return s.ChangePassword(w.ctx(), services.PasswordChange{Current: typed, Password: changed})
		}},
		{"Security.ChangeEmail", "password", func(typed services.Secret) error {
			return s.ChangeEmail(w.ctx(), services.EmailChange{Password: typed, Email: carol})
		}},
		{"Security.SetUpSecondFactor", "password", func(typed services.Secret) error {
			_, err := s.SetUpSecondFactor(w.ctx(), typed)
			return err
		}},
		{"Security.RemoveSecondFactor", "password", func(typed services.Secret) error {
			return s.RemoveSecondFactor(w.ctx(), typed)
		}},
	}
	for n := range w.policy().LockoutAfter - 1 {
		w.Advance(pauseMost)
		ask := asking[n%len(asking)]
		w.refuses(ask.call("wrong"), ask.method, map[string]string{ask.field: services.ReasonMismatch})
	}
	for _, ask := range asking {
		w.waits(ask.call(password), ask.method, services.CodeThrottled)
	}
	w.Advance(pauseMost)
	w.waits(asking[0].call("wrong"), asking[0].method, services.CodeLocked)
	w.Advance(pauseMost)
	for _, ask := range asking {
		w.waits(ask.call(password), ask.method, services.CodeLocked)
	}
	w.fails(w.trySignIn(credentials(alice)), "SignIns.SignIn", services.CodeLocked)
	w.must(s.Touch(w.ctx()))
	same(w, "mails to the address that was not changed to", len(w.Mails(w, carol)), 0)
}

func changeEmailRefused(w *world) {
	w.person(alice)
	s := w.signIn(alice)
	for typed, reason := range map[string]string{
		"": services.ReasonRequired, "carol@": services.ReasonFormat, alice: services.ReasonDuplicate,
		" " + strings.ToUpper(alice): services.ReasonDuplicate, "carol@" + strings.Repeat("a.", 130) + "ca": services.ReasonTooLong,
	} {
		err := s.ChangeEmail(w.ctx(), services.EmailChange{Password: password, Email: typed})
		w.refuses(err, "Security.ChangeEmail", map[string]string{"email": reason})
	}
	err := s.ChangeEmail(w.ctx(), services.EmailChange{Password: "wrong", Email: carol})
	w.refuses(err, "Security.ChangeEmail", map[string]string{"password": services.ReasonMismatch})
	same(w, "mails", len(w.Mails(w, carol)), 0)
}

// changeEmailAlike asks for an address that is somebody's, who is told, and for one that is nobody's.
func changeEmailAlike(w *world) {
	w.person(alice)
	w.person(bob)
	s := w.signIn(alice)
	for _, address := range []string{bob, carol} {
		w.must(s.ChangeEmail(w.ctx(), services.EmailChange{Password: password, Email: address}))
	}
	same(w, "mails to who has a login", w.mailed(bob, "already_registered"), 1)
	same(w, "mails with a link to who has a login", w.mailed(bob, "email_confirm"), 0)
	same(w, "mails with a link to nobody", w.mailed(carol, "email_confirm"), 1)
	same(w, "mails to the old address", w.mailed(alice, "email_change"), 2)
}

func changeEmailThrottled(w *world) {
	w.person(alice)
	s := w.signIn(alice)
	change := services.EmailChange{Password: password, Email: carol}
	var err error
	for n := 0; err == nil && n < 100; n++ {
		err = s.ChangeEmail(w.ctx(), change)
	}
	w.Advance(w.waits(err, "Security.ChangeEmail", services.CodeThrottled))
	w.must(s.ChangeEmail(w.ctx(), change))
}

// changeEmail asks for a new address and gives the token of the mail.
func (w *world) changeEmail(s services.CustomerSession, address string) services.Secret {
	w.Helper()
	w.must(s.ChangeEmail(w.ctx(), services.EmailChange{Password: password, Email: address}))
	return w.mail(address, "email_confirm").Token
}

func confirmEmailMoves(w *world) {
	w.person(alice)
	s := w.signIn(alice)
	token := w.changeEmail(s, carol)
	same(w, "address before", w.reloaded(s).Person.Email, alice)
	w.must(w.Portal().ConfirmEmail(w.ctx(), " "+token+"\n"))
	same(w, "address after", w.reloaded(s).Person.Email, carol)
	same(w, "mails to the old address", w.mailed(alice, "email_changed"), 1)
	w.fails(w.trySignIn(credentials(alice)), "SignIns.SignIn", services.CodeUnauthenticated)
	w.must(w.trySignIn(credentials(carol)))
	w.fails(w.Portal().ConfirmEmail(w.ctx(), token), "Registrar.ConfirmEmail", services.CodeGone)
	w.person(alice) // the old address is free
}

// reloaded reads a session again.
func (w *world) reloaded(s services.Session) services.SessionInfo {
	w.Helper()
	info, err := s.Reload(w.ctx())
	w.must(err)
	return info
}

func confirmEmailGone(w *world) {
	w.person(alice)
	s := w.signIn(alice)
	first := w.changeEmail(s, carol)
	second := w.changeEmail(s, "other@example.ca")
	for _, wrong := range []services.Secret{"", "nonsense", first, second[1:], second + "A", services.Secret(strings.Repeat("A", 100_000)), "\x00🙂"} {
		w.fails(w.Portal().ConfirmEmail(w.ctx(), wrong), "Registrar.ConfirmEmail", services.CodeGone)
	}
	w.fails(w.Portal().Activate(w.ctx(), second), "Registrar.Activate", services.CodeGone)
	w.Advance(w.policy().ActivationTTL)
	w.fails(w.Portal().ConfirmEmail(w.ctx(), second), "Registrar.ConfirmEmail", services.CodeGone)
	w.must(w.trySignIn(credentials(alice)))
}

func confirmEmailTaken(w *world) {
	w.person(alice)
	token := w.changeEmail(w.signIn(alice), carol)
	w.person(carol)
	w.fails(w.Portal().ConfirmEmail(w.ctx(), token), "Registrar.ConfirmEmail", services.CodeGone)
	w.must(w.trySignIn(credentials(alice)))
	w.must(w.trySignIn(credentials(carol)))
}

// confirmEmailKeepsTrust is a person who changes the address on a device that is trusted, and stays there.
func confirmEmailKeepsTrust(w *world) {
	s, info := w.trusted(alice, "lease")
	w.must(w.Portal().ConfirmEmail(w.ctx(), w.changeEmail(s, carol)))
	w.reloaded(s)
	if again := w.signIn(carol).Info(); !again.Ready() || again.Device.ID != info.Device.ID {
		w.Errorf("under the new address the device is %+v", again.Device)
	}
	w.must(s.RevokeDevice(w.ctx(), info.Device.ID))
	if w.signIn(carol).Info().Device.Authorized {
		w.Error("the device is still trusted")
	}
}

// history reads the outcomes of a page of the history.
func (w *world) history(s services.CustomerSession, p services.Page) (outcomes []services.SignInOutcome, next string) {
	w.Helper()
	page, err := s.SignInHistory(w.ctx(), p)
	w.must(err)
	for _, r := range page.Items {
		outcomes = append(outcomes, r.Outcome)
		if r.ID == "" || r.Device != "Linux computer" || r.At.After(w.Now()) {
			w.Errorf("record %+v", r)
		}
	}
	return outcomes, page.Next
}

func historyOutcomes(w *world) {
	w.person(alice)
	s := w.signIn(alice)
	codes := w.factor(s)
	w.Advance(time.Minute)
	c := credentials(alice)
	w.refuses(w.trySignIn(c), "SignIns.SignIn", map[string]string{"totp": services.ReasonRequired})
	c.TOTP = "000000"
	w.refuses(w.trySignIn(c), "SignIns.SignIn", map[string]string{"totp": services.ReasonMismatch})
	c.TOTP = codes.recovery[0]
	w.must(w.trySignIn(c))
	w.fails(w.trySignIn(w.wrong(alice)), "SignIns.SignIn", services.CodeUnauthenticated)
	w.person(bob)
	w.signIn(bob)
	outcomes, _ := w.history(s, services.Page{})
	same(w, "outcomes", outcomes, []services.SignInOutcome{
		services.SignInPassword, services.SignInRecovery, services.SignInFactor, services.SignInOK,
	})
}

func historyPages(w *world) {
	w.person(alice)
	var s services.CustomerSession
	for range 5 {
		w.Advance(time.Second)
		s = w.signIn(alice)
	}
	var all int
	for after := ""; ; {
		outcomes, next := w.history(s, services.Page{After: after, Limit: 2})
		if all += len(outcomes); next == "" {
			break
		}
		after = next
	}
	same(w, "tries on all pages", all, 5)
	_, err := s.SignInHistory(w.ctx(), services.Page{After: "no id"})
	w.refuses(err, "Security.SignInHistory", map[string]string{"after": services.ReasonFormat})
}

func factorNone(w *world) {
	w.person(alice)
	s := w.signIn(alice)
	state, err := s.SecondFactor(w.ctx())
	w.must(err)
	same(w, "second factor", state, services.SecondFactor{})
	w.must(s.RemoveSecondFactor(w.ctx(), password))
	same(w, "mails", w.mailed(alice, "factor_removed"), 0)
}

// factor is a second factor that counts.
type factor struct {
	secret   string
	recovery []services.Secret
}

// code is what the app shows now.
func (w *world) factorCode(secret string) services.Secret {
	w.Helper()
	code, err := totp.Code(secret, w.Now())
	w.must(err)
	return services.Secret(code)
}

// factor sets a second factor up.
func (w *world) factor(s services.CustomerSession) factor {
	w.Helper()
	setup, err := s.SetUpSecondFactor(w.ctx(), password)
	w.must(err)
	if !strings.HasPrefix(setup.URI.Reveal(), "otpauth://totp/") || !strings.Contains(setup.URI.Reveal(), setup.Secret.Reveal()) {
		w.Error("the address for the QR code does not hold the secret")
	}
	codes, err := s.ConfirmSecondFactor(w.ctx(), w.factorCode(setup.Secret.Reveal()))
	w.must(err)
	return factor{setup.Secret.Reveal(), codes}
}

func factorCountsConfirmed(w *world) {
	w.person(alice)
	s := w.signIn(alice)
	_, err := s.SetUpSecondFactor(w.ctx(), "wrong")
	w.refuses(err, "Security.SetUpSecondFactor", map[string]string{"password": services.ReasonMismatch})
	_, err = s.SetUpSecondFactor(w.ctx(), password)
	w.must(err)
	w.must(w.trySignIn(credentials(alice)))
	f := w.factor(s)
	same(w, "mails", w.mailed(alice, "factor_added"), 1)
	state, err := s.SecondFactor(w.ctx())
	w.must(err)
	if !state.Since.Equal(w.Now()) || state.Recovery != len(f.recovery) || state.Recovery < 5 {
		w.Errorf("second factor %+v, %d recovery codes", state, len(f.recovery))
	}
	if sorted := slices.Sorted(slices.Values(f.recovery)); len(slices.Compact(sorted)) != len(f.recovery) {
		w.Error("a recovery code was told twice")
	}
}

func confirmFactorRefused(w *world) {
	w.person(alice)
	s := w.signIn(alice)
	confirm := func(typed services.Secret) error { _, err := s.ConfirmSecondFactor(w.ctx(), typed); return err }
	w.fails(confirm("123456"), "Security.ConfirmSecondFactor", services.CodeGone)
	setup, err := s.SetUpSecondFactor(w.ctx(), password)
	w.must(err)
	for typed, reason := range map[services.Secret]string{
		"": services.ReasonRequired, "12345": services.ReasonFormat, "abcdef": services.ReasonFormat,
		w.notCode(setup.Secret.Reveal()): services.ReasonMismatch,
	} {
		w.refuses(confirm(typed), "Security.ConfirmSecondFactor", map[string]string{"code": reason})
	}
	w.Advance(10 * time.Minute)
	w.fails(confirm(w.factorCode(setup.Secret.Reveal())), "Security.ConfirmSecondFactor", services.CodeGone)
}

// notCode is a code that no app shows about now.
func (w *world) notCode(secret string) services.Secret {
	w.Helper()
	for _, code := range []string{"111111", "222222", "333333", "444444"} {
		if _, ok := totp.Check(secret, code, w.Now(), 0); !ok {
			return services.Secret(code)
		}
	}
	w.Fatal("four made-up codes are right at once")
	return ""
}

func confirmFactorThrottled(w *world) {
	w.person(alice)
	s := w.signIn(alice)
	setup, err := s.SetUpSecondFactor(w.ctx(), password)
	w.must(err)
	for n := 0; n < 100 && services.CodeOf(err) != services.CodeThrottled; n++ {
		_, err = s.ConfirmSecondFactor(w.ctx(), w.notCode(setup.Secret.Reveal()))
	}
	w.waits(err, "Security.ConfirmSecondFactor", services.CodeThrottled)
}

func removeFactor(w *world) {
	w.person(alice)
	s := w.signIn(alice)
	w.factor(s)
	w.refuses(s.RemoveSecondFactor(w.ctx(), "wrong"), "Security.RemoveSecondFactor", map[string]string{"password": services.ReasonMismatch})
	w.must(s.RemoveSecondFactor(w.ctx(), password))
	same(w, "mails", w.mailed(alice, "factor_removed"), 1)
	w.must(w.trySignIn(credentials(alice)))
}

func signInFactor(w *world) {
	w.person(alice)
	f := w.factor(w.signIn(alice))
	w.Advance(time.Minute)
	c := credentials(alice)
	for range w.policy().LockoutAfter + 1 { // asking for the code is no failure
		w.refuses(w.trySignIn(c), "SignIns.SignIn", map[string]string{"totp": services.ReasonRequired})
	}
	c.TOTP = w.notCode(f.secret)
	w.refuses(w.trySignIn(c), "SignIns.SignIn", map[string]string{"totp": services.ReasonMismatch})
	c.TOTP = w.factorCode(f.secret)
	w.must(w.trySignIn(c))
	w.refuses(w.trySignIn(c), "SignIns.SignIn", map[string]string{"totp": services.ReasonMismatch}) // it was seen once
	c.Password = "not-the-Password-31"
	w.fails(w.trySignIn(c), "SignIns.SignIn", services.CodeUnauthenticated)
}

func signInRecovery(w *world) {
	w.person(alice)
	s := w.signIn(alice)
	f := w.factor(s)
	c := credentials(alice)
	for n, typed := range []string{f.recovery[0].Reveal(), strings.ToLower(strings.ReplaceAll(f.recovery[1].Reveal(), "-", " "))} {
		c.TOTP = services.Secret(typed)
		w.must(w.trySignIn(c))
		w.refuses(w.trySignIn(c), "SignIns.SignIn", map[string]string{"totp": services.ReasonMismatch})
		w.Advance(pauseMost)
		same(w, "mails that one was used", w.mailed(alice, "recovery_used"), n+1)
	}
	state, err := s.SecondFactor(w.ctx())
	w.must(err)
	same(w, "recovery codes that are left", state.Recovery, len(f.recovery)-2)
}
