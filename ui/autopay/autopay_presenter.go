package autopay

import (
	"context"
	"slices"
	"time"

	"myaccount/services"
	"myaccount/ui/nav"
)

// state is what the page shows as a whole.
type state int

const (
	loading state = iota
	empty
	failed
	full
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
	lang    string // of the person

	chosen  string // id of the agreement
	have    known
	loaded  bool
	err     error
	stage   stage
	stopped *services.NextDebit // the debit that still happens, or that does not any more, after autopay was ended
	form    form
	reading reading
}

// known is what was read from the service.
type known struct {
	agreements []services.Agreement // open ones
	accounts   []services.BankAccount
	of         string // id of the agreement that autopay is of
	autopay    *services.Autopay
}

func newPresenter(env nav.Env, deps Deps, agreementID string) *presenter {
	p := &presenter{
		scope: nav.Scope{Dispatcher: env.Dispatcher}, clock: env.Clock, deps: deps, changed: func() {}, lang: env.Language(), chosen: agreementID,
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
	p.err = nil
	chosen := p.chosen
	nav.Run(&p.scope, func(ctx context.Context) (known, error) { return p.read(ctx, chosen) }, func(have known, err error) {
		if chosen != p.chosen {
			return
		}
		if p.err = err; err == nil {
			p.take(have)
		}
		p.changed()
	})
}

// read asks for what the page needs to know of an agreement, or of the first one.
func (p *presenter) read(ctx context.Context, chosen string) (have known, err error) {
	list, err := p.deps.Agreements.Agreements(ctx)
	if err != nil {
		return have, err
	}
	have.agreements = slices.DeleteFunc(list, func(a services.Agreement) bool { return a.ClosedOn != nil })
	if len(have.agreements) == 0 {
		return have, nil
	}
	if have.accounts, err = p.deps.Accounts.BankAccounts(ctx); err != nil {
		return have, err
	}
	have.of = nav.Pick(have.agreements, chosen).ID
	autopay, err := p.deps.Autopays.Autopay(ctx, have.of)
	switch services.CodeOf(err) {
	case "":
		have.autopay = &autopay
	case services.CodeNotFound:
	default:
		return have, err
	}
	return have, nil
}

// take keeps what was read. Whoever is choosing goes on with it.
func (p *presenter) take(have known) {
	first := !p.loaded || p.have.of != have.of
	p.have, p.loaded = have, true
	if first {
		p.begin()
	}
	switch {
	case p.stage == stageOn && have.autopay == nil:
		p.stage = stageForm
	case p.stage == stageForm && !p.hasAccount(p.form.account):
		p.form.account = ""
	}
	if p.form.account == "" && len(have.accounts) > 0 {
		p.form.account = have.accounts[0].ID
	}
}

// begin starts with what is in force.
func (p *presenter) begin() {
	p.stage, p.form, p.reading = stageOn, form{}, reading{}
	p.request.Forget()
	if a := p.have.autopay; a != nil {
		p.form = form{account: a.Account.ID, day: a.Day}
		if a.Extra.IsPositive() {
			p.form.extra = a.Extra.Number()
		}
	}
}

func (p *presenter) hasAccount(id string) bool {
	return slices.ContainsFunc(p.have.accounts, func(a services.BankAccount) bool { return a.ID == id })
}

// state is what the page shows as a whole.
func (p *presenter) state() state {
	switch {
	case p.loaded && len(p.have.agreements) == 0:
		return empty
	case p.loaded:
		return full
	case p.err != nil:
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

// agreement is the one that the page is about.
func (p *presenter) agreement() services.Agreement { return nav.Pick(p.have.agreements, p.have.of) }

// choose shows another agreement.
func (p *presenter) choose(id string) {
	if id == p.have.of {
		return
	}
	p.chosen, p.loaded, p.stopped = id, false, nil
	p.load()
	p.changed()
}

// change goes to the form.
func (p *presenter) change() {
	p.begin()
	p.stage, p.stopped = stageForm, nil
	p.changed()
}

// back goes one stage back; false where there is none.
func (p *presenter) back() bool {
	switch {
	case p.stage == stageText:
		p.stage = stageForm
	case p.stage == stageForm && p.have.autopay != nil:
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
	autopay := *p.have.autopay
	p.request.Send(func(ctx context.Context) error { return p.deps.Autopays.StopAutopay(ctx, autopay.AgreementID) }, func(ok bool) {
		if !ok {
			return
		}
		p.stopped = autopay.Next
		p.have.autopay = nil
		p.begin()
		p.take(p.have)
		p.load()
	})
}

// stays tells whether the debit that was next when autopay was ended still happens.
func (p *presenter) stays() bool { return p.stopped != nil && p.stopped.CancelUntil.IsZero() }

// now is the moment, for what was shown when.
func (p *presenter) now() time.Time { return p.clock.Now() }

// happened takes an event.
func (p *presenter) happened(e services.Event) {
	if (e.Kind == services.EventPayment || e.Kind == services.EventRefetch) && !p.request.Busy {
		p.load()
	}
}
