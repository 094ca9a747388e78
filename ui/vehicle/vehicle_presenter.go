package vehicle

import (
	"context"
	"slices"

	"myaccount/services"
	"myaccount/ui/nav"
)

// presenter loads the agreements, and of the one that is shown its log and the way to its end.
type presenter struct {
	scope   nav.Scope
	deps    Deps
	changed func()

	choice  nav.Choice
	shown   string // id of the agreement that the next ones are of
	log     nav.Loaded[[]services.Reading]
	end     nav.Loaded[services.LeaseEnd]
	form    *form // nil while nothing is added
	decoded bool  // what the characters of the number mean is shown
	table   bool  // the chart is shown as a table
}

func newPresenter(env nav.Env, deps Deps, agreementID string) *presenter {
	return &presenter{scope: nav.Scope{Dispatcher: env.Dispatcher}, deps: deps, choice: nav.Choice{Chosen: agreementID}, changed: func() {}}
}

func (p *presenter) start() {
	p.scope.Start()
	if p.form != nil {
		p.form.busy = false // the answer of an earlier visit does not come any more
	}
	p.load()
}

// load reads everything again.
func (p *presenter) load() {
	p.choice.Load(&p.scope, p.deps.Agreements, func(came bool) {
		if came {
			p.loadShown()
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
		p.form = nil
		p.loadShown()
		p.changed()
	}
}

// loadShown reads what belongs to the agreement that is shown.
func (p *presenter) loadShown() {
	a := p.choice.Agreement()
	if p.shown != a.ID {
		p.shown, p.log, p.end = a.ID, nav.Loaded[[]services.Reading]{}, nav.Loaded[services.LeaseEnd]{}
	}
	p.loadLog()
	if a.Kind == services.Lease && a.ClosedOn == nil {
		p.loadEnd()
	}
}

func (p *presenter) loadLog() { ask(p, &p.log, p.deps.Odometers.Readings) }

func (p *presenter) loadEnd() { ask(p, &p.end, p.deps.Payoffs.LeaseEnd) }

// ask asks for something of the agreement that is shown, and draws what came of it.
func ask[T any](p *presenter, to *nav.Loaded[T], of func(ctx context.Context, id string) (T, error)) {
	to.Err = nil
	nav.About(&p.scope, &p.choice, of, func(value T, err error) {
		to.Take(value, err)
		p.changed()
	})
}

// decode shows or hides what the characters of the number mean.
func (p *presenter) decode() {
	p.decoded = !p.decoded
	p.changed()
}

// happened takes an event.
func (p *presenter) happened(e services.Event) {
	if e.Kind == services.EventRefetch || e.Kind == services.EventReading {
		p.load()
	}
}

// readings are those that count, the first day first.
func readings(log []services.Reading) (list []services.Reading) {
	for _, r := range slices.Backward(log) {
		if !r.Corrected {
			list = append(list, r)
		}
	}
	return list
}
