package payments

import (
	"context"
	"strings"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/ui/nav"
)

// view is one of the tables.
type view string

// The views there are.
const (
	viewHistory  view = "history"
	viewUpcoming view = "upcoming"
	viewSchedule view = "schedule"
)

// part is a list with what became of loading it.
type part[T any] struct {
	items []T
	done  bool // all of it was read
	err   error
}

// presenter loads the agreements, and of the one that is shown the payments, the schedule, the debits and the autopay.
// What was loaded stays until something newer has come, so that coming back shows no empty page.
type presenter struct {
	scope   nav.Scope
	clock   services.Clock
	deps    Deps
	changed func()

	choice   nav.Choice
	of       string // id of the agreement that the parts are of
	round    int    // of loading them: answers of an earlier one are dropped
	history  part[*line]
	schedule part[services.Installment]
	debits   part[services.Debit]
	autopay  part[services.Autopay] // of one, or none

	view   view
	query  string
	words  func(*line) string // what a line says in words, folded
	sorted map[view]order
	cancel *nav.Request
}

// order is how a table is sorted.
type order struct {
	column     string
	descending bool
}

// pageMost is the longest part of a list.
const pageMost = 100

func newPresenter(env nav.Env, deps Deps, agreementID string) *presenter {
	p := &presenter{
		scope: nav.Scope{Dispatcher: env.Dispatcher}, clock: env.Clock, deps: deps, changed: func() {}, words: func(*line) string { return "" }, choice: nav.Choice{Chosen: agreementID},
		view: viewHistory, sorted: map[view]order{viewHistory: {"date", true}, viewUpcoming: {"date", false}, viewSchedule: {"number", false}},
	}
	p.cancel = nav.NewRequest(&p.scope, env.Clock, func() { p.changed() })
	return p
}

func (p *presenter) start() {
	p.scope.Start()
	p.cancel.Resume()
	p.load()
}

