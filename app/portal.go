package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"myaccount/assets"
	"myaccount/services"
	"myaccount/services/brand"
	"myaccount/services/local"
	"myaccount/services/mail"
	"myaccount/services/program"
	"myaccount/services/remote/cache"
	"myaccount/services/seal"
	"myaccount/services/seal/keyring"
	"myaccount/services/sqlitefile"
	"myaccount/services/store/sqlite"
	"myaccount/services/text"
)

// systemClock tells the machine's time.
type systemClock struct{}

// Now is the present moment in UTC.
func (systemClock) Now() time.Time { return time.Now().UTC() }

// newID makes a time-ordered id.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

// portal is what the program runs on.
type portal interface {
	services.Portal
	Close() error
}

// openPortal opens the data folder's portal of local-only mode. Errors that the person can do something about are *program.Fault.
func openPortal(ctx context.Context, e *environment, product brand.Brand, catalogue *text.Catalogue) (*local.Portal, error) {
	k, err := newKeys(e.Folder)
	if err != nil {
		return nil, err
	}
	options := local.Options{
		Folder: e.Folder, Keys: k, Clock: systemClock{}, NewID: newID, NewToken: seal.Token, NewCode: seal.Digits,
		Passwords: seal.NewPasswords(seal.DefaultParams()), Brand: product, Terms: terms(), Catalogue: catalogue,
		Location: time.Local, Log: e.Log,
	}
	if address := e.Config.SMTP.URL; address != "" {
		sender, err := mail.NewSMTP(address.Reveal(), cmp.Or(e.Config.SMTP.From, product.Contact.MailFrom), nil)
		if err != nil {
			return nil, &program.Fault{Key: "app.smtp", Err: errors.New("smtp: bad address")} // the address holds a password
		}
		options.Sender = sender
	}
	portal, err := local.Open(ctx, options)
	if err != nil {
		return nil, portalFault(e.Folder, err)
	}
	k.note(e.Log)
	return portal, nil
}

func terms() map[string]string {
	return map[string]string{string(text.English): assets.TermsEnglish, string(text.French): assets.TermsFrench}
}

// portalFault says what is wrong with the data.
func portalFault(folder string, err error) error {
	known := []struct {
		err error
		key string
	}{
		{sqlite.ErrNewer, "app.data.newer"},
		{sqlite.ErrOtherKey, "app.data.key"},
		{cache.ErrOtherKey, "app.data.key"},
		{keyring.ErrNoKeyring, "app.data.keyring"},
		{keyring.ErrKeyLost, "app.data.key"},
		{seal.ErrKey, "app.data.key"},
		{sqlitefile.ErrDamaged, "app.data.damaged"},
		{sqlitefile.ErrLocked, "app.data.locked"},
		{sqlitefile.ErrReadOnly, "app.folder.readonly"},
		{sqlitefile.ErrFull, "app.folder.full"},
	}
	for _, k := range known {
		if errors.Is(err, k.err) {
			return &program.Fault{Key: k.key, Vars: text.Vars{"Folder": folder}, Err: err}
		}
	}
	return folderFault(folder, err)
}

// setAside moves a damaged database out of the way, never over another file, and tells where to.
func setAside(v vault) (string, error) {
	moved, err := v.setAside(time.Now())
	if err != nil {
		return "", fmt.Errorf("set the damaged database aside: %w", err)
	}
	return filepath.Base(moved), nil
}

// restoreKey takes the key of a database from a backup of it.
func restoreKey(ctx context.Context, v vault, backup string) error {
	k, err := newKeys(v.folder)
	if err != nil {
		return err
	}
	want, err := v.keyID(ctx)
	if err != nil {
		return portalFault(v.folder, err)
	}
	if _, _, err := k.keeper.Restore(backup, want); err != nil {
		return &program.Fault{Key: "app.data.backup", Err: err}
	}
	return nil
}
