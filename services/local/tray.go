package local

import (
	"context"

	"myaccount/services"
)

// What uses a mail's link changes what the tray shows of it, so these tell the tray as well.

// Activate confirms an address.
func (p *Portal) Activate(ctx context.Context, token services.Secret) error {
	defer p.watch.tell()
	return p.Core.Activate(ctx, token)
}

// ResetPassword sets a new password.
func (p *Portal) ResetPassword(ctx context.Context, r services.PasswordReset) error {
	defer p.watch.tell()
	return p.Core.ResetPassword(ctx, r)
}
