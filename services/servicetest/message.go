package servicetest

import (
	"fmt"
	"strings"
	"time"

	"myaccount/services"
)

var messageCases = suite{
	"Messages_Threads/LatestFirstInPages": threadsInPages,
	"Messages_Threads/BadPage":            threadsBadPage,
	"Messages_Thread/OnlyOnesOwn":         threadOnlyOnesOwn,
	"Messages_Thread/KeptForItsTime":      threadKept,
	"Messages_MarkRead/UnreadOnly":        markRead,
	"Messages_MarkRead/OnlyOnesOwn":       markReadOnlyOnesOwn,
	"Messages_Unread/CountsThreads":       unreadCounts,
	"Messages_Search/Words":               searchWords,
	"Messages_Search/OddInput":            searchOddInput,
	"Messages_Search/TooLong":             searchTooLong,
}

// answer lets the advisor answer a thread.
func (w *world) answer(desk services.AdvisorSession, threadID, key, body string, files ...string) services.Receipt {
	w.Helper()
	receipt, err := desk.Answer(w.ctx(), services.DeskAnswer{
		ThreadID: threadID, Body: body, AttachmentIDs: files, IdempotencyKey: "answer-" + key,
	})
	w.must(err)
	return receipt
}

func threadsInPages(w *world) {
	s := w.customer(alice, "lease")
	var sent []string
	for i := range 7 {
		w.Advance(time.Second)
		sent = append([]string{w.send(s, fmt.Sprint(i), fmt.Sprint("Question ", i)).ThreadID}, sent...)
	}
	var got []string
	for page := (services.ThreadPage{}); ; {
		var err error
		page, err = s.Threads(w.ctx(), services.ThreadQuery{Page: services.Page{After: page.Next, Limit: 3}})
		w.must(err)
		for _, item := range page.Items {
			got = append(got, item.ID)
		}
		if page.Next == "" {
			break
		}
	}
	same(w, "threads page by page", got, sent)
}

func threadsBadPage(w *world) {
	s := w.customer(alice, "lease")
	for _, after := range []string{"nonsense", "\x00", "!.x", strings.Repeat("z", 10_000) + ".x"} {
		_, err := s.Threads(w.ctx(), services.ThreadQuery{Page: services.Page{After: after}})
		w.refuses(err, "Messages.Threads", map[string]string{"after": services.ReasonFormat})
	}
}

func threadOnlyOnesOwn(w *world) {
	s, other := w.customer(alice, "lease"), w.customer(bob, "two")
	receipt := w.send(s, "one", "First line\nsecond line")
	thread, err := s.Thread(w.ctx(), receipt.ThreadID)
	w.must(err)
	agreement := w.agreement(s)
	same(w, "summary", thread.ThreadSummary, services.ThreadSummary{
		ID: receipt.ThreadID, Reference: receipt.Reference, Topic: "payment", AgreementID: agreement.ID, AgreementNumber: agreement.Number,
		Excerpt: "First line second line", LastFrom: services.RoleCustomer, LastAt: receipt.ReceivedAt,
		KeptUntil: receipt.ReceivedAt.Add(w.policy().Retention),
	})
	if len(thread.Messages) != 1 || thread.Messages[0].ID != receipt.MessageID || thread.Messages[0].Body != "First line\nsecond line" ||
		thread.Messages[0].Author != "Alice Tremblay" {
		w.Errorf("messages %+v", thread.Messages)
	}
	for _, id := range append([]string{receipt.ThreadID}, strange...) {
		_, err := other.Thread(w.ctx(), id)
		w.fails(err, "Messages.Thread", services.CodeNotFound)
	}
}

func threadKept(w *world) {
	id := w.send(w.customer(alice, "lease"), "one", "A question").ThreadID
	w.Advance(w.policy().Retention - time.Minute)
	s := w.again(alice)
	thread, err := s.Thread(w.ctx(), id)
	w.must(err)
	w.Advance(thread.KeptUntil.Sub(w.Now()))
	_, err = s.Thread(w.ctx(), id)
	w.fails(err, "Messages.Thread", services.CodeNotFound)
	page, err := s.Threads(w.ctx(), services.ThreadQuery{})
	w.must(err)
	same(w, "threads", len(page.Items), 0)
}

