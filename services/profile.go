package services

import (
	"context"
	"io"
)

// Profile is what a person decides about themselves.
type Profile interface {
	// SetLanguage changes the language of mails. Fails with CodeInvalid (language).
	SetLanguage(ctx context.Context, language string) error
	// Export writes everything about the person as a zip: JSON, and the files as they were sent. Fails with
	// CodeDeviceUnauthorized when the person is linked, as the same is asked for on the screen.
	Export(ctx context.Context, w io.Writer) error
	// DeleteAccount removes the person's login, drafts and messages and unlinks the customer, after asking for the
	// password once more, whose tries count among those to sign in. Fails with CodeDeviceUnauthorized when the person
	// is linked, CodeInvalid (password: mismatch), CodeThrottled and CodeLocked (RetryAfter).
	DeleteAccount(ctx context.Context, password Secret) error
}
