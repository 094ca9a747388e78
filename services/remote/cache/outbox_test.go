package cache_test

import (
	"reflect"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/remote/cache"
	"myaccount/services/rule"
)

// question is a draft with a file.
func (m *machine) question(body string) services.Draft {
	m.t.Helper()
	return m.save(services.Draft{
		Topic: "payoff", AgreementID: "a", Body: body, Attachments: []services.Attachment{m.attach("a.txt", "file of "+body)},
	})
}

var receipt = services.Receipt{ThreadID: "t", MessageID: "m", Reference: "M-7K3F-92QD", ReceivedAt: start}

func TestPut_DraftBecomesMessage(t *testing.T) {
	m := newMachine(t)
	draft := m.question("one\r\n\u202etwo")
	w := m.put(draft)
	want := outgoing(draft)
	want.DraftID, want.Body = "", "one\ntwo"
	if w.ID != draft.ID || w.State != cache.StateWaiting || !reflect.DeepEqual(w.Message, want) || !w.Created.Equal(start) {
		t.Errorf("put %+v", w)
	}
	if sent, total := w.Progress(); sent != 0 || total != draft.Attachments[0].Size || w.Files[0].Attachment != draft.Attachments[0] {
		t.Errorf("files %+v", w.Files)
	}
	if list := m.drafts(); len(list) != 0 {
		t.Errorf("it is still a draft: %+v", list)
	}
	_, err := m.amelie.SaveDraft(t.Context(), draft)
	wantCode(t, err, services.CodeNotFound)
	must(t, m.amelie.DeleteDraft(t.Context(), draft.ID))
	must(t, m.amelie.Detach(t.Context(), draft.Attachments[0].ID))
	m.restart()
	if list := m.waiting(); len(list) != 1 || !reflect.DeepEqual(list[0], w) {
		t.Errorf("after a restart: %+v, want %+v", list, w)
	}
	if got := m.content(draft.Attachments[0].ID); got != "file of one\r\n\u202etwo" {
		t.Errorf("its file: %q", got)
	}
}

