// Package totp makes and checks the codes of authenticator apps: RFC 6238 with what every app understands, SHA-1, six
// digits and thirty seconds.
package totp

import (
	"errors"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
)

const (
	// Digits is the length of a code.
	Digits = 6
	// period is how long a code is shown.
	period = 30 * time.Second
	// skew is how many periods a phone's clock may be off, to either side.
	skew = 1
	// secretSize is 160 bits, as RFC 4226 recommends.
	secretSize = 20
)

// New makes the secret of an app, in base32, and the address that its QR code holds. issuer and account are what the app
// shows.
func New(issuer, account string) (secret, uri string, err error) {
	key, err := totp.Generate(totp.GenerateOpts{
		Issuer: issuer, AccountName: account, SecretSize: secretSize, Period: uint(period / time.Second),
	})
	if err != nil {
		return "", "", errors.New("totp: no secret") // the cause could quote the account
	}
	return key.Secret(), key.URL(), nil
}

// Step is the number of the period of a moment.
func Step(now time.Time) int64 { return now.Unix() / int64(period/time.Second) }

// Check gives the step that a code is of, around a moment and after the step that was used last: a code that was seen
// once is worth nothing any more (RFC 6238, 5.2).
func Check(secret, code string, now time.Time, last int64) (step int64, ok bool) {
	for step := Step(now) - skew; step <= Step(now)+skew; step++ {
		if step <= last || step < 0 {
			continue
		}
		right, err := hotp.ValidateCustom(code, uint64(step), secret, hotp.ValidateOpts{
			Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1,
		})
		if err == nil && right {
			return step, true
		}
	}
	return 0, false
}

// Code is what an app shows at a moment; for tests and for nobody else.
func Code(secret string, now time.Time) (string, error) {
	return hotp.GenerateCodeCustom(secret, uint64(Step(now)), hotp.ValidateOpts{
		Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1,
	})
}
