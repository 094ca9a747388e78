// Package desk holds the advisor's plain page: the conversations that wait for an answer, the one that is open, and the
// answer.
package desk

import "myaccount/services"

// Deps is what the page works with.
type Deps struct {
	Desk        services.Desk
	Attachments services.Attachments
	Documents   services.DeskDocuments // nil where none can be added
	NewKey      func() string          // makes an idempotency key, once for each intention to answer
	Begun       Begun                  // the same for all visits of a session
}
