package services

import (
	"context"
	"time"
)

// Registrar makes logins.
type Registrar interface {
	// Register asks for a login. The answer and its time are the same whether or not the address is known: a new
	// address gets a mail to activate, a known one a mail that says so. Fails with CodeInvalid (first_name, last_name,
	// email, password, language, terms_version, terms_language, terms_shown, captcha) and CodeThrottled.
	Register(ctx context.Context, r Registration) error
	// ResendActivation sends the activation mail of the latest registration again, if the address waits for one; the
	// answer never tells. Mails sent before it can be used all the same. The latest may be another's: who still knows
	// what they registered calls Register with it again. This is for who was just told at the sign-in that the address is
	// not activated, which takes the latest's password, and for who comes with a link that has expired.
	// Fails with CodeInvalid (email, captcha) and CodeThrottled (at most one a minute).
	ResendActivation(ctx context.Context, r AddressRequest) error
	// Activate confirms an address with the token of the mail: what was registered for that mail becomes the login, and
	// what others registered with the address meanwhile is forgotten. Fails with CodeGone when the token was used, has
	// expired or never was, and when the address was activated with another.
	Activate(ctx context.Context, token Secret) error
	// ConfirmEmail changes the address of a login with the token of the mail that Security.ChangeEmail sends, and tells
	// the old address. Fails with CodeGone when the token was used, has expired or never was, when a later one took its
	// place, or when somebody else has the address now.
	ConfirmEmail(ctx context.Context, token Secret) error
}

// Registration is a request for a login. Names are cleaned (NFC, trimmed, single inner spaces) before they are kept.
type Registration struct {
	FirstName     string
	LastName      string
	Email         string // will be the username
	Password      Secret
	Language      string               // "en" or "fr"
	TermsVersion  string               // the version that was accepted
	TermsLanguage string               // the language in which it was accepted, "en" or "fr"
	TermsShown    map[string]time.Time // language to when its text was first shown; none when it was not opened
	Captcha       string               // solved challenge, ALTCHA's base64 payload
}

// AddressRequest names an address whose owner asks for a mail.
type AddressRequest struct {
	Email   string
	Captcha string
}
