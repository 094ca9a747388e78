// Package core holds the rules of the portal, written once: registering, signing in, linking, reading agreements,
// messages and the desk. It runs on a Store, a Blobs folder, a Clock and a source of ids, so local-only mode and the
// backend share every rule, and tests decide time and ids.
//
// A method that changes something does all of it in one transaction; mails and events are rows of that transaction
// (the outbox and the event log), so nothing is announced that did not happen and nothing that happened is lost.
package core

import (
	"context"
	"log/slog"

	"myaccount/services"
	"myaccount/services/brand"
	"myaccount/services/seal"
	"myaccount/services/text"
)

// Blobs keeps attachments. Contents are sealed before they come here.
type Blobs interface {
	Put(ctx context.Context, key string, data []byte) error
	Get(ctx context.Context, key string) ([]byte, error)
	Delete(ctx context.Context, key string) error
}

// Config is what a Core runs on. Every field is needed but those said to be optional.
type Config struct {
	Store     Store
	Blobs     Blobs
	Box       *seal.Box
	Passwords *seal.Passwords
	Clock     services.Clock
	NewID     func() string // UUIDv7 in production
	NewToken  func() seal.Secret
	NewCode   func(digits int) seal.Secret
	Brand     brand.Brand
	Terms     map[string]string // language to Markdown
	Catalogue *text.Catalogue
	Wake      func()       // optional: called after a transaction that wrote a mail or an event
	Log       *slog.Logger // optional
}

// Core is the portal's rules; it implements services.Portal.
type Core struct {
	Config
}

// New makes a Core.
func New(c Config) *Core {
	if c.Wake == nil {
		c.Wake = func() {}
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return &Core{Config: c}
}

var _ services.Portal = (*Core)(nil)
