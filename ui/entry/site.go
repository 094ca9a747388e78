// Package entry holds the pages before somebody is signed in: sign in, register, check your mail, activate, forgot and
// reset, and the terms of use.
//
// Each page is a presenter (what is typed, what is known, what may be pressed; no Fyne) and a drawing of it. What is
// typed reaches the presenter with every key, so a page can be drawn anew, in another language for example, without
// losing anything. A password stays in the presenter of its page, and on the page "Check your mail" after it, and goes
// nowhere but to the portal.
package entry

import (
	"myaccount/services"
	"myaccount/services/password"
)

// Site is what all entry pages of one window share. The shell makes one for each window.
type Site struct {
	Portal    services.Portal
	Passwords password.Policy        // judges new passwords as they are typed
	Device    services.DeviceClaim   // where the person signs in
	Subtitle  map[string]string      // language to the words under the product's name
	SignedIn  func(services.Session) // takes over after signing in
	Tray      func(address string)   // opens "Mail on this device"; nil where there is none
	Sample    services.SampleData    // nil where there is no sample data
	Identity  *Identity              // nil where people sign in with passwords alone
	OpenDesk  func()                 // opens the advisor desk; nil where there is none
	Confirmed func()                 // goes on after a changed address was confirmed
	Inside    func() bool            // somebody is signed in: a page stands beside the rail and has no brand panel

	typed        string    // the address that was last used
	sampleLoaded bool      // the sample was there when it was last asked for
	terms        termsRead // for the form to register
}

// Address is the e-mail address that was last used on an entry page, "" when there was none: whose mails the tray may
// show before anybody has signed in.
func (s *Site) Address() string { return s.typed }

// use remembers an address that was handed in, not every key of it.
func (s *Site) use(address string) {
	if address != "" {
		s.typed = address
	}
}

// Note says why somebody is on the sign-in page: the Payload of a route to nav.PageSignIn.
type Note string

// The notes there are.
const (
	NoteActivated Note = "activated" // the login was just activated
	NotePassword  Note = "password"  // the password was changed
	NoteIdle      Note = "idle"      // signed out after inactivity
	NoteSignedOut Note = "signedout" // the person signed out
	NoteEnded     Note = "ended"     // the session was ended elsewhere, or has expired
	NoteConfirmed Note = "confirmed" // a changed e-mail address was confirmed
	NoteJoined    Note = "joined"    // a login elsewhere was joined to the one here
)

// Mailed says what mail somebody waits for: the Payload of a route to nav.PageCheckMail.
type Mailed struct {
	Reset   bool // to reset a password; else to activate
	Earlier bool // sent some time ago, so that it may be sent again at once

	// Registered is what was registered just now; nil when it is not known. To send the mail again is to register it
	// again: another may have registered the same address since, and that registration must not come instead.
	Registered *services.Registration
}
