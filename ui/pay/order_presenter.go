package pay

import (
	"context"
	"strings"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// The fields of the form, by the names that the service refuses them under.
const (
	fieldAmount  = "amount"
	fieldDay     = "on"
	fieldAccount = "bank_account_id"
)

// form is what somebody types and chooses.
type form struct {
	amount  string        // as typed
	day     string        // as typed
	on      services.Date // what that means; the zero Date where it is no day
	account string        // id
}

// set takes a change, and takes back what was said about the field.
func (p *payPresenter) set(field string, take func(f *form)) {
	take(&p.form)
	delete(p.fields, field)
	p.request.Forget()
}

// setDay takes the day as it is typed, and what that means. What may be paid is asked for the day: a loan is paid off by
// more from day to day.
func (p *payPresenter) setDay(typed string, on services.Date) {
	p.set(fieldDay, func(f *form) { f.day, f.on = typed, on })
	if p.dayReason() != "" || on == p.have.Value.terms.On {
		return
	}
	nav.About(&p.scope, &p.choice, func(ctx context.Context, id string) (services.DebitTerms, error) {
		return p.deps.Debits.DebitTerms(ctx, id, on)
	}, func(terms services.DebitTerms, err error) {
		if err == nil && p.form.on == on { // else the service has the last word
			p.have.Value.terms = terms
			p.changed()
		}
	})
}

// dayReason says why the day cannot be chosen, "" when it can.
func (p *payPresenter) dayReason() string {
	switch terms := p.have.Value.terms; {
	case strings.TrimSpace(p.form.day) == "":
		return services.ReasonRequired
	case p.form.on.IsZero():
		return services.ReasonFormat
	case p.form.on.Before(terms.First):
		return services.ReasonPast
	case p.form.on.After(terms.Last):
		return services.ReasonLate
	case p.bankless(p.form.on):
		return services.ReasonClosed
	}
	return ""
}

// currency is that of the agreement.
func (p *payPresenter) currency() string {
	for _, amount := range []services.Money{p.have.Value.terms.Most, p.choice.Agreement().Balance} {
		if code := amount.CurrencyCode(); code != "" {
			return code
		}
	}
	return "CAD"
}

// readAmount reads what was typed, and says why it cannot be paid, "" when it can. How much that is on a day whose terms
// have not come, the service says.
func (p *payPresenter) readAmount() (services.Money, string) {
	amount, reason := nav.ReadAmount(p.form.amount, p.currency())
	if terms := p.have.Value.terms; reason == "" && terms.On == p.form.on {
		if order, err := amount.Cmp(terms.Most); err == nil && order > 0 {
			reason = services.ReasonTooMuch
		}
	}
	return amount, reason
}

// readForm reads the whole form. Fails with the reasons where it cannot be ordered.
func (p *payPresenter) readForm() (o services.PaymentOrder, fields map[string]string) {
	fields = map[string]string{}
	refuse := func(field, reason string) {
		if reason != "" {
			fields[field] = reason
		}
	}
	amount, reason := p.readAmount()
	refuse(fieldAmount, reason)
	refuse(fieldDay, p.dayReason())
	if !p.hasAccount(p.form.account) {
		refuse(fieldAccount, services.ReasonRequired)
	}
	return services.PaymentOrder{AgreementID: p.of, Amount: amount, On: p.form.on, BankAccountID: p.form.account}, fields
}

// check goes on to the second step, where everything is said in words.
func (p *payPresenter) check() {
	o, fields := p.readForm()
	p.fields = fields
	if len(fields) == 0 {
		p.order, p.same, p.stage = p.keyed(o), false, stageCheck
		p.request.Forget()
	}
	p.changed()
}

// keyed gives an order its idempotency key. The same intention keeps the one it had, so that an order whose answer was lost
// is never made a second time, however often it is tried again.
func (p *payPresenter) keyed(o services.PaymentOrder) services.PaymentOrder {
	before := p.order
	if p.made == nil && before.IdempotencyKey != "" && before.AgreementID == o.AgreementID && before.Amount.Equal(o.Amount) &&
		before.On == o.On && before.BankAccountID == o.BankAccountID {
		return before
	}
	o.IdempotencyKey = p.deps.NewKey()
	return o
}

// back returns to the form, which is as it was; false when somebody is there already.
func (p *payPresenter) back() bool {
	if p.stage != stageCheck {
		return false
	}
	p.stage, p.same = stageForm, false
	p.request.Forget()
	p.changed()
	return true
}

// pay orders what was checked. twice says that another one like it is meant.
func (p *payPresenter) pay(twice bool) {
	p.order.Twice = p.order.Twice || twice
	o := p.order
	var made services.Debit
	p.request.Send(func(ctx context.Context) (err error) {
		made, err = p.deps.Debits.MakePayment(ctx, o)
		return err
	}, func(ok bool) {
		switch {
		case ok:
			p.made, p.same, p.cancelled, p.stage = &made, false, made.Status == services.DebitCancelled, stageDone
		case p.request.Code() == services.CodeConflict:
			p.same = true
		default:
			p.refused()
		}
	})
}

// refused goes back to the form when the service refuses what was typed there, which asks what may be paid by now.
func (p *payPresenter) refused() {
	for _, field := range []string{fieldAmount, fieldDay, fieldAccount} {
		if reason := p.request.Fields[field]; reason != "" {
			p.fields[field], p.stage = reason, stageForm
		}
	}
	if p.stage == stageForm {
		p.request.Forget()
		p.load()
	}
}

// cancel takes the order back.
func (p *payPresenter) cancel() {
	id := p.made.ID
	p.request.Send(func(ctx context.Context) error { return p.deps.Debits.CancelPayment(ctx, id) }, func(ok bool) {
		p.cancelled = p.cancelled || ok
	})
}

// again begins another payment.
func (p *payPresenter) again() {
	p.form, p.fields, p.order, p.made, p.stage = form{account: p.form.account}, nil, services.PaymentOrder{}, nil, stageForm
	p.cancelled, p.of = false, ""
	p.request.Forget()
	p.loadKnown()
	p.changed()
}

// cancelUntil is the last day on which what is checked can be taken back.
func (p *payPresenter) cancelUntil() services.Date {
	return p.order.On.AddDays(-p.have.Value.terms.CutoffDays)
}

// problem is the one sentence about a request that failed; the fields have theirs.
func (p *payPresenter) problem(printer *text.Printer) string {
	switch code := p.request.Code(); {
	case code == "" || p.same:
		return ""
	case p.stage == stageDone && code == services.CodeGone:
		return printer.T("pay.cancel.gone")
	case code == services.CodeGone:
		return printer.T("pay.closed.text")
	case code == services.CodeUnavailable && p.stage == stageCheck:
		return printer.T("pay.unsure")
	default:
		return p.request.Sentence(printer)
	}
}

// say tells why a field was refused.
func (p *payPresenter) say(printer *text.Printer, field string) string {
	reason, most := p.fields[field], p.have.Value.terms.Most
	switch {
	case reason == "":
		return ""
	case reason == services.ReasonTooMuch && most.CurrencyCode() != "":
		return printer.T("pay.amount.too_much", text.Vars{"Most": printer.Money(most), "Date": printer.DateLong(p.have.Value.terms.On)})
	}
	return nav.FieldSentence(printer, "pay_"+field, reason)
}
