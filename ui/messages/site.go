// Package messages holds the Message Center: the list of conversations with a reading pane, the page where a message is
// written, and the confirmation that it was received.
//
// What a person writes is kept as a draft while they type, and is sent with the key that was made with the draft, so
// that neither a crash nor a second try loses it or sends it twice.
package messages

import (
	"context"

	"myaccount/services"
)

// Deps is what the pages work with.
type Deps struct {
	Messages    services.Messages
	Drafts      services.Drafts
	Attachments services.Attachments
	Agreements  services.Agreements
	Copies      Copies
	Outbox      services.Outbox // optional: remote mode
	Begun       *Begun          // the same for all pages of a session
}

// Copies keeps copies of conversations; services.Documents does.
type Copies interface {
	CopyThread(ctx context.Context, threadID, language string) (services.Document, error)
}
