package core

import (
	"context"
	"errors"
	"time"

	"myaccount/services/brand"
	"myaccount/services/rule"
)

const (
	// settingSwept names when files were last looked through for orphans.
	settingSwept = "swept_at"
	// sweepEvery is how often that is done: it reads the names of all files, so not at every start.
	sweepEvery = 24 * time.Hour
	// pendingFor is how long an address may wait for its confirmation, with some room after the last mail's link.
	pendingFor = 7 * brand.Day
	// forgetAfter is how long what has expired is kept, so that a clock that is a little off does no harm.
	forgetAfter = brand.Day
)

// Work does what is due but sending mails (see WorkMail): it makes the debits of autopays, posts debits whose day has come,
// tells people what is due, removes what is past its time and forgets what has expired or is not needed. It may be called at any time; every
// part is done even when another fails.
func (c *Core) Work(ctx context.Context) error {
	return errors.Join(c.autopayDebits(ctx), c.PostDebits(ctx), c.Remind(ctx), c.Purge(ctx), c.purgeUploads(ctx), c.forget(ctx),
		c.forgetBankDetails(ctx), c.sweep(ctx))
}

// forget removes rows that are of no use any more.
func (c *Core) forget(ctx context.Context) error {
	return c.Store.Update(ctx, func(tx Tx) error {
		now := tx.Now()
		return errors.Join(
			tx.EmptyMails(),
			tx.ForgetMails(now.Add(-c.Brand.Rules.Retention())),
			tx.ForgetSendKeys(now.Add(-rule.KeysFor)),
			tx.ForgetTold(now.Add(-toldFor)),
			tx.ForgetNotices(now.Add(-noticeFor)),
			tx.ForgetEvents(now.Add(-eventsFor)),
			tx.DeletePending(now.Add(-pendingFor)),
			tx.ForgetTries(now),
			tx.ForgetSignIns(now.Add(-signInsFor)),
			tx.ForgetTokens(now.Add(-forgetAfter)),
			tx.ForgetIdentityStarts(now.Add(-forgetAfter)),
			tx.ForgetCodes(now.Add(-forgetAfter)),
			tx.ForgetCaptchas(now.Add(-forgetAfter)),
			tx.ForgetSessions(now.Add(-forgetAfter)),
			tx.ForgetDevices(now.Add(-forgetAfter)),
		)
	})
}

// sweepDue tells whether the sweep of a stamp was a day ago. A stamp that is missing, or of the future, is no sweep.
func sweepDue(stamp string, now time.Time) bool {
	last, err := time.Parse(time.RFC3339, stamp)
	return err != nil || last.After(now) || now.Sub(last) >= sweepEvery
}

// sweep looks for orphans once a day.
func (c *Core) sweep(ctx context.Context) error {
	now := c.Clock.Now().UTC()
	var due bool
	err := c.Store.View(ctx, func(tx Tx) error {
		stamp, err := tx.Setting(settingSwept)
		if err != nil && !errors.Is(err, ErrNoRow) {
			return err
		}
		due = sweepDue(stamp, now)
		return nil
	})
	if err != nil || !due {
		return err
	}
	if err := c.PurgeOrphans(ctx); err != nil {
		return err
	}
	return c.Store.Update(ctx, func(tx Tx) error { return tx.SetSetting(settingSwept, now.Format(time.RFC3339)) })
}
