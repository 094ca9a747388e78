package services

import (
	"context"
	"time"
)

// SignIns opens sessions.
type SignIns interface {
	// SignIn opens a session. It fails with CodeUnauthenticated for an unknown address and a wrong password alike and
	// in the same time, CodeNotActivated only with the right password, CodeLocked (RetryAfter) after too many
	// failures, CodeThrottled (RetryAfter) for the growing wait between failures, and CodeInvalid (captcha: required or
	// mismatch, when failures make a proof of work necessary; totp: required or mismatch, once the password is right
	// and the person has a second factor). A wrong code counts as a failure, a missing one does not.
	SignIn(ctx context.Context, c Credentials) (Session, error)
}

// Role says what a person may do.
type Role string

// The roles there are.
const (
	RoleCustomer Role = "customer"
	RoleAdvisor  Role = "advisor"
)

// Credentials are what a person signs in with.
type Credentials struct {
	Email    string
	Password Secret
	Captcha  string // only when asked for
	TOTP     Secret // code of the authenticator app, or a recovery code; only when asked for
	Device   DeviceClaim
}

// DeviceClaim says on what device somebody signs in. The implementation keeps and adds the token itself.
type DeviceClaim struct {
	Token Secret // given once when the device was trusted; "" when it was not
	Name  string // as the person knows it, "Linux computer"
	Kind  string // "personal" or "kiosk"
}

// SessionInfo is what a session knows about itself.
type SessionInfo struct {
	Role      Role
	Person    Person
	Device    Device
	Linked    bool // an agreement is linked
	ExpiresAt time.Time
	IdleFor   time.Duration // ends when nothing is done for this long
}

// Ready tells whether the session may see anything financial.
func (i SessionInfo) Ready() bool { return i.Linked && i.Device.Authorized }

// Person is somebody with a login.
type Person struct {
	ID        string
	FirstName string
	LastName  string
	Email     string
	Language  string // "en" or "fr"
}

// Name is the whole name.
func (p Person) Name() string { return p.FirstName + " " + p.LastName }
