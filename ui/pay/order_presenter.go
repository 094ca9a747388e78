package pay

import (
	"context"
	"errors"
	"strings"

	"github.com/bojanz/currency"

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

// What is wrong with an amount, where there is more to say than that it is not one.
const (
	reasonZero     = "zero"
	reasonNegative = "negative"
	reasonDecimals = "decimals" // more than the currency has
)

// form is what somebody types and chooses.
type form struct {
	amount  string // as typed
	day     string // as typed
	on      services.Date
	ready   bool   // on is a day that may be chosen
	account string // id
}

// set takes a change, and takes back what was said about the field.
func (p *payPresenter) set(field string, take func(f *form)) {
	take(&p.form)
	delete(p.fields, field)
	p.request.Forget()
}

// setDay chooses a day; the page writes it in words.
func (p *payPresenter) setDay(day services.Date) {
	p.form.day, p.form.on, p.form.ready = day.String(), day, true
}

// currency is that of the agreement.
func (p *payPresenter) currency() string {
	for _, amount := range []services.Money{p.have.terms.Most, p.have.agreement.Balance} {
		if code := amount.CurrencyCode(); code != "" {
			return code
		}
	}
	return "CAD"
}

// readAmount reads what was typed, and says why it cannot be paid, "" when it can.
func (p *payPresenter) readAmount() (services.Money, string) {
	typed := strings.TrimSpace(p.form.amount)
	amount, err := text.ParseMoney(typed, p.currency())
	switch {
	case errors.Is(err, text.ErrMoneyEmpty):
		return amount, services.ReasonRequired
	case errors.Is(err, text.ErrMoneyTooLarge):
		return amount, services.ReasonTooMuch
	case err != nil && strings.ContainsAny(typed, "-−("):
		return amount, reasonNegative
	case err != nil && hasMoreDecimals(typed, p.currency()):
		return amount, reasonDecimals
	case err != nil:
		return amount, services.ReasonFormat
	case amount.IsZero():
		return amount, reasonZero
	case p.tooMuch(amount):
		return amount, services.ReasonTooMuch
	}
	return amount, ""
}

// hasMoreDecimals tells whether more digits follow the last comma or point than the currency has.
func hasMoreDecimals(typed, code string) bool {
	digits, _ := currency.GetDigits(code)
	i := strings.LastIndexAny(typed, ".,")
	if i < 0 {
		return false
	}
	after := strings.TrimRight(typed[i+1:], " $\u00a0\u202f"+code)
	return len(after) > int(digits) && strings.Trim(after, "0123456789") == ""
}

// tooMuch tells whether an amount is more than may be paid, where that is known.
func (p *payPresenter) tooMuch(amount services.Money) bool {
	order, err := amount.Cmp(p.have.terms.Most)
	return err == nil && order > 0 && p.form.on == p.have.terms.On // else the service says how much it is on that day
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
	o = services.PaymentOrder{AgreementID: p.have.agreement.ID, Amount: amount, On: p.form.on, BankAccountID: p.form.account}
	refuse(fieldDay, p.dayReason())
	if !p.hasAccount(p.form.account) {
		refuse(fieldAccount, services.ReasonRequired)
	}
	return o, fields
}

// dayReason says why the day cannot be chosen, "" when it can.
func (p *payPresenter) dayReason() string {
	day := p.form.on
	switch {
	case strings.TrimSpace(p.form.day) == "":
		return services.ReasonRequired
	case !p.form.ready && day.IsZero():
		return services.ReasonFormat
	case day.Before(p.have.terms.First):
		return services.ReasonPast
	case day.After(p.have.terms.Last):
		return services.ReasonLate
	case p.closed(day):
		return services.ReasonClosed
	}
	return ""
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

// refused goes back to the form when the service refuses what was typed there.
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
	p.cancelled, p.loaded = false, false
	p.request.Forget()
	p.load()
	p.changed()
}

// cancelUntil is the last day on which what is checked can be taken back.
func (p *payPresenter) cancelUntil() services.Date {
	return p.order.On.AddDays(-p.have.terms.CutoffDays)
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
	reason := p.fields[field]
	switch {
	case reason == "":
		return ""
	case reason == services.ReasonTooMuch && p.have.terms.Most.CurrencyCode() != "":
		return printer.T("pay.amount.too_much", text.Vars{"Most": printer.Money(p.have.terms.Most)})
	case field == fieldAmount && printer.Has("pay.amount."+reason):
		return printer.T("pay.amount." + reason)
	case field == fieldAccount:
		return printer.T("pay.account.required")
	}
	return nav.FieldSentence(printer, field, reason)
}
