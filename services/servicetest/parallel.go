package servicetest

import (
	"fmt"
	"sync"

	"myaccount/services"
)

// parallelCases do one thing many times at the same moment.
var parallelCases = suite{
	"Linking_AuthorizeDevice/FiftyWrongAtOnce": wrongCodesAtOnce,
	"Linking_AuthorizeDevice/TwoLoginsAtOnce":  twoLoginsAtOnce,
	"Messages_Send/EightWithOneKeyAtOnce":      sendsAtOnce,
	"Messages_Send/EightWithTheirKeysAtOnce":   differentSendsAtOnce,
	"SignIns_SignIn/FiftyWrongAtOnce":          wrongSignInsAtOnce,
	"SignIns_SignIn/LastTriesAtOnce":           lastTriesAtOnce,
	"Registrar_Activate/FiftyAtOnce":           activateAtOnce,
	"Registrar_Register/EightAtOnce":           registerAtOnce,
	"PasswordResets_ResetPassword/FiftyAtOnce": resetAtOnce,
	"Public_Captcha/OneSolutionTwentyTimes":    captchaAtOnce,
}

func wrongCodesAtOnce(w *world) {
	s := w.asked(alice, "lease")
	code := w.code(alice)
	errs := atOnce(50, func(int) error { return w.try(s, otherCode(code)) })
	same(w, "answers", count(errs), map[services.Code]int{services.CodeInvalid: 5, services.CodeGone: 45})
	w.fails(w.try(s, code), "Linking.AuthorizeDevice", services.CodeGone)
}

func twoLoginsAtOnce(w *world) {
	sessions := []services.CustomerSession{w.asked(alice, "lease"), w.asked(bob, "lease")}
	codes := []services.Secret{w.code(alice), w.code(bob)}
	errs := atOnce(2, func(i int) error { return w.try(sessions[i], codes[i]) })
	same(w, "answers", count(errs), map[services.Code]int{"": 1, services.CodeGone: 1})
}

func sendsAtOnce(w *world) {
	s := w.customer(alice, "lease")
	file := w.attach(s, "a.txt")
	draft := w.save(s, services.Draft{Body: "A question", Attachments: []services.Attachment{file}})
	m := w.outgoing(s, "one", draft.Body, file.ID)
	m.DraftID, m.IdempotencyKey = draft.ID, draft.IdempotencyKey
	var mu sync.Mutex
	receipts := map[services.Receipt]bool{}
	errs := atOnce(8, func(int) error {
		receipt, err := s.Send(w.ctx(), m)
		mu.Lock()
		defer mu.Unlock()
		receipts[receipt] = true
		return err
	})
	same(w, "answers", count(errs), map[services.Code]int{"": 8})
	same(w, "receipts", len(receipts), 1)
	page, err := s.Threads(w.ctx(), services.ThreadQuery{})
	w.must(err)
	same(w, "threads", len(page.Items), 1)
	same(w, "mails", w.mailed(alice, "message_received"), 1)
	_, err = s.Draft(w.ctx(), draft.ID)
	w.fails(err, "Drafts.Draft", services.CodeNotFound)
}

func differentSendsAtOnce(w *world) {
	s := w.customer(alice, "lease")
	m := w.outgoing(s, "", "A question")
	errs := atOnce(8, func(i int) error {
		mine := m
		mine.IdempotencyKey = fmt.Sprint("key-of-mine ", i)
		_, err := s.Send(w.ctx(), mine)
		return err
	})
	same(w, "answers", count(errs), map[services.Code]int{"": 8})
	page, err := s.Threads(w.ctx(), services.ThreadQuery{})
	w.must(err)
	references := map[string]bool{}
	for _, item := range page.Items {
		references[item.Reference] = true
	}
	same(w, "references", len(references), 8)
}

// wrongSignInsAtOnce tries 50 passwords at the same moment: no more are looked at than one after the other.
func wrongSignInsAtOnce(w *world) {
	w.person(alice)
	tries := make([]services.Credentials, 50)
	for i := range tries {
		tries[i] = w.wrong(alice)
	}
	errs := atOnce(len(tries), func(i int) error { return w.trySignIn(tries[i]) })
	same(w, "answers", count(errs), map[services.Code]int{services.CodeUnauthenticated: 3, services.CodeThrottled: 47})
	w.Advance(pauseMost)
	c := credentials(alice)
	c.Captcha = w.captcha()
	w.must(w.trySignIn(c))
}

// lastTriesAtOnce has one try left, and makes ten.
func lastTriesAtOnce(w *world) {
	w.person(alice)
	for range w.policy().LockoutAfter - 1 {
		w.Advance(pauseMost)
		w.fails(w.trySignIn(w.wrong(alice)), "SignIns.SignIn", services.CodeUnauthenticated)
	}
	w.Advance(pauseMost)
	tries := make([]services.Credentials, 10)
	for i := range tries {
		tries[i] = w.wrong(alice)
	}
	errs := atOnce(len(tries), func(i int) error { return w.trySignIn(tries[i]) })
	same(w, "answers", count(errs), map[services.Code]int{services.CodeLocked: len(tries)})
	same(w, "mails that say so", w.mailed(alice, "locked"), 1)
}

func activateAtOnce(w *world) {
	w.must(w.Portal().Register(w.ctx(), w.registration(alice)))
	token := w.mail(alice, "activate").Token
	errs := atOnce(50, func(int) error { return w.Portal().Activate(w.ctx(), token) })
	same(w, "answers", count(errs), map[services.Code]int{"": 1, services.CodeGone: 49})
}

func registerAtOnce(w *world) {
	requests := make([]services.Registration, 8)
	for i := range requests {
		requests[i] = w.registration(alice)
	}
	errs := atOnce(len(requests), func(i int) error { return w.Portal().Register(w.ctx(), requests[i]) })
	same(w, "answers", count(errs), map[services.Code]int{"": len(requests)})
	usable := 0
	for _, m := range w.Mails(w, alice) {
		if m.Token != "" && w.Portal().Activate(w.ctx(), m.Token) == nil {
			usable++
		}
	}
	same(w, "links that activate", usable, 1)
	w.must(w.trySignIn(credentials(alice)))
}

func resetAtOnce(w *world) {
	w.person(alice)
	token := w.resetToken(alice)
	passwords := make([]services.Secret, 50)
	errs := atOnce(len(passwords), func(i int) error {
		passwords[i] = services.Secret(fmt.Sprintf("another-Harbour-57-boat-%d", i))
		return w.Portal().ResetPassword(w.ctx(), services.PasswordReset{Token: token, Password: passwords[i]})
	})
	same(w, "answers", count(errs), map[services.Code]int{"": 1, services.CodeGone: 49})
	for i, err := range errs {
		if err == nil {
			c := credentials(alice)
			c.Password = passwords[i]
			w.must(w.trySignIn(c))
		}
	}
}

func captchaAtOnce(w *world) {
	r := w.registration(alice)
	errs := atOnce(20, func(i int) error {
		mine := r
		mine.Email = fmt.Sprintf("alice%d@example.ca", i)
		return w.Portal().Register(w.ctx(), mine)
	})
	same(w, "answers", count(errs), map[services.Code]int{"": 1, services.CodeInvalid: 19})
}
