package profile

import (
	"context"
	"strings"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// The fields of the forms, by the names that the service refuses them under.
const (
	fieldCurrent  = "current"
	fieldPassword = "password"
	fieldConfirm  = "confirm"
	fieldEmail    = "email"
	fieldCode     = "code"
)

// form is what the pages with something to type have in common: what is typed, what is said about it, and one request.
type form struct {
	scope   nav.Scope
	request *nav.Request
	changed func()
	fields  []string
	reason  func(field string) string // why a field cannot be sent as it is; "" when it can

	typed   map[string]services.Secret
	checked map[string]bool   // fields about which something may be said
	refused map[string]string // what the service said about them, until they are changed
	refusal int               // grows with every refusal, for the page to put the focus
}

func newForm(env nav.Env, fields ...string) *form {
	f := &form{
		scope: nav.Scope{Dispatcher: env.Dispatcher}, fields: fields, changed: func() {}, checked: map[string]bool{},
		refused: map[string]string{}, typed: map[string]services.Secret{},
	}
	f.reason = f.missing
	f.request = nav.NewRequest(&f.scope, env.Clock, func() { f.changed() })
	return f
}

func (f *form) start() {
	f.scope.Start()
	f.request.Resume()
}

// stop ends the visit; what was typed does not wait for the next one.
func (f *form) stop() {
	f.scope.Stop()
	clear(f.typed)
	clear(f.checked)
	clear(f.refused)
	f.request.Forget()
}

// missing says that a field is empty.
func (f *form) missing(field string) string {
	if strings.TrimSpace(f.typed[field].Reveal()) == "" {
		return services.ReasonRequired
	}
	return ""
}

// set takes what is typed, and takes back what was said about it.
func (f *form) set(field, v string) {
	if v == f.typed[field].Reveal() {
		return
	}
	f.typed[field] = services.Secret(v)
	delete(f.checked, field)
	delete(f.refused, field)
	if code := f.request.Code(); code != services.CodeLocked && code != services.CodeThrottled {
		f.request.Forget()
	}
	f.changed()
}

// fieldReason is what is said about a field now.
func (f *form) fieldReason(field string) string {
	if reason := f.refused[field]; reason != "" {
		return reason
	}
	if f.checked[field] {
		return f.reason(field)
	}
	return ""
}

// first is the first field that something is said about, "" when there is none.
func (f *form) first() string {
	for _, field := range f.fields {
		if f.fieldReason(field) != "" {
			return field
		}
	}
	return ""
}

// send does the work once, if nothing is missing; then comes when it went well.
func (f *form) send(work func(context.Context) error, then func()) {
	if !f.request.Ready() {
		return
	}
	for _, field := range f.fields {
		f.checked[field] = true
	}
	if f.first() != "" {
		f.refusal++
		f.changed()
		return
	}
	f.request.Send(work, func(ok bool) {
		if ok {
			then()
			return
		}
		for field, reason := range f.request.Fields {
			f.refused[field] = reason
		}
		f.refusal++
	})
}

// problem is the one sentence under the form; the fields have theirs.
func (f *form) problem(p *text.Printer) string {
	if f.request.Code() == services.CodeInvalid && f.first() != "" {
		return ""
	}
	return f.request.Sentence(p)
}
