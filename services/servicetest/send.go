package servicetest

import (
	"fmt"
	"strings"
	"time"

	"myaccount/services"
)

var sendCases = suite{
	"Messages_Send/Receipt":         sendReceipt,
	"Messages_Send/Texts":           sendTexts,
	"Messages_Send/BadInput":        sendBadInput,
	"Messages_Send/Attachments":     sendAttachments,
	"Messages_Send/IdempotencyKeys": sendKeys,
	"Messages_Send/Reply":           sendReply,
}

func sendReceipt(w *world) {
	s := w.customer(alice, "lease")
	receipt := w.send(s, "one", "A question")
	if receipt.ThreadID == "" || receipt.MessageID == "" || len(receipt.Reference) != len("M-7K3F-92QD") || !receipt.ReceivedAt.Equal(w.Now()) {
		w.Errorf("receipt %+v", receipt)
	}
	m := w.mail(alice, "message_received")
	if !strings.Contains(m.Text, receipt.Reference) || strings.Contains(m.Text, "A question") {
		w.Errorf("the mail says:\n%s", m.Text)
	}
}

// sendTexts sends texts that are kept as they are, or without what cannot be shown.
func sendTexts(w *world) {
	s := w.customer(alice, "lease")
	for i, test := range []struct{ typed, kept string }{
		{"🙂", "🙂"},
		{"👩‍🚀 à l’œuvre", "👩‍🚀 à l’œuvre"},
		{"שלום \u200fעולם", "שלום \u200fעולם"},
		{"a\r\nb\rc\n\td", "a\nb\nc\n\td"},
		{"a\x00b\x1b[31mc\u202ed\u2066", "ab[31mcd"},
		{"<script>alert(1)</script> & {{.Name}} %s", "<script>alert(1)</script> & {{.Name}} %s"},
		{strings.Repeat("é", 4000), strings.Repeat("é", 4000)},
		{strings.Repeat("🙂", 4000), strings.Repeat("🙂", 4000)},
		{strings.Repeat("a", 4000) + "\u202e", strings.Repeat("a", 4000)},
	} {
		thread, err := s.Thread(w.ctx(), w.send(s, fmt.Sprint(i), test.typed).ThreadID)
		w.must(err)
		same(w, "body", thread.Messages[0].Body, test.kept)
	}
}

func sendBadInput(w *world) {
	s, other := w.customer(alice, "lease"), w.customer(bob, "two")
	foreign := w.agreement(other).ID
	good := w.outgoing(s, "one", "A question")
	type m = services.Outgoing
	for _, test := range []struct {
		change func(*m)
		want   map[string]string
	}{
		{func(q *m) { *q = m{IdempotencyKey: q.IdempotencyKey} }, map[string]string{"topic": "required", "agreement_id": "required", "body": "required"}},
		{func(q *m) { q.Body = " \n\t\u00a0\u200b\u202e\x00" }, map[string]string{"body": "required"}},
		{func(q *m) { q.Body = strings.Repeat("é", 4001) }, map[string]string{"body": "too_long"}},
		{func(q *m) { q.Body = strings.Repeat("🙂", 4001) }, map[string]string{"body": "too_long"}},
		{func(q *m) { q.Topic = "nonsense" }, map[string]string{"topic": "unknown"}},
		{func(q *m) { q.AgreementID = foreign }, map[string]string{"agreement_id": "unknown"}},
		{func(q *m) { q.AgreementID = "\x00" }, map[string]string{"agreement_id": "unknown"}},
		{func(q *m) { q.IdempotencyKey = "" }, map[string]string{"idempotency_key": "required"}},
		{func(q *m) { q.IdempotencyKey = "1234567" }, map[string]string{"idempotency_key": "too_short"}},
		{func(q *m) { q.IdempotencyKey = strings.Repeat("1", 65) }, map[string]string{"idempotency_key": "too_long"}},
		{func(q *m) { q.IdempotencyKey = "clé-de-moi" }, map[string]string{"idempotency_key": "format"}},
		{func(q *m) { q.IdempotencyKey = "1234\n5678" }, map[string]string{"idempotency_key": "format"}},
	} {
		wrong := good
		test.change(&wrong)
		_, err := s.Send(w.ctx(), wrong)
		w.refuses(err, "Messages.Send", test.want)
	}
	for _, id := range strange[1:] {
		reply := good
		reply.ThreadID = id
		_, err := s.Send(w.ctx(), reply)
		w.fails(err, "Messages.Send", services.CodeNotFound)
	}
	_, err := s.Send(w.ctx(), good) // what was refused has not used the key up
	w.must(err)
}

