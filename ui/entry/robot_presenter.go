package entry

import (
	"context"

	"myaccount/services"
	"myaccount/services/captcha"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// challenger gives proof-of-work challenges.
type challenger interface {
	Captcha(ctx context.Context) (services.Captcha, error)
}

// robot is the check "I'm not a robot": a proof of work that this device solves in the background.
type robot struct {
	scope   *nav.Scope
	portal  challenger
	changed func()

	working  bool
	progress float64 // 0 to 1, of the work at most to be done
	solution string  // "" until it is solved
	reason   string  // why the portal refused it or wants it
	err      error   // why no challenge was had
	run      int
}

// resume begins a new visit: work that was under way has ended with the one before.
func (r *robot) resume() {
	r.run++
	r.working = false
}

// solved says whether there is a solution to send.
func (r *robot) solved() bool { return r.solution != "" }

// toggle starts the work, or calls it off; once solved it stays so.
func (r *robot) toggle() {
	switch {
	case r.solved():
	case r.working:
		r.reset()
		r.changed()
	default:
		r.start(func() {})
	}
}

// start fetches a challenge and solves it; then comes when it is solved.
func (r *robot) start(then func()) {
	r.reset()
	r.working = true
	run := r.run
	r.changed()
	nav.Run(r.scope, func(ctx context.Context) (string, error) {
		c, err := r.portal.Captcha(ctx)
		if err != nil {
			return "", err
		}
		return captcha.Solve(ctx, captcha.Challenge(c), r.report(run))
	}, func(solution string, err error) {
		if r.run != run {
			return
		}
		r.working, r.solution, r.err = false, solution, err
		if err == nil {
			then()
		}
		r.changed()
	})
}

// report hands on the progress in steps that can be seen.
func (r *robot) report(run int) func(float64) {
	const step = 0.05
	next := step
	return func(done float64) {
		if done < next {
			return
		}
		next = done + step
		r.scope.Dispatcher.Do(func() {
			if r.run == run && r.working {
				r.progress = done
				r.changed()
			}
		})
	}
}

// reset takes back the solution and stops the work: a solution counts once.
func (r *robot) reset() {
	r.run++
	r.working, r.progress, r.solution, r.reason, r.err = false, 0, "", "", nil
}

// renew solves a new challenge in place of one that was used, so that the person need not ask for it again.
func (r *robot) renew() {
	if r.solved() {
		r.start(func() {})
	}
}

// refuse says that the portal wants a (new) solution.
func (r *robot) refuse(reason string) {
	r.reset()
	r.reason = reason
}

// sentence says what is wrong with the check; "" when nothing is.
func (r *robot) sentence(p *text.Printer) string {
	switch {
	case r.reason != "":
		return nav.FieldSentence(p, "captcha", r.reason)
	case r.err != nil:
		return p.T("entry.robot.failed")
	}
	return ""
}
