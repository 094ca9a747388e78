package services

import (
	"context"
	"time"
)

// Security is how a person protects the login. Once the person is linked, all of it needs an authorized device. What
// changes the login asks for the password once more; wrong ones count among the tries to sign in, so that an open
// session is no way around the lock-out.
type Security interface {
	// ChangePassword sets a new password, ends every other session, forgets another address that was asked for, and sends
	// a mail that it changed. Fails with
	// CodeDeviceUnauthorized, CodeInvalid (current: mismatch; password), CodeThrottled and CodeLocked (RetryAfter).
	ChangePassword(ctx context.Context, c PasswordChange) error
	// ChangeEmail sends a mail with a link to the new address, which changes it (Registrar.ConfirmEmail), and tells the
	// old one; the answer never tells whether the new one has a login. Fails with CodeDeviceUnauthorized, CodeInvalid
	// (password: mismatch; email: required, format, too_long, or duplicate when it is the present one), CodeThrottled
	// and CodeLocked (RetryAfter).
	ChangeEmail(ctx context.Context, c EmailChange) error
	// SignInHistory lists the tries to sign in to this login, newest first, for half a year. Fails with
	// CodeDeviceUnauthorized and CodeInvalid (after).
	SignInHistory(ctx context.Context, p Page) (SignInPage, error)
	// SecondFactor tells whether an authenticator app is asked for. Fails with CodeDeviceUnauthorized.
	SecondFactor(ctx context.Context) (SecondFactor, error)
	// SetUpSecondFactor gives a new secret for an authenticator app, which counts once it is confirmed; one that counts
	// already stays until then. Fails with CodeDeviceUnauthorized, CodeInvalid (password: mismatch), CodeThrottled and
	// CodeLocked (RetryAfter).
	SetUpSecondFactor(ctx context.Context, password Secret) (FactorSetup, error)
	// ConfirmSecondFactor makes the secret count with a code of the app, sends a mail, and gives recovery codes, each
	// good for one sign-in without the app. They are told once; earlier ones end. Fails with CodeDeviceUnauthorized,
	// CodeInvalid (code: required, format or mismatch), CodeGone when none is waited for or ten minutes have passed,
	// and CodeThrottled (RetryAfter).
	ConfirmSecondFactor(ctx context.Context, code Secret) ([]Secret, error)
	// RemoveSecondFactor stops asking for the app, and sends a mail. Removing what is not there is no error. Fails with
	// CodeDeviceUnauthorized, CodeInvalid (password: mismatch), CodeThrottled and CodeLocked (RetryAfter).
	RemoveSecondFactor(ctx context.Context, password Secret) error
}

// PasswordChange is a new password beside the present one.
type PasswordChange struct {
	Current  Secret
	Password Secret
}

// EmailChange is a new address beside the password.
type EmailChange struct {
	Password Secret
	Email    string
}

// SignInPage is part of the history of sign-ins.
type SignInPage struct {
	Items []SignInRecord
	Next  string // "" at the end
}

// SignInOutcome says what became of a try to sign in.
type SignInOutcome string

// The outcomes there are.
const (
	SignInOK       SignInOutcome = "ok"
	SignInPassword SignInOutcome = "wrong_password"
	SignInFactor   SignInOutcome = "wrong_second_factor"
	SignInRecovery SignInOutcome = "recovery_code" // let in by one
)

// SignInRecord is one try to sign in.
type SignInRecord struct {
	ID      string
	At      time.Time
	Device  string // name, as the device gave it
	From    string // network address; "" on this computer
	Outcome SignInOutcome
}

// SecondFactor is what is asked for beside the password.
type SecondFactor struct {
	Since    time.Time // zero: no authenticator app
	Recovery int       // recovery codes that are left
}

// FactorSetup is what an authenticator app is set up with.
type FactorSetup struct {
	Secret Secret // base32, to be typed
	URI    Secret // otpauth://…, to be shown as a QR code
}
