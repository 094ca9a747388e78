package desk

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"myaccount/services"
	"myaccount/ui/nav"
	"myaccount/ui/uitest"
)

// inBubble runs a test of the answer to a conversation, in a bubble whose time moves only when everything waits.
func inBubble(t *testing.T, test func(t *testing.T, b *bureau, r *reply, settle func())) {
	synctest.Test(t, func(t *testing.T) {
		queue, b := nav.NewQueue(), newBureau()
		b.fill()
		test(t, b, newReply(queue, b.deps(), uitest.Policy(), "bank"), func() {
			for synctest.Wait(); queue.Drain() > 0; {
				synctest.Wait()
			}
		})
	})
}

func TestReply_OneKeyForOneIntention(t *testing.T) {
	inBubble(t, func(t *testing.T, b *bureau, r *reply, settle func()) {
		b.fail["Answer"] = services.Fail(services.CodeUnavailable)
		done := 0
		r.setBody("Hello")
		r.send(func() { done++ })
		r.send(func() { done++ }) // a second click while it is under way
		settle()
		if services.CodeOf(r.err) != services.CodeUnavailable || r.body != "Hello" || r.sending {
			t.Fatalf("after a failure: %v, %q, sending %t", r.err, r.body, r.sending)
		}
		delete(b.fail, "Answer")
		r.send(func() { done++ })
		settle()
		if len(b.answers) != 2 || b.answers[0].IdempotencyKey != b.answers[1].IdempotencyKey || done != 1 || r.body != "" {
			t.Errorf("answers %+v, done %d", b.answers, done)
		}
		r.setBody("Hello again")
		r.send(func() { done++ })
		settle()
		if b.answers[2].IdempotencyKey == b.answers[1].IdempotencyKey {
			t.Error("another answer has the same key")
		}
	})
}

func TestReply_KeyReusedBeginsAnew(t *testing.T) {
	inBubble(t, func(t *testing.T, b *bureau, r *reply, settle func()) {
		b.fail["Answer"] = services.Invalid(fieldKey, services.ReasonReused)
		r.setBody("Hello")
		r.send(func() {})
		settle()
		delete(b.fail, "Answer")
		r.send(func() {})
		settle()
		if len(b.answers) != 2 || b.answers[0].IdempotencyKey == b.answers[1].IdempotencyKey {
			t.Errorf("answers %+v", b.answers)
		}
	})
}

func TestReply_RefusesEmptyAndTooLong(t *testing.T) {
	inBubble(t, func(t *testing.T, b *bureau, r *reply, settle func()) {
		for body, want := range map[string]string{
			" \n\u200b": services.ReasonRequired, strings.Repeat("é", 4001): services.ReasonTooLong,
		} {
			r.setBody(body)
			r.send(func() {})
			settle()
			if r.fields[fieldBody] != want || r.body != body || len(b.answers) != 0 {
				t.Errorf("%.5q: refused for %q, %d sent", body, r.fields[fieldBody], len(b.answers))
			}
		}
		if r.setBody(strings.Repeat("é", 4000)); r.fields != nil {
			t.Error("4,000 characters are refused")
		}
	})
}

func TestAge(t *testing.T) {
	for waited, want := range map[time.Duration]struct {
		count int
		unit  string
	}{
		-time.Hour: {0, "now"}, 59 * time.Second: {0, "now"}, time.Minute: {1, "minutes"}, 59 * time.Minute: {59, "minutes"}, time.Hour: {1, "hours"},
		47 * time.Hour: {47, "hours"}, 48 * time.Hour: {2, "days"}, 100 * time.Hour: {4, "days"},
	} {
		if count, unit := age(uitest.Now, uitest.Now.Add(-waited)); count != want.count || unit != want.unit {
			t.Errorf("%v: %d %s", waited, count, unit)
		}
	}
}
