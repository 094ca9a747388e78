package overview

import (
	"context"
	"slices"

	"myaccount/services"
	"myaccount/ui/nav"
)

// How much of each list the overview shows.
const (
	recentPayments = 6
	recentThreads  = 3
)

// state is what the page shows.
type state int

const (
	loading state = iota
	empty
	failed
	full
)

// recent is a short list with what became of loading it.
type recent[T any] struct {
	items  []T
	loaded bool
	err    error
}

// presenter loads the agreements and what belongs to the one that is shown. What was loaded stays until something newer
// has come, so that coming back shows no empty page.
type presenter struct {
	scope   nav.Scope
	deps    Deps
	changed func()

	chosen     string // id of the agreement shown
	agreements recent[services.Agreement]
	payments   recent[services.Payment]
	paidOn     string // id of the agreement that payments are of
	threads    recent[services.ThreadSummary]
	unread     int
}

func newPresenter(d nav.Dispatcher, deps Deps, agreementID string) *presenter {
	return &presenter{scope: nav.Scope{Dispatcher: d}, deps: deps, chosen: agreementID, changed: func() {}}
}

func (p *presenter) start() {
	p.scope.Start()
	p.load()
}

// load reads everything again.
func (p *presenter) load() {
	p.agreements.err = nil
	nav.Run(&p.scope, p.deps.Agreements.Agreements, func(list []services.Agreement, err error) {
		p.agreements.take(list, err)
		if err == nil {
			p.loadPayments()
		}
		p.changed()
	})
	p.loadThreads()
}

// take keeps an answer; a failed one keeps what was there.
func (r *recent[T]) take(items []T, err error) {
	r.err = err
	if err == nil {
		r.items, r.loaded = items, true
	}
}

// state is what the page shows as a whole.
func (p *presenter) state() state {
	switch {
	case p.agreements.loaded && len(p.agreements.items) == 0:
		return empty
	case p.agreements.loaded:
		return full
	case p.agreements.err != nil:
		return failed
	default:
		return loading
	}
}

// retry loads again after a failure.
func (p *presenter) retry() {
	p.load()
	p.changed()
}

// agreement is the one that is shown: the one chosen, else the first, which is open if any is.
func (p *presenter) agreement() services.Agreement {
	i := slices.IndexFunc(p.agreements.items, func(a services.Agreement) bool { return a.ID == p.chosen })
	return p.agreements.items[max(i, 0)]
}

// choose shows another agreement.
func (p *presenter) choose(id string) {
	if id == p.agreement().ID {
		return
	}
	p.chosen = id
	p.loadPayments()
	p.changed()
}

// loadPayments reads the payments of the agreement that is shown. An answer for another one is dropped.
func (p *presenter) loadPayments() {
	if len(p.agreements.items) == 0 {
		return
	}
	id := p.agreement().ID
	if p.paidOn != id {
		p.payments, p.paidOn = recent[services.Payment]{}, id
	}
	p.payments.err = nil
	nav.Run(&p.scope, func(ctx context.Context) (services.PaymentPage, error) {
		return p.deps.Payments.Payments(ctx, id, services.Page{Limit: recentPayments})
	}, func(page services.PaymentPage, err error) {
		if p.paidOn == id {
			p.payments.take(page.Items, err)
			p.changed()
		}
	})
}

// loadThreads reads the latest threads and how many of them wait to be read.
func (p *presenter) loadThreads() {
	p.threads.err = nil
	type answer struct {
		threads []services.ThreadSummary
		unread  int
	}
	nav.Run(&p.scope, func(ctx context.Context) (answer, error) {
		page, err := p.deps.Messages.Threads(ctx, services.ThreadQuery{Page: services.Page{Limit: recentThreads}})
		if err != nil {
			return answer{}, err
		}
		unread, err := p.deps.Messages.Unread(ctx)
		return answer{page.Items, unread}, err
	}, func(a answer, err error) {
		p.threads.take(a.threads, err)
		if err == nil {
			p.unread = a.unread
		}
		p.changed()
	})
}

// happened takes an event.
func (p *presenter) happened(e services.Event) {
	switch e.Kind {
	case services.EventRefetch:
		p.load()
	case services.EventMessage, services.EventThread:
		p.loadThreads()
	}
}

// monthsLeft counts the months that begin before an agreement ends, from today; 0 when it has ended.
func monthsLeft(today, end services.Date) int {
	months := (end.Year-today.Year)*12 + int(end.Month) - int(today.Month)
	if end.Day > today.Day {
		months++
	}
	return max(months, 0)
}

// partOfDay names the greeting for an hour of the day.
func partOfDay(hour int) string {
	switch {
	case hour >= 5 && hour < 12:
		return "morning"
	case hour >= 12 && hour < 18:
		return "afternoon"
	default:
		return "evening"
	}
}
