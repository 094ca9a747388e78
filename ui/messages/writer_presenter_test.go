package messages

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"myaccount/services"
	"myaccount/ui/nav"
	"myaccount/ui/uitest"
)

// bench is a writer in a bubble whose time moves only when everything waits.
type bench struct {
	t      *testing.T
	office *office
	queue  *nav.Queue
	w      *writer
}

func inBubble(t *testing.T, test func(b *bench)) {
	synctest.Test(t, func(t *testing.T) {
		b := &bench{t: t, office: newOffice(), queue: nav.NewQueue()}
		b.office.now = time.Now
		b.w = newWriter(b.queue, b.office.deps(), uitest.Policy(), services.Draft{Topic: "payments", AgreementID: "lease"})
		test(b)
	})
}

// settle lets everything that is under way come to its end.
func (b *bench) settle() {
	for {
		synctest.Wait()
		if b.queue.Drain() == 0 {
			return
		}
	}
}

// pass lets time pass.
func (b *bench) pass(d time.Duration) {
	time.Sleep(d)
	b.settle()
}

// kept is the text of the one draft, "" when there is none.
func (b *bench) kept() string {
	b.t.Helper()
	b.office.mu.Lock()
	defer b.office.mu.Unlock()
	if len(b.office.drafts) > 1 {
		b.t.Fatalf("%d drafts", len(b.office.drafts))
	}
	if len(b.office.drafts) == 0 {
		return ""
	}
	return b.office.drafts[0].Body
}

func TestWriter_SavesAPauseAfterTheLastKey(t *testing.T) {
	inBubble(t, func(b *bench) {
		for i := 1; i <= 5; i++ {
			b.w.setBody(strings.Repeat("a", i))
			b.pass(saveAfter - time.Millisecond)
		}
		if b.office.calls["SaveDraft"] != 0 {
			t.Fatal("saved while the person typed")
		}
		if b.pass(time.Millisecond); b.kept() != "aaaaa" || b.w.state != saved || b.office.calls["SaveDraft"] != 1 {
			t.Fatalf("kept %q in state %d", b.kept(), b.w.state)
		}
		if b.pass(time.Hour); b.office.calls["SaveDraft"] != 1 {
			t.Error("saved again without a change")
		}
	})
}

func TestWriter_NewerTextSurvivesASlowSave(t *testing.T) {
	inBubble(t, func(b *bench) {
		slow := make(chan struct{})
		b.office.hold["SaveDraft"] = slow
		b.w.setBody("one")
		b.pass(saveAfter)
		b.w.setBody("one two")
		b.pass(saveAfter)
		b.w.setBody("one two three")
		b.w.save() // the person leaves
		b.settle()
		if b.office.calls["SaveDraft"] != 1 || b.w.state != saving {
			t.Fatalf("%d saves at once", b.office.calls["SaveDraft"])
		}
		delete(b.office.hold, "SaveDraft")
		close(slow)
		if b.settle(); b.kept() != "one two three" || b.w.draft.Body != "one two three" || b.w.state != saved {
			t.Errorf("kept %q, shown %q", b.kept(), b.w.draft.Body)
		}
	})
}

// Whatever is typed, saved, slow or failing, in whatever order: in the end there is one draft with the latest text.
func TestWriter_OneDraftWithTheLatestText(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		steps := rapid.SliceOfN(rapid.IntRange(0, 5), 1, 30).Draw(rt, "steps")
		inBubble(t, func(b *bench) {
			var slow chan struct{}
			toggleSlow := func() {
				b.office.mu.Lock()
				defer b.office.mu.Unlock()
				if slow == nil {
					slow = make(chan struct{})
					b.office.hold["SaveDraft"] = slow
					return
				}
				delete(b.office.hold, "SaveDraft")
				close(slow)
				slow = nil
			}
			for i, step := range steps {
				switch step {
				case 0, 1:
					b.w.setBody(fmt.Sprintf("text %d", i))
				case 2:
					b.pass(saveAfter)
				case 3:
					b.w.save()
				case 4:
					toggleSlow()
				case 5:
					b.office.mu.Lock()
					if b.office.fail["SaveDraft"] == nil {
						b.office.fail["SaveDraft"] = services.Fail(services.CodeUnavailable)
					} else {
						delete(b.office.fail, "SaveDraft")
					}
					b.office.mu.Unlock()
				}
			}
			if slow != nil {
				toggleSlow()
			}
			b.settle()
			b.office.mu.Lock()
			delete(b.office.fail, "SaveDraft")
			b.office.mu.Unlock()
			b.w.save()
			if b.settle(); b.kept() != b.w.draft.Body {
				rt.Fatalf("kept %q, written %q", b.kept(), b.w.draft.Body)
			}
		})
	})
}

