package entry

import (
	"context"

	"myaccount/services"
	"myaccount/ui/nav"
)

// confirmStage says what a page to confirm shows.
type confirmStage int

const (
	confirmAsk     confirmStage = iota // no link: asks for the code
	confirmWorking                     // the link is being used
	confirmFailed                      // the portal could not be reached or is busy: try again
	confirmGone                        // the link was used or has expired, or the address is somebody else's
)

// confirm decides what the page to confirm a changed address, or a login elsewhere, shows. Opened from a link it confirms
// at once.
type confirm struct {
	scope   nav.Scope
	work    func(context.Context, services.Secret) error
	done    func()
	changed func()

	request *nav.Request
	stage   confirmStage
	token   services.Secret
	lacking bool // the button was pressed without a code
}

func newConfirm(env nav.Env, token services.Secret, work func(context.Context, services.Secret) error, done func()) *confirm {
	c := &confirm{scope: nav.Scope{Dispatcher: env.Dispatcher}, work: work, done: done, token: token, changed: func() {}}
	c.request = nav.NewRequest(&c.scope, env.Clock, func() { c.changed() })
	if token != "" {
		c.stage = confirmWorking
	}
	return c
}

func (c *confirm) start() {
	c.scope.Start()
	c.request.Resume()
	if c.stage == confirmWorking {
		c.use()
	}
}

func (c *confirm) stop() { c.scope.Stop() }

func (c *confirm) setCode(v string) {
	c.token, c.lacking = services.Secret(v), false
	c.changed()
}

// use confirms with the token, once.
func (c *confirm) use() {
	token := tokenFrom(c.token.Reveal())
	if token == "" {
		c.lacking = true
		c.changed()
		return
	}
	c.stage = confirmWorking
	c.request.Send(func(ctx context.Context) error { return c.work(ctx, token) }, func(ok bool) {
		switch code := c.request.Code(); {
		case ok:
			c.token = ""
			c.done()
		case code == services.CodeGone || code == services.CodeNotFound || code == services.CodeInvalid:
			c.stage, c.token = confirmGone, ""
		default:
			c.stage = confirmFailed
		}
	})
}

// paste goes from a link that is gone to the field for a code.
func (c *confirm) paste() {
	c.stage, c.token, c.lacking = confirmAsk, "", false
	c.request.Forget()
	c.changed()
}
