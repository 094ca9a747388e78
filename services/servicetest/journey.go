package servicetest

import (
	"strings"
	"time"

	"myaccount/services"
)

var journeyCases = suite{"Messages_Send/WholeJourney": wholeJourney}

// wholeJourney goes from registering to deleting the account, with restarts that lose nothing.
func wholeJourney(w *world) {
	w.must(w.Portal().Register(w.ctx(), w.registration(alice)))
	w.Restart(w)
	w.must(w.Portal().Activate(w.ctx(), w.mail(alice, "activate").Token))
	s := w.signIn(alice)
	_, err := s.Link(w.ctx(), w.byVIN("lease"))
	w.must(err)
	if info := w.authorize(s, true); !info.Ready() {
		w.Fatalf("after the code: %+v", info)
	}
	before, err := s.Agreements(w.ctx())
	w.must(err)

	file := w.attach(s, "photo of the odometer.txt")
	draft := w.save(s, services.Draft{
		Topic: "contract_end", AgreementID: before[0].ID, Body: "What are my options?", Attachments: []services.Attachment{file},
	})
	w.Restart(w)
	s = w.signIn(alice) // on a trusted device: no code
	after, err := s.Agreements(w.ctx())
	w.must(err)
	same(w, "agreements after a restart", after, before)
	draft, err = s.Draft(w.ctx(), draft.ID)
	w.must(err)
	receipt, err := s.Send(w.ctx(), services.Outgoing{
		Topic: draft.Topic, AgreementID: draft.AgreementID, Body: draft.Body, AttachmentIDs: []string{draft.Attachments[0].ID},
		DraftID: draft.ID, IdempotencyKey: draft.IdempotencyKey,
	})
	w.must(err)

	w.Restart(w)
	w.Advance(time.Hour)
	w.journeyAnswer(receipt)
	s = w.signIn(alice)
	w.journeyRead(s, receipt)
	w.must(s.DeleteAccount(w.ctx(), password))
	w.Restart(w)
	w.fails(w.trySignIn(credentials(alice)), "SignIns.SignIn", services.CodeUnauthenticated)
	same(w, "queue", len(w.queue(w.Advisor(w), false)), 0)
}

// journeyAnswer is the desk's part.
func (w *world) journeyAnswer(receipt services.Receipt) {
	w.Helper()
	desk := w.Advisor(w)
	same(w, "waiting", w.queue(desk, true), []string{receipt.ThreadID})
	thread, err := desk.DeskThread(w.ctx(), receipt.ThreadID)
	w.must(err)
	content, err := desk.OpenAttachment(w.ctx(), thread.Messages[0].Attachments[0].ID)
	w.must(err)
	same(w, "file at the desk", string(content.Data), "the content of photo of the odometer.txt")
	w.answer(desk, receipt.ThreadID, "one", "Three: return it, buy it, or lease another.", w.attach(desk, "options.txt").ID)
	same(w, "waiting", len(w.queue(desk, true)), 0)
}

// journeyRead is the customer's part once there is an answer.
func (w *world) journeyRead(s services.CustomerSession, receipt services.Receipt) {
	w.Helper()
	unread, err := s.Unread(w.ctx())
	w.must(err)
	same(w, "unread", unread, 1)
	thread, err := s.Thread(w.ctx(), receipt.ThreadID)
	w.must(err)
	same(w, "messages", len(thread.Messages), 2)
	w.must(s.MarkRead(w.ctx(), receipt.ThreadID))
	unread, err = s.Unread(w.ctx())
	w.must(err)
	same(w, "unread", unread, 0)
	archive := w.export(s)
	if !strings.Contains(archive["messages.json"], "return it, buy it") {
		w.Error("the answer is not in the export")
	}
}
