package remote_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/basetest"
	"myaccount/services/remote"
)

// next gives the next event of a kind.
func next(t *testing.T, events <-chan services.Event, kinds ...services.EventKind) services.Event {
	t.Helper()
	for limit := time.After(patience); ; {
		select {
		case e, open := <-events:
			if !open {
				t.Fatal("the events ended")
			}
			if slices.Contains(kinds, e.Kind) {
				return e
			}
		case <-limit:
			t.Fatalf("no event of %v", kinds)
		}
	}
}

// started makes a customer with a thread that the desk can answer.
func (w *world) started() (services.CustomerSession, services.AdvisorSession, string) {
	w.t.Helper()
	s := w.customer()
	receipt, err := s.Send(w.t.Context(), w.outgoing(s, "one", "A question"))
	must(w.t, err)
	return s, w.Advisor(w.t), receipt.ThreadID
}

func (w *world) answer(desk services.AdvisorSession, thread, key string) {
	w.t.Helper()
	_, err := desk.Answer(w.t.Context(), services.DeskAnswer{ThreadID: thread, Body: "Answer " + key, IdempotencyKey: "answer-" + key})
	must(w.t, err)
}

// TestEvents_ResumeAfterCuts answers while the stream is cut again and again: nothing is missed and nothing comes twice.
func TestEvents_ResumeAfterCuts(t *testing.T) {
	t.Parallel()
	w := newRunning(t)
	s, desk, thread := w.started()
	events, err := s.Subscribe(t.Context(), 0)
	must(t, err)
	w.answer(desk, thread, "first")
	last := next(t, events, services.EventMessage).Seq
	for _, key := range []string{"second", "third", "fourth"} {
		w.backend.front.CloseClientConnections()
		w.answer(desk, thread, key)
		e := next(t, events, services.EventMessage, services.EventRefetch)
		if e.Kind != services.EventMessage || e.ID != thread || e.Seq <= last {
			t.Fatalf("after the cut: %+v, and %d before", e, last)
		}
		last = e.Seq
	}
}

