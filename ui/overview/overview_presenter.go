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

// around is what belongs to one agreement.
type around struct {
	id       string
	payments nav.Loaded[[]services.Payment]
	schedule nav.Loaded[[]services.Installment]
	forecast nav.Loaded[*services.Forecast] // nil where nobody can tell
	autopay  nav.Loaded[*services.Autopay]  // nil without one
}

// presenter loads the agreements and what belongs to the one that is shown. What was loaded stays until something newer
// has come, so that coming back shows no empty page.
type presenter struct {
	scope   nav.Scope
	deps    Deps
	changed func()

	choice  nav.Choice
	shown   around // of the agreement shown
	opened  bool   // the parts of the next payment are shown
	table   bool   // the chart is shown as a table
	threads nav.Loaded[[]services.ThreadSummary]
	unread  int
}

func newPresenter(d nav.Dispatcher, deps Deps, agreementID string) *presenter {
	return &presenter{scope: nav.Scope{Dispatcher: d}, deps: deps, choice: nav.Choice{Chosen: agreementID}, changed: func() {}}
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
	p.choice.Load(&p.scope, p.deps.Agreements, func(came bool) {
		if came {
			p.loadAround()
		}
		p.changed()
	})
}

// retry loads again after a failure.
func (p *presenter) retry() {
	p.load()
	p.changed()
}

// choose shows another agreement.
func (p *presenter) choose(id string) {
	if p.choice.Choose(id) {
		p.opened = false
		p.loadAround()
		p.changed()
	}
}

// loadAround reads what belongs to the agreement that is shown. Of another one, nothing is shown any more.
func (p *presenter) loadAround() {
	if id := p.choice.Agreement().ID; p.shown.id != id {
		p.shown = around{id: id}
	}
	p.loadPayments()
	p.loadSchedule()
	p.loadForecast()
	p.loadAutopay()
}

// ask asks for something of the agreement that is shown, and draws what came of it.
func ask[T any](p *presenter, of func(ctx context.Context, id string) (T, error), take func(T, error)) {
	nav.About(&p.scope, &p.choice, of, func(value T, err error) {
		take(value, err)
		p.changed()
	})
}

func (p *presenter) loadPayments() {
	p.shown.payments.Err = nil
	ask(p, func(ctx context.Context, id string) ([]services.Payment, error) {
		page, err := p.deps.Payments.Payments(ctx, id, services.Page{Limit: recentPayments})
		return page.Items, err
	}, p.shown.payments.Take)
}

func (p *presenter) loadSchedule() {
	p.shown.schedule.Err = nil
	ask(p, p.deps.Schedules.Schedule, p.shown.schedule.Take)
}

// loadForecast asks how far the vehicle will have run. Where that fails, the card does without.
func (p *presenter) loadForecast() {
	if a := p.choice.Agreement(); a.Distance == nil || a.ClosedOn != nil {
		return
	}
	ask(p, p.deps.Payoffs.LeaseEnd, func(end services.LeaseEnd, err error) { p.shown.forecast.Take(end.Distance, err) })
}

// loadAutopay asks for an autopay. Where that fails, nothing is said of one.
func (p *presenter) loadAutopay() {
	ask(p, p.deps.Autopays.Autopay, func(autopay services.Autopay, err error) {
		if services.CodeOf(err) == services.CodeNotFound {
			p.shown.autopay.Take(nil, nil)
			return
		}
		p.shown.autopay.Take(&autopay, err)
	})
}

// open shows or hides the parts of the next payment.
func (p *presenter) open() {
	p.opened = !p.opened
	p.changed()
}

// loadThreads reads the latest threads and how many of them wait to be read.
func (p *presenter) loadThreads() {
	p.threads.Err = nil
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
		p.threads.Take(a.threads, err)
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
	case services.EventPayment, services.EventReading:
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
