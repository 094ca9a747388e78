package servicetest

import (
	"bytes"
	"fmt"
	"slices"
	"time"

	"myaccount/services"
)

// copyThread puts a copy of a conversation among the documents.
func (w *world) copyThread(s services.Documents, threadID, language string) services.Document {
	w.Helper()
	d, err := s.CopyThread(w.ctx(), threadID, language)
	w.must(err)
	return d
}

// copies lists the ids of the copies of conversations about an agreement, the newest first.
func (w *world) copies(s services.Documents, agreementID string) (ids []string) {
	w.Helper()
	for _, d := range w.documents(s, agreementID, services.DocumentMessage) {
		ids = append(ids, d.ID)
	}
	return ids
}

// copyOutlivesMessages: also of an agreement that is closed.
func copyOutlivesMessages(w *world) {
	s := w.customer(alice, "paid_off")
	agreement := w.agreement(s).ID
	receipt := w.send(s, "one", "What did I pay in all?")
	events, err := s.Subscribe(w.ctx(), 0)
	w.must(err)
	kept := w.copyThread(s, receipt.ThreadID, "fr")
	if e := w.next(events, services.EventDocument); e.ID != kept.ID {
		w.Errorf("told %+v of %s", e, kept.ID)
	}
	if kept.Kind != services.DocumentMessage || kept.AgreementID != agreement || kept.Type != "application/pdf" || !kept.CreatedAt.Equal(w.Now()) ||
		!slices.Equal(kept.Languages, []string{"fr"}) || kept.Reference != receipt.Reference ||
		kept.Name != "Renseignements sur les paiements "+receipt.Reference+".pdf" {
		w.Errorf("kept %+v", kept)
	}
	first, err := s.OpenDocument(w.ctx(), kept.ID, "en")
	w.must(err)
	if !bytes.HasPrefix(first.Data, []byte("%PDF-")) || first.FileName != kept.Name || first.Size != kept.Size || kept.Size != int64(len(first.Data)) {
		w.Errorf("%+v, %d bytes", first.Document, len(first.Data))
	}
	w.Advance(w.policy().Retention + time.Minute)
	w.Restart(w)
	s = w.again(alice)
	_, err = s.Thread(w.ctx(), receipt.ThreadID)
	w.fails(err, "Messages.Thread", services.CodeNotFound)
	same(w, "copies", w.copies(s, agreement), []string{kept.ID})
	again, err := s.OpenDocument(w.ctx(), kept.ID, "")
	w.must(err)
	same(w, "its bytes once the messages are gone", again.Data, first.Data)
}

// copyNothingTwice: what is kept is kept once for each language, and a reply makes one copy of it again.
func copyNothingTwice(w *world) {
	s, desk := w.customer(alice, "lease"), w.Advisor(w)
	agreement := w.agreement(s).ID
	thread, other := w.send(s, "one", "First").ThreadID, w.send(s, "two", "Another").ThreadID
	english := w.copyThread(s, thread, "en")
	for _, err := range atOnce(3, func(int) error {
		again, err := s.CopyThread(w.ctx(), thread, "en")
		if err == nil && again.ID != english.ID {
			err = fmt.Errorf("another document: %s", again.ID)
		}
		return err
	}) {
		w.must(err)
	}
	own := w.copyThread(s, thread, "") // the person's own language
	same(w, "in the person's language", own.ID, english.ID)
	same(w, "copies", w.copies(s, agreement), []string{english.ID})
	w.answer(desk, thread, "one", "The answer")
	whole := w.copyThread(s, thread, "en")
	if whole.ID == english.ID {
		w.Error("the reply is not kept")
	}
	_, err := s.OpenDocument(w.ctx(), english.ID, "en")
	w.fails(err, "Documents.OpenDocument", services.CodeNotFound)
	w.Advance(time.Second)
	second := w.copyThread(s, other, "en")
	same(w, "copies", w.copies(s, agreement), []string{second.ID, whole.ID})
	french := w.copyThread(s, thread, "fr")
	same(w, "once in French", len(w.copies(s, agreement)), 2)
	same(w, "and the French one", slices.Contains(w.copies(s, agreement), french.ID), true)
}

