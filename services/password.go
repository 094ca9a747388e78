package services

import "context"

// PasswordResets replaces forgotten passwords.
type PasswordResets interface {
	// RequestPasswordReset sends a mail with a link if the address has a login; the answer never tells. Fails with
	// CodeInvalid (email, captcha) and CodeThrottled.
	RequestPasswordReset(ctx context.Context, r AddressRequest) error
	// ResetPassword sets a new password with the token of the mail, ends every session of the person, lifts a
	// lock-out and sends a mail that the password changed. Fails with CodeInvalid (password) and CodeGone.
	ResetPassword(ctx context.Context, r PasswordReset) error
}

// PasswordReset is a new password with the token that allows it.
type PasswordReset struct {
	Token    Secret
	Password Secret
}
