package servicetest

import (
	"strings"
	"time"

	"myaccount/services"
)

var draftCases = suite{
	"Drafts_SaveDraft/WhatCannotBeSent":   draftCannotBeSent,
	"Drafts_SaveDraft/TooLong":            draftTooLong,
	"Drafts_SaveDraft/TooMany":            draftsTooMany,
	"Drafts_SaveDraft/SentOrDeleted":      draftSentOrDeleted,
	"Drafts_Drafts/LatestFirst":           draftsLatestFirst,
	"Drafts_Draft/OnlyOnesOwn":            draftOnlyOnesOwn,
	"Drafts_DeleteDraft/WithItsFiles":     draftDeleted,
	"Drafts_SaveDraft/KeepsKeyAndRestart": draftKeepsKey,
}

// save keeps a draft.
func (w *world) save(s services.CustomerSession, d services.Draft) services.Draft {
	w.Helper()
	saved, err := s.SaveDraft(w.ctx(), d)
	w.must(err)
	return saved
}

// draftCannotBeSent is what a draft may be and a message not.
func draftCannotBeSent(w *world) {
	s := w.customer(alice, "lease")
	for _, d := range []services.Draft{
		{},
		{Body: strings.Repeat("é", 100_000)},
		{Body: "🙂 \u202e\x00 שלום\r\n", Topic: "nonsense", AgreementID: "nobody's", ThreadID: "gone"},
	} {
		saved := w.save(s, d)
		if saved.ID == "" || saved.IdempotencyKey == "" || !saved.UpdatedAt.Equal(w.Now()) || len(saved.Attachments) != 0 {
			w.Errorf("saved %+v", saved)
		}
		got, err := s.Draft(w.ctx(), saved.ID)
		w.must(err)
		same(w, "draft", got, saved)
		same(w, "content", []string{got.Body, got.Topic, got.AgreementID, got.ThreadID}, []string{d.Body, d.Topic, d.AgreementID, d.ThreadID})
	}
}

func draftTooLong(w *world) {
	s := w.customer(alice, "lease")
	kept := w.save(s, services.Draft{Body: "kept"})
	for _, id := range []string{"", kept.ID} {
		_, err := s.SaveDraft(w.ctx(), services.Draft{
			ID: id, Body: strings.Repeat("é", 100_001), ThreadID: strings.Repeat("x", 65), Topic: strings.Repeat("x", 65),
			AgreementID: strings.Repeat("x", 65), Attachments: make([]services.Attachment, 26),
		})
		w.refuses(err, "Drafts.SaveDraft", map[string]string{
			"body": services.ReasonTooLong, "thread_id": services.ReasonTooLong, "topic": services.ReasonTooLong,
			"agreement_id": services.ReasonTooLong, "attachment_ids": services.ReasonTooMany,
		})
	}
	list, err := s.Drafts(w.ctx())
	w.must(err)
	same(w, "drafts", list, []services.Draft{kept})
}

func draftsTooMany(w *world) {
	s := w.customer(alice, "lease")
	var last services.Draft
	for range 100 {
		last = w.save(s, services.Draft{Body: "one of many"})
	}
	_, err := s.SaveDraft(w.ctx(), services.Draft{Body: "one too many"})
	w.refuses(err, "Drafts.SaveDraft", map[string]string{"drafts": services.ReasonTooMany})
	last.Body = "one of many, changed"
	w.save(s, last)
	w.must(s.DeleteDraft(w.ctx(), last.ID))
	w.save(s, services.Draft{Body: "in its place"})
}

func draftSentOrDeleted(w *world) {
	s := w.customer(alice, "lease")
	sent, deleted := w.save(s, services.Draft{Body: "Sent"}), w.save(s, services.Draft{Body: "Deleted"})
	m := w.outgoing(s, "one", sent.Body)
	m.DraftID, m.IdempotencyKey = sent.ID, sent.IdempotencyKey
	for range 2 { // the second as after a crash, when the receipt was lost
		_, err := s.Send(w.ctx(), m)
		w.must(err)
	}
	w.must(s.DeleteDraft(w.ctx(), deleted.ID))
	for _, id := range []string{sent.ID, deleted.ID, "nothing"} {
		_, err := s.SaveDraft(w.ctx(), services.Draft{ID: id, Body: "typed meanwhile"})
		w.fails(err, "Drafts.SaveDraft", services.CodeNotFound)
		_, err = s.Draft(w.ctx(), id)
		w.fails(err, "Drafts.Draft", services.CodeNotFound)
	}
	list, err := s.Drafts(w.ctx())
	w.must(err)
	same(w, "drafts", len(list), 0)
}

func draftsLatestFirst(w *world) {
	s := w.customer(alice, "lease")
	first := w.save(s, services.Draft{Body: "first"})
	w.Advance(time.Second)
	second := w.save(s, services.Draft{Body: "second"})
	w.Advance(time.Second)
	first.Body = "first, changed"
	first = w.save(s, first)
	list, err := s.Drafts(w.ctx())
	w.must(err)
	same(w, "drafts", list, []services.Draft{first, second})
}

func draftOnlyOnesOwn(w *world) {
	s, other := w.customer(alice, "lease"), w.customer(bob, "two")
	d := w.save(s, services.Draft{Body: "mine"})
	for _, id := range append([]string{d.ID}, strange...) {
		_, err := other.Draft(w.ctx(), id)
		w.fails(err, "Drafts.Draft", services.CodeNotFound)
		w.must(other.DeleteDraft(w.ctx(), id))
	}
	_, err := other.SaveDraft(w.ctx(), services.Draft{ID: d.ID, Body: "yours"})
	w.fails(err, "Drafts.SaveDraft", services.CodeNotFound)
	got, err := s.Draft(w.ctx(), d.ID)
	w.must(err)
	same(w, "draft", got, d)
}

func draftDeleted(w *world) {
	s, other := w.customer(alice, "lease"), w.customer(bob, "two")
	file, foreign := w.attach(s, "a.txt"), w.attach(other, "b.txt")
	d := w.save(s, services.Draft{Body: "with a file", Attachments: []services.Attachment{file, foreign}})
	same(w, "files of the draft", d.Attachments, []services.Attachment{file})
	for range 2 {
		w.must(s.DeleteDraft(w.ctx(), d.ID))
	}
	_, err := s.OpenAttachment(w.ctx(), file.ID)
	w.fails(err, "Attachments.OpenAttachment", services.CodeNotFound)
	_, err = other.OpenAttachment(w.ctx(), foreign.ID)
	w.must(err)
}

func draftKeepsKey(w *world) {
	s := w.customer(alice, "lease")
	d := w.save(s, services.Draft{Body: "first", Attachments: []services.Attachment{w.attach(s, "a.txt"), w.attach(s, "b.txt")}})
	again := d
	again.Body, again.IdempotencyKey = "second", "a key of my own"
	again.Attachments = []services.Attachment{d.Attachments[1], d.Attachments[0]}
	again = w.save(s, again)
	same(w, "key", again.IdempotencyKey, d.IdempotencyKey)
	w.Restart(w)
	got, err := w.again(alice).Draft(w.ctx(), d.ID)
	w.must(err)
	same(w, "draft after a restart", got, again)
}
