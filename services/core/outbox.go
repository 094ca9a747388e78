package core

import (
	"context"
	"time"

	"myaccount/services"
)

// What an operator does with the mails of everybody. Nobody else may reach it.

// Outbox reads mails, newest first: those older than one, or from the newest with "".
func (c *Core) Outbox(ctx context.Context, before string, limit int, refused bool) (list []MailRow, err error) {
	err = c.Store.View(ctx, func(tx Tx) (err error) {
		list, err = tx.MailsBefore(before, limit, refused)
		return err
	})
	return list, err
}

// MailsWaiting counts the mails that are to be sent, now or later.
func (c *Core) MailsWaiting(ctx context.Context) (n int, err error) {
	err = c.Store.View(ctx, func(tx Tx) error {
		n, err = tx.CountMails()
		return err
	})
	return n, err
}

// RetryMail makes a mail due now that was refused or waits for its next try. Fails with CodeNotFound, with CodeConflict
// when it was sent, and with CodeGone when it is of no use any more, because it is too old or its link or code is.
func (c *Core) RetryMail(ctx context.Context, id string) error {
	return c.changeMail(ctx, id, func(row *MailRow) error {
		switch {
		case row.DueAt.IsZero() && row.Refusal == "":
			return services.Fail(services.CodeConflict)
		case c.late(*row):
			return services.Fail(services.CodeGone)
		}
		row.DueAt, row.SentAt, row.Refusal = c.Clock.Now(), time.Time{}, ""
		return nil
	})
}

// ReturnMail notes that a mail was not delivered, though the server had taken it. Fails with CodeNotFound.
func (c *Core) ReturnMail(ctx context.Context, id string) error {
	return c.changeMail(ctx, id, func(row *MailRow) error {
		row.DueAt, row.Refusal = time.Time{}, RefusedReturned
		return nil
	})
}

// changeMail changes what became of a mail, and wakes whoever sends.
func (c *Core) changeMail(ctx context.Context, id string, change func(*MailRow) error) error {
	err := c.Store.Update(ctx, func(tx Tx) error {
		row, err := tx.Mail(id)
		if err != nil {
			return gone(err, services.CodeNotFound)
		}
		if err := change(&row); err != nil {
			return err
		}
		return tx.SettleMail(row)
	})
	if err == nil {
		c.Wake()
	}
	return err
}

// Unlock lets a person try again who failed too often: to sign in, to link and to type codes. Fails with CodeNotFound
// when the address has no login.
func (c *Core) Unlock(ctx context.Context, email string) error {
	return c.update(ctx, func(tx Tx) error {
		person, err := tx.PersonByEmail(email)
		if err != nil {
			return gone(err, services.CodeNotFound)
		}
		if err := tx.ClearTries(signInName(email)); err != nil {
			return err
		}
		return tx.ClearTriesOf(person.ID)
	})
}
