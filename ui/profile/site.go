// Package profile holds the pages of "Profile & security": who a person is, how they sign in and on which computers,
// and what becomes of their data.
//
// One page gives the whole in cards; what takes more than a click has a page of its own, named by the route's Arg. Each
// page is a presenter (what is typed, what is known, what may be pressed; no Fyne) and a drawing of it. A password, a
// secret or a recovery code stays in the presenter of its page and goes nowhere but to the service.
package profile

import (
	"myaccount/services"
	"myaccount/services/password"
	"myaccount/ui/nav"
)

// The parts of nav.PageProfile that have a page of their own: the route's Arg.
const (
	PartPassword = "password"      // another password
	PartEmail    = "email"         // another address
	PartFactor   = "second-factor" // setting an authenticator app up
	PartNoFactor = "no-factor"     // removing it
	PartSignIns  = "sign-ins"      // the history
	PartDelete   = "delete"        // deleting the account
	PartNotices  = "notifications" // what the person is told
)

// Deps is what the pages work with.
type Deps struct {
	Info          func() services.SessionInfo // who is signed in, where
	Security      services.Security
	Devices       services.Devices
	Profile       services.Profile
	Notifications services.Notifications
	Kept          services.Kept   // what this computer keeps; nil in local-only mode
	Passwords     password.Policy // judges a new password as it is typed

	// OpenMail shows the mails to an address; nil where none are kept on this device.
	OpenMail func(address string)
	// Left is told after the trust in this device was ended: the session has ended.
	Left func()
	// Deleted is told after the account was deleted: the session has ended.
	Deleted func()
}

// New makes the page of a route to nav.PageProfile.
func New(env nav.Env, deps Deps, route nav.Route) nav.Page {
	switch route.Arg {
	case PartPassword:
		return newPasswordPage(env, deps)
	case PartEmail:
		return newEmailPage(env, deps)
	case PartFactor:
		return newFactorPage(env, deps)
	case PartNoFactor:
		return newNoFactorPage(env, deps)
	case PartSignIns:
		return newSignInsPage(env, deps)
	case PartNotices:
		return newNotificationsPage(env, deps)
	case PartDelete:
		return newDeletePage(env, deps)
	}
	return newHomePage(env, deps)
}

// part is the route to a part.
func part(name string) nav.Route { return nav.Route{Page: nav.PageProfile, Arg: name} }
