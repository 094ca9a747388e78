package entry

import (
	"context"
	"time"

	"myaccount/services"
	"myaccount/ui/nav"
)

// resend sends a mail again: one press solves the proof of work and sends, then a wait begins.
type resend struct {
	robot   *robot
	request *nav.Request
	pause   *nav.Countdown
	wait    time.Duration // between two mails
	mail    func(ctx context.Context, r services.AddressRequest) error
	changed func()
	sent    bool // at least once
}

func newResend(scope *nav.Scope, clock services.Clock, portal challenger, wait time.Duration, changed func()) *resend {
	return &resend{
		robot:   &robot{scope: scope, portal: portal, changed: changed},
		request: nav.NewRequest(scope, clock, changed),
		pause:   &nav.Countdown{Scope: scope, Clock: clock, Changed: changed},
		wait:    wait, changed: changed,
	}
}

func (r *resend) resume() {
	r.robot.resume()
	r.request.Resume()
	r.pause.Resume()
}

// ready says whether the mail may be sent again now.
func (r *resend) ready() bool { return r.request.Ready() && r.pause.Over() && !r.robot.working }

// left is how long it takes until then.
func (r *resend) left() time.Duration { return max(r.pause.Left(), r.request.Wait.Left()) }

// send solves and sends; done comes after a good answer.
func (r *resend) send(address string, done func()) {
	if !r.ready() {
		return
	}
	r.sent = false
	r.request.Forget()
	r.robot.start(func() {
		solution := r.robot.solution
		r.robot.reset()
		r.request.Send(func(ctx context.Context) error {
			return r.mail(ctx, services.AddressRequest{Email: address, Captcha: solution})
		}, func(ok bool) {
			if ok {
				r.sent = true
				r.pause.Start(r.wait)
				done()
			} else if reason := r.request.Fields["captcha"]; reason != "" {
				r.robot.refuse(reason)
			}
		})
	})
}
