// Package core holds the rules of the portal, written once: registering, signing in, linking, reading agreements,
// messages and the desk. It runs on a Store, a Blobs folder, a Clock and a source of ids, so local-only mode and the
// backend share every rule, and tests decide time and ids.
//
// A method that changes something does all of it in one transaction; mails and events are rows of that transaction
// (the outbox and the event log), so nothing is announced that did not happen and nothing that happened is lost.
package core

import (
	"cmp"
	"context"
	"log/slog"
	"time"

	"myaccount/services"
	"myaccount/services/brand"
	"myaccount/services/mail"
	"myaccount/services/seal"
	"myaccount/services/text"
)

// Blobs keeps attachments. Contents are sealed before they come here.
type Blobs interface {
	Put(ctx context.Context, key string, data []byte) error
	Get(ctx context.Context, key string) ([]byte, error)
	Delete(ctx context.Context, key string) error
	// List calls each for every key with the time it was put, in no order.
	List(ctx context.Context, each func(key string, put time.Time) error) error
}

// Passwords hashes passwords; seal.Passwords does.
type Passwords interface {
	Hash(ctx context.Context, password string) (string, error)
	Verify(ctx context.Context, stored, password string) (ok, outdated bool, err error)
	Dummy(ctx context.Context, password string) error
}

// Config is what a Core runs on. Every field is needed but those said to be optional.
type Config struct {
	Store     Store
	Blobs     Blobs
	Box       *seal.Box
	Passwords Passwords
	Clock     services.Clock
	NewID     func() string // UUIDv7 in production
	NewToken  func() seal.Secret
	NewCode   func(digits int) seal.Secret
	Brand     brand.Brand
	Terms     map[string]string // language to Markdown
	Catalogue *text.Catalogue

	Links       string           // optional: what the links of mails begin with, "https://portal.example/"; DefaultLinks
	Identity    IdentityProvider // optional: lets people sign in with logins that they have there
	Location    *time.Location   // optional: of the times in mails; UTC
	Tray        bool             // mails are shown on this device, with what they carry until it is used or expires
	Sender      mail.Sender      // optional: sends mails; without one they are only kept
	Simulated   bool             // no bank is asked: payments that are due post by themselves on their day
	CaptchaCost int64            // optional: how hard challenges are
	Wake        func()           // optional: called after a transaction that wrote a mail or an event
	Log         *slog.Logger     // optional
}

// DefaultLinks begins links that open the program on this device.
const DefaultLinks = "mybmwaccount://"

// Core is the portal's rules; it implements services.Portal.
type Core struct {
	Config
	hub    hub
	recent recent
	batch  int // of an import; 0 for importBatch

	searches searchIndexes
}

// New makes a Core.
func New(c Config) *Core {
	if c.Wake == nil {
		c.Wake = func() {}
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	c.Links = cmp.Or(c.Links, DefaultLinks)
	c.Location = cmp.Or(c.Location, time.UTC)
	c.CaptchaCost = cmp.Or(c.CaptchaCost, captchaCost)
	return &Core{Config: c, hub: hub{closed: make(chan struct{})}}
}

// Close ends all subscriptions, for good, and forgets what searches have read. Whoever opened the Store closes it
// afterwards.
func (c *Core) Close() {
	c.hub.close()
	c.searches.close()
}

var _ services.Portal = (*Core)(nil)

// update runs fn in a transaction that may write, wakes who waits for mails and events when it wrote one, and forgets what
// searches have read for people whose sessions it ended. When fn fails nothing is written: a rule that both counts a try
// and refuses it hands the refusal out through a variable.
func (c *Core) update(ctx context.Context, fn func(tx Tx) error) error {
	var watched *watchedTx
	err := c.Store.Update(ctx, func(tx Tx) error {
		watched = &watchedTx{Tx: tx} // anew each time: fn may run again
		return fn(watched)
	})
	if err == nil && watched.wrote {
		c.searches.forget(watched.ended...)
		c.hub.wake()
		c.Wake()
	}
	return err
}

// watchedTx notes whether a mail or an event was written, and whose sessions were ended.
type watchedTx struct {
	Tx
	wrote bool
	ended []string // ids of people
}

// AddMail writes a mail.
func (t *watchedTx) AddMail(row MailRow) error {
	t.wrote = true
	return t.Tx.AddMail(row)
}
