package profile

import (
	"context"
	"strings"

	"myaccount/services"
	"myaccount/ui/nav"
)

// emailChange decides what the page for another address shows: the form, then that a mail was sent.
type emailChange struct {
	*form
	deps Deps
	sent string // the address that the mail was sent to; "" before
}

func newEmailChange(env nav.Env, deps Deps) *emailChange {
	c := &emailChange{form: newForm(env, fieldEmail, fieldPassword), deps: deps}
	c.reason = c.why
	return c
}

// start begins a visit. An address that was confirmed meanwhile waits for nothing any more.
func (c *emailChange) start() {
	c.form.start()
	if c.sent == c.deps.Info().Person.Email {
		c.sent = ""
	}
}

// why says why a field cannot be sent as it is.
func (c *emailChange) why(field string) string {
	if field != fieldEmail {
		return c.missing(field)
	}
	address := c.typed[fieldEmail].Reveal()
	if strings.EqualFold(strings.TrimSpace(address), c.deps.Info().Person.Email) {
		return services.ReasonDuplicate
	}
	return nav.AddressReason(address)
}

// submit has the mail sent, once.
func (c *emailChange) submit() {
	change := services.EmailChange{Password: c.typed[fieldPassword], Email: strings.TrimSpace(c.typed[fieldEmail].Reveal())}
	c.send(func(ctx context.Context) error { return c.deps.Security.ChangeEmail(ctx, change) }, func() {
		c.sent = change.Email
		delete(c.typed, fieldPassword)
		clear(c.checked)
	})
}

// again goes back to the form, with the address as it was typed.
func (c *emailChange) again() {
	c.typed[fieldEmail] = services.Secret(c.sent)
	c.sent = ""
	c.changed()
}
