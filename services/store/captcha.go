package store

import "time"

// SpendCaptcha marks a challenge as used.
func (t *tx) SpendCaptcha(hash []byte, expires time.Time) error {
	return t.exec(`INSERT INTO captcha (hash, expires_at) VALUES ($1, $2)`, hash, micros(expires))
}

// ForgetCaptchas removes expired challenges.
func (t *tx) ForgetCaptchas(before time.Time) error {
	return t.exec(`DELETE FROM captcha WHERE expires_at < $1`, micros(before))
}