func TestPut_Refuses(t *testing.T) {
	m := newMachine(t)
	gone := m.attach("gone.txt", "gone")
	must(t, m.amelie.Detach(t.Context(), gone.ID))
	there, taken := m.attach("there.txt", "there"), m.question("taken")
	m.put(taken)
	for what, test := range map[string]struct {
		message services.Outgoing
		want    map[string]string
	}{
		"no key":       {services.Outgoing{Body: "a"}, map[string]string{"idempotency_key": services.ReasonRequired}},
		"short key":    {services.Outgoing{Body: "a", IdempotencyKey: "1234567"}, map[string]string{"idempotency_key": services.ReasonTooShort}},
		"file is gone": {services.Outgoing{IdempotencyKey: "12345678", AttachmentIDs: []string{gone.ID}}, map[string]string{"attachment_ids": services.ReasonUnknown}},
		"file twice": {
			services.Outgoing{IdempotencyKey: "12345678", AttachmentIDs: []string{there.ID, there.ID}},
			map[string]string{"attachment_ids": services.ReasonUnknown},
		},
		"file of another message": {
			services.Outgoing{IdempotencyKey: "12345678", AttachmentIDs: []string{taken.Attachments[0].ID}},
			map[string]string{"attachment_ids": services.ReasonUnknown},
		},
		"key of another message": {
			services.Outgoing{Body: "other", IdempotencyKey: taken.IdempotencyKey},
			map[string]string{"idempotency_key": services.ReasonReused},
		},
	} {
		_, err := m.amelie.Put(t.Context(), test.message)
		if services.CodeOf(err) != services.CodeInvalid || !reflect.DeepEqual(services.FieldsOf(err), test.want) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if list := m.waiting(); len(list) != 1 {
		t.Errorf("on their way: %+v", list)
	}
}

// TestPut_Again is a second click, before, while and after it is sent.
func TestPut_Again(t *testing.T) {
	m := newMachine(t)
	draft := m.question("once")
	first := m.put(draft)
	same := func(state cache.State) {
		t.Helper()
		stray := m.save(services.Draft{Body: "the draft that it was, to somebody"})
		again := outgoing(draft)
		again.DraftID = stray.ID
		w, err := m.amelie.Put(t.Context(), again)
		must(t, err)
		if w.State != state || w.Message.Body != first.Message.Body || len(m.drafts()) != 0 {
			t.Errorf("again: %+v, drafts %+v", w, m.drafts())
		}
		other := outgoing(draft)
		other.Body = "something else"
		_, err = m.amelie.Put(t.Context(), other)
		wantFields(t, err, map[string]string{"idempotency_key": services.ReasonReused})
	}
	same(cache.StateWaiting)
	m.claimed()
	same(cache.StateSending)
	for range 2 {
		must(t, m.amelie.Done(t.Context(), draft.IdempotencyKey, receipt))
	}
	same(cache.StateReceived)
	w := m.put(draft)
	got, err := m.amelie.Receipt(t.Context(), draft.IdempotencyKey)
	if w.Receipt != receipt || got != receipt || err != nil {
		t.Errorf("receipts %+v, %+v, %v", w.Receipt, got, err)
	}
	if _, ok := m.claim(); ok || len(m.waiting()) != 0 {
		t.Error("it is sent again")
	}
	_, err = m.amelie.OpenFile(t.Context(), draft.Attachments[0].ID)
	wantCode(t, err, services.CodeNotFound)
}

// TestPut_OtherContent: what is sent counts, not what the draft last said; a file that is left out stays for a day.
func TestPut_OtherContent(t *testing.T) {
	m := newMachine(t)
	draft, added := m.question("typed"), m.attach("b.txt", "added")
	message := outgoing(draft)
	message.Body, message.AttachmentIDs, message.IdempotencyKey = "sent", []string{added.ID}, "a key of its own"
	w, err := m.amelie.Put(t.Context(), message)
	must(t, err)
	if w.Message.Body != "sent" || len(w.Files) != 1 || w.Files[0].ID != added.ID || w.Message.IdempotencyKey != "a key of its own" {
		t.Errorf("put %+v", w)
	}
	if got := m.content(draft.Attachments[0].ID); got != "file of typed" {
		t.Errorf("left out: %q", got)
	}
	m.clock.Move(25 * time.Hour)
	must(t, m.Purge(t.Context()))
	_, err = m.amelie.OpenFile(t.Context(), draft.Attachments[0].ID)
	wantCode(t, err, services.CodeNotFound)
	if got := m.content(added.ID); got != "added" {
		t.Errorf("sent: %q", got)
	}
}

func TestClaim_OneAtATime(t *testing.T) {
	m := newMachine(t)
	m.put(m.question("first"))
	m.clock.Move(time.Second)
	m.put(m.question("second"))
	first, second := m.claimed(), m.claimed()
	if first.Message.Body != "first" || second.Message.Body != "second" || first.State != cache.StateSending || first.Tries != 1 {
		t.Errorf("claimed %+v, %+v", first, second)
	}
	if w, ok := m.claim(); ok {
		t.Errorf("claimed twice: %+v", w)
	}
	due, err := m.amelie.NextDue(t.Context())
	if err != nil || !due.Equal(first.Due) {
		t.Errorf("due %v, %v, want %v", due, err, first.Due)
	}
	m.restart() // as after a crash: the tries end with their time
	if w, ok := m.claim(); ok {
		t.Errorf("claimed within the time of another: %+v", w)
	}
	m.clock.Move(time.Minute)
	if again := m.claimed(); again.Message.IdempotencyKey != first.Message.IdempotencyKey || again.Tries != 2 {
		t.Errorf("claimed %+v", again)
	}
}

func TestClaim_ThreadInOrder(t *testing.T) {
	m := newMachine(t)
	for _, d := range []services.Draft{
		{ThreadID: "t", Body: "first"},
		{ThreadID: "t", Body: "second"},
		{ThreadID: "u", Body: "elsewhere"},
	} {
		m.put(m.save(d))
		m.clock.Move(time.Second)
	}
	first := m.claimed()
	must(t, m.amelie.Retry(t.Context(), first.Message.IdempotencyKey, m.clock.Now().Add(time.Minute)))
	if w := m.claimed(); w.Message.Body != "elsewhere" {
		t.Errorf("claimed %q", w.Message.Body)
	}
	if w, ok := m.claim(); ok {
		t.Errorf("%q overtakes the first", w.Message.Body)
	}
	if due, err := m.amelie.NextDue(t.Context()); err != nil || due.Before(m.clock.Now()) || due.Equal(m.clock.Now()) {
		t.Errorf("due %v, %v, though nothing can be claimed", due, err)
	}
	must(t, m.amelie.Hasten(t.Context()))
	for _, want := range []string{"first", "second"} {
		w := m.claimed()
		if w.Message.Body != want {
			t.Errorf("claimed %q, want %q", w.Message.Body, want)
		}
		must(t, m.amelie.Done(t.Context(), w.Message.IdempotencyKey, receipt))
	}
}

// TestClaim_ClockSetBack: no wait is longer than the longest.
func TestClaim_ClockSetBack(t *testing.T) {
	m := newMachine(t)
	m.put(m.question("one"))
	w := m.claimed()
	must(t, m.amelie.Retry(t.Context(), w.Message.IdempotencyKey, start.Add(1000*time.Hour)))
	if list := m.waiting(); !list[0].Due.Equal(start.Add(cache.WaitMost)) {
		t.Errorf("due %v", list[0].Due)
	}
	m.clock.Move(-48 * time.Hour)
	m.claimed()
}

func TestSetUpload_GoesOnAfterCrash(t *testing.T) {
	m := newMachine(t)
	a, b := m.attach("a.txt", "12345678"), m.attach("b.txt", "1234")
	m.put(m.save(services.Draft{Body: "two files", Attachments: []services.Attachment{a, b}}))
	key := m.claimed().Message.IdempotencyKey
	set := func(id string, u cache.Upload) {
		t.Helper()
		must(t, m.amelie.SetUpload(t.Context(), key, id, u, m.clock.Now().Add(time.Minute)))
	}
	progress := func(want int64) {
		t.Helper()
		w := m.waiting()[0]
		if sent, total := w.Progress(); sent != want || total != 12 || !w.Due.Equal(m.clock.Now().Add(time.Minute)) {
			t.Errorf("%d of %d, due %v, want %d", sent, total, w.Due, want)
		}
	}
	m.clock.Move(30 * time.Second)
	set(a.ID, cache.Upload{ID: "u", Offset: 5})
	m.restart()
	progress(5)
	set(a.ID, cache.Upload{ID: "u", Offset: 8, AttachmentID: "server's"})
	progress(8)
	set(b.ID, cache.Upload{AttachmentID: "server's other"})
	progress(12)
	if f := m.waiting()[0].Files; f[0].Upload.AttachmentID != "server's" || f[1].Upload.AttachmentID != "server's other" {
		t.Errorf("uploads %+v", f)
	}
	set(b.ID, cache.Upload{})
	progress(8)
	for _, test := range [][2]string{{key, "nothing"}, {"another key", a.ID}} {
		err := m.amelie.SetUpload(t.Context(), test[0], test[1], cache.Upload{}, start)
		wantCode(t, err, services.CodeNotFound)
	}
}

func TestRefuse_DraftAgain(t *testing.T) {
	m := newMachine(t)
	draft := m.question("refused")
	m.put(draft)
	m.claimed()
	must(t, m.amelie.SetUpload(t.Context(), draft.IdempotencyKey, draft.Attachments[0].ID, cache.Upload{Offset: 3}, start))
	m.clock.Move(time.Minute)
	back, err := m.amelie.Refuse(t.Context(), draft.IdempotencyKey, services.Invalid("agreement_id", services.ReasonUnknown))
	must(t, err)
	draft.UpdatedAt = m.clock.Now()
	if !reflect.DeepEqual(back, draft) || !reflect.DeepEqual(m.drafts(), []services.Draft{draft}) {
		t.Errorf("back %+v, want %+v", back, draft)
	}
	m.restart()
	list := m.waiting()
	if len(list) != 1 || list[0].ID != draft.ID || list[0].State != cache.StateRefused || list[0].Code != services.CodeInvalid ||
		list[0].Fields["agreement_id"] != services.ReasonUnknown || list[0].Files[0].Upload != (cache.Upload{}) {
		t.Errorf("told as %+v", list)
	}
	if w, ok := m.claim(); ok {
		t.Errorf("sent again: %+v", w)
	}
	if _, err := m.amelie.Refuse(t.Context(), draft.IdempotencyKey, services.Fail(services.CodeGone)); services.CodeOf(err) != services.CodeNotFound {
		t.Errorf("refused twice: %v", err)
	}
	m.save(draft)
	if list := m.waiting(); len(list) != 0 {
		t.Errorf("changed and still refused: %+v", list)
	}
	if w := m.put(draft); w.State != cache.StateWaiting || w.Code != "" {
		t.Errorf("sent anew: %+v", w)
	}
}

// TestRefuse_Key: with a key that was used for something else it could never be sent.
func TestRefuse_Key(t *testing.T) {
	m := newMachine(t)
	draft := m.question("one")
	m.put(draft)
	back, err := m.amelie.Refuse(t.Context(), draft.IdempotencyKey, services.Invalid("idempotency_key", services.ReasonReused))
	if err != nil || back.IdempotencyKey == draft.IdempotencyKey || len(back.IdempotencyKey) < 8 {
		t.Errorf("key %q, %v", back.IdempotencyKey, err)
	}
	m.put(back)
}

// TestRefuse_BeyondTheLimits: a message comes back though there are as many drafts and files as there may be.
func TestRefuse_BeyondTheLimits(t *testing.T) {
	m := newMachine(t)
	draft := m.question("one too many")
	m.put(draft)
	for range rule.DraftsMax {
		m.save(services.Draft{})
	}
	for range rule.UnsentMax {
		m.attach("a.txt", "a")
	}
	_, err := m.amelie.Refuse(t.Context(), draft.IdempotencyKey, services.Fail(services.CodeNotFound))
	must(t, err)
	if n := len(m.drafts()); n != rule.DraftsMax+1 {
		t.Errorf("%d drafts", n)
	}
	_, err = m.amelie.SaveDraft(t.Context(), services.Draft{})
	wantFields(t, err, map[string]string{"drafts": services.ReasonTooMany})
}

func TestCancel(t *testing.T) {
	m := newMachine(t)
	draft := m.question("not yet")
	m.put(draft)
	m.claimed()
	_, err := m.amelie.Cancel(t.Context(), draft.IdempotencyKey)
	wantCode(t, err, services.CodeConflict)
	if services.RetryAfterOf(err) != time.Minute {
		t.Errorf("wait %v", services.RetryAfterOf(err))
	}
	must(t, m.amelie.Retry(t.Context(), draft.IdempotencyKey, start))
	back, err := m.amelie.Cancel(t.Context(), draft.IdempotencyKey)
	if err != nil || !reflect.DeepEqual(back, draft) {
		t.Errorf("back %+v, %v", back, err)
	}
	if list := m.waiting(); len(list) != 0 {
		t.Errorf("on their way: %+v", list)
	}
	_, err = m.amelie.Cancel(t.Context(), draft.IdempotencyKey)
	wantCode(t, err, services.CodeNotFound)
	wantCode(t, m.amelie.Retry(t.Context(), draft.IdempotencyKey, start), services.CodeNotFound)
	wantCode(t, m.amelie.Done(t.Context(), draft.IdempotencyKey, receipt), services.CodeNotFound)
	// A try whose process died may be cancelled once its time is over.
	m.put(draft)
	m.claimed()
	m.clock.Move(time.Minute)
	_, err = m.amelie.Cancel(t.Context(), draft.IdempotencyKey)
	must(t, err)
}

// TestClaim_TooOld: the backend knows a key for 30 days, and no message waits longer.
func TestClaim_TooOld(t *testing.T) {
	m := newMachine(t)
	draft := m.question("old")
	m.put(draft)
	m.clock.Move(rule.KeysFor - time.Second)
	m.claimed()
	m.clock.Move(30 * time.Second) // a try under way ends in peace
	if _, ok := m.claim(); ok || m.waiting()[0].State != cache.StateSending {
		t.Errorf("on their way: %+v", m.waiting())
	}
	m.clock.Move(time.Minute)
	if w, ok := m.claim(); ok {
		t.Errorf("claimed %+v", w)
	}
	list := m.waiting()
	if len(list) != 1 || list[0].State != cache.StateRefused || list[0].Code != services.CodeGone || len(m.drafts()) != 1 {
		t.Errorf("told as %+v", list)
	}
	m.put(draft)
	m.claimed()
}

func TestDropDraft_KeepsFiles(t *testing.T) {
	m := newMachine(t)
	draft := m.question("on the screen")
	m.put(draft)
	_, err := m.amelie.Refuse(t.Context(), draft.IdempotencyKey, services.Fail(services.CodeNotFound))
	must(t, err)
	must(t, m.amelie.DropDraft(t.Context(), draft.ID))
	if len(m.drafts()) != 0 || len(m.waiting()) != 0 || m.content(draft.Attachments[0].ID) != "file of on the screen" {
		t.Error("not as before")
	}
	again := outgoing(draft)
	again.DraftID = ""
	if _, err := m.amelie.Put(t.Context(), again); err != nil {
		t.Errorf("sent again: %v", err)
	}
}

func TestReceipt_ForgottenAfter30Days(t *testing.T) {
	m := newMachine(t)
	draft := m.question("one")
	m.put(draft)
	must(t, m.amelie.Done(t.Context(), draft.IdempotencyKey, receipt))
	for _, test := range []struct {
		wait time.Duration
		want services.Code
	}{{rule.KeysFor - time.Second, ""}, {time.Second, services.CodeNotFound}} {
		m.clock.Move(test.wait)
		must(t, m.Purge(t.Context()))
		_, err := m.amelie.Receipt(t.Context(), draft.IdempotencyKey)
		wantCode(t, err, test.want)
	}
}
