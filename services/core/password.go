package core

import (
	"context"
	"time"

	"myaccount/services"
	"myaccount/services/mail"
	"myaccount/services/seal"
)

// RequestPasswordReset sends a mail with a link. An address that is not confirmed yet gets its activation mail again
// instead: a reset would confirm it without the person having agreed to be that login.
func (c *Core) RequestPasswordReset(ctx context.Context, r services.AddressRequest) error {
	return c.requestMail(ctx, r, resetPurpose, func(tx Tx, person PersonRow) (bool, error) {
		switch {
		case person.Active:
			return true, c.postReset(tx, person, mail.Reset, c.Brand.Rules.ResetTTL)
		case person.Password == "": // it waits for the mail of a login elsewhere
			return false, nil
		}
		return true, c.postActivation(tx, person)
	})
}

// postReset sends a mail with the link to set a password, the only one that counts from then on.
func (c *Core) postReset(tx Tx, person PersonRow, kind mail.Kind, life time.Duration) error {
	if err := c.endTokens(tx, person.ID, TokenReset); err != nil {
		return err
	}
	row, token, err := c.newToken(tx, person, TokenReset, life)
	if err != nil {
		return err
	}
	return c.post(tx, letter{kind: kind, to: person, ref: row.ID, secret: token, until: row.ExpiresAt})
}

// ResetPassword sets a new password. A password that is refused does not use the token up.
func (c *Core) ResetPassword(ctx context.Context, r services.PasswordReset) error {
	token := pasted(r.Token)
	var person PersonRow
	err := c.Store.View(ctx, func(tx Tx) error {
		row, err := tx.Token(TokenReset, seal.HashToken(token))
		if err == nil {
			person, err = tx.Person(row.PersonID)
		}
		return gone(err, services.CodeGone)
	})
	if err != nil {
		return err
	}
	reason := c.passwordReason(r.Password, person.FirstName, person.LastName, person.Email)
	if err := invalid(map[string]string{"password": reason}); err != nil {
		return err
	}
	hash, err := c.Passwords.Hash(ctx, r.Password.Reveal())
	if err != nil {
		return err
	}
	return c.update(ctx, func(tx Tx) error {
		row, err := c.useToken(tx, TokenReset, token)
		if err != nil {
			return gone(err, services.CodeGone)
		}
		person, err := tx.Person(row.PersonID)
		if err != nil {
			return gone(err, services.CodeGone)
		}
		person.Password = hash
		return c.passwordChanged(tx, person)
	})
}

// passwordChanged writes a new password, ends every session, lifts every lock and tells the person. Another address that
// somebody asked for is forgotten: it may have been whoever knew the old password.
func (c *Core) passwordChanged(tx Tx, person PersonRow) error {
	if err := tx.UpdatePerson(person); err != nil {
		return err
	}
	if err := c.endTokens(tx, person.ID, TokenEmail); err != nil {
		return err
	}
	if err := tx.EndSessions(person.ID, "", tx.Now()); err != nil {
		return err
	}
	if err := announce(tx, person.ID, services.EventSession, ""); err != nil {
		return err
	}
	if err := tx.ClearTries(signInName(person.Email)); err != nil {
		return err
	}
	if err := tx.ClearTriesOf(person.ID); err != nil {
		return err
	}
	return c.post(tx, letter{
		kind: mail.PasswordChanged, to: person, times: map[string]time.Time{"At": tx.Now()},
	})
}