func TestWriter_EmptyIsNotKept(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.w.setTopic("payoff")
		b.w.setBody(" \n ")
		if b.pass(saveAfter); len(b.office.calls) != 0 || b.w.state != nothing {
			t.Fatalf("calls %v", b.office.calls)
		}
		b.w.setBody("Hello")
		b.pass(saveAfter)
		b.w.setBody("")
		if b.pass(saveAfter); len(b.office.drafts) != 0 || b.w.state != nothing || b.w.draft.ID != "" {
			t.Fatalf("an empty draft is kept in state %d", b.w.state)
		}
		b.w.setBody("Again")
		if b.pass(saveAfter); b.kept() != "Again" {
			t.Error("nothing is kept after an empty draft")
		}
	})
}

func TestWriter_NotSavedIsToldAndTriedAgain(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.office.fail["SaveDraft"] = services.Fail(services.CodeUnavailable)
		b.w.setBody("Hello")
		if b.pass(saveAfter); b.w.state != notSaved || b.w.lost || b.w.draft.Body != "Hello" {
			t.Fatalf("state %d", b.w.state)
		}
		delete(b.office.fail, "SaveDraft")
		b.w.save()
		if b.settle(); b.w.state != saved || b.kept() != "Hello" {
			t.Errorf("state %d, kept %q", b.w.state, b.kept())
		}
	})
}

func TestWriter_SendsOnceWithTheKeyOfTheDraft(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.office.loseReceipt = true
		var receipts []services.Receipt
		done := func(r services.Receipt) { receipts = append(receipts, r) }
		b.w.setBody("Hello")
		b.w.send(done)
		b.w.send(done) // a second click while it is under way
		b.settle()
		if services.CodeOf(b.w.sendErr) != services.CodeUnavailable || b.w.sending || b.w.draft.Body != "Hello" {
			t.Fatalf("after a lost answer: %v", b.w.sendErr)
		}
		b.w.send(done) // the draft is gone by now, but its key is not
		b.settle()
		if len(receipts) != 1 || len(b.office.threads) != 1 || len(b.office.threads[0].Messages) != 1 {
			t.Fatalf("%d receipts, threads %+v", len(receipts), b.office.threads)
		}
		if a, again := b.office.sent[0], b.office.sent[1]; a.IdempotencyKey == "" || a.IdempotencyKey != again.IdempotencyKey || a.DraftID == "" {
			t.Errorf("sent %+v, then %+v", a, again)
		}
		b.w.setBody("too late")
		b.w.save()
		if b.pass(time.Minute); len(b.office.drafts) != 0 {
			t.Error("a draft comes back after sending")
		}
	})
}

func TestWriter_SendWaitsForASaveUnderWay(t *testing.T) {
	inBubble(t, func(b *bench) {
		slow := make(chan struct{})
		b.office.hold["SaveDraft"] = slow
		b.w.setBody("one")
		b.pass(saveAfter)
		b.w.setBody("one two")
		b.w.send(func(services.Receipt) {})
		b.settle()
		delete(b.office.hold, "SaveDraft")
		close(slow)
		b.settle()
		if len(b.office.sent) != 1 || b.office.sent[0].Body != "one two" || len(b.office.drafts) != 0 || b.w.sent == nil {
			t.Errorf("sent %+v, drafts %+v", b.office.sent, b.office.drafts)
		}
	})
}

