package payoff

import (
	"context"

	"myaccount/services"
	"myaccount/ui/nav"
)

// endPresenter loads the way to the end of a lease.
type endPresenter struct {
	scope   nav.Scope
	deps    Deps
	changed func()

	choice nav.Choice
	asked  string // id of the agreement that end is of
	end    *services.LeaseEnd
	err    error
}

func newEndPresenter(d nav.Dispatcher, deps Deps, agreementID string) *endPresenter {
	leases := func(a services.Agreement) bool { return a.Kind == services.Lease }
	return &endPresenter{
		scope: nav.Scope{Dispatcher: d}, deps: deps, changed: func() {},
		choice: nav.Choice{Chosen: agreementID, Fits: leases},
	}
}

func (p *endPresenter) start() {
	p.scope.Start()
	p.load()
}

// load reads everything again.
func (p *endPresenter) load() {
	p.choice.Load(&p.scope, p.deps.Agreements, func(came bool) {
		if came {
			p.ask()
		}
		p.changed()
	})
}

func (p *endPresenter) retry() {
	p.load()
	p.changed()
}

// pick shows another lease.
func (p *endPresenter) pick(id string) {
	if p.choice.Choose(id) {
		p.ask()
		p.changed()
	}
}

// ask reads the way to the end of the lease that is shown. A late answer about another one is dropped.
func (p *endPresenter) ask() {
	a := p.choice.Agreement()
	if p.asked != a.ID {
		p.end = nil
	}
	p.asked, p.err = a.ID, nil
	if a.ClosedOn != nil {
		return
	}
	nav.Run(&p.scope, func(ctx context.Context) (services.LeaseEnd, error) { return p.deps.Payoffs.LeaseEnd(ctx, a.ID) },
		func(end services.LeaseEnd, err error) {
			if p.asked != a.ID {
				return
			}
			if p.err = err; err == nil {
				p.end = &end
			}
			p.changed()
		})
}

// happened takes an event.
func (p *endPresenter) happened(e services.Event) {
	if e.Kind == services.EventRefetch || e.Kind == services.EventReading {
		p.load()
	}
}

// stage says where today is on a stage of the way.
type stage string

const (
	stageOver  stage = "over"
	stageNow   stage = "now"
	stageAhead stage = "ahead"
)

func stageOf(s services.LeaseStep, today services.Date) stage {
	switch {
	case s.To.Before(today):
		return stageOver
	case s.From.After(today):
		return stageAhead
	}
	return stageNow
}
