package entry

import (
	"context"
	"strings"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// forgot decides what the page for a forgotten password shows.
type forgot struct {
	scope   nav.Scope
	site    *Site
	changed func()
	done    func(address string)

	request *nav.Request
	robot   *robot
	email   string
	reason  string // why the address was not taken
}

func newForgot(env nav.Env, site *Site, email string, done func(address string)) *forgot {
	f := &forgot{scope: nav.Scope{Dispatcher: env.Dispatcher}, site: site, email: email, changed: func() {}, done: done}
	changed := func() { f.changed() }
	f.request = nav.NewRequest(&f.scope, env.Clock, changed)
	f.robot = &robot{scope: &f.scope, portal: site.Portal, changed: changed}
	return f
}

func (f *forgot) start() {
	f.scope.Start()
	f.request.Resume()
	f.robot.resume()
}

func (f *forgot) stop() { f.scope.Stop() }

func (f *forgot) setEmail(v string) {
	if v == f.email {
		return
	}
	f.email, f.reason = v, ""
	f.request.Forget()
	f.changed()
}

// left is called when the person leaves the field.
func (f *forgot) left() {
	if f.email != "" {
		f.reason = nav.AddressReason(f.email)
		f.changed()
	}
}

// ready says whether Continue can be pressed.
func (f *forgot) ready() bool {
	return f.request.Ready() && f.robot.solved() && nav.AddressReason(f.email) == ""
}

// submit asks for the mail, once, if everything is there.
func (f *forgot) submit() {
	if !f.ready() {
		f.reason = nav.AddressReason(f.email)
		if !f.robot.solved() && !f.robot.working {
			f.robot.refuse(services.ReasonRequired)
		}
		f.changed()
		return
	}
	address := strings.TrimSpace(f.email)
	f.site.use(address)
	r := services.AddressRequest{Email: address, Captcha: f.robot.solution}
	f.request.Send(func(ctx context.Context) error { return f.site.Portal.RequestPasswordReset(ctx, r) }, func(ok bool) {
		if ok {
			f.robot.reset()
			f.done(address)
			return
		}
		f.reason = f.request.Fields[fieldEmail]
		if reason := f.request.Fields[fieldCaptcha]; reason != "" {
			f.robot.refuse(reason)
		}
	})
}

// problem is the sentence above the button; refused fields have their own.
func (f *forgot) problem(p *text.Printer) string {
	if f.request.Code() == services.CodeInvalid && len(f.request.Fields) > 0 {
		return ""
	}
	return f.request.Sentence(p)
}
