package connect

import (
	"context"

	"myaccount/services"
	"myaccount/ui/nav"
)

// state is how far the way to the service is.
type state int

const (
	looking    state = iota // for the service
	unknown                 // it shows a certificate that nobody vouches for
	changed                 // it shows another certificate than the one that was accepted
	away                    // it cannot be reached
	notWritten              // the certificate could not be accepted
)

// presenter looks for the service and judges nothing by itself: a certificate that nobody vouches for is the person's to
// accept, another one than that is nobody's.
type presenter struct {
	scope  nav.Scope
	deps   Deps
	update func()

	state       state
	err         error
	fingerprint string // of the certificate that is shown
	compared    bool   // the person says that it is the right one
	busy        bool
}

func newPresenter(d nav.Dispatcher, deps Deps) *presenter {
	return &presenter{scope: nav.Scope{Dispatcher: d}, deps: deps, update: func() {}}
}

func (p *presenter) start() {
	p.scope.Start()
	p.look()
}

// look looks for the service, once at a time.
func (p *presenter) look() {
	if p.busy {
		return
	}
	p.busy = true
	nav.Run(&p.scope, p.deps.Reach, p.found)
	p.update()
}

// found takes what came of the search.
func (p *presenter) found(policy services.Policy, err error) {
	p.busy, p.compared, p.err = false, false, err
	if err == nil {
		p.deps.Ready(policy)
		return
	}
	fingerprint, other, refused := p.deps.Refused(err)
	switch p.fingerprint = fingerprint; {
	case refused && other:
		p.state = changed
	case refused:
		p.state = unknown
	default:
		p.state = away
	}
	p.update()
}

// compare notes whether the person has compared the fingerprints.
func (p *presenter) compare(done bool) {
	p.compared = done
	p.update()
}

// accept pins the certificate and looks for the service again.
func (p *presenter) accept() {
	if p.busy || p.state != unknown || !p.compared {
		return
	}
	p.busy = true
	p.update()
	fingerprint := p.fingerprint
	nav.RunErr(&p.scope, func(ctx context.Context) error { return p.deps.Accept(ctx, fingerprint) }, func(err error) {
		p.busy = false
		if err != nil {
			p.state, p.err = notWritten, err
			p.update()
			return
		}
		p.look()
	})
}
