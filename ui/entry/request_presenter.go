package entry

import (
	"context"
	"time"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// request is what a page asks of the portal: one at a time, with the answer kept until the person changes something.
type request struct {
	scope   *nav.Scope
	clock   services.Clock
	changed func()
	wait    *nav.Countdown // after CodeThrottled

	busy   bool
	fields map[string]string // refused fields of the last answer
	err    error
	at     time.Time // of the last answer
}

func newRequest(scope *nav.Scope, clock services.Clock, changed func()) *request {
	return &request{scope: scope, clock: clock, changed: changed, wait: &nav.Countdown{Scope: scope, Clock: clock, Changed: changed}}
}

// resume begins a new visit: an answer that came while the person was away was dropped.
func (r *request) resume() {
	r.busy = false
	r.wait.Resume()
}

// ready says whether the next request may go.
func (r *request) ready() bool { return !r.busy && r.wait.Over() }

// forget drops the last answer, because what it was about has changed.
func (r *request) forget() {
	r.err, r.fields = nil, nil
	r.wait.Start(0)
}

// begin makes the page busy, and says whether the request may go.
func (r *request) begin() bool {
	if !r.ready() {
		return false
	}
	r.busy, r.err, r.fields = true, nil, nil
	r.changed()
	return true
}

// end takes the answer and says whether it is a good one.
func (r *request) end(err error) bool {
	r.busy, r.err, r.at = false, err, r.clock.Now()
	r.fields = services.FieldsOf(err)
	if services.CodeOf(err) == services.CodeThrottled {
		r.wait.Start(services.RetryAfterOf(err))
	}
	return err == nil
}

// send does the work even if the person leaves meanwhile; then comes after an answer, with whether it went well.
func (r *request) send(work func(context.Context) error, then func(ok bool)) {
	if !r.begin() {
		return
	}
	nav.Keep(r.scope, func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) },
		func(_ struct{}, err error) {
			then(r.end(err))
			r.changed()
		})
}

// code is the code of the last answer, "" when it was good or its wait is over.
func (r *request) code() services.Code {
	code := services.CodeOf(r.err)
	if code == services.CodeThrottled && services.RetryAfterOf(r.err) > 0 && r.wait.Over() {
		return ""
	}
	return code
}

// sentence says what the last answer means; "" when there is nothing to say.
func (r *request) sentence(p *text.Printer) string {
	switch code := r.code(); {
	case code == "":
		return ""
	case code == services.CodeThrottled && !r.wait.Over():
		return nav.Sentence(p, services.FailAfter(code, r.wait.Left()), r.clock.Now())
	default:
		return nav.Sentence(p, r.err, r.at)
	}
}