func TestWriter_WithoutADraftNothingIsSent(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.office.fail["SaveDraft"] = services.Fail(services.CodeUnavailable)
		b.w.setBody("Hello")
		b.w.send(func(services.Receipt) { t.Error("sent") })
		if b.settle(); b.w.sending || b.w.sendErr == nil || b.office.calls["Send"] != 0 {
			t.Errorf("sending %t, error %v, %d calls", b.w.sending, b.w.sendErr, b.office.calls["Send"])
		}
	})
}

func TestWriter_SaysWhatIsMissing(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.w.draft = services.Draft{}
		b.w.setBody(strings.Repeat("é", 4001))
		if b.w.fields[fieldBody] != services.ReasonTooLong {
			t.Error("too long is not said while typing")
		}
		b.w.send(nil)
		want := map[string]string{fieldTopic: services.ReasonRequired, fieldAgreement: services.ReasonRequired, fieldBody: services.ReasonTooLong}
		if b.settle(); fmt.Sprint(b.w.fields) != fmt.Sprint(want) || b.office.calls["Send"] != 0 {
			t.Errorf("refused %v", b.w.fields)
		}
		b.w.setTopic("payoff")
		b.w.setAgreement("lease")
		b.w.setBody("\u200b")
		b.w.send(nil)
		if b.settle(); b.w.fields[fieldBody] != services.ReasonRequired || len(b.w.fields) != 1 {
			t.Errorf("refused %v", b.w.fields)
		}
	})
}

func TestWriter_ChangedAfterItWasSentIsAnotherMessage(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.w.setBody("Hello")
		b.pass(saveAfter)
		key := b.w.draft.IdempotencyKey
		b.office.fail["Send"] = services.Invalid(fieldKey, services.ReasonReused)
		b.w.send(nil)
		b.settle()
		delete(b.office.fail, "Send")
		b.w.send(func(services.Receipt) {})
		if b.settle(); len(b.office.sent) != 1 || b.office.sent[0].IdempotencyKey == key {
			t.Errorf("sent %+v, first key %q", b.office.sent, key)
		}
	})
}

// A search brings some hits, and all of them once the person has scrolled to the end of those.
func TestInbox_SearchReadsOn(t *testing.T) {
	inBubble(t, func(b *bench) {
		for i := range 60 {
			m := b.office.message(services.RoleCustomer, "A", "payoff", time.Now())
			b.office.threads = append(b.office.threads, services.Thread{
				ThreadSummary: services.ThreadSummary{ID: fmt.Sprintf("t%02d", i)}, Messages: []services.Message{m},
			})
		}
		scope := &nav.Scope{Dispatcher: b.queue}
		scope.Start()
		defer scope.Stop()
		box := newInbox(scope, b.office.deps(), func() {})
		box.setQuery("payoff")
		if b.pass(searchAfter); len(box.items()) != someHits {
			t.Fatalf("%d hits at first", len(box.items()))
		}
		box.nearEnd()
		box.nearEnd()
		if b.settle(); len(box.items()) != 60 || len(b.office.searches) != 2 {
			t.Fatalf("%d hits after %d searches", len(box.items()), len(b.office.searches))
		}
		box.setQuery("payof")
		if b.pass(searchAfter); len(box.items()) != someHits {
			t.Errorf("%d hits of another search", len(box.items()))
		}
	})
}

func TestInbox_SearchWaitsAndDropsOlderAnswers(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.office.fill()
		scope := &nav.Scope{Dispatcher: b.queue}
		scope.Start()
		defer scope.Stop()
		box := newInbox(scope, b.office.deps(), func() {})
		slow := make(chan struct{})
		b.office.hold["Search ban"] = slow
		box.setQuery("b")
		b.pass(searchAfter - time.Millisecond)
		box.setQuery("ban ")
		b.pass(searchAfter)
		box.setQuery("insurance")
		b.pass(searchAfter)
		close(slow)
		if b.settle(); !slices.Equal(b.office.searches, []string{"insurance", "ban"}) {
			t.Errorf("searched %q", b.office.searches)
		}
		if len(box.items()) != 1 || box.items()[0].id != "insurance" || box.searched != "insurance" {
			t.Errorf("shows %+v of %q", box.items(), box.searched)
		}
		if box.setQuery(" "); box.searching() {
			t.Error("an empty search shows hits")
		}
	})
}