// copyKeepsWhatIsGone: a copy whose messages were partly removed meanwhile does not give way to one that lacks them.
func copyKeepsWhatIsGone(w *world) {
	s := w.customer(alice, "lease")
	agreement := w.agreement(s).ID
	thread := w.send(s, "one", "First").ThreadID
	w.Advance(w.policy().Retention - time.Hour)
	s = w.again(alice)
	reply := services.Outgoing{ThreadID: thread, Body: "Second", IdempotencyKey: "key-of-a-reply"}
	_, err := s.Send(w.ctx(), reply)
	w.must(err)
	both := w.copyThread(s, thread, "en")
	w.Advance(2 * time.Hour)
	s = w.again(alice)
	same(w, "nothing new", w.copyThread(s, thread, "en").ID, both.ID)
	reply.Body, reply.IdempotencyKey = "Third", "key-of-another"
	_, err = s.Send(w.ctx(), reply)
	w.must(err)
	later := w.copyThread(s, thread, "en")
	same(w, "copies", w.copies(s, agreement), []string{later.ID, both.ID})
}

func copyOnlyOnesOwn(w *world) {
	s, other := w.customer(alice, "lease"), w.customer(bob, "two")
	thread := w.send(s, "one", "First").ThreadID
	for _, id := range append(slices.Clone(strange), thread) {
		_, err := other.CopyThread(w.ctx(), id, "en")
		w.fails(err, "Documents.CopyThread", services.CodeNotFound)
	}
	kept := w.copyThread(s, thread, "en")
	_, err := other.OpenDocument(w.ctx(), kept.ID, "en")
	w.fails(err, "Documents.OpenDocument", services.CodeNotFound)
	w.fails(other.RemoveDocument(w.ctx(), kept.ID), "Documents.RemoveDocument", services.CodeNotFound)
	same(w, "copies", w.copies(s, w.agreement(s).ID), []string{kept.ID})
}

func copyTooMany(w *world) {
	s, desk := w.customer(alice, "lease"), w.Advisor(w)
	agreement := w.agreement(s).ID
	var last services.Document
	for i := range 100 {
		last = w.copyThread(s, w.send(s, fmt.Sprint(i), "One of many").ThreadID, "en")
	}
	thread := w.send(s, "more", "One too many").ThreadID
	_, err := s.CopyThread(w.ctx(), thread, "en")
	w.refuses(err, "Documents.CopyThread", map[string]string{"thread": services.ReasonTooMany})
	same(w, "copies", len(w.copies(s, agreement)), 100)
	w.putDocument(desk, agreement, "quote.pdf") // the advisors' room is another one
	w.must(s.RemoveDocument(w.ctx(), last.ID))
	w.copyThread(s, thread, "en")
}

func removeOnlyCopies(w *world) {
	s, desk := w.customer(alice, "lease"), w.Advisor(w)
	agreement := w.agreement(s).ID
	quote := w.putDocument(desk, agreement, "quote.pdf")
	kept := w.copyThread(s, w.send(s, "one", "First").ThreadID, "en")
	statement := w.documents(s, agreement, services.DocumentStatement)[0]
	for _, id := range append(slices.Clone(strange), quote.ID, statement.ID) {
		w.fails(s.RemoveDocument(w.ctx(), id), "Documents.RemoveDocument", services.CodeNotFound)
	}
	_, err := s.OpenDocument(w.ctx(), kept.ID, "en")
	w.must(err)
	w.must(s.RemoveDocument(w.ctx(), kept.ID))
	_, err = s.OpenDocument(w.ctx(), kept.ID, "en")
	w.fails(err, "Documents.OpenDocument", services.CodeNotFound)
	w.fails(s.RemoveDocument(w.ctx(), kept.ID), "Documents.RemoveDocument", services.CodeNotFound)
	same(w, "copies", len(w.copies(s, agreement)), 0)
	same(w, "quotes", len(w.documents(s, agreement, services.DocumentQuote)), 1)
}
