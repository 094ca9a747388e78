package pay

import (
	"context"
	"slices"
	"time"

	"myaccount/services"
	"myaccount/ui/nav"
)

// state is what a page shows as a whole.
type state int

const (
	loading state = iota
	empty
	failed
	full
)

// stage is where somebody is on the way to a payment.
type stage int

const (
	stageForm  stage = iota // amount, day, account
	stageCheck              // everything in words
	stageDone               // it is ordered
)

// payPresenter decides what the page of a payment shows.
type payPresenter struct {
	scope   nav.Scope
	clock   services.Clock
	deps    Deps
	changed func()
	request *nav.Request

	chosen string // id of the agreement that the page was opened for or that was chosen; "" for the first
	have   known
	loaded bool
	err    error
	stage  stage
	form   form
	fields map[string]string // refused fields of the form, with the reasons

	order     services.PaymentOrder // that is being checked, with its key
	same      bool                  // the same payment is ordered already for the same day
	made      *services.Debit
	cancelled bool
}

// known is what was read from the service.
type known struct {
	agreements []services.Agreement // open ones
	agreement  services.Agreement   // the one to pay on; without an id where there is none
	terms      services.DebitTerms
	accounts   []services.BankAccount
	autopay    *services.Autopay
}

func newPayPresenter(env nav.Env, deps Deps, agreementID string, preset nav.PayPreset) *payPresenter {
	p := &payPresenter{
		scope: nav.Scope{Dispatcher: env.Dispatcher}, clock: env.Clock, deps: deps, changed: func() {}, chosen: agreementID,
		form: form{amount: preset.Amount},
	}
	p.request = nav.NewRequest(&p.scope, env.Clock, func() { p.changed() })
	return p
}

func (p *payPresenter) start() {
	p.scope.Start()
	p.request.Resume()
	p.load()
}

// load reads everything again.
func (p *payPresenter) load() {
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

// read asks for what the page needs to know of an agreement. A closed one is none to pay on.
func (p *payPresenter) read(ctx context.Context, chosen string) (have known, err error) {
	list, err := p.deps.Agreements.Agreements(ctx)
	if err != nil {
		return have, err
	}
	have.agreements = slices.DeleteFunc(list, func(a services.Agreement) bool { return a.ClosedOn != nil })
	i := slices.IndexFunc(have.agreements, func(a services.Agreement) bool { return chosen == "" || a.ID == chosen })
	if i < 0 {
		return have, nil
	}
	a := have.agreements[i]
	if have.terms, err = p.deps.Debits.DebitTerms(ctx, a.ID, services.Date{}); err != nil {
		if services.CodeOf(err) == services.CodeGone { // closed meanwhile
			return have, nil
		}
		return have, err
	}
	if have.accounts, err = p.deps.Accounts.BankAccounts(ctx); err != nil {
		return have, err
	}
	if autopay, err := p.deps.Autopays.Autopay(ctx, a.ID); err == nil { // only a note
		have.autopay = &autopay
	}
	have.agreement = a
	return have, nil
}

// take keeps what was read. An account that came since is the one that somebody went away to add.
func (p *payPresenter) take(have known) {
	first, before := !p.loaded || p.have.agreement.ID != have.agreement.ID, p.have.accounts
	p.have, p.loaded = have, true
	if len(have.accounts) > 0 && (!p.hasAccount(p.form.account) || !first && len(have.accounts) > len(before)) {
		p.form.account = have.accounts[0].ID
	}
	if !p.hasAccount(p.form.account) {
		p.form.account = ""
	}
	if p.form.day == "" && have.agreement.ID != "" {
		p.setDay(have.terms.On)
	}
}

func (p *payPresenter) hasAccount(id string) bool { return p.account(id).ID != "" }

// account is one of the accounts, without an id when it is not there.
func (p *payPresenter) account(id string) services.BankAccount {
	i := slices.IndexFunc(p.have.accounts, func(a services.BankAccount) bool { return a.ID == id })
	if i < 0 {
		return services.BankAccount{}
	}
	return p.have.accounts[i]
}

// closed tells whether banks do not work on a day.
func (p *payPresenter) closed(day services.Date) bool {
	weekday := day.Weekday()
	return weekday == time.Saturday || weekday == time.Sunday || slices.Contains(p.have.terms.Closed, day)
}

// state is what the page shows as a whole.
func (p *payPresenter) state() state {
	switch {
	case p.loaded && p.have.agreement.ID == "" && p.stage != stageDone:
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
func (p *payPresenter) retry() {
	p.load()
	p.changed()
}

// choose pays on another agreement. Amounts and days are those of the agreement, so they begin anew.
func (p *payPresenter) choose(id string) {
	if id == p.have.agreement.ID {
		return
	}
	p.chosen, p.loaded, p.form = id, false, form{account: p.form.account}
	p.fields = nil
	p.request.Forget()
	p.load()
	p.changed()
}

// happened takes an event.
func (p *payPresenter) happened(e services.Event) {
	if (e.Kind == services.EventPayment || e.Kind == services.EventRefetch) && p.stage == stageForm && !p.request.Busy {
		p.load()
	}
}
