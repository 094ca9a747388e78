package core

import (
	"context"
	"errors"
	"time"

	"myaccount/services"
	"myaccount/services/captcha"
)

// CaptchaTx is the part of a transaction that makes each challenge count once.
type CaptchaTx interface {
	// SpendCaptcha marks a challenge as used, or fails with ErrDuplicate when it was.
	SpendCaptcha(id []byte, expires time.Time) error
	// ForgetCaptchas removes those that expired before a moment.
	ForgetCaptchas(before time.Time) error
}

const (
	captchaLife = 10 * time.Minute
	captchaCost = 1_000_000 // half of it hashes on average: a quarter of a second on a small computer
)

// Captcha gives a new challenge.
func (c *Core) Captcha(context.Context) (services.Captcha, error) {
	made, err := captcha.New(c.captchaKey(), c.CaptchaCost, c.Clock.Now().Add(captchaLife))
	if err != nil {
		return services.Captcha{}, services.Internal(err)
	}
	return services.Captcha(made), nil
}

// captchaKey is derived from the database's key, so that every replica has the same.
func (c *Core) captchaKey() []byte { return c.Box.Lookup("captcha", "key") }

// checkCaptcha checks a solution without using it up, and gives the reason why it is refused, or "". One that was
// tampered with, or is none, is a mismatch; one that came too late is outdated.
func (c *Core) checkCaptcha(solution string, now time.Time) (captcha.Proof, string) {
	if solution == "" {
		return captcha.Proof{}, services.ReasonRequired
	}
	proof, err := captcha.Verify(c.captchaKey(), solution, now)
	switch {
	case errors.Is(err, captcha.ErrExpired):
		return captcha.Proof{}, services.ReasonOutdated
	case err != nil:
		return captcha.Proof{}, services.ReasonMismatch
	}
	return proof, ""
}

// spendCaptcha uses a proof up. One that was used already is outdated.
func spendCaptcha(tx Tx, proof captcha.Proof) error {
	err := tx.SpendCaptcha(proof.ID, proof.Expires)
	if errors.Is(err, ErrDuplicate) {
		return services.Invalid("captcha", services.ReasonOutdated)
	}
	return err
}
