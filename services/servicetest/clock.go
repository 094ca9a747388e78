package servicetest

import (
	"time"

	"myaccount/services"
)

// clockCases set the clock back, as somebody does who finds that it is wrong.
var clockCases = suite{
	"Session_Touch/ClockSetBack":              sessionClockSetBack,
	"Linking_AuthorizeDevice/ClockSetBack":    codeClockSetBack,
	"SignIns_SignIn/ClockSetBackWhenLocked":   lockClockSetBack,
	"SignIns_SignIn/ClockSetBackWhenPaused":   pauseClockSetBack,
	"Messages_Send/ClockSetBack":              sendClockSetBack,
	"Registrar_ResendActivation/ClockSetBack": resendClockSetBack,
}

// back is how far.
const back = -400 * 24 * time.Hour

func sessionClockSetBack(w *world) {
	s := w.customer(alice, "lease")
	w.Advance(back)
	w.must(s.Touch(w.ctx()))
	info, err := s.Reload(w.ctx())
	w.must(err)
	if left := info.ExpiresAt.Sub(w.Now()); left > 24*time.Hour {
		w.Errorf("the session lasts %v more", left)
	}
	w.Advance(w.policy().SessionIdle)
	w.fails(s.Touch(w.ctx()), "Session.Touch", services.CodeUnauthenticated)
}

func codeClockSetBack(w *world) {
	s := w.asked(alice, "lease")
	w.Advance(back)
	_, err := s.SendCode(w.ctx())
	w.must(err)
	w.authorize(s, false)
}

func lockClockSetBack(w *world) {
	w.person(alice)
	w.fails(w.lockOut(alice), "SignIns.SignIn", services.CodeLocked)
	w.Advance(back)
	wait := w.waits(w.trySignIn(credentials(alice)), "SignIns.SignIn", services.CodeLocked)
	same(w, "locked for", wait, w.policy().LockoutFor)
	w.Advance(wait)
	w.must(w.trySignIn(credentials(alice)))
}

func pauseClockSetBack(w *world) {
	w.person(alice)
	for range 6 {
		w.fails(w.trySignIn(w.wrong(alice)), "SignIns.SignIn", services.CodeUnauthenticated)
		w.Advance(pauseMost)
	}
	w.Advance(back)
	wait := w.waits(w.trySignIn(w.wrong(alice)), "SignIns.SignIn", services.CodeThrottled)
	if wait > pauseMost {
		w.Errorf("the pause is %v", wait)
	}
	w.Advance(wait)
	c := credentials(alice)
	c.Captcha = w.captcha()
	w.must(w.trySignIn(c))
}

func sendClockSetBack(w *world) {
	s, desk := w.customer(alice, "lease"), w.Advisor(w)
	id := w.send(s, "one", "First").ThreadID
	w.Advance(back)
	w.answer(desk, id, "one", "Second")
	m := w.outgoing(s, "two", "Third")
	m.ThreadID = id
	_, err := s.Send(w.ctx(), m)
	w.must(err)
	thread, err := s.Thread(w.ctx(), id)
	w.must(err)
	var bodies []string
	for _, message := range thread.Messages {
		bodies = append(bodies, message.Body)
	}
	same(w, "messages in their order", bodies, []string{"First", "Second", "Third"})
	hits, err := s.Search(w.ctx(), "third", 10)
	w.must(err)
	same(w, "hits", len(hits), 1)
}

func resendClockSetBack(w *world) {
	w.must(w.Portal().Register(w.ctx(), w.registration(alice)))
	w.must(w.Portal().ResendActivation(w.ctx(), w.address(alice)))
	w.Advance(back)
	w.must(w.Portal().ResendActivation(w.ctx(), w.address(alice)))
	w.must(w.Portal().Activate(w.ctx(), w.mail(alice, "activate").Token))
}
