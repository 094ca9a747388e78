package entry

import (
	"cmp"
	"context"
	"maps"
	"strings"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// registerFields are the fields of the form in reading order.
var registerFields = []string{fieldFirst, fieldLast, fieldEmail, fieldPassword, fieldConfirm}

// register decides what the page to register shows. While something is typed nothing is said about it; that comes when
// the person leaves the field, or presses Register now.
type register struct {
	scope   nav.Scope
	filling nav.Scope // goes on while the terms are read: for the check
	site    *Site
	policy  services.Policy
	lang    func() string
	changed func()
	done    func(registered services.Registration)

	request  *nav.Request
	robot    *robot
	strength *nav.Strength
	values   map[string]services.Secret // what is typed, by field; none of it is for a log
	checked  map[string]bool            // fields about which something may be said
	refused  map[string]string          // reasons of the portal, until the field changes
	accepted bool                       // the terms
	version  string                     // of the terms that were accepted
	help     bool                       // "Need help?" is open
}

func newRegister(env nav.Env, site *Site, done func(registered services.Registration)) *register {
	r := &register{
		scope: nav.Scope{Dispatcher: env.Dispatcher}, filling: nav.Scope{Dispatcher: env.Dispatcher}, site: site, policy: env.Policy,
		lang: env.Language, done: done, changed: func() {}, values: map[string]services.Secret{}, checked: map[string]bool{}, refused: map[string]string{},
	}
	site.terms = termsRead{}
	changed := func() { r.changed() }
	r.request = nav.NewRequest(&r.scope, env.Clock, changed)
	r.robot = &robot{scope: &r.filling, portal: site.Portal, changed: changed}
	r.strength = &nav.Strength{Scope: &r.scope, Policy: site.Passwords, Changed: changed}
	return r
}

func (r *register) start() {
	r.scope.Start()
	if !r.filling.Active() {
		r.filling.Start()
	}
	r.request.Resume()
	r.strength.Resume()
}

func (r *register) stop() { r.scope.Stop() }

// value is what is typed in a field.
func (r *register) value(field string) string { return r.values[field].Reveal() }

// set takes what is typed in a field.
func (r *register) set(field, v string) {
	if v == r.value(field) {
		return
	}
	r.values[field] = services.Secret(v)
	delete(r.checked, field)
	delete(r.refused, field)
	r.request.Forget()
	r.strength.Set(r.value(fieldPassword), r.value(fieldFirst), r.value(fieldLast), r.value(fieldEmail))
	r.changed()
}

// left is called when the person leaves a field: an empty one is not reproached yet.
func (r *register) left(field string) {
	if r.value(field) != "" && !r.checked[field] {
		r.checked[field] = true
		r.changed()
	}
}

// accept ticks or unticks the terms, as they are now.
func (r *register) accept(on bool) {
	r.accepted, r.version = on, r.policy.TermsVersion
	delete(r.checked, fieldTerms)
	delete(r.refused, fieldTerms)
	r.changed()
}

// reason says why a field cannot be sent as it is, "" when it can.
func (r *register) reason(field string) string {
	if reason := r.refused[field]; reason != "" {
		return reason
	}
	switch field {
	case fieldFirst, fieldLast:
		return r.nameReason(r.value(field))
	case fieldEmail:
		return nav.AddressReason(r.value(field))
	case fieldPassword:
		return r.strength.Reason()
	case fieldConfirm:
		return confirmReason(r.value(fieldPassword), r.value(fieldConfirm))
	case fieldTerms:
		if !r.accepted {
			return services.ReasonRequired
		}
	}
	return ""
}

func (r *register) nameReason(typed string) string {
	name := text.Line(typed)
	switch {
	case name == "":
		return services.ReasonRequired
	case text.RuneCount(name) > r.policy.NameMax:
		return services.ReasonTooLong
	}
	return ""
}

// confirmReason compares the second password with the first.
func confirmReason(password, confirm string) string {
	switch {
	case confirm == "":
		return services.ReasonRequired
	case confirm != password:
		return services.ReasonMismatch
	}
	return ""
}

// fieldError is what is said about a field now.
func (r *register) fieldError(p *text.Printer, field string) string {
	reason := r.reason(field)
	switch {
	case reason == "" || !r.checked[field] && r.refused[field] == "":
		return ""
	case field == fieldPassword:
		return r.strength.Sentence(p, reason)
	case field == fieldTerms && reason == services.ReasonRequired:
		return p.T("entry.register.terms.required")
	}
	return nav.FieldSentence(p, field, reason)
}

// complete says whether everything is there, so that Register now can be pressed.
func (r *register) complete() bool {
	return r.firstWrong() == "" && r.strength.Ready() && r.robot.solved() && r.request.Ready()
}

// firstWrong is the first field in reading order that cannot be sent, "" when all can.
func (r *register) firstWrong() string {
	for _, field := range append(registerFields[:len(registerFields):len(registerFields)], fieldTerms) {
		if r.reason(field) != "" {
			return field
		}
	}
	return ""
}

// submit registers, once, if everything is there. Else it says what is missing and names the first such field.
func (r *register) submit() (wrong string) {
	if r.complete() {
		r.send()
		return ""
	}
	if r.request.Busy {
		return ""
	}
	for _, field := range append(registerFields[:len(registerFields):len(registerFields)], fieldTerms) {
		r.checked[field] = true
	}
	if !r.robot.solved() && !r.robot.working {
		r.robot.refuse(services.ReasonRequired)
	}
	r.changed()
	return r.firstWrong()
}

func (r *register) send() {
	address := strings.TrimSpace(r.value(fieldEmail))
	r.site.use(address)
	registration := services.Registration{
		FirstName: r.value(fieldFirst), LastName: r.value(fieldLast), Email: address,
		Password: r.values[fieldPassword], Language: r.lang(), TermsVersion: r.version,
		TermsLanguage: cmp.Or(r.site.terms.last, r.lang()), TermsShown: maps.Clone(r.site.terms.shown),
		Captcha: r.robot.solution,
	}
	r.request.Send(func(ctx context.Context) error { return r.site.Portal.Register(ctx, registration) }, func(ok bool) {
		if ok {
			r.robot.reset()
			r.done(registration)
			return
		}
		r.refuse()
	})
}

// refuse takes the portal's reasons to their fields.
func (r *register) refuse() {
	for field, reason := range r.request.Fields {
		switch field {
		case fieldCaptcha:
			r.robot.refuse(reason)
		case fieldTerms:
			r.accepted = false
			r.refused[field] = reason
		default:
			r.refused[field] = reason
		}
	}
}

// problem is the sentence above the button; refused fields have their own.
func (r *register) problem(p *text.Printer) string {
	if r.request.Code() == services.CodeInvalid && len(r.request.Fields) > 0 {
		return ""
	}
	return r.request.Sentence(p)
}

// toggleHelp opens or closes what "Need help?" says.
func (r *register) toggleHelp() {
	r.help = !r.help
	r.changed()
}
