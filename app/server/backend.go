package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"myaccount/assets"
	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/disk"
	"myaccount/services/mail"
	"myaccount/services/program"
	"myaccount/services/seal"
	"myaccount/services/sqlitefile"
	"myaccount/services/store"
	"myaccount/services/store/postgres"
	"myaccount/services/store/sqlite"
	"myaccount/services/text"
)

// systemClock tells the machine's time.
type systemClock struct{}

// Now is the present moment in UTC.
func (systemClock) Now() time.Time { return now().UTC() }

// now is the machine's time; a process of a test has another.
var now = time.Now

// backend is the portal's rules on what they are configured to lie on.
type backend struct {
	*core.Core
	config config
	data   database
	box    *seal.Box
	mails  chan struct{} // a value says that a mail was written

	closers []io.Closer // in the order opened
}

// open opens everything but the door. listening is where the server can be reached, unless a public address is
// configured. What the operator can do something about is a *program.Fault.
func (o *operator) open(ctx context.Context, c config, listening string) (_ *backend, err error) {
	b := &backend{config: c, mails: make(chan struct{}, 1)}
	defer func() {
		if err != nil {
			err = errors.Join(c.explain(err), b.Close())
		}
	}()
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, err
	}
	want, err := c.keyID(ctx)
	if err != nil {
		return nil, err
	}
	key, err := loadKey(c.keysetPath(), want)
	if err != nil {
		return nil, err
	}
	if b.box, err = seal.Open(key); err != nil {
		return nil, err
	}
	b.box.Follow(func() (seal.Key, error) { return readKey(c.keysetPath()) })
	sender, err := o.sender(c)
	if err != nil {
		return nil, err
	}
	if c.OIDCIssuer != "" && o.brand.Identity.Provider == "" {
		return nil, &program.Fault{Key: "server.config.oidc_brand"}
	}
	files, err := c.openBlobs(ctx)
	if err != nil {
		return nil, &program.Fault{Key: "server.blobs.unusable", Err: err}
	}
	b.closers = append(b.closers, files)
	if b.data, err = c.openDatabase(ctx, b.box, systemClock{}); err != nil {
		return nil, err
	}
	b.closers = append(b.closers, b.data)
	b.Core = core.New(core.Config{
		Store: b.data, Blobs: files, Box: b.box, Passwords: seal.NewPasswords(seal.DefaultParams()),
		Clock: systemClock{}, NewID: func() string { return uuid.Must(uuid.NewV7()).String() },
		NewToken: seal.Token, NewCode: seal.Digits, Brand: o.brand,
		Terms:     map[string]string{string(text.English): assets.TermsEnglish, string(text.French): assets.TermsFrench},
		Catalogue: o.catalogue, Links: c.base(listening), Location: time.Local, Sender: sender, Wake: b.wake,
		Log: o.log(c), Identity: c.identities(),
	})
	return b, nil
}

// wake tells whoever sends mails, here and elsewhere, that there may be something to do. It never waits.
func (b *backend) wake() {
	b.nudge()
	b.data.Announce()
}

func (b *backend) nudge() {
	select {
	case b.mails <- struct{}{}:
	default:
	}
}

// Close gives everything back, what was opened last first.
func (b *backend) Close() error {
	var errs []error
	for i := len(b.closers) - 1; i >= 0; i-- {
		errs = append(errs, b.closers[i].Close())
	}
	b.closers = nil
	return errors.Join(errs...)
}

// with runs a command on an open backend.
func (o *operator) with(ctx context.Context, c config, do func(*backend) error) error {
	b, err := o.open(ctx, c, c.Listen)
	if err != nil {
		return err
	}
	return c.explain(errors.Join(do(b), b.Close()))
}

// log writes JSON lines to the standard error output.
func (o *operator) log(c config) *slog.Logger { return program.NewLogger(o.errOut, c.LogLevel) }

// mailFolder is where mails are written to without an SMTP server.
func (c *config) mailFolder() string { return filepath.Join(c.Data, "mail", "outgoing") }

// sender sends mails, or writes them to files.
func (o *operator) sender(c config) (mail.Sender, error) {
	from := cmp.Or(c.MailFrom, o.brand.Contact.MailFrom)
	if c.SMTP == "" {
		return mail.NewFiles(c.mailFolder(), from)
	}
	sender, err := mail.NewSMTP(c.SMTP.Reveal(), from, nil)
	if err != nil {
		return nil, &program.Fault{Key: "server.smtp.address", Err: mail.ErrURL} // the address holds a password
	}
	return sender, nil
}

// explanations say what is wrong with what lies on the machine or in the database.
var explanations = []struct {
	err error
	key string
}{
	{sqlite.ErrNewer, "server.data.newer"},
	{postgres.ErrNewer, "server.data.newer"},
	{store.ErrOtherKey, "server.data.key"},
	{store.ErrMissingKey, "server.data.keyset"},
	{sqlitefile.ErrDamaged, "server.data.damaged"},
	{sqlitefile.ErrLocked, "server.data.locked"},
	{sqlitefile.ErrReadOnly, "app.folder.readonly"},
	{disk.ErrFull, "app.folder.full"},
	{os.ErrPermission, "app.folder.denied"},
}

// explain makes a fault of an error that the operator can do something about.
func (c *config) explain(err error) error {
	var known *program.Fault
	if err == nil || errors.As(err, &known) {
		return err
	}
	for _, e := range explanations {
		if errors.Is(err, e.err) {
			return &program.Fault{Key: e.key, Vars: text.Vars{"Folder": c.Data}, Err: err}
		}
	}
	if services.CodeOf(err) == services.CodeUnavailable {
		return &program.Fault{Key: "server.data.unavailable", Err: err}
	}
	return fmt.Errorf("backend: %w", err)
}
