package services

import (
	"context"
	"time"
)

// Linking joins a login with the lender's customer and authorizes the device that is used.
type Linking interface {
	// Link looks for the customer and, when everything matches, sends a code to the person's address; the link is
	// made when the code is entered. Fails on format with CodeInvalid (method, first_name, last_name, vin,
	// last_payment, bmw_id), with CodeNotFound when nothing matches or it is linked to somebody else (never says which
	// part; the other one gets a mail), CodeThrottled after 5 tries an hour of this person, or with this VIN or BMW
	// ID, or when ten codes were sent within a day, CodeConflict when this login is linked already.
	Link(ctx context.Context, r LinkRequest) (CodeReceipt, error)
	// SendCode sends a (new) code: for the pending link, or for a linked customer on a device not yet authorized.
	// A new code does not give new tries: a link whose tries are used up is asked for again with Link, the
	// authorization of a linked customer's device starts anew. Fails with CodeThrottled (one a minute, ten a day),
	// CodeNotLinked when there is nothing to authorize.
	SendCode(ctx context.Context) (CodeReceipt, error)
	// AuthorizeDevice ends the pending link, and authorizes the device for this session or, with Trust, for the days
	// of the policy; a kiosk is never trusted. Fails with CodeInvalid (code: required, format or mismatch), CodeGone
	// after too many wrong tries, when the code has expired, when none is waited for, or when somebody else linked
	// the customer meanwhile, and CodeConflict when this login was linked to another customer meanwhile.
	AuthorizeDevice(ctx context.Context, r DeviceAuthorization) (SessionInfo, error)
}

// LinkMethod says by what a customer is found.
type LinkMethod string

// The methods there are.
const (
	LinkByVIN   LinkMethod = "vin"
	LinkByBMWID LinkMethod = "bmw_id"
)

// LinkRequest is what a customer knows about the agreement. Names must match it exactly, case and accents included.
type LinkRequest struct {
	Method      LinkMethod
	FirstName   string
	LastName    string
	VIN         string // with LinkByVIN
	LastPayment Money  // with LinkByVIN: the latest posted payment, tax included
	BMWID       string // with LinkByBMWID
}

// CodeReceipt says where a code was sent.
type CodeReceipt struct {
	SentTo    string // masked address, "a•••e@example.ca"
	ExpiresAt time.Time
	ResendAt  time.Time // a new code can be asked for from then on
}

// DeviceAuthorization is the code that the person got by mail.
type DeviceAuthorization struct {
	Code  Secret // spaces are ignored
	Trust bool
}
