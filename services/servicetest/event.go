package servicetest

import (
	"context"
	"fmt"
	"slices"
	"time"

	"myaccount/services"
)

var eventCases = suite{
	"Events_Subscribe/OrderAndResume":    eventsOrderAndResume,
	"Events_Subscribe/OnlyOnesOwn":       eventsOnlyOnesOwn,
	"Events_Subscribe/MissedIsTold":      eventsMissed,
	"Events_Subscribe/ClosedAtSignOut":   eventsClosedAtSignOut,
	"Events_Subscribe/ClosedWithContext": eventsClosedWithContext,
	"Events_Subscribe/AcrossRestart":     eventsAcrossRestart,
}

// patience is how long something that has to come may take on a busy machine.
const patience = 20 * time.Second

// subscribe listens until the case ends.
func (w *world) subscribe(s services.Events, after int64) <-chan services.Event {
	w.Helper()
	events, err := s.Subscribe(w.ctx(), after)
	w.must(err)
	return events
}

// next gives the next event that is about one of some kinds.
func (w *world) next(events <-chan services.Event, kinds ...services.EventKind) services.Event {
	w.Helper()
	for limit := time.After(patience); ; {
		select {
		case e, open := <-events:
			if !open {
				w.Fatal("the events ended")
			}
			if slices.Contains(kinds, e.Kind) {
				return e
			}
		case <-limit:
			w.Fatalf("no event of %v", kinds)
		}
	}
}

// ends checks that the events end.
func (w *world) ends(events <-chan services.Event) {
	w.Helper()
	for limit := time.After(patience); ; {
		select {
		case _, open := <-events:
			if !open {
				return
			}
		case <-limit:
			w.Fatal("the events go on")
		}
	}
}

func eventsOrderAndResume(w *world) {
	s, desk := w.customer(alice, "lease"), w.Advisor(w)
	events := w.subscribe(s, 0)
	first := w.send(s, "one", "First").ThreadID
	w.answer(desk, first, "one", "An answer")
	w.must(s.MarkRead(w.ctx(), first))
	second := w.send(s, "two", "Second").ThreadID
	var got []services.Event
	for _, want := range []services.Event{
		{Kind: services.EventMessage, ID: first},
		{Kind: services.EventMessage, ID: first},
		{Kind: services.EventThread, ID: first},
		{Kind: services.EventMessage, ID: second},
	} {
		e := w.next(events, services.EventMessage, services.EventThread)
		same(w, "event", services.Event{Kind: e.Kind, ID: e.ID}, want)
		if len(got) > 0 && e.Seq <= got[len(got)-1].Seq {
			w.Errorf("event %+v comes after %+v", e, got[len(got)-1])
		}
		got = append(got, e)
	}
	again := w.subscribe(s, got[0].Seq)
	for _, want := range got[1:] {
		same(w, "event when resumed", w.next(again, services.EventMessage, services.EventThread), want)
	}
}

func eventsOnlyOnesOwn(w *world) {
	s, other, desk := w.customer(alice, "lease"), w.customer(bob, "two"), w.Advisor(w)
	events, others, desks := w.subscribe(s, 0), w.subscribe(other, 0), w.subscribe(desk, 0)
	first := w.send(s, "one", "First").ThreadID
	second := w.send(other, "one", "Second").ThreadID
	same(w, "event", w.next(events, services.EventMessage).ID, first)
	same(w, "event of another", w.next(others, services.EventMessage).ID, second)
	same(w, "event of the desk", w.next(desks, services.EventMessage).ID, first)
	same(w, "event of the desk", w.next(desks, services.EventMessage).ID, second)
	w.answer(desk, second, "one", "An answer")
	same(w, "answer", w.next(others, services.EventMessage).ID, second)
	same(w, "event of the desk", w.next(desks, services.EventThread).ID, second)
}

// eventsMissed is a subscriber who was away for long, and one who comes from another database.
func eventsMissed(w *world) {
	s := w.customer(alice, "lease")
	events := w.subscribe(s, 0)
	w.send(s, "first", "First")
	seen := w.next(events, services.EventMessage).Seq
	for i := range 105 { // more than are told one by one
		w.send(s, fmt.Sprint(i), "Another")
	}
	for _, after := range []int64{seen, 1 << 40} {
		missed := w.subscribe(s, after)
		last := w.next(missed, services.EventRefetch).Seq
		id := w.send(s, fmt.Sprint("after ", after), "And after").ThreadID
		e := w.next(missed, services.EventMessage, services.EventRefetch)
		if e.Kind != services.EventMessage || e.ID != id || e.Seq <= last {
			w.Errorf("after the gap: %+v, and %d before", e, last)
		}
	}
}

func eventsClosedAtSignOut(w *world) {
	s, other := w.customer(alice, "lease"), w.again(alice)
	events, others := w.subscribe(s, 0), w.subscribe(other, 0)
	w.must(s.SignOut(w.ctx()))
	w.ends(events)
	id := w.send(other, "one", "First").ThreadID
	same(w, "event of the other session", w.next(others, services.EventMessage).ID, id)
	r := services.PasswordReset{Token: w.resetToken(alice), Password: "another-Harbour-57-boat"}
	w.must(w.Portal().ResetPassword(w.ctx(), r))
	w.ends(others)
}

func eventsClosedWithContext(w *world) {
	w.person(alice)
	s := w.signIn(alice)
	ctx, cancel := context.WithCancel(w.ctx())
	events, err := s.Subscribe(ctx, 0)
	w.must(err)
	cancel()
	w.ends(events)
	w.must(s.Touch(w.ctx()))
}

func eventsAcrossRestart(w *world) {
	s := w.customer(alice, "lease")
	events := w.subscribe(s, 0)
	w.send(s, "one", "First")
	seen := w.next(events, services.EventMessage).Seq
	id := w.send(s, "two", "Second").ThreadID
	w.Restart(w)
	e := w.next(w.subscribe(w.again(alice), seen), services.EventMessage)
	if e.ID != id || e.Seq <= seen {
		w.Errorf("after a restart: %+v, and %d before", e, seen)
	}
}
