package core

import (
	"context"
	"errors"
	"time"

	"myaccount/services/brand"
	"myaccount/services/mail"
)

const (
	sendLease    = 5 * time.Minute // how long a try may take before another may begin
	sendWait     = time.Minute     // after the first failed try; doubles with each
	sendWaitMost = time.Hour
	sendGiveUp   = 48 * time.Hour // of a mail without a secret; one with a secret is given up when that expires
)

// Why a mail was given up.
const (
	RefusedByServer = "refused"  // the server refused it for good
	RefusedLate     = "late"     // it could not be sent in time
	RefusedReturned = "returned" // the server took it, and a report said later that it was not delivered
)

// WorkMail sends mails that are due, through Config.Sender, until ctx ends. A value on wake says that one was written.
func (c *Core) WorkMail(ctx context.Context, wake <-chan struct{}) error {
	for {
		next, err := c.SendMails(ctx)
		wait := sendWait
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			c.Log.Warn("mails", "error", err)
		case next.IsZero():
			wait = sendWaitMost
		default:
			wait = next.Sub(c.Clock.Now())
		}
		timer := time.NewTimer(max(wait, 0))
		select {
		case <-timer.C:
		case <-wake:
		case <-ctx.Done():
		}
		timer.Stop()
	}
}

// SendMails sends every mail that is due and tells when the next will be; zero for none. A mail is sent at least once:
// when the process dies between the server's yes and our note of it, it is sent again with the same Message-ID.
//
// Without a Sender nothing is sent, and mails that one left behind wait for the next.
func (c *Core) SendMails(ctx context.Context) (next time.Time, err error) {
	if c.Sender == nil {
		return time.Time{}, nil
	}
	for {
		row, err := c.claimMail(ctx)
		if errors.Is(err, ErrNoRow) {
			break
		}
		if err != nil {
			return time.Time{}, err
		}
		if err := c.deliver(ctx, row); err != nil {
			return time.Time{}, err
		}
	}
	err = c.Store.View(ctx, func(tx Tx) (err error) {
		next, err = tx.NextMail()
		return err
	})
	return next, err
}

func (c *Core) claimMail(ctx context.Context) (row MailRow, err error) {
	err = c.Store.Update(ctx, func(tx Tx) (err error) {
		// No wait is longer than quiet hours can be; whatever is due later was written before the clock was set back.
		if err := tx.HastenMails(tx.Now().Add(brand.Day)); err != nil {
			return err
		}
		row, err = tx.ClaimMail(tx.Now().Add(sendLease))
		return err
	})
	return row, err
}

// deliver tries one mail and writes what became of it. When ctx ends meanwhile, the lease stays and the mail is tried
// again after it.
func (c *Core) deliver(ctx context.Context, row MailRow) error {
	var refusal error
	late := c.late(row)
	if !late {
		var message mail.Message
		if message, refusal = c.render(row); refusal == nil {
			refusal = c.Sender.Send(ctx, message)
		}
	}
	if ctx.Err() != nil && refusal != nil {
		return ctx.Err()
	}
	return c.Store.Update(context.WithoutCancel(ctx), func(tx Tx) error {
		settled := row
		switch {
		case late:
			settled.DueAt, settled.Refusal = time.Time{}, RefusedLate
		case refusal == nil:
			settled.DueAt, settled.SentAt = time.Time{}, tx.Now()
		case errors.Is(refusal, mail.ErrPermanent):
			settled.DueAt, settled.Refusal = time.Time{}, RefusedByServer
		default:
			settled.DueAt = tx.Now().Add(backoff(row.Tries))
		}
		if settled.DueAt.IsZero() && !c.Tray && settled.Refusal != RefusedByServer {
			settled.Secret = "" // of one that was refused it stays until it expires, for another try: see RetryMail
		}
		if refusal != nil {
			c.Log.Warn("mail not sent", "mail", row.ID, "kind", row.Kind, "try", row.Tries, "error", refusal)
		}
		return tx.SettleMail(settled)
	})
}

// late tells whether a mail is of no use any more.
func (c *Core) late(row MailRow) bool {
	now := c.Clock.Now()
	if row.Ref != "" {
		return row.Secret == "" || !now.Before(row.ExpiresAt)
	}
	return now.Sub(row.CreatedAt) >= sendGiveUp
}

// backoff is how long to wait after so many failed tries.
func backoff(tries int) time.Duration {
	wait := sendWait
	for range tries - 1 {
		if wait *= 2; wait >= sendWaitMost {
			return sendWaitMost
		}
	}
	return wait
}
