package ui

import (
	"context"
	"time"

	"myaccount/services"
	"myaccount/ui/nav"
)

// waitedAfter is how old a message on its way must be to count as one that waited: others are confirmed where they were
// sent.
const waitedAfter = 15 * time.Second

// sendings watches the messages of a session that are on their way, and tells what became of those that had to wait.
type sendings struct {
	scope    *nav.Scope
	outbox   services.Outbox
	clock    services.Clock
	away     func() bool            // the service cannot be reached
	changed  func()                 // anything
	received func(services.Receipt) // one that waited has arrived
	refused  func()                 // one came back

	waited map[string]bool // keys of those that had to wait
}

func (s *sendings) start() {
	s.waited = map[string]bool{}
	news := s.outbox.WatchOutbox(s.scope.Context())
	scope := s.scope
	go func() {
		for range news {
			scope.Dispatcher.Do(s.read)
		}
	}()
	s.read()
}

func (s *sendings) read() { nav.Run(s.scope, s.outbox.Outbox, s.took) }

// took compares what is on its way with what was.
func (s *sendings) took(items []services.OutboxItem, err error) {
	if err != nil {
		return // the session ends, or the next change tells
	}
	there := map[string]services.OutboxState{}
	for _, item := range items {
		there[item.Key] = item.State
		if item.State != services.OutboxRefused && (s.away() || s.clock.Now().Sub(item.Since) > waitedAfter) {
			s.waited[item.Key] = true
		}
	}
	for key := range s.waited {
		switch state, ok := there[key]; {
		case !ok:
			delete(s.waited, key)
			s.arrived(key)
		case state == services.OutboxRefused:
			delete(s.waited, key)
			s.refused()
		}
	}
	s.changed()
}

// arrived tells of a message that has left the outbox, unless its person took it back.
func (s *sendings) arrived(key string) {
	nav.Run(s.scope, func(ctx context.Context) (services.Receipt, error) { return s.outbox.Received(ctx, key) },
		func(r services.Receipt, err error) {
			if err == nil {
				s.received(r)
			}
		})
}
