package overview

import (
	"context"

	"myaccount/services"
	"myaccount/ui/nav"
)

// How much of each list the overview shows.
const (
	recentPayments = 4
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

// part is one thing with what became of loading it.
type part[T any] struct {
	value  T
	loaded bool
	err    error
}

// around is what belongs to one agreement.
type around struct {
	id       string
	payments recent[services.Payment]
	schedule part[[]services.Installment]
	forecast part[*services.Forecast] // nil where nobody can tell
	autopay  part[*services.Autopay]  // nil without one
}

// presenter loads the agreements and what belongs to the one that is shown. What was loaded stays until something newer
// has come, so that coming back shows no empty page.
type presenter struct {
	scope   nav.Scope
	deps    Deps
	changed func()

	chosen     string // id of the agreement shown
	agreements recent[services.Agreement]
	shown      around // of the agreement shown
	opened     bool   // the parts of the next payment are shown
	table      bool   // the chart is shown as a table
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
	p.loadAgreements()
	p.loadThreads()
}

// loadAgreements reads the agreements and what belongs to the one that is shown.
func (p *presenter) loadAgreements() {
	p.agreements.err = nil
	nav.Run(&p.scope, p.deps.Agreements.Agreements, func(list []services.Agreement, err error) {
		p.agreements.take(list, err)
		if err == nil {
			p.loadAround()
		}
		p.changed()
	})
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
	return nav.Pick(p.agreements.items, p.chosen)
}

// choose shows another agreement.
func (p *presenter) choose(id string) {
	if id == p.agreement().ID {
		return
	}
	p.chosen, p.opened = id, false
	p.loadAround()
	p.changed()
}

// loadAround reads what belongs to the agreement that is shown. Of another one, nothing is shown any more.
func (p *presenter) loadAround() {
	if len(p.agreements.items) == 0 {
		return
	}
	if id := p.agreement().ID; p.shown.id != id {
		p.shown = around{id: id}
	}
	p.loadPayments()
	p.loadSchedule()
	p.loadForecast()
	p.loadAutopay()
}

// read asks for something of the agreement that is shown. An answer for another one is dropped.
func read[T any](p *presenter, ask func(ctx context.Context, id string) (T, error), take func(T, error)) {
	id := p.shown.id
	nav.Run(&p.scope, func(ctx context.Context) (T, error) { return ask(ctx, id) }, func(value T, err error) {
		if p.shown.id == id {
			take(value, err)
			p.changed()
		}
	})
}

// take keeps an answer; a failed one keeps what was there.
func (t *part[T]) take(value T, err error) {
	t.err = err
	if err == nil {
		t.value, t.loaded = value, true
	}
}

func (p *presenter) loadPayments() {
	p.shown.payments.err = nil
	read(p, func(ctx context.Context, id string) (services.PaymentPage, error) {
		return p.deps.Payments.Payments(ctx, id, services.Page{Limit: recentPayments})
	}, func(page services.PaymentPage, err error) { p.shown.payments.take(page.Items, err) })
}

func (p *presenter) loadSchedule() {
	p.shown.schedule.err = nil
	read(p, p.deps.Schedules.Schedule, func(list []services.Installment, err error) { p.shown.schedule.take(list, err) })
}

// loadForecast asks how far the vehicle will have run. Where that fails, the card does without.
func (p *presenter) loadForecast() {
	if a := p.agreement(); a.Distance == nil || a.ClosedOn != nil {
		return
	}
	read(p, p.deps.Payoffs.LeaseEnd, func(end services.LeaseEnd, err error) { p.shown.forecast.take(end.Distance, err) })
}

// loadAutopay asks for an autopay. Where that fails, nothing is said of one.
func (p *presenter) loadAutopay() {
	read(p, p.deps.Autopays.Autopay, func(autopay services.Autopay, err error) {
		if services.CodeOf(err) == services.CodeNotFound {
			p.shown.autopay.take(nil, nil)
			return
		}
		p.shown.autopay.take(&autopay, err)
	})
}

// open shows or hides the parts of the next payment.
func (p *presenter) open() {
	p.opened = !p.opened
	p.changed()
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
	case services.EventPayment:
		p.loadAgreements()
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

// about rounds kilometres to hundreds: a forecast is no more exact.
func about(km int64) int64 {
	if km < 0 {
		return -about(-km)
	}
	return (km + 50) / 100 * 100
}
