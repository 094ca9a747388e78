package core

import (
	"context"
	"errors"

	"myaccount/services"
	"myaccount/services/mail"
	"myaccount/services/text"
)

// EnsureAdvisor makes the login of a person of the lender, without a password, when there is none. Fails with
// CodeInvalid (first_name, last_name, email) and, when the address is a customer's, CodeConflict.
func (c *Core) EnsureAdvisor(ctx context.Context, first, last, email string) error {
	person := PersonRow{
		Registration: Registration{
			FirstName: text.Line(first), LastName: text.Line(last), Language: c.Brand.Rules.Languages[0],
		},
		Role: services.RoleAdvisor, Active: true,
	}
	reasons := map[string]string{
		"first_name": nameReason(person.FirstName, c.Brand.Rules.NameMax),
		"last_name":  nameReason(person.LastName, c.Brand.Rules.NameMax),
	}
	person.Email, reasons["email"] = ParseAddress(email)
	if err := invalid(reasons); err != nil {
		return err
	}
	return c.update(ctx, func(tx Tx) error {
		known, err := tx.PersonByEmail(person.Email)
		switch {
		case errors.Is(err, ErrNoRow):
			person.ID, person.CreatedAt = c.NewID(), tx.Now()
			return tx.AddPerson(person)
		case err != nil:
			return err
		case known.Role != services.RoleAdvisor:
			return services.Fail(services.CodeConflict)
		}
		return nil
	})
}

// InviteAdvisor sends an advisor a mail to choose a password. Fails with CodeNotFound when the address is no advisor's.
func (c *Core) InviteAdvisor(ctx context.Context, email string) error {
	return c.update(ctx, func(tx Tx) error {
		person, err := tx.PersonByEmail(email)
		if err != nil {
			return gone(err, services.CodeNotFound)
		}
		if person.Role != services.RoleAdvisor {
			return services.Fail(services.CodeNotFound)
		}
		return c.postReset(tx, person, mail.SetPassword, c.Brand.Rules.ActivationTTL)
	})
}
