package link

import (
	"context"
	"time"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// code decides what the step with the six boxes shows.
type code struct {
	scope      *nav.Scope
	clock      services.Clock
	linking    services.Linking
	changed    func()
	authorized func(services.SessionInfo)
	life       *nav.Countdown // of the code
	pause      *nav.Countdown // until a new one can be sent

	receipt     services.CodeReceipt
	known       bool // where the code went is known
	digits      string
	trust       bool
	sending     bool
	authorizing bool
	wrong       string // reason that the code was refused for
	gone        bool   // the code no longer works
	err         error  // of the last answer, but for wrong and gone
}

func newCode(scope *nav.Scope, clock services.Clock, linking services.Linking, changed func(), authorized func(services.SessionInfo)) *code {
	return &code{
		scope: scope, clock: clock, linking: linking, changed: changed, authorized: authorized,
		life:  &nav.Countdown{Scope: scope, Clock: clock, Changed: changed},
		pause: &nav.Countdown{Scope: scope, Clock: clock, Changed: changed},
	}
}

// resume begins a visit: an answer that came while the person was away was dropped.
func (c *code) resume() {
	c.sending, c.authorizing = false, false
	c.life.Resume()
	c.pause.Resume()
}

// arrive sends a code to somebody who has not got one yet, once.
func (c *code) arrive() {
	if !c.known && c.pause.Over() {
		c.send()
	}
}

// sent takes where a code went; a new code makes the boxes empty.
func (c *code) sent(receipt services.CodeReceipt) {
	c.receipt, c.known = receipt, true
	c.digits, c.wrong, c.gone, c.err = "", "", false, nil
	c.life.Until(receipt.ExpiresAt)
	c.pause.Until(receipt.ResendAt)
}

// canSend says whether a new code can be asked for.
func (c *code) canSend() bool { return !c.sending && !c.authorizing && c.pause.Over() }

// send asks for a (new) code. That there was one a moment ago is no failure: it is in the mail already.
func (c *code) send() {
	if !c.canSend() {
		return
	}
	c.sending, c.err = true, nil
	c.changed()
	nav.Keep(c.scope, c.linking.SendCode, func(receipt services.CodeReceipt, err error) {
		c.sending = false
		switch {
		case err == nil:
			c.sent(receipt)
		case services.CodeOf(err) == services.CodeThrottled && services.RetryAfterOf(err) > 0:
			c.pause.Start(services.RetryAfterOf(err))
		default:
			c.err = err
		}
		c.changed()
	})
}

// type takes the digits so far; another code takes back what was said about the last.
func (c *code) typeDigits(digits string) {
	if digits == c.digits {
		return
	}
	c.digits, c.wrong, c.err = digits, "", nil
	c.changed()
}

func (c *code) setTrust(on bool) { c.trust = on }

// dead says whether the code no longer works.
func (c *code) dead() bool { return c.gone || c.known && c.life.Over() }

// ready says whether the code is complete and can be handed in.
func (c *code) ready(length int) bool {
	return len(c.digits) == length && c.wrong == "" && !c.dead() && !c.sending && !c.authorizing
}

// submit hands the code in, once. The work goes on if the person leaves meanwhile.
func (c *code) submit(length int) {
	if !c.ready(length) {
		return
	}
	c.authorizing, c.err = true, nil
	c.changed()
	request := services.DeviceAuthorization{Code: services.Secret(c.digits), Trust: c.trust}
	nav.Keep(c.scope, func(ctx context.Context) (services.SessionInfo, error) {
		return c.linking.AuthorizeDevice(ctx, request)
	}, c.answered)
}

func (c *code) answered(info services.SessionInfo, err error) {
	c.authorizing = false
	switch services.CodeOf(err) {
	case "":
		c.digits = ""
		c.authorized(info)
		return
	case services.CodeInvalid:
		if c.wrong = services.FieldsOf(err)["code"]; c.wrong == "" {
			c.wrong = services.ReasonFormat
		}
	case services.CodeGone:
		c.gone = true
	default:
		c.err = err
	}
	c.changed()
}

// intro says where the code went and for how long it works.
func (c *code) intro(p *text.Printer) string {
	switch {
	case c.sending && !c.known:
		return p.T("link.code.sending")
	case c.known && !c.dead():
		return p.T("link.code.sent", text.Vars{"Address": c.receipt.SentTo, "Left": p.Countdown(c.life.Left())})
	case c.known:
		return p.T("link.code.sent_to", text.Vars{"Address": c.receipt.SentTo})
	default:
		return p.T("link.code.sent_before")
	}
}

// wrongSentence says why the code was refused.
func (c *code) wrongSentence(p *text.Printer) string {
	if c.wrong == "" {
		return ""
	}
	return nav.FieldSentence(p, "code", c.wrong)
}

// resend is what the button for a new code says.
func (c *code) resend(p *text.Printer) string {
	if c.pause.Over() {
		return p.T("link.code.resend")
	}
	return p.T("link.code.resend_in", text.Vars{"Left": p.Countdown(c.pause.Left())})
}

// problem is the one sentence under the boxes.
func (c *code) problem(p *text.Printer, now time.Time) string {
	if c.err == nil {
		return ""
	}
	return nav.Sentence(p, c.err, now)
}
