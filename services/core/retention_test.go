package core_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/brand"
)

func TestRetention_Edges(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	file := c.attach(c.amelie, "first.txt", "a")
	first := c.send("first", file.ID)
	c.clock.Move(10 * time.Minute)
	c.answer(first.ThreadID, "second")
	alone := c.send("alone")

	c.clock.Set(start.Add(30*brand.Day - time.Microsecond))
	s := c.signInLinked(amelieAddress)
	if n := len(c.messagesOf(s, first.ThreadID)); n != 2 {
		t.Errorf("just before: %d messages", n)
	}
	c.clock.Move(time.Microsecond) // now the first message is past its time, and nothing has removed it yet
	if n := len(c.messagesOf(s, first.ThreadID)); n != 1 {
		t.Errorf("at the time: %d messages", n)
	}
	if thread := c.threadsOf(s); len(thread) != 2 || thread[1].Attachments != 0 {
		t.Errorf("at the time: %+v", thread)
	}
	if hits, err := s.Search(ctx, "first", 0); err != nil || len(hits) != 0 {
		t.Errorf("found what is past its time: %+v, %v", hits, err)
	}
	_, err := s.OpenAttachment(ctx, file.ID)
	wantCode(t, err, services.CodeGone)
	must(t, c.Purge(ctx))
	must(t, c.Purge(ctx))
	_, err = s.OpenAttachment(ctx, file.ID)
	wantCode(t, err, services.CodeNotFound)
	if n := len(c.messagesOf(s, first.ThreadID)); n != 1 {
		t.Errorf("after the purge: %d messages", n)
	}
	if keys := c.blobKeys(); len(keys) != 0 {
		t.Errorf("blobs %q", keys)
	}

	c.clock.Move(10*time.Minute - time.Microsecond)
	if n := len(c.threadsOf(s)); n != 2 {
		t.Errorf("just before the last: %d threads", n)
	}
	c.clock.Move(time.Microsecond)
	for range 2 {
		if n := len(c.threadsOf(s)); n != 0 {
			t.Errorf("past the last: %d threads", n)
		}
		if n, err := s.Unread(ctx); err != nil || n != 0 {
			t.Errorf("past the last: %d unread, %v", n, err)
		}
		_, err = s.Thread(ctx, alone.ThreadID)
		wantCode(t, err, services.CodeNotFound)
		must(t, c.Work(ctx))
	}
	c.wantRows("thread", 0)
	c.wantRows("message", 0)
	c.wantRows("attachment", 0)

	c.clock.Set(start.Add(time.Hour))
	if n := len(c.threadsOf(c.signInLinked(amelieAddress))); n != 0 {
		t.Errorf("a clock set back brought %d threads back", n)
	}
}

// wantRows counts the rows of a table.
func (h *harness) wantRows(table string, want int) {
	h.t.Helper()
	var n int
	must(h.t, h.db.File.Reader.QueryRow(`SELECT count(*) FROM `+table).Scan(&n))
	if n != want {
		h.t.Errorf("%d rows of %s, want %d", n, table, want)
	}
}

// messagesOf lists the bodies of a thread.
func (c *center) messagesOf(s services.Messages, id string) (bodies []string) {
	c.t.Helper()
	thread, err := s.Thread(context.Background(), id)
	must(c.t, err)
	for _, m := range thread.Messages {
		bodies = append(bodies, m.Body)
	}
	return bodies
}

// A clock that was set back between two messages changes neither their order nor which is the last to go.
func TestRetention_ClockSetBack(t *testing.T) {
	c := newCenter(t)
	first := c.send("first")
	c.clock.Move(-5 * time.Minute)
	c.answer(first.ThreadID, "second")
	if bodies := c.messagesOf(c.amelie, first.ThreadID); !slices.Equal(bodies, []string{"first", "second"}) {
		t.Errorf("order %q", bodies)
	}
	if thread := c.thread(first.ThreadID); thread.Excerpt != "second" || !thread.KeptUntil.Equal(start.Add(30*brand.Day)) {
		t.Errorf("thread %+v", thread.ThreadSummary)
	}
	c.clock.Set(start.Add(30*brand.Day - time.Second))
	must(t, c.Purge(context.Background()))
	if bodies := c.messagesOf(c.signInLinked(amelieAddress), first.ThreadID); len(bodies) != 2 {
		t.Errorf("left %q", bodies)
	}
	c.clock.Move(time.Second)
	must(t, c.Purge(context.Background()))
	c.wantRows("message", 0)
	c.wantRows("thread", 0)
}

func TestPurge_ManyAtOnce(t *testing.T) {
	c := newCenter(t)
	const n = 1203 // several batches
	c.fill(n)
	c.wantRows("message", n)
	c.clock.Move(31 * brand.Day)
	must(t, c.Purge(context.Background()))
	c.wantRows("message", 0)
	c.wantRows("thread", 0)
}

// The desk sees since when the messages wait that are left.
func TestPurge_WaitingSince(t *testing.T) {
	c := newCenter(t)
	id := c.send("first").ThreadID
	c.clock.Move(10 * time.Minute)
	_, err := c.amelie.Send(context.Background(), services.Outgoing{
		ThreadID: id, Body: "are you there", IdempotencyKey: "are you there",
	})
	must(t, err)
	c.clock.Set(start.Add(30 * brand.Day))
	must(t, c.Purge(context.Background()))
	page, err := c.signIn(advisorAddress).(services.AdvisorSession).Queue(context.Background(), services.DeskQuery{})
	must(t, err)
	if want := start.Add(10 * time.Minute); len(page.Items) != 1 || !page.Items[0].WaitingSince.Equal(want) {
		t.Errorf("waits since %+v, want %v", page.Items, want)
	}
}
