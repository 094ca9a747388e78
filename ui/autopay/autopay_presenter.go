package autopay

import (
	"context"
	"time"

	"myaccount/services"
	"myaccount/ui/nav"
)

// stage is where somebody is on the way.
type stage int

const (
	stageOn   stage = iota // what is in force
	stageForm              // account, day, extra
	stageText              // the debit agreement
	stageDone              // it was accepted
)

// presenter decides what the page shows. What was chosen stays when somebody goes away to add an account.
type presenter struct {
	scope   nav.Scope
	clock   services.Clock
	deps    Deps
	changed func()
	request *nav.Request
	lang    func() string // of the person

	choice  nav.Choice
	of      string // id of the agreement that the rest is of
	have    nav.Loaded[known]
	stage   stage
	ended   *ended // nil unless somebody has ended it here
	form    form
	reading reading
}

// known is what was read of an agreement.
type known struct {
	accounts []services.BankAccount
	autopay  *services.Autopay // nil without one
}

// ended is an autopay that was ended, with the debit that was next then; nil when none was.
type ended struct{ next *services.NextDebit }

func newPresenter(env nav.Env, deps Deps, agreementID string) *presenter {
	p := &presenter{
		scope: nav.Scope{Dispatcher: env.Dispatcher}, clock: env.Clock, deps: deps, changed: func() {}, lang: env.Language,
		choice: nav.Choice{Chosen: agreementID},
	}
	p.request = nav.NewRequest(&p.scope, env.Clock, func() { p.changed() })
	return p
}

func (p *presenter) start() {
	p.scope.Start()
	p.request.Resume()
	p.load()
}

// load reads everything again.
func (p *presenter) load() {
	p.choice.Load(&p.scope, p.deps.Agreements, func(came bool) {
		if came {
			p.loadKnown()
		}
		p.changed()
	})
}

// loadKnown reads what the page needs to know of the agreement.
func (p *presenter) loadKnown() {
	if id := p.choice.Agreement().ID; p.of != id {
		p.of, p.have = id, nav.Loaded[known]{}
	}
	p.have.Err = nil
	if p.closed() {
		return
	}
	nav.About(&p.scope, &p.choice, p.read, func(have known, err error) {
		before, first := p.have.Value.accounts, !p.have.Done
		p.have.Take(have, err)
		if err == nil {
			p.settle(first, before)
		}
		p.changed()
	})
}

// read asks for the accounts and for the autopay of an agreement.
func (p *presenter) read(ctx context.Context, id string) (have known, err error) {
	if have.accounts, err = p.deps.Accounts.BankAccounts(ctx); err != nil {
		return have, err
	}
	autopay, err := p.deps.Autopays.Autopay(ctx, id)
	switch services.CodeOf(err) {
	case "":
		have.autopay = &autopay
	case services.CodeNotFound:
	default:
		return have, err
	}
	return have, nil
}

// settle fits what is chosen to what was read. Whoever is choosing goes on with it.
func (p *presenter) settle(first bool, before []services.BankAccount) {
	if first {
		p.begin()
	}
	if p.stage == stageOn && p.have.Value.autopay == nil {
		p.stage = stageForm
	}
	p.form.account = nav.PickAccount(p.form.account, before, p.have.Value.accounts)
}

// begin starts with what is in force.
func (p *presenter) begin() {
	p.stage, p.form, p.reading = stageOn, form{}, reading{}
	p.request.Forget()
	if a := p.have.Value.autopay; a != nil {
		p.form = form{account: a.Account.ID, day: a.Day}
		if a.Extra.IsPositive() {
			p.form.extra = a.Extra.Number()
		}
	}
}

// closed tells whether the agreement takes payments no more.
func (p *presenter) closed() bool { return p.choice.Agreement().ClosedOn != nil }

// state is what the page shows as a whole; it is Empty also where the agreement is closed.
func (p *presenter) state() nav.State {
	switch state := p.choice.State(); {
	case state != nav.Full:
		return state
	case p.closed():
		return nav.Empty
	case p.have.Done:
		return nav.Full
	case p.have.Err != nil:
		return nav.Failed
	default:
		return nav.Loading
	}
}

// retry loads again after a failure.
func (p *presenter) retry() {
	p.load()
	p.changed()
}

// choose shows another agreement.
func (p *presenter) choose(id string) {
	if p.choice.Choose(id) {
		p.ended = nil
		p.loadKnown()
		p.changed()
	}
}

// change goes to the form.
func (p *presenter) change() {
	p.begin()
	p.stage, p.ended = stageForm, nil
	p.changed()
}

// back goes one stage back; false where there is none.
func (p *presenter) back() bool {
	switch {
	case p.stage == stageText:
		p.stage = stageForm
	case p.stage == stageForm && p.have.Value.autopay != nil:
		p.begin()
	default:
		return false
	}
	p.request.Forget()
	p.changed()
	return true
}

// stop ends the autopay.
func (p *presenter) stop() {
	autopay := *p.have.Value.autopay
	p.request.Send(func(ctx context.Context) error { return p.deps.Autopays.StopAutopay(ctx, autopay.AgreementID) }, func(ok bool) {
		if !ok {
			return
		}
		p.ended, p.have.Value.autopay = &ended{autopay.Next}, nil
		p.settle(true, p.have.Value.accounts)
		p.load()
	})
}

// now is the moment, for what was shown when.
func (p *presenter) now() time.Time { return p.clock.Now() }

// happened takes an event.
func (p *presenter) happened(e services.Event) {
	if (e.Kind == services.EventPayment || e.Kind == services.EventRefetch) && !p.request.Busy {
		p.load()
	}
}
