package services

import (
	"context"
	"slices"
	"strings"
	"time"
)

// The interfaces of this file are optional abilities that only remote mode has. A screen asks for one
// (outbox, ok := session.(services.Outbox)) and leaves its part out when there is none.

// Outbox is the ability of a CustomerSession to keep messages on this device until the backend has received them.
type Outbox interface {
	// Outbox lists the person's messages that were to be sent and were not received: first those on their way, oldest
	// first, then those that came back, which are drafts again.
	Outbox(ctx context.Context) ([]OutboxItem, error)
	// CancelOutbox makes a draft again of a message on its way, found by its key. Fails with CodeNotFound, and
	// CodeConflict (RetryAfter) while it is just being sent.
	CancelOutbox(ctx context.Context, key string) error
	// Received gives the receipt of a message that has left the outbox because it was received, for a day at least. Fails
	// with CodeNotFound.
	Received(ctx context.Context, key string) (Receipt, error)
	// WatchOutbox sends a value whenever the outbox has changed, until ctx ends.
	WatchOutbox(ctx context.Context) <-chan struct{}
}

// OutboxState says how far a message is on its way.
type OutboxState string

// The states there are.
const (
	OutboxWaiting OutboxState = "waiting" // for the connection, or for its turn
	OutboxSending OutboxState = "sending"
	OutboxRefused OutboxState = "refused" // it came back and is a draft again
)

// OutboxItem is a message that was to be sent and was not received.
type OutboxItem struct {
	Key         string // its idempotency key
	DraftID     string // of the draft that it is again, when refused; "" otherwise
	ThreadID    string // a reply
	Topic       string
	AgreementID string
	Body        string
	Attachments []Attachment
	State       OutboxState
	Percent     int               // of its files that the backend has, 0 to 100
	Since       time.Time         // when it was to be sent; zero when refused
	Code        Code              // why it was refused
	Fields      map[string]string // the fields that were refused
}

// Kept is the ability of a CustomerSession to remove what this device keeps of the person: a sign-out on somebody else's
// computer asks for it.
type Kept interface {
	// Kept says how much there is.
	Kept(ctx context.Context) (KeptInfo, error)
	// RemoveKept removes all of it, drafts and the sign-in without the service too. Fails with CodeConflict while
	// messages wait to be sent, unless they are to be discarded.
	RemoveKept(ctx context.Context, discard bool) error
}

// KeptInfo is how much of a person's a device keeps.
type KeptInfo struct {
	Drafts  int
	Waiting int   // messages that were not received yet
	Bytes   int64 // of all of it
}

// Connection is the ability of a Portal to tell whether the service can be reached.
type Connection interface {
	// Online tells whether the service could be reached when it was last tried, and since when that is so; the zero time
	// before the first try, which counts as online.
	Online() (online bool, since time.Time)
	// LastContact is when the service answered last, in this run or an earlier one; the zero time when it never did.
	LastContact() time.Time
	// Reconnect tries now whether the service can be reached, and fails as any call does.
	Reconnect(ctx context.Context) error
	// WatchConnection sends a value whenever Online has changed, until ctx ends.
	WatchConnection(ctx context.Context) <-chan struct{}
}

// Support is the ability of a Portal to name what helps whoever helps a person.
type Support interface {
	// LastRequestID names the latest call that failed as the service's log knows it; "" when none did.
	LastRequestID() string
}

// Service is the ability of a Portal to say what service it talks to.
type Service interface {
	Service(ctx context.Context) (ServiceInfo, error)
}

// ServiceInfo describes the service of a Portal.
type ServiceInfo struct {
	Host string // with its port, "portal.example:8443"

	// Fingerprint is that of the certificate which the person accepted by hand: the SHA-256 of its public key, hex. ""
	// when the system vouches for the service's certificate.
	Fingerprint string
}

// FingerprintGroups writes a fingerprint, which is in hex, as people compare it: "1A2B 3C4D …".
func FingerprintGroups(fingerprint string) string {
	var groups []string
	for group := range slices.Chunk([]byte(strings.ToUpper(fingerprint)), 4) {
		groups = append(groups, string(group))
	}
	return strings.Join(groups, " ")
}
