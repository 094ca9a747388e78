// Package services is the domain of the customer portal: the types, the small interfaces and the error codes that
// every screen talks to and every implementation (services/local, services/remote) keeps.
//
// It has no SQL, no HTTP and no user interface, and imports nothing of this module. The rules themselves are written
// once, in services/core; services/servicetest proves that every implementation keeps them.
//
// Conventions that hold everywhere: ctx comes first; requests and answers are plain structs; an implementation never
// hands out what it keeps, so a caller may change what it was given; every method may also fail with CodeUnavailable
// (the service cannot be reached, nothing is known to have happened) and CodeInternal; a call on a session may fail
// with CodeUnauthenticated when the session has ended.
package services

import (
	"context"
	"time"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"
)

// Money is an exact decimal amount with its currency.
type Money = currency.Amount

// Date is a calendar date without a time zone: due dates are due where the customer lives.
type Date = civil.Date

// Clock tells the time. Rules never ask the system for it, so that tests and the tour decide what time it is.
type Clock interface {
	// Now is the present moment in UTC.
	Now() time.Time
}

// Portal is what anyone can do, signed in or not.
type Portal interface {
	Public
	Registrar
	PasswordResets
	SignIns
}

// Session is what a signed-in person holds. It is bound to its person: no call takes a user id, so none can forget
// the authorization. A Session is a CustomerSession or an AdvisorSession, told by Info().Role.
type Session interface {
	// Info is what was known when the session was last read; it asks nobody.
	Info() SessionInfo
	// Reload reads the session again, for example after linking. Fails with CodeUnauthenticated when it has ended.
	Reload(ctx context.Context) (SessionInfo, error)
	// Touch tells that the person is still there, which moves the idle limit.
	Touch(ctx context.Context) error
	// SignOut ends the session. Ending one that has already ended is no error.
	SignOut(ctx context.Context) error
}

// CustomerSession is a customer's session. All calls but those of Session, Linking, Security, Profile and Events also
// need an authorized device (CodeDeviceUnauthorized) and a linked customer (CodeNotLinked).
type CustomerSession interface {
	Session
	Linking
	Devices
	Agreements
	Payments
	Schedules
	BankAccounts
	Debits
	Autopays
	Odometers
	Payoffs
	Documents
	Messages
	Drafts
	Attachments
	Security
	Profile
	Notifications
	Events
}

// AdvisorSession is the session of a person of the lender who answers messages.
type AdvisorSession interface {
	Session
	Desk
	DeskDocuments
	Attachments
	Events
}

// Page asks for part of a list that is ordered by key: at most Limit items (1 to 100; 0 means 50) after the item
// that an earlier answer named as Next.
type Page struct {
	After string
	Limit int
}
