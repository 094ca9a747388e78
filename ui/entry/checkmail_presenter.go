package entry

import (
	"context"

	"myaccount/services"
	"myaccount/ui/nav"
)

// checkMail decides what the page "Check your mail" shows.
type checkMail struct {
	scope   nav.Scope
	address string
	mailed  Mailed
	changed func()

	resend *resend
	code   services.Secret // pasted from the mail
	empty  bool            // Continue was pressed without a code
}

func newCheckMail(env nav.Env, site *Site, address string, mailed Mailed) *checkMail {
	c := &checkMail{
		scope: nav.Scope{Dispatcher: env.Dispatcher}, address: address, mailed: mailed, changed: func() {},
	}
	c.resend = newResend(&c.scope, env.Clock, site.Portal, env.Policy.CodeResendWait, func() { c.changed() })
	c.resend.mail = site.Portal.ResendActivation
	switch {
	case mailed.Reset:
		c.resend.mail = site.Portal.RequestPasswordReset
	case mailed.Registered != nil:
		c.resend.mail = func(ctx context.Context, r services.AddressRequest) error {
			again := *mailed.Registered
			again.Captcha = r.Captcha
			return site.Portal.Register(ctx, again)
		}
	}
	if !mailed.Earlier {
		c.resend.pause.Start(env.Policy.CodeResendWait)
	}
	return c
}

func (c *checkMail) start() {
	c.scope.Start()
	c.resend.resume()
}

func (c *checkMail) stop() { c.scope.Stop() }

func (c *checkMail) setCode(v string) {
	c.code, c.empty = services.Secret(v), false
	c.changed()
}

// next is where the pasted code leads; false when there is none.
func (c *checkMail) next() (nav.Route, bool) {
	token := tokenFrom(c.code.Reveal())
	if token == "" {
		c.empty = true
		c.changed()
		return nav.Route{}, false
	}
	page := nav.PageActivate
	if c.mailed.Reset {
		page = nav.PageReset
	}
	return nav.Route{Page: page, Token: token}, true
}

func (c *checkMail) again() { c.resend.send(c.address, func() {}) }
