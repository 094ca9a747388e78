package messages

import (
	"context"

	"myaccount/services"
	"myaccount/ui/nav"
)

// sent is the confirmation of a message: that it was received or, until then, that it waits.
type sent struct {
	scope   nav.Scope
	outbox  services.Outbox // nil in local-only mode
	changed func()

	receipt services.Receipt
	key     string // of a message that waits
	back    bool   // it was taken back, or refused
}

func newSent(d nav.Dispatcher, deps Deps, route nav.Route) *sent {
	s := &sent{scope: nav.Scope{Dispatcher: d}, outbox: deps.Outbox, changed: func() {}}
	s.receipt, _ = route.Payload.(services.Receipt)
	if s.receipt.Waiting {
		s.key = route.Arg
	} else {
		s.receipt.ThreadID = route.Arg
	}
	return s
}

func (s *sent) start() {
	s.scope.Start()
	s.look()
}

// look asks whether a message that waited has arrived.
func (s *sent) look() {
	if s.key == "" || s.outbox == nil {
		return
	}
	key := s.key
	type answer struct {
		receipt services.Receipt
		there   bool
	}
	nav.Run(&s.scope, func(ctx context.Context) (a answer, err error) {
		if a.receipt, err = s.outbox.Received(ctx, key); services.CodeOf(err) != services.CodeNotFound {
			return a, err
		}
		items, err := s.outbox.Outbox(ctx)
		for _, i := range items {
			a.there = a.there || i.Key == key && i.State != services.OutboxRefused
		}
		return a, err
	}, func(a answer, err error) {
		switch {
		case err != nil:
			return
		case a.receipt.ThreadID != "":
			s.receipt, s.key = a.receipt, ""
		case !a.there:
			s.back = true
		}
		s.changed()
	})
}
