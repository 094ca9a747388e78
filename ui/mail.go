package ui

import (
	"myaccount/services"
)

// hasTray tells whether mails are kept on this device.
func (f *frame) hasTray() bool {
	_, ok := f.program.Portal.(services.MailTray)
	return ok
}

// openMail opens the mail tray: one's own mails, or before signing in those to the address typed last.
func (f *frame) openMail() {
	if f.session != nil {
		f.openMailOf(f.session.Info().Person.Email)
		return
	}
	f.openMailOf(f.site.Address())
}

func (f *frame) openMailOf(string) {}
