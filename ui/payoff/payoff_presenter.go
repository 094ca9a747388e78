package payoff

import (
	"context"

	"myaccount/services"
	"myaccount/ui/nav"
)

// presenter keeps the day and the choice that the person made, and loads what they cost. What was typed stays, whatever
// answer comes.
type presenter struct {
	scope   nav.Scope
	deps    Deps
	today   func() services.Date
	changed func()

	choice nav.Choice
	day    string        // as typed; "" as long as nobody typed
	on     services.Date // the day asked for
	way    services.PayoffChoice

	asked  services.PayoffQuery
	payoff *services.Payoff // of asked; nil until it is there
	err    error
	open   map[string]bool // lines whose numbers are shown

	more *more
}

func newPresenter(d nav.Dispatcher, deps Deps, clock services.Clock, today func() services.Date, agreementID string) *presenter {
	p := &presenter{
		scope: nav.Scope{Dispatcher: d}, deps: deps, today: today, changed: func() {}, way: services.PayoffBuy, open: map[string]bool{},
		choice: nav.Choice{Chosen: agreementID},
	}
	p.more = newMore(&p.scope, deps, clock, func() { p.changed() })
	return p
}

func (p *presenter) start() {
	p.scope.Start()
	p.more.request.Resume()
	p.load()
}

// load reads everything again.
func (p *presenter) load() {
	p.choice.Load(&p.scope, p.deps.Agreements, func(came bool) {
		if came {
			p.ask()
		}
		p.changed()
	})
}

func (p *presenter) retry() {
	p.load()
	p.changed()
}

// pick shows another agreement, from today on.
func (p *presenter) pick(id string) {
	if !p.choice.Choose(id) {
		return
	}
	p.day, p.on, p.way, p.open = "", services.Date{}, services.PayoffBuy, map[string]bool{}
	p.more.clear()
	p.ask()
	p.changed()
}

// setDay takes what is typed as the day; on is what it means, where it means a day that may be chosen.
func (p *presenter) setDay(typed string, on services.Date, ok bool) {
	p.day = typed
	if ok && on != p.on {
		p.on = on
		p.ask()
		p.changed()
	}
}

// setWay chooses what becomes of the vehicle.
func (p *presenter) setWay(way services.PayoffChoice) {
	if way != p.way {
		p.way, p.open = way, map[string]bool{}
		p.ask()
		p.changed()
	}
}

// ask reckons what was chosen. A late answer to another question is dropped.
func (p *presenter) ask() {
	a := p.choice.Agreement()
	if p.on.IsZero() {
		p.on = p.today()
	}
	q := services.PayoffQuery{AgreementID: a.ID, On: p.on, Choice: p.way}
	if a.Kind == services.Loan {
		q.Choice = services.PayoffBuy
	}
	if q != p.asked {
		p.payoff = nil
	}
	p.asked, p.err = q, nil
	if a.ClosedOn != nil {
		return
	}
	nav.Run(&p.scope, func(ctx context.Context) (services.Payoff, error) { return p.deps.Payoffs.Payoff(ctx, q) },
		func(payoff services.Payoff, err error) {
			if p.asked != q || p.overThere(err) {
				return
			}
			if p.err = err; err == nil {
				p.payoff = &payoff
			}
			p.changed()
		})
}

// overThere asks for the day after where today, which nobody typed, is over already where the agreement is at home.
func (p *presenter) overThere(err error) bool {
	if services.FieldsOf(err)["on"] != services.ReasonPast || p.day != "" || p.on != p.today() {
		return false
	}
	p.on = p.on.AddDays(1)
	p.ask()
	return true
}

// toggle shows or hides the numbers behind a line.
func (p *presenter) toggle(line string) {
	p.open[line] = !p.open[line]
	p.changed()
}

// happened takes an event.
func (p *presenter) happened(e services.Event) {
	if e.Kind == services.EventRefetch {
		p.load()
	}
}
