package core

import (
	"context"
	"errors"
	"time"

	"myaccount/services"
	"myaccount/services/mail"
)

// shown runs fn, in a transaction that may write, when the password that was shown once more is right. A wrong one is a
// mismatch of the field, and counts among the tries to sign in; a right one does not, even when fn finds that something
// was asked for too often.
func (s *customerSession) shown(ctx context.Context, field string, password services.Secret, fn func(Tx, SessionRow, PersonRow) error) error {
	c := s.core
	var try attempt
	err := s.update(ctx, private, func(tx Tx, row SessionRow) (err error) {
		try, err = c.admitAgain(tx, row)
		return err
	})
	if err != nil {
		return err
	}
	right, _, err := c.verify(ctx, try.person, password)
	if err != nil {
		return err
	}
	if !right {
		if err := c.failed(ctx, try, services.SignInPassword); services.CodeOf(err) != services.CodeUnauthenticated {
			return err
		}
		return services.Invalid(field, services.ReasonMismatch)
	}
	err = s.update(ctx, private, func(tx Tx, row SessionRow) error {
		person, err := tx.Person(row.PersonID)
		if err != nil {
			return err
		}
		if person.Password != try.person.Password { // it was changed while we looked
			return services.Invalid(field, services.ReasonMismatch)
		}
		if err := tx.ClearTries(try.counter); err != nil {
			return err
		}
		return fn(tx, row, person)
	})
	if services.CodeOf(err) == services.CodeThrottled {
		return errors.Join(err, c.update(ctx, func(tx Tx) error { return tx.ClearTries(try.counter) }))
	}
	return err
}

// ChangePassword sets a new password; see services.Security.
func (s *customerSession) ChangePassword(ctx context.Context, change services.PasswordChange) error {
	who := s.Info().Person
	reason := s.core.passwordReason(change.Password, who.FirstName, who.LastName, who.Email)
	if err := invalid(map[string]string{"password": reason}); err != nil {
		return err
	}
	hash, err := s.core.Passwords.Hash(ctx, change.Password.Reveal())
	if err != nil {
		return err
	}
	return s.shown(ctx, "current", change.Current, func(tx Tx, row SessionRow, person PersonRow) error {
		person.Password = hash
		if err := tx.UpdatePerson(person); err != nil {
			return err
		}
		if err := tx.EndOtherSessions(person.ID, row.ID, tx.Now()); err != nil {
			return err
		}
		if err := announce(tx, person.ID, services.EventSession, ""); err != nil {
			return err
		}
		if err := s.core.endTokens(tx, person.ID, TokenReset, TokenEmail); err != nil {
			return err
		}
		return s.core.tell(tx, person.ID, mail.PasswordChanged)
	})
}

// ChangeEmail sends a mail to the new address; see services.Security. An address that has a login already gets a mail
// that says so, as at a registration. However many addresses are named, a person has no more mails sent than somebody
// who asks for them at one.
func (s *customerSession) ChangeEmail(ctx context.Context, change services.EmailChange) error {
	address, reason := ParseAddress(change.Email)
	if reason == "" && AddressKey(address) == AddressKey(s.Info().Person.Email) {
		reason = services.ReasonDuplicate
	}
	if err := invalid(map[string]string{"email": reason}); err != nil {
		return err
	}
	return s.shown(ctx, "password", change.Password, func(tx Tx, _ SessionRow, person PersonRow) error {
		if err := throttleMail(tx, address, emailPurpose); err != nil {
			return err
		}
		if err := throttle(tx, "mails "+emailPurpose+" of "+person.ID, "", mailsAHour, time.Hour); err != nil {
			return err
		}
		if err := s.core.endTokens(tx, person.ID, TokenEmail); err != nil {
			return err
		}
		if err := s.core.postEmail(tx, person, address); err != nil {
			return err
		}
		return s.core.post(tx, letter{
			kind: mail.EmailChange, to: person, texts: map[string]string{"Address": maskAddress(address)},
			times: map[string]time.Time{"At": tx.Now()},
		})
	})
}

// postEmail sends the mail with the link that changes the address.
func (c *Core) postEmail(tx Tx, person PersonRow, address string) error {
	known, err := tx.PersonByEmail(address)
	switch {
	case err == nil && known.Active:
		return c.post(tx, letter{kind: mail.AlreadyRegistered, to: known})
	case err != nil && !errors.Is(err, ErrNoRow):
		return err
	}
	row, token, err := c.newEmailToken(tx, person, address)
	if err != nil {
		return err
	}
	to := person
	to.Email, to.Active = address, false // nobody has confirmed it yet
	return c.post(tx, letter{kind: mail.EmailConfirm, to: to, ref: row.ID, secret: token, until: row.ExpiresAt})
}

// ConfirmEmail changes an address with the token of the mail; see services.Registrar. A registration that waits for its
// confirmation gives way: whoever holds the mailbox has chosen.
func (c *Core) ConfirmEmail(ctx context.Context, token services.Secret) error {
	return c.update(ctx, func(tx Tx) error {
		row, err := c.useToken(tx, TokenEmail, pasted(token))
		if err != nil {
			return gone(err, services.CodeGone)
		}
		person, err := tx.Person(row.PersonID)
		if err != nil {
			return gone(err, services.CodeGone)
		}
		other, err := tx.PersonByEmail(row.Email)
		switch {
		case err == nil && other.Active:
			return services.Fail(services.CodeGone)
		case err == nil:
			if err := tx.DeletePerson(other.ID); err != nil {
				return err
			}
		case !errors.Is(err, ErrNoRow):
			return err
		}
		if err := c.endTokens(tx, person.ID, TokenReset, TokenIdentity); err != nil { // they lie in the old mailbox
			return err
		}
		if err := tx.MovePerson(person.ID, row.Email); err != nil {
			return err
		}
		if err := announce(tx, person.ID, services.EventSession, ""); err != nil {
			return err
		}
		return c.post(tx, letter{
			kind: mail.EmailChanged, to: person, texts: map[string]string{"Address": maskAddress(row.Email)},
			times: map[string]time.Time{"At": tx.Now()},
		})
	})
}
