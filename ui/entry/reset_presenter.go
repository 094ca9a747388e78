package entry

import (
	"context"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// resetStage says what the page to reset a password shows.
type resetStage int

const (
	resetAsk    resetStage = iota // no link: asks for the code
	resetChoose                   // asks for the new password
	resetDone                     // the password is changed
	resetGone                     // the link was used or has expired
)

// reset decides what the page for a new password shows: after a forgotten one, and for the first one of an advisor.
type reset struct {
	scope   nav.Scope
	site    *Site
	changed func()

	request           *nav.Request
	strength          *nav.Strength
	stage             resetStage
	code              services.Secret // pasted
	token             services.Secret
	password, confirm services.Secret
	checked           map[string]bool // fields about which something may be said
	refused           string          // the portal's reason against the password
}

func newReset(env nav.Env, site *Site, token services.Secret) *reset {
	r := &reset{
		scope: nav.Scope{Dispatcher: env.Dispatcher}, site: site, token: token, changed: func() {}, checked: map[string]bool{},
	}
	changed := func() { r.changed() }
	r.request = nav.NewRequest(&r.scope, env.Clock, changed)
	r.strength = &nav.Strength{Scope: &r.scope, Policy: site.Passwords, Changed: changed}
	if token != "" {
		r.stage = resetChoose
	}
	return r
}

func (r *reset) start() {
	r.scope.Start()
	r.request.Resume()
	r.strength.Resume()
}

func (r *reset) stop() { r.scope.Stop() }

func (r *reset) setCode(v string) {
	r.code = services.Secret(v)
	delete(r.checked, fieldCode)
	r.changed()
}

// fieldCode is the field for a pasted code.
const fieldCode = "token"

// useCode goes on to the password with the pasted code.
func (r *reset) useCode() {
	r.token = tokenFrom(r.code.Reveal())
	r.checked[fieldCode] = true
	if r.token != "" {
		r.stage, r.code = resetChoose, ""
	}
	r.changed()
}

func (r *reset) setPassword(v string) {
	if v == r.password.Reveal() {
		return
	}
	r.password, r.refused = services.Secret(v), ""
	delete(r.checked, fieldPassword)
	r.request.Forget()
	r.strength.Set(v, r.site.Address())
	r.changed()
}

func (r *reset) setConfirm(v string) {
	if v == r.confirm.Reveal() {
		return
	}
	r.confirm = services.Secret(v)
	delete(r.checked, fieldConfirm)
	r.changed()
}

// left is called when the person leaves a field: an empty one is not reproached yet.
func (r *reset) left(field string) {
	typed := map[string]services.Secret{fieldPassword: r.password, fieldConfirm: r.confirm}[field]
	if typed != "" && !r.checked[field] {
		r.checked[field] = true
		r.changed()
	}
}

// reason says why a field cannot be sent as it is.
func (r *reset) reason(field string) string {
	switch field {
	case fieldPassword:
		if r.refused != "" {
			return r.refused
		}
		return r.strength.Reason()
	case fieldConfirm:
		return confirmReason(r.password.Reveal(), r.confirm.Reveal())
	case fieldCode:
		if r.token == "" {
			return services.ReasonRequired
		}
	}
	return ""
}

// fieldError is what is said about a field now.
func (r *reset) fieldError(p *text.Printer, field string) string {
	reason := r.reason(field)
	switch {
	case reason == "" || !r.checked[field]:
		return ""
	case field == fieldPassword:
		return r.strength.Sentence(p, reason)
	}
	return nav.FieldSentence(p, field, reason)
}

// ready says whether the new password can be sent.
func (r *reset) ready() bool {
	return r.request.Ready() && r.strength.Ready() && r.reason(fieldPassword) == "" && r.reason(fieldConfirm) == ""
}

// submit sets the password, once, if everything is there.
func (r *reset) submit() {
	if !r.ready() {
		r.checked[fieldPassword], r.checked[fieldConfirm] = true, true
		r.changed()
		return
	}
	change := services.PasswordReset{Token: r.token, Password: r.password}
	r.request.Send(func(ctx context.Context) error { return r.site.Portal.ResetPassword(ctx, change) }, func(ok bool) {
		r.refused = r.request.Fields[fieldPassword]
		r.checked[fieldPassword] = r.refused != ""
		switch code := r.request.Code(); {
		case ok:
			r.finish(resetDone)
		case code == services.CodeGone || code == services.CodeNotFound:
			r.finish(resetGone)
		}
	})
}

// finish leaves nothing secret behind.
func (r *reset) finish(stage resetStage) {
	r.stage, r.token, r.password, r.confirm = stage, "", "", ""
	r.strength.Set("")
}

// problem is the sentence above the button; a refused password has its own.
func (r *reset) problem(p *text.Printer) string {
	if r.request.Code() == services.CodeInvalid && r.refused != "" {
		return ""
	}
	return r.request.Sentence(p)
}
