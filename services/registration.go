package services

import "context"

// Registrar makes logins.
type Registrar interface {
	// Register asks for a login. The answer and its time are the same whether or not the address is known: a new
	// address gets a mail to activate, a known one a mail that says so. Fails with CodeInvalid (first_name, last_name,
	// email, password, language, terms_version, captcha) and CodeThrottled.
	Register(ctx context.Context, r Registration) error
	// ResendActivation sends the activation mail again, if the address waits for one; the answer never tells.
	// Fails with CodeInvalid (email, captcha) and CodeThrottled (at most one a minute).
	ResendActivation(ctx context.Context, r AddressRequest) error
	// Activate confirms an address with the token of the mail. Fails with CodeGone when it was used, has expired or
	// never was.
	Activate(ctx context.Context, token Secret) error
}

// Registration is a request for a login. Names are cleaned (NFC, trimmed, single inner spaces) before they are kept.
type Registration struct {
	FirstName    string
	LastName     string
	Email        string // will be the username
	Password     Secret
	Language     string // "en" or "fr"
	TermsVersion string // the version that was shown and accepted
	Captcha      string // solved challenge, ALTCHA's base64 payload
}

// AddressRequest names an address whose owner asks for a mail.
type AddressRequest struct {
	Email   string
	Captcha string
}
