package link

import (
	"myaccount/services"
	"myaccount/ui/nav"
)

// step is where the person is, in the order of the stepper.
type step int

const (
	stepDetails step = iota
	stepCode
	stepDone
)

// presenter decides which step is shown.
type presenter struct {
	scope   nav.Scope
	deps    Deps
	changed func() // something to draw has changed
	moved   func() // another step is shown
	leave   func() // goes on to the overview

	step       step
	deviceOnly bool // the agreement was linked earlier
	details    *details
	code       *code
}

func newPresenter(d nav.Dispatcher, clock services.Clock, deps Deps) *presenter {
	p := &presenter{scope: nav.Scope{Dispatcher: d}, deps: deps, changed: func() {}, moved: func() {}, leave: func() {}}
	changed := func() { p.changed() }
	p.details = newDetails(&p.scope, clock, deps, changed, p.found)
	p.code = newCode(&p.scope, clock, deps.Linking, changed, p.authorized)
	return p
}

// start begins a visit. A session that became ready while the person was elsewhere is told as if they had stayed; one
// that was ready before has nothing to do here.
func (p *presenter) start() {
	p.scope.Start()
	p.details.resume()
	p.code.resume()
	info := p.deps.Info()
	switch {
	case info.Ready() && p.step == stepCode:
		p.authorized(info)
	case info.Ready() && p.step == stepDetails:
		p.leave()
	case info.Linked && p.step == stepDetails:
		p.deviceOnly, p.step = true, stepCode
	}
	if p.step == stepCode {
		p.code.arrive()
	}
}

// found goes on to the code, which is on its way.
func (p *presenter) found(receipt services.CodeReceipt) {
	p.code.sent(receipt)
	p.show(stepCode)
}

// back returns to the details, to correct them.
func (p *presenter) back() { p.show(stepDetails) }

// authorized ends the work of the page. Who only had to authorize the device goes on at once.
func (p *presenter) authorized(info services.SessionInfo) {
	p.step = stepDone
	p.deps.Authorized(info)
	if p.deviceOnly {
		p.leave()
		return
	}
	p.moved()
}

func (p *presenter) show(s step) {
	p.step = s
	p.moved()
}