// load reads everything again.
func (p *presenter) load() {
	p.choice.Load(&p.scope, p.deps.Agreements, func(came bool) {
		if came {
			p.loadParts()
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
		p.loadParts()
		p.changed()
	}
}

// loadParts reads what belongs to the agreement that is shown.
func (p *presenter) loadParts() {
	p.round++
	if id := p.choice.Agreement().ID; p.of != id {
		p.of, p.history, p.schedule, p.debits, p.autopay = id, part[*line]{}, part[services.Installment]{}, part[services.Debit]{}, part[services.Autopay]{}
	}
	p.loadHistory()
	p.loadSchedule()
	p.loadDebits()
	p.loadAutopay()
}

// more is a part of a list that is read in several.
type more[T any] struct {
	items []T
	next  string
}

// readAll reads a list part by part. What came is shown at once where there was nothing before, and all of it when it is
// whole.
func readAll[T any](p *presenter, to *part[T], read func(ctx context.Context, page services.Page) (more[T], error)) {
	round := p.round
	to.err = nil
	var items []T
	var next func(after string)
	next = func(after string) {
		nav.Run(&p.scope, func(ctx context.Context) (more[T], error) {
			return read(ctx, services.Page{After: after, Limit: pageMost})
		}, func(m more[T], err error) {
			if p.round != round {
				return
			}
			if to.err = err; err == nil {
				items = append(items, m.items...)
			}
			whole := err == nil && m.next == ""
			if whole || !to.done {
				to.items, to.done = items, whole
			}
			if err == nil && !whole {
				next(m.next)
			}
			p.changed()
		})
	}
	next("")
}

// readOne reads what comes in one answer.
func readOne[T any](p *presenter, to *part[T], read func(ctx context.Context) ([]T, error)) {
	readAll(p, to, func(ctx context.Context, _ services.Page) (more[T], error) {
		items, err := read(ctx)
		return more[T]{items: items}, err
	})
}

func (p *presenter) loadHistory() {
	id := p.of
	readAll(p, &p.history, func(ctx context.Context, page services.Page) (more[*line], error) {
		answer, err := p.deps.Payments.Payments(ctx, id, page)
		return more[*line]{paymentLines(answer.Items), answer.Next}, err
	})
}

func (p *presenter) loadSchedule() {
	id := p.of
	readOne(p, &p.schedule, func(ctx context.Context) ([]services.Installment, error) { return p.deps.Schedules.Schedule(ctx, id) })
}

func (p *presenter) loadDebits() {
	if p.deps.Debits == nil {
		p.debits.done = true
		return
	}
	id := p.of
	readAll(p, &p.debits, func(ctx context.Context, page services.Page) (more[services.Debit], error) {
		answer, err := p.deps.Debits.Debits(ctx, id, page)
		return more[services.Debit]{answer.Items, answer.Next}, err
	})
}

// loadAutopay reads the autopay; none is no error.
func (p *presenter) loadAutopay() {
	if p.deps.Autopays == nil {
		return
	}
	id := p.of
	readOne(p, &p.autopay, func(ctx context.Context) ([]services.Autopay, error) {
		autopay, err := p.deps.Autopays.Autopay(ctx, id)
		if services.CodeOf(err) == services.CodeNotFound {
			return nil, nil
		}
		return []services.Autopay{autopay}, err
	})
}

// today is the date where the person is.
func (p *presenter) today() services.Date { return civil.DateOf(p.clock.Now().Local()) }

// lines are those of the view that is shown, as far as they are known, and of them what is searched for.
func (p *presenter) lines() (all, found []*line) {
	q := parseQuery(p.query)
	all = p.all()
	if q.all {
		return all, all
	}
	for _, l := range all {
		if q.matches(l) || q.names() && strings.Contains(p.words(l), q.words) {
			found = append(found, l)
		}
	}
	return all, found
}

// all are the lines of the view.
func (p *presenter) all() []*line {
	switch p.view {
	case viewUpcoming:
		return p.upcoming()
	case viewSchedule:
		return installmentLines(p.schedule.items, p.today())
	default:
		return joinHistory(p.history.items, p.debits.items)
	}
}

// upcoming are what is to come: of an agreement without a schedule, what is due next.
func (p *presenter) upcoming() []*line {
	installments := installmentLines(p.schedule.items, p.today())
	if len(installments) == 0 && p.choice.Agreement().Next != nil {
		installments = []*line{nextLine(*p.choice.Agreement().Next)}
	}
	return joinUpcoming(installments, p.debits.items, p.today())
}

// ready tells whether all of the view was read; err says why it was not.
func (p *presenter) ready() (ready bool, err error) {
	switch p.view {
	case viewUpcoming:
		return p.schedule.done && p.debits.done, firstError(p.schedule.err, p.debits.err)
	case viewSchedule:
		return p.schedule.done, p.schedule.err
	default:
		return p.history.done && p.debits.done, firstError(p.history.err, p.debits.err)
	}
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// unplanned tells whether the lender's figures make no schedule though something is still to be paid.
func (p *presenter) unplanned() bool {
	return p.schedule.done && len(p.schedule.items) == 0 && p.choice.Agreement().ClosedOn == nil
}

// show changes the view.
func (p *presenter) show(v view) {
	p.view = v
	p.changed()
}

// search changes what is searched for.
func (p *presenter) search(s string) {
	p.query = s
	p.changed()
}

// mayCancel tells whether a line is a debit that can still be taken back by itself.
func (p *presenter) mayCancel(l *line) bool {
	d := l.debit
	return d != nil && d.Status == services.DebitScheduled && d.Kind == services.DebitOnce && !d.CancelUntil.IsZero() && !d.CancelUntil.Before(p.today())
}

// cancelDebit takes a debit back; then is told whether it was.
func (p *presenter) cancelDebit(id string, then func(ok bool)) {
	p.cancel.Send(func(ctx context.Context) error { return p.deps.Debits.CancelPayment(ctx, id) }, func(ok bool) {
		p.load()
		then(ok)
	})
}

// happened takes an event.
func (p *presenter) happened(e services.Event) {
	if e.Kind == services.EventPayment || e.Kind == services.EventRefetch {
		p.load()
	}
}
