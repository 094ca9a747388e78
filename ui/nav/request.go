package nav

import (
	"context"
	"time"

	"myaccount/services"
	"myaccount/services/text"
)

// Request is what a page asks of the portal: one at a time, with the answer kept until the person changes something.
type Request struct {
	scope   *Scope
	clock   services.Clock
	changed func()
	Wait    *Countdown // after CodeThrottled

	Busy   bool
	Fields map[string]string // refused fields of the last answer
	err    error
	at     time.Time // of the last answer
}

// NewRequest makes one; changed is told whenever there is something else to draw.
func NewRequest(scope *Scope, clock services.Clock, changed func()) *Request {
	return &Request{scope: scope, clock: clock, changed: changed, Wait: &Countdown{Scope: scope, Clock: clock, Changed: changed}}
}

// Resume begins a new visit: an answer that came while the person was away was dropped.
func (r *Request) Resume() {
	r.Busy = false
	r.Wait.Resume()
}

// Ready says whether the next request may go.
func (r *Request) Ready() bool { return !r.Busy && r.Wait.Over() }

// Forget drops the last answer, because what it was about has changed.
func (r *Request) Forget() {
	r.err, r.Fields = nil, nil
	r.Wait.Start(0)
}

// Begin makes the page busy, and says whether the request may go.
func (r *Request) Begin() bool {
	if !r.Ready() {
		return false
	}
	r.Busy, r.err, r.Fields = true, nil, nil
	r.changed()
	return true
}

// End takes the answer and says whether it is a good one.
func (r *Request) End(err error) bool {
	r.Busy, r.err, r.at = false, err, r.clock.Now()
	r.Fields = services.FieldsOf(err)
	if services.CodeOf(err) == services.CodeThrottled {
		r.Wait.Start(services.RetryAfterOf(err))
	}
	return err == nil
}

// Send does the work even if the person leaves meanwhile; then comes after an answer, with whether it went well.
func (r *Request) Send(work func(context.Context) error, then func(ok bool)) {
	if !r.Begin() {
		return
	}
	Keep(r.scope, func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) },
		func(_ struct{}, err error) {
			then(r.End(err))
			r.changed()
		})
}

// Code is the code of the last answer, "" when it was good or its wait is over.
func (r *Request) Code() services.Code {
	code := services.CodeOf(r.err)
	if code == services.CodeThrottled && services.RetryAfterOf(r.err) > 0 && r.Wait.Over() {
		return ""
	}
	return code
}

// Sentence says what the last answer means; "" when there is nothing to say.
func (r *Request) Sentence(p *text.Printer) string {
	switch code := r.Code(); {
	case code == "":
		return ""
	case code == services.CodeThrottled && !r.Wait.Over():
		return Sentence(p, services.FailAfter(code, r.Wait.Left()), r.clock.Now())
	default:
		return Sentence(p, r.err, r.at)
	}
}
