package servicetest

import (
	"fmt"
	"strings"
	"time"

	"myaccount/services"
)

var deskCases = suite{
	"Desk_Queue/LongestWaitFirst": queueLongestWaitFirst,
	"Desk_Queue/Pages":            queuePages,
	"Desk_DeskThread/WhatItNeeds": deskThread,
	"Desk_Answer/ReachesCustomer": answerReaches,
	"Desk_Answer/BadInput":        answerBadInput,
	"Desk_Answer/SameKey":         answerSameKey,
}

// queue lists the ids of the desk's threads.
func (w *world) queue(desk services.AdvisorSession, waiting bool) (ids []string) {
	w.Helper()
	page, err := desk.Queue(w.ctx(), services.DeskQuery{WaitingOnly: waiting})
	w.must(err)
	for _, item := range page.Items {
		ids = append(ids, item.ID)
		if item.Waiting == item.WaitingSince.IsZero() {
			w.Errorf("waiting %v since %v", item.Waiting, item.WaitingSince)
		}
	}
	return ids
}

func queueLongestWaitFirst(w *world) {
	s, other := w.customer(alice, "lease"), w.customer(bob, "two")
	first := w.send(s, "one", "First").ThreadID
	w.Advance(time.Second)
	second := w.send(other, "one", "Second").ThreadID
	w.Advance(time.Second)
	more := w.outgoing(s, "more", "And more") // waits since its first message, not its last
	more.ThreadID = first
	_, err := s.Send(w.ctx(), more)
	w.must(err)
	w.Advance(time.Second)
	third := w.send(other, "two", "Third").ThreadID
	desk := w.Advisor(w)
	same(w, "queue", w.queue(desk, false), []string{first, second, third})
	w.answer(desk, first, "one", "An answer")
	same(w, "queue", w.queue(desk, false), []string{second, third, first})
	same(w, "waiting", w.queue(desk, true), []string{second, third})
}

func queuePages(w *world) {
	s, desk := w.customer(alice, "lease"), w.Advisor(w)
	for i := range 5 {
		w.Advance(time.Second)
		id := w.send(s, fmt.Sprint(i), "Question").ThreadID
		if i%2 == 0 {
			w.answer(desk, id, fmt.Sprint(i), "Answer")
		}
	}
	var paged []string
	for page := (services.DeskPage{}); ; {
		var err error
		page, err = desk.Queue(w.ctx(), services.DeskQuery{Page: services.Page{After: page.Next, Limit: 2}})
		w.must(err)
		for _, item := range page.Items {
			paged = append(paged, item.ID)
		}
		if page.Next == "" {
			break
		}
	}
	same(w, "queue page by page", paged, w.queue(desk, false))
	for _, after := range []string{"nonsense", "\x00", "!.x"} {
		_, err := desk.Queue(w.ctx(), services.DeskQuery{Page: services.Page{After: after}})
		w.refuses(err, "Desk.Queue", map[string]string{"after": services.ReasonFormat})
	}
}

func deskThread(w *world) {
	s, desk := w.customer(alice, "lease"), w.Advisor(w)
	receipt := w.send(s, "one", "A question", w.attach(s, "a.txt").ID)
	thread, err := desk.DeskThread(w.ctx(), receipt.ThreadID)
	w.must(err)
	a := w.agreement(s)
	if thread.Customer != "Alice Tremblay" || thread.Language != "en" || thread.Vehicle != a.Vehicle || thread.Kind != a.Kind ||
		!thread.Waiting || !thread.WaitingSince.Equal(receipt.ReceivedAt) || thread.Reference != receipt.Reference ||
		len(thread.Messages) != 1 || thread.Messages[0].Author != "Alice Tremblay" || len(thread.Messages[0].Attachments) != 1 {
		w.Errorf("thread %+v", thread)
	}
	for _, id := range strange {
		_, err := desk.DeskThread(w.ctx(), id)
		w.fails(err, "Desk.DeskThread", services.CodeNotFound)
	}
}

func answerReaches(w *world) {
	s, desk := w.customer(alice, "lease"), w.Advisor(w)
	id := w.send(s, "one", "A question").ThreadID
	w.Advance(time.Minute)
	w.answer(desk, id, "one", "The answer \u202e\x00🙂", w.attach(desk, "answer.txt").ID)
	thread, err := s.Thread(w.ctx(), id)
	w.must(err)
	if !thread.Unread || thread.LastFrom != services.RoleAdvisor || len(thread.Messages) != 2 {
		w.Fatalf("thread %+v", thread)
	}
	got := thread.Messages[1]
	if got.Body != "The answer 🙂" || got.From != services.RoleAdvisor || got.Author != w.policy().Company || len(got.Attachments) != 1 {
		w.Errorf("answer %+v", got)
	}
	m := w.mail(alice, "reply")
	if strings.Contains(m.Text, "The answer") || !strings.Contains(m.Text, thread.Reference) {
		w.Errorf("the mail says:\n%s", m.Text)
	}
	atDesk, err := desk.DeskThread(w.ctx(), id)
	w.must(err)
	same(w, "author at the desk", atDesk.Messages[1].Author, desk.Info().Person.Name())
}

func answerBadInput(w *world) {
	s, desk := w.customer(alice, "lease"), w.Advisor(w)
	good := services.DeskAnswer{ThreadID: w.send(s, "one", "A question").ThreadID, Body: "An answer", IdempotencyKey: "answer-one"}
	foreign := w.attach(s, "a.txt").ID
	type a = services.DeskAnswer
	for _, test := range []struct {
		change func(*a)
		want   map[string]string
	}{
		{func(q *a) { q.Body = " \n\u202e" }, map[string]string{"body": "required"}},
		{func(q *a) { q.Body = strings.Repeat("é", 4001) }, map[string]string{"body": "too_long"}},
		{func(q *a) { q.AttachmentIDs = []string{foreign} }, map[string]string{"attachment_ids": "unknown"}},
		{func(q *a) { q.AttachmentIDs = make([]string, 6) }, map[string]string{"attachment_ids": "too_many"}},
		{func(q *a) { q.IdempotencyKey = "" }, map[string]string{"idempotency_key": "required"}},
	} {
		wrong := good
		test.change(&wrong)
		_, err := desk.Answer(w.ctx(), wrong)
		w.refuses(err, "Desk.Answer", test.want)
	}
	for _, id := range strange {
		wrong := good
		wrong.ThreadID = id
		_, err := desk.Answer(w.ctx(), wrong)
		w.fails(err, "Desk.Answer", services.CodeNotFound)
	}
	_, err := desk.Answer(w.ctx(), good)
	w.must(err)
}

func answerSameKey(w *world) {
	s, desk := w.customer(alice, "lease"), w.Advisor(w)
	id := w.send(s, "one", "A question").ThreadID
	first := w.answer(desk, id, "one", "An answer")
	same(w, "the same once more", w.answer(w.Advisor(w), id, "one", "An answer"), first)
	_, err := desk.Answer(w.ctx(), services.DeskAnswer{ThreadID: id, Body: "Another", IdempotencyKey: "answer-one"})
	w.refuses(err, "Desk.Answer", map[string]string{"idempotency_key": services.ReasonReused})
	thread, err := s.Thread(w.ctx(), id)
	w.must(err)
	same(w, "messages", len(thread.Messages), 2)
	same(w, "mails", w.mailed(alice, "reply"), 1)
}
