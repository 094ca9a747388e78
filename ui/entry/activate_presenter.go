package entry

import (
	"context"
	"strings"

	"myaccount/services"
	"myaccount/ui/nav"
)

// activateStage says what the page to activate shows.
type activateStage int

const (
	activateAsk     activateStage = iota // no link: asks for the code
	activateWorking                      // the link is being used
	activateFailed                       // the portal could not be reached or is busy: try again
	activateGone                         // the link was used or has expired: offers a new mail
)

// activate decides what the page to activate a login shows. Opened from a link it activates at once.
type activate struct {
	scope   nav.Scope
	site    *Site
	changed func()
	done    func()               // the login is active
	mailed  func(address string) // a new mail was sent

	request *nav.Request
	resend  *resend
	stage   activateStage
	token   services.Secret
	email   string // to send a new mail to
	reason  string // why the address or the code was not taken
}

func newActivate(env nav.Env, site *Site, token services.Secret, done func(), mailed func(address string)) *activate {
	a := &activate{
		scope: nav.Scope{Dispatcher: env.Dispatcher}, site: site, token: token, email: site.Address(),
		changed: func() {}, done: done, mailed: mailed,
	}
	changed := func() { a.changed() }
	a.request = nav.NewRequest(&a.scope, env.Clock, changed)
	a.resend = newResend(&a.scope, env.Clock, site.Portal, env.Policy.CodeResendWait, changed)
	a.resend.mail = site.Portal.ResendActivation
	if token != "" {
		a.stage = activateWorking
	}
	return a
}

func (a *activate) start() {
	a.scope.Start()
	a.request.Resume()
	a.resend.resume()
	if a.stage == activateWorking {
		a.use()
	}
}

func (a *activate) stop() { a.scope.Stop() }

func (a *activate) setCode(v string) {
	a.token, a.reason = services.Secret(v), ""
	a.changed()
}

func (a *activate) setEmail(v string) {
	a.email, a.reason = v, ""
	a.resend.request.Forget()
	a.changed()
}

// use activates with the token, once.
func (a *activate) use() {
	token := tokenFrom(a.token.Reveal())
	if token == "" {
		a.reason = services.ReasonRequired
		a.changed()
		return
	}
	a.stage = activateWorking
	a.request.Send(func(ctx context.Context) error { return a.site.Portal.Activate(ctx, token) }, func(ok bool) {
		switch code := a.request.Code(); {
		case ok:
			a.done()
		case code == services.CodeGone || code == services.CodeNotFound || code == services.CodeInvalid:
			a.stage, a.token = activateGone, ""
		default:
			a.stage = activateFailed
		}
	})
}

// paste goes from a link that is gone to the field for a code.
func (a *activate) paste() {
	a.stage, a.token, a.reason = activateAsk, "", ""
	a.request.Forget()
	a.changed()
}

// again sends a new mail to the address.
func (a *activate) again() {
	address := strings.TrimSpace(a.email)
	if a.reason = nav.AddressReason(address); a.reason != "" {
		a.changed()
		return
	}
	a.site.use(address)
	a.resend.send(address, func() { a.mailed(address) })
}