func markRead(w *world) {
	s := w.customer(alice, "lease")
	answered, open := w.send(s, "one", "First").ThreadID, w.send(s, "two", "Second").ThreadID
	w.answer(w.Advisor(w), answered, "one", "An answer")
	unread := func() []services.ThreadSummary {
		page, err := s.Threads(w.ctx(), services.ThreadQuery{UnreadOnly: true})
		w.must(err)
		return page.Items
	}
	if list := unread(); len(list) != 1 || list[0].ID != answered || !list[0].Unread || list[0].LastFrom != services.RoleAdvisor {
		w.Errorf("unread: %+v", list)
	}
	for range 2 {
		w.must(s.MarkRead(w.ctx(), answered))
		w.must(s.MarkRead(w.ctx(), open))
	}
	same(w, "unread", len(unread()), 0)
}

func markReadOnlyOnesOwn(w *world) {
	s, other := w.customer(alice, "lease"), w.customer(bob, "two")
	id := w.send(s, "one", "First").ThreadID
	w.answer(w.Advisor(w), id, "one", "An answer")
	for _, id := range append([]string{id}, strange...) {
		w.fails(other.MarkRead(w.ctx(), id), "Messages.MarkRead", services.CodeNotFound)
	}
	n, err := s.Unread(w.ctx())
	w.must(err)
	same(w, "unread", n, 1)
}

func unreadCounts(w *world) {
	s, desk := w.customer(alice, "lease"), w.Advisor(w)
	ids := []string{w.send(s, "one", "First").ThreadID, w.send(s, "two", "Second").ThreadID}
	w.answer(desk, ids[0], "one", "An answer")
	w.answer(desk, ids[0], "two", "Another answer")
	w.answer(desk, ids[1], "three", "An answer")
	check := func(want int) {
		w.Helper()
		n, err := s.Unread(w.ctx())
		w.must(err)
		same(w, "unread", n, want)
	}
	check(2)
	w.must(s.MarkRead(w.ctx(), ids[0]))
	check(1)
	reply := w.outgoing(s, "reply", "Thank you")
	reply.ThreadID = ids[1]
	_, err := s.Send(w.ctx(), reply) // who answers has read
	w.must(err)
	check(0)
}

func searchWords(w *world) {
	s, other := w.customer(alice, "lease"), w.customer(bob, "two")
	file := w.attach(s, "Reçu-2026.txt")
	receipt := w.send(s, "one", "Bonjour,\nmon ŒUVRE d’Élodie est prête 🙂", file.ID)
	w.Advance(time.Second)
	second := w.send(s, "two", "Une autre œuvre")
	w.send(other, "one", "Mon œuvre")
	search := func(q string, limit int) (ids []string) {
		w.Helper()
		hits, err := s.Search(w.ctx(), q, limit)
		w.must(err)
		for _, hit := range hits {
			ids = append(ids, hit.Thread.ID)
			for _, mark := range hit.Marks {
				if mark[0] < 0 || mark[0] >= mark[1] || mark[1] > len(hit.Excerpt) {
					w.Errorf("marks %v in %q", hit.Marks, hit.Excerpt)
				}
			}
		}
		return ids
	}
	for q, want := range map[string][]string{
		"oeuvre": {second.ThreadID, receipt.ThreadID}, "ŒUVRE": {second.ThreadID, receipt.ThreadID}, "elodie PRETE": {receipt.ThreadID},
		"recu-2026": {receipt.ThreadID}, receipt.Reference: {receipt.ThreadID}, "paiements autre": {second.ThreadID}, "œuvre nothing": nil,
	} {
		same(w, "search "+q, search(q, 10), want)
	}
	same(w, "one hit", search("oeuvre", 1), []string{second.ThreadID})
	w.answer(w.Advisor(w), receipt.ThreadID, "one", "Voilà la clé")
	same(w, "what came since", search("voila cle", 10), []string{receipt.ThreadID})
}

func searchTooLong(w *world) {
	s := w.customer(alice, "lease")
	_, err := s.Search(w.ctx(), strings.Repeat("é", 200), 0)
	w.must(err)
	_, err = s.Search(w.ctx(), strings.Repeat("é", 201), 0)
	w.refuses(err, "Messages.Search", map[string]string{"q": services.ReasonTooLong})
}

func searchOddInput(w *world) {
	s := w.customer(alice, "lease")
	w.send(s, "one", "A question")
	for _, q := range []string{"", " \t", "\x00", "%", "*", "\"", strings.Repeat("missing ", 25), "🙂"} {
		hits, err := s.Search(w.ctx(), q, -1)
		w.must(err)
		same(w, "hits", len(hits), 0)
	}
}
