// Package local is local-only mode: the rules of services/core in this process, on a SQLite database and a folder of
// sealed attachments. It keeps the mails that would be sent, runs what is due, and remembers the trust in this device.
package local

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"myaccount/services"
	"myaccount/services/blob"
	"myaccount/services/brand"
	"myaccount/services/core"
	"myaccount/services/mail"
	"myaccount/services/seal"
	"myaccount/services/store/sqlite"
	"myaccount/services/text"
)

// Names of what lies in the data folder.
const (
	databaseFile = "my-account.db"
	blobFolder   = "attachments"
)

// Keys finds and makes the key that everything is sealed with.
type Keys interface {
	// Load finds the key with the id that the database names, or any when want is "". It gives ErrNoKey when want is
	// "" and there is none, so that Create may follow.
	Load(want string) (seal.Key, error)
	// Create makes the key of a new database.
	Create() (seal.Key, error)
	// Place says where the key is: "keyring", or "file" with its path.
	Place() (kind, path string)
	// Secrets keeps small secrets such as device tokens, once the key is there.
	Secrets(*seal.Box) Secrets
}

// Secrets keeps small secrets by name.
type Secrets interface {
	// Get gives "" when there is none of that name.
	Get(name string) (seal.Secret, error)
	Set(name string, secret seal.Secret) error
	Delete(name string) error
}

// ErrNoKey says that there is no key yet.
var ErrNoKey = errors.New("no key yet")

// Options is what a Portal runs on. Every field is needed but those said to be optional.
type Options struct {
	Folder    string // data folder; made when it is not there
	Keys      Keys
	Clock     services.Clock
	NewID     func() string
	NewToken  func() seal.Secret
	NewCode   func(digits int) seal.Secret
	Passwords core.Passwords
	Brand     brand.Brand
	Terms     map[string]string
	Catalogue *text.Catalogue
	Log       *slog.Logger

	Location    *time.Location // optional: of the times in mails; UTC
	Sender      mail.Sender    // optional: mails are also really sent
	CaptchaCost int64          // optional: how hard challenges are
}

// Portal is the portal of one data folder.
type Portal struct {
	*core.Core
	options  Options
	database *sqlite.Database
	secrets  Secrets
	box      *seal.Box

	stop    context.CancelFunc
	running sync.WaitGroup
	wake    chan struct{}
	watch   watchers
}

var (
	_ services.Portal            = (*Portal)(nil)
	_ services.MailTray          = (*Portal)(nil)
	_ services.PortfolioImporter = (*Portal)(nil)
	_ services.SampleData        = (*Portal)(nil)
	_ services.DataFolder        = (*Portal)(nil)
)

// Open opens the data folder, or makes it, and starts the work that is due. Errors: those of sqlite.Open (ErrNewer,
// ErrOtherKey, sqlitefile's) and of Keys.
func Open(ctx context.Context, o Options) (*Portal, error) {
	if err := os.MkdirAll(o.Folder, 0o700); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	path := Database(o.Folder)
	key, err := loadKey(ctx, path, o.Keys)
	if err != nil {
		return nil, err
	}
	box, err := seal.Open(key)
	if err != nil {
		return nil, fmt.Errorf("key: %w", err)
	}
	blobs, err := blob.Open(filepath.Join(o.Folder, blobFolder))
	if err != nil {
		return nil, fmt.Errorf("attachments: %w", err)
	}
	database, err := sqlite.Open(ctx, path, box, o.Clock)
	if err != nil {
		return nil, err
	}
	p := &Portal{
		options: o, database: database, box: box, secrets: o.Keys.Secrets(box),
		wake: make(chan struct{}, 1), watch: newWatchers(),
	}
	p.Core = core.New(core.Config{
		Store: database, Blobs: blobs, Box: box, Passwords: o.Passwords, Clock: o.Clock,
		NewID: o.NewID, NewToken: o.NewToken, NewCode: o.NewCode,
		Brand: o.Brand, Terms: o.Terms, Catalogue: o.Catalogue,
		Location: o.Location, Tray: true, Simulated: true, Sender: o.Sender, CaptchaCost: o.CaptchaCost, Wake: p.woken, Log: o.Log,
	})
	p.start()
	return p, nil
}

// Database is the path of the database in a data folder.
func Database(folder string) string { return filepath.Join(folder, databaseFile) }

// loadKey finds the key that the database asks for, or makes one for a new database.
func loadKey(ctx context.Context, path string, keys Keys) (seal.Key, error) {
	want, err := sqlite.KeyID(ctx, path)
	if err != nil {
		return seal.Key{}, err
	}
	key, err := keys.Load(want)
	if errors.Is(err, ErrNoKey) && want == "" {
		return keys.Create()
	}
	return key, err
}

// Close ends the work that is under way and all subscriptions, and closes the database. Sessions cannot be used afterwards.
func (p *Portal) Close() error {
	p.Core.Close()
	p.stop()
	p.running.Wait()
	return p.database.Close()
}
