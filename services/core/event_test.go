package core_test

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/brand"
	"myaccount/services/core"
)

// take reads n events, each within a second.
func take(t *testing.T, events <-chan services.Event, n int) (got []services.Event) {
	t.Helper()
	for range n {
		select {
		case e, ok := <-events:
			if !ok {
				t.Fatalf("closed after %+v", got)
			}
			got = append(got, e)
		case <-time.After(5 * time.Second):
			t.Fatalf("no event after %+v", got)
		}
	}
	return got
}

// quiet checks that nothing comes.
func quiet(t *testing.T, events <-chan services.Event) {
	t.Helper()
	select {
	case e, ok := <-events:
		t.Fatalf("unexpected %+v, %v", e, ok)
	case <-time.After(50 * time.Millisecond):
	}
}

// closed checks that the channel is closed, whatever came before.
func closed(t *testing.T, events <-chan services.Event) {
	t.Helper()
	for {
		select {
		case _, ok := <-events:
			if !ok {
				return
			}
		case <-time.After(5 * time.Second):
			t.Fatal("the channel stays open")
		}
	}
}

func kindsOf(events []services.Event) (kinds []services.EventKind) {
	for _, e := range events {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

func TestSubscribe_CustomerAndDesk(t *testing.T) {
	c := newCenter(t)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	customer, err := c.amelie.Subscribe(ctx, 0)
	must(t, err)
	other, err := c.daniel.Subscribe(ctx, 0)
	must(t, err)
	desk, err := c.advisor.Subscribe(ctx, 0)
	must(t, err)

	id := c.send("question").ThreadID
	got := take(t, customer, 2)
	if !slices.Equal(kindsOf(got), []services.EventKind{services.EventMessage, services.EventMail}) || got[0].ID != id {
		t.Errorf("customer got %+v", got)
	}
	if got[1].Seq != got[0].Seq+1 {
		t.Errorf("sequence %+v", got)
	}
	if got := take(t, desk, 1)[0]; got.Kind != services.EventMessage || got.ID != id {
		t.Errorf("desk got %+v", got)
	}
	c.answer(id, "answer")
	if got := take(t, customer, 2)[0]; got.Kind != services.EventMessage || got.ID != id {
		t.Errorf("customer got %+v", got)
	}
	if got := take(t, desk, 1)[0]; got.Kind != services.EventThread || got.ID != id {
		t.Errorf("desk got %+v", got)
	}
	quiet(t, other)
	cancel()
	closed(t, customer)
	closed(t, other)
	closed(t, desk)
}

// TestSubscribe_NeedsDevice tells somebody who knows no more than the password nothing of conversations, not even their
// ids, neither as they happen nor when they resume.
func TestSubscribe_NeedsDevice(t *testing.T) {
	c := newCenter(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	stranger := c.signIn(amelieAddress).(services.CustomerSession)
	events, err := stranger.Subscribe(ctx, 0)
	must(t, err)
	first := c.send("of nobody's business")
	again, err := stranger.Subscribe(ctx, 1)
	must(t, err)
	must(t, c.amelie.(services.Security).ChangePassword(ctx, services.PasswordChange{Current: password, Password: changedPassword}))
	for _, stream := range []<-chan services.Event{events, again} {
		for e := range stream { // until the session ends, as the password was changed
			if e.Kind == services.EventMessage || e.Kind == services.EventThread || e.ID == first.ThreadID {
				t.Errorf("told %+v", e)
			}
		}
	}
}

func TestSubscribe_Resumes(t *testing.T) {
	c := newCenter(t)
	ctx, cancel := context.WithCancel(context.Background())
	events, err := c.amelie.Subscribe(ctx, 0)
	must(t, err)
	c.send("one")
	last := take(t, events, 2)[1].Seq
	cancel()
	closed(t, events)
	second := c.send("two").ThreadID
	events, err = c.amelie.Subscribe(t.Context(), last)
	must(t, err)
	if got := take(t, events, 2); got[0].ID != second || got[0].Seq != last+1 {
		t.Errorf("got %+v after %d", got, last)
	}
	quiet(t, events)
}

func TestSubscribe_GapIsTold(t *testing.T) {
	c := newCenter(t)
	ctx := t.Context()
	c.send("one")
	ahead, err := c.amelie.Subscribe(ctx, 1<<40)
	must(t, err)
	if got := take(t, ahead, 1)[0]; got.Kind != services.EventRefetch {
		t.Errorf("after the future: %+v", got)
	}
	for range 60 { // two events each
		c.send("more")
	}
	slow, err := c.amelie.Subscribe(ctx, 1)
	must(t, err)
	got := take(t, slow, 1)[0]
	if got.Kind != services.EventRefetch {
		t.Errorf("too many missed: %+v", got)
	}
	c.send("after")
	if next := take(t, slow, 1)[0]; next.Seq != got.Seq+1 || next.Kind != services.EventMessage {
		t.Errorf("after a refetch at %d: %+v", got.Seq, next)
	}
	c.clock.Move(8 * brand.Day)
	must(t, c.Work(ctx))
	c.wantRows("event WHERE audience = '"+c.amelie.Info().Person.ID+"'", 0)
	s := c.signInLinked(amelieAddress)
	forgotten, err := s.Subscribe(ctx, 1)
	must(t, err)
	if got := take(t, forgotten, 1)[0]; got.Kind != services.EventRefetch {
		t.Errorf("forgotten events: %+v", got)
	}
}

func TestSubscribe_EndsWithSession(t *testing.T) {
	c := newCenter(t)
	events, err := c.amelie.Subscribe(t.Context(), 0)
	must(t, err)
	stays, err := c.daniel.Subscribe(t.Context(), 0)
	must(t, err)
	must(t, c.amelie.SignOut(context.Background()))
	closed(t, events)
	quiet(t, stays)
}

// A session that nobody uses ends, and its subscription with it: listening is no use.
func TestSubscribe_EndsWhenIdle(t *testing.T) {
	c := newCenter(t)
	events, err := c.amelie.Subscribe(t.Context(), 0)
	must(t, err)
	c.clock.Move(16 * time.Minute)
	_, err = c.SignIn(context.Background(), c.wrong(danielAddress))
	wantCode(t, err, services.CodeUnauthenticated)
	must(t, c.EnsureAdvisor(context.Background(), "A", "B", "another@example.ca"))
	must(t, c.InviteAdvisor(context.Background(), "another@example.ca")) // writes a mail, which wakes
	closed(t, events)
}

// A subscriber that takes nothing holds up nobody, and is told to read everything again.
func TestSubscribe_Slow(t *testing.T) {
	c := newCenter(t)
	slow, err := c.amelie.Subscribe(t.Context(), 0)
	must(t, err)
	c.send("first")
	time.Sleep(50 * time.Millisecond) // until the subscription holds it
	for range 60 {
		c.send("more")
	}
	var got services.Event
	for range 200 {
		if got = take(t, slow, 1)[0]; got.Kind == services.EventRefetch {
			return
		}
	}
	t.Errorf("no refetch, last %+v", got)
}

// Whoever takes nothing is ended as well as whoever waits.
func TestSubscribe_EndsWithPortal(t *testing.T) {
	c := newCenter(t)
	slow, err := c.amelie.Subscribe(t.Context(), 0)
	must(t, err)
	waiting, err := c.daniel.Subscribe(t.Context(), 0)
	must(t, err)
	c.send("first")
	time.Sleep(50 * time.Millisecond) // until the subscription holds it
	c.Close()
	c.Close()
	closed(t, slow)
	closed(t, waiting)
	late, err := c.daniel.Subscribe(t.Context(), 0)
	must(t, err) // the store is still open
	closed(t, late)
}

// brokenStore fails to read once it is told how.
type brokenStore struct {
	core.Store
	fault atomic.Pointer[services.Error]
	reads atomic.Int64
}

func (s *brokenStore) View(ctx context.Context, fn func(core.Tx) error) error {
	s.reads.Add(1)
	if fault := s.fault.Load(); fault != nil {
		return fault
	}
	return s.Store.View(ctx, fn)
}

func TestSubscribe_StoreFails(t *testing.T) {
	store := &brokenStore{}
	h := newHarness(t, func(c *core.Config) { store.Store, c.Store = c.Store, store })
	h.person(alice)
	events, err := h.signIn(alice).(services.CustomerSession).Subscribe(t.Context(), 0)
	must(t, err)
	quiet(t, events)
	failed := func(fault *services.Error) {
		store.fault.Store(fault)
		for reads := store.reads.Load(); store.reads.Load() == reads; {
			core.WakeAll(h.Core)
			time.Sleep(time.Millisecond)
		}
	}
	failed(services.Fail(services.CodeUnavailable))
	quiet(t, events) // that passes
	failed(services.Internal(errors.New("sql: database is closed")))
	closed(t, events)
}
