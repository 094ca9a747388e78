package vehicle

import (
	"context"
	"slices"

	"myaccount/services"
	"myaccount/ui/nav"
)

// state is what the page shows.
type state int

const (
	loading state = iota
	empty
	failed
	full
)

// part is one thing with what became of loading it.
type part[T any] struct {
	value  T
	loaded bool
	err    error
}

// take keeps an answer; a failed one keeps what was there.
func (t *part[T]) take(value T, err error) {
	t.err = err
	if err == nil {
		t.value, t.loaded = value, true
	}
}

// presenter loads the agreements, and of the one that is shown its log and the way to its end.
type presenter struct {
	scope   nav.Scope
	deps    Deps
	changed func()

	chosen     string // id of the agreement shown
	agreements part[[]services.Agreement]
	shown      string // id of the agreement that the next ones are of
	log        part[[]services.Reading]
	end        part[services.LeaseEnd]
	form       *form // nil while nothing is added
	decoded    bool  // what the characters of the number mean is shown
	table      bool  // the chart is shown as a table
}

func newPresenter(env nav.Env, deps Deps, agreementID string) *presenter {
	return &presenter{scope: nav.Scope{Dispatcher: env.Dispatcher}, deps: deps, chosen: agreementID, changed: func() {}}
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
	p.agreements.err = nil
	nav.Run(&p.scope, p.deps.Agreements.Agreements, func(list []services.Agreement, err error) {
		p.agreements.take(list, err)
		if err == nil && len(list) > 0 {
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

// state is what the page shows as a whole.
func (p *presenter) state() state {
	switch {
	case p.agreements.loaded && len(p.agreements.value) == 0:
		return empty
	case p.agreements.loaded:
		return full
	case p.agreements.err != nil:
		return failed
	default:
		return loading
	}
}

// agreement is the one that is shown: the one chosen, else the first, which is open if any is.
func (p *presenter) agreement() services.Agreement {
	return nav.Pick(p.agreements.value, p.chosen)
}

// choose shows another agreement.
func (p *presenter) choose(id string) {
	if id == p.agreement().ID {
		return
	}
	p.chosen, p.form = id, nil
	p.loadShown()
	p.changed()
}

// loadShown reads what belongs to the agreement that is shown.
func (p *presenter) loadShown() {
	a := p.agreement()
	if p.shown != a.ID {
		p.shown, p.log, p.end = a.ID, part[[]services.Reading]{}, part[services.LeaseEnd]{}
	}
	p.loadLog()
	if a.Kind == services.Lease && a.ClosedOn == nil {
		p.loadEnd()
	}
}

func (p *presenter) loadLog() {
	p.log.err = nil
	read(p, p.deps.Odometers.Readings, func(list []services.Reading, err error) { p.log.take(list, err) })
}

func (p *presenter) loadEnd() {
	p.end.err = nil
	read(p, p.deps.Payoffs.LeaseEnd, func(end services.LeaseEnd, err error) { p.end.take(end, err) })
}

// read asks for something of the agreement that is shown. An answer for another one is dropped.
func read[T any](p *presenter, ask func(ctx context.Context, id string) (T, error), take func(T, error)) {
	id := p.shown
	nav.Run(&p.scope, func(ctx context.Context) (T, error) { return ask(ctx, id) }, func(value T, err error) {
		if p.shown == id {
			take(value, err)
			p.changed()
		}
	})
}

// decode shows or hides what the characters of the number mean.
func (p *presenter) decode() {
	p.decoded = !p.decoded
	p.changed()
}

// happened takes an event.
func (p *presenter) happened(e services.Event) {
	if e.Kind == services.EventRefetch {
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

// about rounds kilometres to hundreds: a forecast is no more exact.
func about(km int64) int64 {
	if km < 0 {
		return -about(-km)
	}
	return (km + 50) / 100 * 100
}
