package servicetest

import (
	"strings"
	"time"

	"myaccount/services"
)

var signInCases = suite{
	"SignIns_SignIn/KnownAndUnknownAlike": signInAlike,
	"SignIns_SignIn/WaitsGrow":            signInWaitsGrow,
	"SignIns_SignIn/CaptchaAfterThree":    signInCaptcha,
	"SignIns_SignIn/NotActivated":         signInNotActivated,
	"SignIns_SignIn/OddInput":             signInOddInput,
	"SignIns_SignIn/LockedTellsUntil":     signInLocked,
	"SignIns_SignIn/Advisor":              signInAdvisor,
}

// lockOut tries wrong passwords, as slowly as is asked for, until the address is locked.
func (w *world) lockOut(email string) (err error) {
	w.Helper()
	for range w.policy().LockoutAfter {
		w.Advance(pauseMost)
		err = w.trySignIn(w.wrong(email))
	}
	return err
}

func signInAlike(w *world) {
	w.person(alice)
	var known error
	for range w.policy().LockoutAfter + 2 {
		w.Advance(pauseMost)
		known = w.trySignIn(w.wrong(alice))
		w.alike(known, w.trySignIn(w.wrong("nobody@example.ca")))
		w.alike(w.trySignIn(w.wrong(alice)), w.trySignIn(w.wrong("nobody@example.ca")))
	}
	w.fails(known, "SignIns.SignIn", services.CodeLocked)
}

func signInWaitsGrow(w *world) {
	w.person(alice)
	for range 3 {
		w.fails(w.trySignIn(w.wrong(alice)), "SignIns.SignIn", services.CodeUnauthenticated)
	}
	var last time.Duration
	for range 5 {
		wait := w.waits(w.trySignIn(w.wrong(alice)), "SignIns.SignIn", services.CodeThrottled)
		if wait <= last {
			w.Errorf("the wait after one more failure is %v, after %v", wait, last)
		}
		last = wait
		w.Advance(wait - time.Millisecond)
		w.fails(w.trySignIn(w.wrong(alice)), "SignIns.SignIn", services.CodeThrottled)
		w.Advance(time.Millisecond)
		w.fails(w.trySignIn(w.wrong(alice)), "SignIns.SignIn", services.CodeUnauthenticated)
	}
	w.Advance(pauseMost)
	c := credentials(alice)
	c.Captcha = w.captcha()
	w.must(w.trySignIn(c))
	w.must(w.trySignIn(credentials(alice))) // success settles the failures
}

func signInCaptcha(w *world) {
	w.person(alice)
	for range 3 {
		c := credentials(alice)
		c.Password = "wrong"
		w.fails(w.trySignIn(c), "SignIns.SignIn", services.CodeUnauthenticated)
	}
	w.Advance(pauseMost)
	c := credentials(alice)
	w.refuses(w.trySignIn(c), "SignIns.SignIn", map[string]string{"captcha": services.ReasonRequired})
	c.Captcha = "nonsense"
	w.refuses(w.trySignIn(c), "SignIns.SignIn", map[string]string{"captcha": services.ReasonMismatch})
	c.Captcha = w.captcha()
	w.must(w.trySignIn(c))
}

func signInNotActivated(w *world) {
	w.must(w.Portal().Register(w.ctx(), w.registration(alice)))
	w.fails(w.trySignIn(w.wrong(alice)), "SignIns.SignIn", services.CodeUnauthenticated)
	w.fails(w.trySignIn(credentials(alice)), "SignIns.SignIn", services.CodeNotActivated)
}

func signInOddInput(w *world) {
	w.person(alice)
	for _, email := range []string{"", " ", "alice", "\x00", strings.Repeat("🙂", 10_000), "alice@example.ca' OR 1=1 --"} {
		w.fails(w.trySignIn(credentials(email)), "SignIns.SignIn", services.CodeUnauthenticated)
	}
	c := credentials(strings.ToUpper(alice))
	c.Device.Name = "  my\x00 \u202ecomputer 🙂 " + strings.Repeat("x", 200)
	session, err := w.Portal().SignIn(w.ctx(), c)
	w.must(err)
	info := session.Info()
	if name := info.Device.Name; !strings.HasPrefix(name, "my computer 🙂 xx") || len([]rune(name)) != 100 {
		w.Errorf("device %q", name)
	}
	if info.Linked || info.Device.Authorized || !info.Device.Current || info.Device.ID == "" || info.Person.ID == "" ||
		info.IdleFor != w.policy().SessionIdle || !info.ExpiresAt.After(w.Now()) {
		w.Errorf("session %+v", info)
	}
	same(w, "person", info.Person, services.Person{
		ID: info.Person.ID, FirstName: "Alice", LastName: "Tremblay", Email: alice, Language: "en",
	})
	for _, typed := range []services.Secret{"", services.Secret(strings.Repeat("x", 1<<20)), password + " "} {
		c := credentials(alice)
		c.Password = typed
		w.fails(w.trySignIn(c), "SignIns.SignIn", services.CodeUnauthenticated)
	}
}

func signInLocked(w *world) {
	w.person(alice)
	wait := w.waits(w.lockOut(alice), "SignIns.SignIn", services.CodeLocked)
	same(w, "locked for", wait, w.policy().LockoutFor)
	same(w, "mails that say so", w.mailed(alice, "locked"), 1)
	w.Restart(w)
	w.Advance(time.Hour)
	same(w, "still locked for", w.waits(w.trySignIn(credentials(alice)), "SignIns.SignIn", services.CodeLocked), wait-time.Hour)
	w.Advance(wait - time.Hour)
	w.must(w.trySignIn(credentials(alice)))
}

func signInAdvisor(w *world) {
	info := w.Advisor(w).Info()
	if info.Role != services.RoleAdvisor || info.Person.ID == "" || info.Person.Name() == " " {
		w.Errorf("advisor %+v", info)
	}
}
