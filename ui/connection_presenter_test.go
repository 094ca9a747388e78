package ui

import (
	"context"
	"errors"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/ui/nav"
)

// wire is a connection that a test cuts.
type wire struct {
	online bool
	since  time.Time
	err    error
	tries  int
}

func (w *wire) Online() (bool, time.Time)                       { return w.online, w.since }
func (w *wire) LastContact() time.Time                          { return w.since.Add(-time.Minute) }
func (w *wire) WatchConnection(context.Context) <-chan struct{} { return nil }

func (w *wire) Reconnect(context.Context) error {
	w.tries++
	return w.err
}

// watched is a connection with what it told.
func watched(w *wire) (c *connection, queue *nav.Queue, wait func(), told func() (changes, backs, failures int)) {
	queue = nav.NewQueue()
	var waiting []func()
	var changes, backs, failures int
	c = &connection{
		scope: nav.Scope{Dispatcher: queue}, link: w,
		after: func(_ time.Duration, do func()) func() { waiting = append(waiting, do); return func() {} },
		changed: func(back bool) {
			changes++
			if back {
				backs++
			}
		},
		failed: func(error) { failures++ },
	}
	wait = func() {
		due := waiting
		waiting = nil
		for _, do := range due {
			do()
		}
	}
	return c, queue, wait, func() (int, int, int) { return changes, backs, failures }
}

func TestConnection_AwayIsSaidAfterAMomentAndBackAtOnce(t *testing.T) {
	w := &wire{online: true}
	c, _, wait, told := watched(w)
	c.start()
	w.online, w.since = false, time.Date(2026, 11, 21, 14, 5, 0, 0, time.UTC)
	c.look()
	if c.away {
		t.Error("a call that failed once is called offline")
	}
	wait()
	if !c.away || !c.since.Equal(w.since) || !c.seen.Equal(w.since.Add(-time.Minute)) {
		t.Errorf("away %t since %v, seen %v", c.away, c.since, c.seen)
	}
	w.online = true
	c.look()
	if changes, backs, _ := told(); c.away || changes != 2 || backs != 1 {
		t.Errorf("away %t, told %d times, of them %d of the way back", c.away, changes, backs)
	}
}

func TestConnection_ShortCutIsNotSaid(t *testing.T) {
	w := &wire{online: true}
	c, _, wait, told := watched(w)
	c.start()
	w.online = false
	c.look()
	w.online = true
	c.look()
	wait()
	if changes, _, _ := told(); c.away || changes != 0 {
		t.Errorf("away %t, told %d times", c.away, changes)
	}
}

func TestConnection_RetryOnceAtATime(t *testing.T) {
	w := &wire{err: services.Fail(services.CodeUnavailable)}
	c, queue, wait, told := watched(w)
	c.start()
	wait()
	c.retry()
	c.retry()
	<-queue.More()
	queue.Drain()
	if _, _, failures := told(); w.tries != 1 || failures != 1 || c.trying || !c.away {
		t.Errorf("%d tries, %d failures told, trying %t, away %t", w.tries, failures, c.trying, c.away)
	}
	c.scope.Stop()
	c.look()
	c.lose()
}

// pigeonhole is an outbox.
type pigeonhole struct {
	items    []services.OutboxItem
	receipts map[string]services.Receipt
}

func (p *pigeonhole) Outbox(context.Context) ([]services.OutboxItem, error) { return p.items, nil }
func (p *pigeonhole) CancelOutbox(context.Context, string) error            { return nil }
func (p *pigeonhole) WatchOutbox(context.Context) <-chan struct{}           { return nil }

func (p *pigeonhole) Received(_ context.Context, key string) (services.Receipt, error) {
	if r, ok := p.receipts[key]; ok {
		return r, nil
	}
	return services.Receipt{}, errors.New("none")
}

type fixed struct{ services.Clock }

func (fixed) Now() time.Time { return time.Date(2026, 11, 21, 14, 30, 0, 0, time.UTC) }

func TestSendings_TellOnlyOfWhatHadToWait(t *testing.T) {
	queue := nav.NewQueue()
	scope := &nav.Scope{Dispatcher: queue}
	scope.Start()
	old, fresh := fixed{}.Now().Add(-time.Hour), fixed{}.Now()
	p := &pigeonhole{receipts: map[string]services.Receipt{"waited": {Reference: "M-1"}, "quick": {Reference: "M-2"}}, items: []services.OutboxItem{
		{Key: "waited", State: services.OutboxWaiting, Since: old},
		{Key: "quick", State: services.OutboxSending, Since: fresh},
		{Key: "taken back", State: services.OutboxWaiting, Since: old},
		{Key: "refused", State: services.OutboxWaiting, Since: old},
	}}
	var received []string
	refused := 0
	s := &sendings{
		scope: scope, outbox: p, clock: fixed{}, away: func() bool { return false }, changed: func() {},
		received: func(r services.Receipt) { received = append(received, r.Reference) }, refused: func() { refused++ },
	}
	drain := func() {
		<-queue.More()
		queue.Drain()
	}
	s.start()
	drain()
	p.items = []services.OutboxItem{{Key: "refused", State: services.OutboxRefused}}
	s.read()
	for len(received) == 0 {
		drain()
	}
	scope.Stop()
	if len(received) != 1 || received[0] != "M-1" || refused != 1 {
		t.Errorf("received %q, refused %d", received, refused)
	}
}
