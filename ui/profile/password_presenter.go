package profile

import (
	"context"

	"myaccount/services"
	"myaccount/ui/nav"
)

// passwordChange decides what the page for another password shows.
type passwordChange struct {
	*form
	deps     Deps
	done     func() // the password is changed
	strength *nav.Strength
}

func newPasswordChange(env nav.Env, deps Deps, done func()) *passwordChange {
	c := &passwordChange{form: newForm(env, fieldCurrent, fieldPassword, fieldConfirm), deps: deps, done: done}
	c.strength = &nav.Strength{Scope: &c.scope, Policy: deps.Passwords, Changed: func() { c.changed() }}
	c.reason = c.why
	return c
}

func (c *passwordChange) start() {
	c.form.start()
	c.strength.Resume()
}

func (c *passwordChange) stop() {
	c.form.stop()
	c.strength.Set("")
}

// enter takes what is typed; a new password is judged at once.
func (c *passwordChange) enter(field, v string) {
	if field == fieldPassword {
		who := c.deps.Info().Person
		c.strength.Set(v, who.FirstName, who.LastName, who.Email)
	}
	c.set(field, v)
}

// left is called when the person leaves a field: an empty one is not reproached yet.
func (c *passwordChange) left(field string) {
	if c.typed[field] != "" && !c.checked[field] {
		c.checked[field] = true
		c.changed()
	}
}

// why says why a field cannot be sent as it is.
func (c *passwordChange) why(field string) string {
	switch field {
	case fieldPassword:
		return c.strength.Reason()
	case fieldConfirm:
		if c.typed[fieldConfirm] != "" && c.typed[fieldConfirm] != c.typed[fieldPassword] {
			return services.ReasonMismatch
		}
	}
	if c.typed[field] == "" {
		return services.ReasonRequired
	}
	return ""
}

// submit changes the password, once.
func (c *passwordChange) submit() {
	change := services.PasswordChange{Current: c.typed[fieldCurrent], Password: c.typed[fieldPassword]}
	c.send(func(ctx context.Context) error { return c.deps.Security.ChangePassword(ctx, change) }, c.done)
}
