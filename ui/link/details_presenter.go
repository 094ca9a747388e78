package link

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/services/vin"
	"myaccount/ui/nav"
)

// The fields of the form, by the names that the service refuses them under.
const (
	fieldFirst   = "first_name"
	fieldLast    = "last_name"
	fieldVIN     = "vin"
	fieldPayment = "last_payment"
	fieldBMWID   = "bmw_id"
)

// currencyCode is what amounts without a sign are read in.
const currencyCode = "CAD"

// details decides what the form of the first step shows.
type details struct {
	scope   *nav.Scope
	clock   services.Clock
	deps    Deps
	changed func()
	found   func(services.CodeReceipt)
	wait    *nav.Countdown // after too many tries

	method services.LinkMethod
	typed  map[string]string
	wrong  map[string]string // field to reason
	people []services.SamplePerson
	busy   bool
	err    error // of the last answer
}

func newDetails(scope *nav.Scope, clock services.Clock, deps Deps, changed func(), found func(services.CodeReceipt)) *details {
	person := deps.Info().Person
	return &details{
		scope: scope, clock: clock, deps: deps, changed: changed, found: found,
		wait:   &nav.Countdown{Scope: scope, Clock: clock, Changed: changed},
		method: services.LinkByVIN,
		typed:  map[string]string{fieldFirst: person.FirstName, fieldLast: person.LastName},
		wrong:  map[string]string{},
	}
}

// resume begins a visit: an answer that came while the person was away was dropped.
func (d *details) resume() {
	d.busy = false
	d.wait.Resume()
	if d.deps.Sample == nil {
		return
	}
	nav.Run(d.scope, d.deps.Sample, func(people []services.SamplePerson, err error) {
		if err == nil { // without them the page works as well
			d.people = people
			d.changed()
		}
	})
}

// set takes what is typed, which takes back what was said about it.
func (d *details) set(field, value string) {
	if d.typed[field] == value {
		return
	}
	d.typed[field] = value
	delete(d.wrong, field)
	d.forget()
	d.changed()
}

// choose changes by what the agreement is found.
func (d *details) choose(method services.LinkMethod) {
	d.method = method
	d.forget()
	d.changed()
}

// use fills in the form with a made-up person.
func (d *details) use(person services.SamplePerson, p *text.Printer) {
	d.typed = map[string]string{
		fieldFirst: person.FirstName, fieldLast: person.LastName, fieldVIN: person.VIN,
		fieldPayment: p.Money(person.LastPayment), fieldBMWID: person.BMWID,
	}
	d.wrong = map[string]string{}
	d.forget()
	d.changed()
}

// forget drops the last answer, because what it was about has changed. A wait lasts.
func (d *details) forget() {
	if d.wait.Over() {
		d.err = nil
	}
}

// fields are those of the method that is chosen, in the order of the page.
func (d *details) fields() []string {
	if d.method == services.LinkByBMWID {
		return []string{fieldFirst, fieldLast, fieldBMWID}
	}
	return []string{fieldFirst, fieldLast, fieldVIN, fieldPayment}
}

// ready says whether Continue can be pressed.
func (d *details) ready() bool { return !d.busy && d.wait.Over() }

// submit looks for the agreement, once, if the form is complete.
func (d *details) submit() {
	if !d.ready() {
		return
	}
	request, ok := d.request()
	if !ok {
		d.changed()
		return
	}
	d.busy, d.err = true, nil
	d.changed()
	nav.Run(d.scope, func(ctx context.Context) (services.CodeReceipt, error) {
		return d.deps.Linking.Link(ctx, request)
	}, d.answered)
}

// request makes the request, or notes what is wrong with the form.
func (d *details) request() (services.LinkRequest, bool) {
	d.wrong = map[string]string{}
	for _, field := range d.fields() {
		if strings.TrimSpace(d.typed[field]) == "" {
			d.wrong[field] = services.ReasonRequired
		}
	}
	r := services.LinkRequest{Method: d.method, FirstName: d.typed[fieldFirst], LastName: d.typed[fieldLast]}
	if d.method == services.LinkByBMWID {
		r.BMWID = d.typed[fieldBMWID]
		return r, len(d.wrong) == 0
	}
	r.VIN = vin.Normalize(d.typed[fieldVIN])
	if _, err := vin.Check(r.VIN); err != nil && d.wrong[fieldVIN] == "" {
		d.wrong[fieldVIN] = services.ReasonFormat
	}
	amount, err := text.ParseMoney(d.typed[fieldPayment], currencyCode)
	if reason := moneyReason(amount, err); reason != "" {
		d.wrong[fieldPayment] = reason
	}
	r.LastPayment = amount
	return r, len(d.wrong) == 0
}

// moneyReason says why an amount was refused, "" when it was not.
func moneyReason(amount services.Money, err error) string {
	switch {
	case errors.Is(err, text.ErrMoneyEmpty):
		return services.ReasonRequired
	case errors.Is(err, text.ErrMoneyTooLarge):
		return services.ReasonTooLong
	case err != nil || !amount.IsPositive():
		return services.ReasonFormat
	}
	return ""
}

func (d *details) answered(receipt services.CodeReceipt, err error) {
	d.busy, d.err = false, err
	if err == nil {
		d.found(receipt)
		return
	}
	for field, reason := range services.FieldsOf(err) {
		d.wrong[field] = reason
	}
	if services.CodeOf(err) == services.CodeThrottled {
		d.wait.Start(services.RetryAfterOf(err))
	}
	d.changed()
}

// fieldError says what is wrong with a field. A letter that no VIN has is named at once, what is missing only when the
// person goes on.
func (d *details) fieldError(p *text.Printer, field string) string {
	reason := d.wrong[field]
	if field == fieldVIN && reason != services.ReasonRequired {
		_, err := vin.Check(d.typed[fieldVIN])
		if _, letter := errors.AsType[vin.ErrCharacter](err); letter || reason != "" {
			if sentence := vin.Explain(err, p.T); sentence != "" {
				return sentence
			}
		}
	}
	if reason == "" {
		return ""
	}
	return nav.FieldSentence(p, field, reason)
}

// number is what a VIN says so far.
type number struct {
	count    int    // characters
	line     string // maker, country, year; "" when nothing is known yet
	complete bool   // 17 characters that a VIN may have
	doubtful bool   // complete with a wrong check digit
}

// number reads the VIN as far as it is typed.
func (d *details) number(p *text.Printer) number {
	normal := vin.Normalize(d.typed[fieldVIN])
	info, err := vin.Check(normal)
	return number{
		count: utf8.RuneCountInString(normal), line: vin.Describe(info, p.T),
		complete: err == nil, doubtful: err == nil && !info.CheckDigitOK,
	}
}

// missed says whether nothing matched.
func (d *details) missed() bool { return services.CodeOf(d.err) == services.CodeNotFound }

// problem is the one sentence under the form; "" when there is none, or it has another place.
func (d *details) problem(p *text.Printer, now time.Time) string {
	switch services.CodeOf(d.err) {
	case "", services.CodeNotFound:
		return ""
	case services.CodeInvalid:
		if len(d.wrong) > 0 {
			return ""
		}
	case services.CodeConflict:
		return p.T("link.details.conflict")
	case services.CodeThrottled:
		if services.RetryAfterOf(d.err) > 0 {
			if d.wait.Over() {
				return ""
			}
			return nav.Sentence(p, services.FailAfter(services.CodeThrottled, d.wait.Left()), now)
		}
	}
	return nav.Sentence(p, d.err, now)
}