// TestEvents_WithinASecond is how soon a reply has to be known, on a machine that is not busy: the median of some.
func TestEvents_WithinASecond(t *testing.T) {
	w := newRunning(t)
	s, desk, thread := w.started()
	events, err := s.Subscribe(t.Context(), 0)
	must(t, err)
	var took []time.Duration
	for _, key := range []string{"first", "second", "third", "fourth", "fifth"} {
		began := time.Now()
		w.answer(desk, thread, key)
		next(t, events, services.EventMessage)
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	if took[2] > time.Second {
		t.Errorf("replies took %v", took)
	}
}

// TestEvents_CutBeforeTheFirst is a stream of which no event ever came, so that there is nothing to resume from.
func TestEvents_CutBeforeTheFirst(t *testing.T) {
	t.Parallel()
	w := newRunning(t)
	s, desk, thread := w.started()
	events, err := s.Subscribe(t.Context(), 0)
	must(t, err)
	w.away()
	w.back()
	next(t, events, services.EventRefetch)
	w.answer(desk, thread, "first")
	next(t, events, services.EventMessage)
}

func TestEvents_SubscribedOffline(t *testing.T) {
	t.Parallel()
	w := newRunning(t)
	s, desk, thread := w.started()
	w.away()
	if err := s.Touch(t.Context()); services.CodeOf(err) != services.CodeUnavailable {
		t.Fatal(err)
	}
	events, err := s.Subscribe(t.Context(), 0)
	must(t, err)
	w.back()
	next(t, events, services.EventRefetch)
	w.answer(desk, thread, "first")
	next(t, events, services.EventMessage)
}

// holdStream answers for the service when somebody asks for the stream of events.
func (b *backend) holdStream(answer http.HandlerFunc) {
	b.between(func(rw http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != api.PathEvents {
			return false
		}
		answer(rw, r)
		return true
	})
}

// TestEvents_Refused is somebody in between who knows no streams.
func TestEvents_Refused(t *testing.T) {
	w := newRunning(t)
	s, desk, thread := w.started()
	w.portal.Hurry()
	w.backend.holdStream(func(rw http.ResponseWriter, _ *http.Request) {
		rw.WriteHeader(http.StatusBadGateway)
	})
	events, err := s.Subscribe(t.Context(), 0)
	must(t, err)
	next(t, events, services.EventRefetch) // of the first look
	w.answer(desk, thread, "first")
	next(t, events, services.EventRefetch)
}

// TestEvents_LookingIsNoUse: where no stream gets through, looking for changes keeps nobody signed in.
func TestEvents_LookingIsNoUse(t *testing.T) {
	t.Parallel()
	w := newRunning(t)
	s, _, _ := w.started()
	w.portal.Hurry()
	var looks atomic.Int64
	w.backend.between(func(rw http.ResponseWriter, r *http.Request) bool {
		switch r.URL.Path {
		case api.PathEvents:
			rw.WriteHeader(http.StatusBadGateway)
			return true
		case api.PathThreads:
			looks.Add(1)
		}
		return false
	})
	events, err := s.Subscribe(t.Context(), 0)
	must(t, err)
	next(t, events, services.EventRefetch) // of the first look
	idle := s.Info().IdleFor
	w.Move(idle - time.Minute)
	for before := looks.Load(); looks.Load() < before+2; {
		time.Sleep(time.Millisecond) // a look takes a connection
	}
	w.Move(time.Minute)
	for limit := time.After(patience); ; {
		select {
		case _, open := <-events:
			if !open {
				if err := s.Touch(t.Context()); services.CodeOf(err) != services.CodeUnauthenticated {
					t.Errorf("touched: %v", err)
				}
				return
			}
		case <-limit:
			t.Fatal("the session lasts")
		}
	}
}

// TestEvents_TooManyForNow is somebody in between who wants no streams for a while: the subscription lasts.
func TestEvents_TooManyForNow(t *testing.T) {
	t.Parallel()
	w := newRunning(t)
	s, desk, thread := w.started()
	var refused atomic.Int64
	w.backend.between(func(rw http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != api.PathEvents || refused.Add(1) > 2 {
			return false
		}
		rw.Header().Set("Retry-After", "1")
		rw.WriteHeader(http.StatusTooManyRequests)
		return true
	})
	events, err := s.Subscribe(t.Context(), 0)
	must(t, err)
	next(t, events, services.EventRefetch)
	w.answer(desk, thread, "first")
	next(t, events, services.EventMessage)
}

// TestEvents_EndAtOnce is somebody in between who ends every stream as soon as it began: it is tried ever more patiently.
func TestEvents_EndAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		service := &brief{}
		p, err := remote.Open(t.Context(), remote.Options{
			URL: "http://portal.example", Folder: filepath.Join(t.TempDir(), "cache"), Box: newBox(t), Secrets: &secrets{},
			Clock: basetest.Running(basetest.Start), NewID: newID, Passwords: weak, Transport: service,
		})
		must(t, err)
		session, err := p.SignIn(t.Context(), credentials())
		must(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		events, err := session.(services.AdvisorSession).Subscribe(ctx, 0)
		must(t, err)
		for range events { // until the hour is over
		}
		if got := service.streams.Load(); got < 100 || got > 400 {
			t.Errorf("%d streams in an hour", got)
		}
		must(t, p.Close())
	})
}

// brief plays a service whose streams say one word.
type brief struct{ streams atomic.Int64 }

func (b *brief) RoundTrip(r *http.Request) (*http.Response, error) {
	answer := httptest.NewRecorder()
	if r.URL.Path == api.PathEvents {
		b.streams.Add(1)
		answer.Header().Set("Content-Type", api.TypeEvents)
		_, _ = answer.WriteString(":\n\n")
		return answer.Result(), nil
	}
	answer.Header().Set("Content-Type", api.TypeJSON)
	_, _ = answer.WriteString(`{"token":"t","role":"advisor"}`)
	return answer.Result(), nil
}

// TestEvents_HeldBack is somebody in between who lets no stream through.
func TestEvents_HeldBack(t *testing.T) {
	w := newRunning(t)
	s, desk, thread := w.started()
	w.portal.Hurry()
	w.backend.holdStream(func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Content-Type", api.TypeEvents)
		_ = http.NewResponseController(rw).Flush()
		<-r.Context().Done()
	})
	events, err := s.Subscribe(t.Context(), 0)
	must(t, err)
	next(t, events, services.EventRefetch) // of the first look
	w.answer(desk, thread, "first")
	next(t, events, services.EventRefetch)
	must(t, s.SignOut(t.Context()))
	for range events { // until it is closed
	}
}