func sendAttachments(w *world) {
	s, other := w.customer(alice, "lease"), w.customer(bob, "two")
	foreign := w.attach(other, "foreign.txt").ID
	var ids []string
	for i := range 6 {
		ids = append(ids, w.attach(s, fmt.Sprintf("file %d.txt", i)).ID)
	}
	for _, test := range []struct {
		ids    []string
		reason string
	}{
		{ids, services.ReasonTooMany},
		{[]string{ids[0], foreign}, services.ReasonUnknown},
		{[]string{ids[0], ids[0]}, services.ReasonUnknown},
		{[]string{"nothing"}, services.ReasonUnknown},
	} {
		_, err := s.Send(w.ctx(), w.outgoing(s, "refused", "With files", test.ids...))
		w.refuses(err, "Messages.Send", map[string]string{"attachment_ids": test.reason})
	}
	receipt := w.send(s, "one", "With files", ids[4], ids[0], ids[1], ids[3], ids[2])
	thread, err := s.Thread(w.ctx(), receipt.ThreadID)
	w.must(err)
	var names []string
	for _, file := range thread.Messages[0].Attachments {
		names = append(names, file.Name)
	}
	same(w, "files in their order", names, []string{"file 4.txt", "file 0.txt", "file 1.txt", "file 3.txt", "file 2.txt"})
	same(w, "files of the thread", thread.ThreadSummary.Attachments, 5)
	_, err = s.Send(w.ctx(), w.outgoing(s, "two", "Once more", ids[0]))
	w.refuses(err, "Messages.Send", map[string]string{"attachment_ids": services.ReasonUnknown})
}

func sendKeys(w *world) {
	s := w.customer(alice, "lease")
	w.customer(bob, "two")
	first := w.send(s, "one", "A question")
	w.Advance(time.Hour)
	s, other := w.again(alice), w.again(bob)
	same(w, "the same once more", w.send(s, "one", "A question"), first)
	_, err := s.Send(w.ctx(), w.outgoing(s, "one", "Another question"))
	w.refuses(err, "Messages.Send", map[string]string{"idempotency_key": services.ReasonReused})
	if w.send(other, "one", "A question").ThreadID == first.ThreadID { // keys are each person's own
		w.Error("two people share a key")
	}
	page, err := s.Threads(w.ctx(), services.ThreadQuery{})
	w.must(err)
	same(w, "threads", len(page.Items), 1)
	same(w, "mails", w.mailed(alice, "message_received"), 1)
}

func sendReply(w *world) {
	s, other := w.customer(alice, "lease"), w.customer(bob, "two")
	first := w.send(s, "one", "A question")
	w.Advance(time.Minute)
	reply := services.Outgoing{ThreadID: first.ThreadID, Body: "And one more", IdempotencyKey: "key-of-reply"}
	receipt, err := s.Send(w.ctx(), reply)
	w.must(err)
	same(w, "thread", receipt.ThreadID, first.ThreadID)
	same(w, "reference", receipt.Reference, first.Reference)
	thread, err := s.Thread(w.ctx(), first.ThreadID)
	w.must(err)
	same(w, "messages", len(thread.Messages), 2)
	same(w, "the latest", thread.Messages[1].Body, "And one more")
	_, err = other.Send(w.ctx(), reply)
	w.fails(err, "Messages.Send", services.CodeNotFound)
}
