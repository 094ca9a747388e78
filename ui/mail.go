package ui

import (
	"myaccount/services"
	"myaccount/ui/mailtray"
	"myaccount/ui/nav"
)

// newTray makes the drawer of the mails kept on this device; nil when the portal keeps none.
func (f *frame) newTray() *mailtray.Drawer {
	mails, ok := f.program.Portal.(services.MailTray)
	if !ok {
		return nil
	}
	return mailtray.New(f.env, mails, f.act)
}

func (f *frame) hasTray() bool { return f.tray != nil }

// openMail opens the mail tray: one's own mails, or before signing in those to the address typed last.
func (f *frame) openMail() {
	if f.session != nil {
		f.tray.Open(f.program.printer, f.session.Info().Person.Email, true)
		return
	}
	f.openMailOf(f.site.Address())
}

// openMailOf opens the mail tray on the mails to an address, for somebody who is not signed in.
func (f *frame) openMailOf(address string) { f.tray.Open(f.program.printer, address, false) }

// act does what the button of a mail is for. A link that sets a password ends the session that is shown: it may be
// somebody else's.
func (f *frame) act(m services.Mail) {
	switch m.Action {
	case services.MailActivate:
		f.goTo(nav.Route{Page: nav.PageActivate, Token: m.Token})
	case services.MailReset:
		f.goTo(nav.Route{Page: nav.PageReset, Token: m.Token})
	case services.MailEmail:
		f.goTo(nav.Route{Page: nav.PageConfirm, Token: m.Token})
	case services.MailIdentity:
		f.goTo(nav.Route{Page: nav.PageJoin, Token: m.Token})
	case services.MailOpen:
		f.goTo(nav.Route{Page: nav.PageMessages})
	}
}
