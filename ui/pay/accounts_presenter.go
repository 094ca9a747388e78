package pay

import (
	"context"
	"slices"
	"strings"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// The fields of a new account, by the names that the service refuses them under.
const (
	fieldInstitution = "institution"
	fieldTransit     = "transit"
	fieldNumber      = "number"
	fieldHolder      = "holder"
	fieldAccounts    = "accounts"
)

// use says what an account is needed for: an autopay, or a payment that was ordered.
type use struct {
	agreement services.Agreement
	debit     *services.Debit // nil for an autopay
}

// accountsPresenter decides what the page of the bank accounts shows.
type accountsPresenter struct {
	scope   nav.Scope
	clock   services.Clock
	deps    Deps
	changed func()
	request *nav.Request

	accounts []services.BankAccount
	uses     map[string][]use // by the id of the account
	loaded   bool
	err      error

	adding bool
	form   accountForm
	fields map[string]string
	sent   services.NewBankAccount // the last that was asked for, with its key
	added  *services.BankAccount   // during this visit
}

// accountForm is what somebody types of a new account.
type accountForm struct {
	numbers
	holder   string
	business bool
}

func newAccountsPresenter(env nav.Env, deps Deps) *accountsPresenter {
	p := &accountsPresenter{scope: nav.Scope{Dispatcher: env.Dispatcher}, clock: env.Clock, deps: deps, changed: func() {}}
	p.request = nav.NewRequest(&p.scope, env.Clock, func() { p.changed() })
	p.clear()
	return p
}

// clear begins a new account in the person's name.
func (p *accountsPresenter) clear() {
	p.form, p.fields, p.sent = accountForm{holder: p.deps.Holder()}, map[string]string{}, services.NewBankAccount{}
}

func (p *accountsPresenter) start() {
	p.scope.Start()
	p.request.Resume()
	p.load()
}

// load reads the accounts again, and what uses them.
func (p *accountsPresenter) load() {
	p.err = nil
	type read struct {
		accounts []services.BankAccount
		uses     map[string][]use
	}
	nav.Run(&p.scope, func(ctx context.Context) (read, error) {
		accounts, err := p.deps.Accounts.BankAccounts(ctx)
		if err != nil {
			return read{}, err
		}
		return read{accounts, p.readUses(ctx, accounts)}, nil
	}, func(have read, err error) {
		if p.err = err; err == nil {
			p.accounts, p.uses, p.loaded = have.accounts, have.uses, true
			p.adding = p.adding || len(have.accounts) == 0 && p.added == nil
		}
		p.changed()
	})
}

// readUses finds what uses the accounts that are in use. What cannot be read is left out: that an account is in use is
// known anyway.
func (p *accountsPresenter) readUses(ctx context.Context, accounts []services.BankAccount) map[string][]use {
	uses := map[string][]use{}
	if !slices.ContainsFunc(accounts, func(a services.BankAccount) bool { return a.InUse }) {
		return uses
	}
	agreements, err := p.deps.Agreements.Agreements(ctx)
	if err != nil {
		return uses
	}
	for _, a := range agreements {
		if autopay, err := p.deps.Autopays.Autopay(ctx, a.ID); err == nil {
			uses[autopay.Account.ID] = append(uses[autopay.Account.ID], use{agreement: a})
		}
		page, err := p.deps.Debits.Debits(ctx, a.ID, services.Page{})
		if err != nil {
			continue
		}
		for _, d := range page.Items {
			if id := payer(accounts, d); id != "" {
				uses[id] = append(uses[id], use{a, &d})
			}
		}
	}
	return uses
}

// payer is the account in use that an ordered payment takes from, "" where that cannot be told.
func payer(accounts []services.BankAccount, d services.Debit) string {
	open := d.Status == services.DebitScheduled || d.Status == services.DebitSubmitted
	var found []string
	for _, a := range accounts {
		if open && d.Kind == services.DebitOnce && a.InUse && a.LastDigits == d.LastDigits {
			found = append(found, a.ID)
		}
	}
	if len(found) != 1 {
		return ""
	}
	return found[0]
}

// state is what the page shows as a whole. Without any account it is full too: with the form to add one.
func (p *accountsPresenter) state() nav.State {
	switch {
	case p.loaded:
		return nav.Full
	case p.err != nil:
		return nav.Failed
	default:
		return nav.Loading
	}
}

// retry loads again after a failure.
func (p *accountsPresenter) retry() {
	p.load()
	p.changed()
}

// add opens the form, dismiss closes it.
func (p *accountsPresenter) add() {
	p.adding, p.added = true, nil
	p.request.Forget()
	p.changed()
}

func (p *accountsPresenter) dismiss() {
	p.adding = false
	p.clear()
	p.request.Forget()
	p.changed()
}

// set takes a change, and takes back what was said about the field. Digits too many are said at once.
func (p *accountsPresenter) set(field string, take func(f *accountForm)) {
	take(&p.form)
	delete(p.fields, field)
	if p.form.tooLong(field) {
		p.fields[field] = services.ReasonFormat
	}
	delete(p.fields, fieldAccounts)
	p.request.Forget()
}

// tooLong tells whether a number has more digits than there are of it.
func (f accountForm) tooLong(field string) bool {
	switch field {
	case fieldInstitution:
		return len(f.institution) > institutionDigits
	case fieldTransit:
		return len(f.transit) > transitDigits
	case fieldNumber:
		return len(f.number) > numberMost
	}
	return false
}

// left checks a field that somebody leaves: what is begun and not whole is said at once.
func (p *accountsPresenter) left(field string) {
	if reason := p.reason(field); reason != "" && reason != services.ReasonRequired {
		p.fields[field] = reason
	}
}

// reason says what is wrong with a field, "" for nothing.
func (p *accountsPresenter) reason(field string) string {
	typed, fits := "", true
	switch f := p.form; field {
	case fieldInstitution:
		typed, fits = f.institution, len(f.institution) == institutionDigits
	case fieldTransit:
		typed, fits = f.transit, len(f.transit) == transitDigits
	case fieldNumber:
		typed, fits = f.number, fitsNumber(f.number)
	case fieldHolder:
		typed = strings.TrimSpace(f.holder)
	}
	switch {
	case typed == "":
		return services.ReasonRequired
	case !fits:
		return services.ReasonFormat
	}
	return ""
}

// save keeps the account. A try whose answer was lost is repeated under its key.
func (p *accountsPresenter) save() {
	p.fields = map[string]string{}
	for _, field := range []string{fieldTransit, fieldInstitution, fieldNumber, fieldHolder} {
		if reason := p.reason(field); reason != "" {
			p.fields[field] = reason
		}
	}
	if len(p.fields) > 0 {
		p.changed()
		return
	}
	f := p.form
	account := services.NewBankAccount{
		Institution: f.institution, Transit: f.transit, Number: services.Secret(f.number), Holder: text.Line(f.holder), Business: f.business,
		IdempotencyKey: p.sent.IdempotencyKey,
	}
	if account != p.sent {
		account.IdempotencyKey = p.deps.NewKey()
	}
	p.sent = account
	var kept services.BankAccount
	p.request.Send(func(ctx context.Context) (err error) {
		kept, err = p.deps.Accounts.AddBankAccount(ctx, account)
		return err
	}, func(ok bool) {
		if !ok {
			p.refused()
			return
		}
		p.added, p.adding = &kept, false
		p.clear()
		p.load()
	})
}

// refused keeps what the service says about the fields.
func (p *accountsPresenter) refused() {
	for field, reason := range p.request.Fields {
		p.fields[field] = reason
	}
}

// remove forgets an account; one that has come into use meanwhile stays.
func (p *accountsPresenter) remove(id string) {
	p.added = nil
	p.request.Send(func(ctx context.Context) error { return p.deps.Accounts.RemoveBankAccount(ctx, id) }, func(bool) { p.load() })
}

// problem is the one sentence about a request that failed; the fields have theirs.
func (p *accountsPresenter) problem(printer *text.Printer) string {
	switch code := p.request.Code(); {
	case p.fields[fieldAccounts] != "":
		return printer.T("pay.accounts.too_many")
	case code == "" || len(p.fields) > 0:
		return ""
	case code == services.CodeConflict:
		return printer.T("pay.accounts.in_use")
	default:
		return p.request.Sentence(printer)
	}
}

// say tells why a field was refused.
func (p *accountsPresenter) say(printer *text.Printer, field string) string {
	reason := p.fields[field]
	switch {
	case reason == "":
		return ""
	case reason == services.ReasonDuplicate:
		return printer.T("pay.accounts.duplicate")
	case reason == services.ReasonFormat && field != fieldHolder:
		return printer.T("pay.accounts.format." + field)
	}
	return nav.FieldSentence(printer, field, reason)
}
