package pay

import (
	"context"
	"slices"
	"time"

	"myaccount/services"
	"myaccount/ui/nav"
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
	deps    Deps
	changed func()
	request *nav.Request

	choice nav.Choice
	of     string // id of the agreement that the rest is of
	have   nav.Loaded[known]
	stage  stage
	form   form
	fields map[string]string // refused fields of the form, with the reasons

	order     services.PaymentOrder // that is being checked, with its key
	same      bool                  // the same payment is ordered already for the same day
	made      *services.Debit
	cancelled bool
}

// known is what was read of an agreement.
type known struct {
	closed   bool // meanwhile
	terms    services.DebitTerms
	accounts []services.BankAccount
	autopay  *services.Autopay
}

func newPayPresenter(env nav.Env, deps Deps, agreementID string, preset nav.PayPreset) *payPresenter {
	p := &payPresenter{
		scope: nav.Scope{Dispatcher: env.Dispatcher}, deps: deps, changed: func() {},
		choice: nav.Choice{Chosen: agreementID}, form: form{amount: preset.Amount},
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
	p.choice.Load(&p.scope, p.deps.Agreements, func(came bool) {
		if came {
			p.loadKnown()
		}
		p.changed()
	})
}

// loadKnown reads what the page needs to know of the agreement.
func (p *payPresenter) loadKnown() {
	a := p.choice.Agreement()
	if p.of != a.ID {
		p.of, p.have = a.ID, nav.Loaded[known]{}
	}
	p.have.Err = nil
	if a.ClosedOn != nil {
		return
	}
	on := p.form.on
	nav.About(&p.scope, &p.choice, func(ctx context.Context, id string) (known, error) { return p.read(ctx, id, on) },
		func(have known, err error) {
			before := p.have.Value.accounts
			p.have.Take(have, err)
			if err == nil {
				p.propose(before)
			}
			p.changed()
		})
}

// read asks for the terms of an agreement for a day, the accounts and the autopay.
func (p *payPresenter) read(ctx context.Context, id string, on services.Date) (have known, err error) {
	if have.terms, err = p.deps.Debits.DebitTerms(ctx, id, on); err != nil {
		have.closed = services.CodeOf(err) == services.CodeGone
		if have.closed {
			err = nil
		}
		return have, err
	}
	if have.accounts, err = p.deps.Accounts.BankAccounts(ctx); err != nil {
		return have, err
	}
	if autopay, err := p.deps.Autopays.Autopay(ctx, id); err == nil { // only a note
		have.autopay = &autopay
	}
	return have, nil
}

// propose fills in what nobody has chosen.
func (p *payPresenter) propose(before []services.BankAccount) {
	p.form.account = nav.PickAccount(p.form.account, before, p.have.Value.accounts)
	if on := p.have.Value.terms.On; p.form.day == "" && on.IsValid() {
		p.form.day, p.form.on = on.String(), on
	}
}

func (p *payPresenter) hasAccount(id string) bool { return p.account(id).ID != "" }

// account is one of the accounts, without an id when it is not there.
func (p *payPresenter) account(id string) services.BankAccount {
	accounts := p.have.Value.accounts
	i := slices.IndexFunc(accounts, func(a services.BankAccount) bool { return a.ID == id })
	if i < 0 {
		return services.BankAccount{}
	}
	return accounts[i]
}

// bankless tells whether banks do not work on a day.
func (p *payPresenter) bankless(day services.Date) bool {
	weekday := day.Weekday()
	return weekday == time.Saturday || weekday == time.Sunday || slices.Contains(p.have.Value.terms.Closed, day)
}

// state is what the page shows as a whole; it is Empty also when there is nothing to pay on the agreement.
func (p *payPresenter) state() nav.State {
	switch state := p.choice.State(); {
	case state != nav.Full || p.stage == stageDone:
		return state
	case p.closed() || p.paid():
		return nav.Empty
	case p.have.Done:
		return nav.Full
	case p.have.Err != nil:
		return nav.Failed
	default:
		return nav.Loading
	}
}

// closed tells whether the agreement takes payments no more.
func (p *payPresenter) closed() bool {
	return p.choice.Agreement().ClosedOn != nil || p.have.Value.closed
}

// paid tells whether all that there is to pay is paid, or ordered.
func (p *payPresenter) paid() bool {
	most := p.have.Value.terms.Most
	return most.CurrencyCode() != "" && most.IsZero()
}

// retry loads again after a failure.
func (p *payPresenter) retry() {
	p.load()
	p.changed()
}

// choose pays on another agreement. Amounts and days are those of the agreement, so they begin anew.
func (p *payPresenter) choose(id string) {
	if !p.choice.Choose(id) {
		return
	}
	p.form, p.fields = form{account: p.form.account}, nil
	p.request.Forget()
	p.loadKnown()
	p.changed()
}

// happened takes an event.
func (p *payPresenter) happened(e services.Event) {
	if (e.Kind == services.EventPayment || e.Kind == services.EventRefetch) && p.stage == stageForm && !p.request.Busy {
		p.load()
	}
}
