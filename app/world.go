//go:build !release

package main

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	fynetest "fyne.io/fyne/v2/test"

	"myaccount/services"
	"myaccount/services/local"
	"myaccount/services/seal"
	"myaccount/services/text"
	"myaccount/ui"
	"myaccount/ui/nav"
	"myaccount/ui/uitest"
)

// world is the program with everything that changes from day to day held still: the clock, ids and codes.
type world struct {
	app     fyne.App
	queue   *nav.Queue
	clock   *walkClock
	files   *uitest.Files
	portal  *flakyPortal // of local-only mode; nil in remote mode
	program *ui.Program
	mails   func(address string) ([]services.Mail, error)
	session func() services.CustomerSession // the customer's latest
	end     func() error                    // closes the portal
}

// walkStart is when every walk begins: half past nine in the morning in Montréal.
var walkStart = time.Date(2026, 11, 21, 14, 30, 0, 0, time.UTC)

// walkCode is the six-digit code that every mail of a walk brings.
const walkCode = "040719"

// newWorld makes the program on an empty data folder, without a display.
func newWorld(ctx context.Context, data string, o tourOptions) (*world, error) {
	w := emptyWorld()
	var ids atomic.Uint64
	portal, err := local.Open(ctx, local.Options{
		Folder: data, Keys: &walkKeys{}, Clock: w.clock, Brand: o.brand, Terms: terms(), Catalogue: o.catalogue, Location: time.Local,
		NewID:    func() string { return fmt.Sprintf("01930000-0000-7000-8000-%012d", ids.Add(1)) },
		NewToken: seal.Token, NewCode: func(int) seal.Secret { return walkCode },
		Passwords: seal.NewPasswords(seal.DefaultParams()), CaptchaCost: 1000,
	})
	if err != nil {
		return nil, err
	}
	w.portal = &flakyPortal{Portal: portal}
	w.mails = func(address string) ([]services.Mail, error) { return portal.Mails(ctx, address) }
	w.session = func() services.CustomerSession { return w.portal.session }
	w.end = portal.Close
	policy, err := portal.Policy(ctx)
	if err != nil {
		return nil, err
	}
	w.program = ui.New(w.options(w.portal, policy, o))
	return w, nil
}

// emptyWorld is a world without a portal and a program.
func emptyWorld() *world {
	return &world{app: fynetest.NewApp(), queue: nav.NewQueue(), clock: &walkClock{now: walkStart}, files: &uitest.Files{}}
}

// options are what the program of a world runs on.
func (w *world) options(portal services.Portal, policy services.Policy, o tourOptions) ui.Options {
	options := ui.Options{
		App: w.app, Portal: portal, Policy: policy, Brand: o.brand, Catalogue: o.catalogue,
		Settings: &keptInMemory{kept: o.settings}, System: text.English, Clock: w.clock, Dispatcher: w.queue,
		After: w.clock.after, Files: func(fyne.Window) nav.Files { return w.files },
		Device:  o.catalogue.Printer(text.ParseLang(o.settings.Language)).T("app.device.linux"),
		Version: "1.0.0", OfferSample: true, Log: slog.New(slog.DiscardHandler), Size: o.size,
	}
	for _, change := range o.change {
		change(&options)
	}
	return options
}

// walkClock is a clock that stands still until the walk moves it on.
type walkClock struct {
	mu      sync.Mutex
	now     time.Time
	waiting []*alarm
}

// alarm is something to be done later.
type alarm struct {
	at time.Time
	do func()
}

// Now is the time of the walk.
func (c *walkClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// after is the walk's kit.After: it comes due only when the walk moves the clock.
func (c *walkClock) after(d time.Duration, do func()) (stop func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	a := &alarm{c.now.Add(d), do}
	c.waiting = append(c.waiting, a)
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		a.do = func() {}
	}
}

// move moves the clock and does what came due, once each.
func (c *walkClock) move(d time.Duration) {
	c.mu.Lock()
	c.now = c.now.Add(d)
	var due []*alarm
	later := c.waiting[:0:0]
	for _, a := range c.waiting {
		if a.at.After(c.now) {
			later = append(later, a)
		} else {
			due = append(due, a)
		}
	}
	c.waiting = later
	c.mu.Unlock()
	for _, a := range due {
		a.do()
	}
}

// keptInMemory keeps settings for the length of a walk.
type keptInMemory struct{ kept nav.Settings }

// Load gives the settings.
func (k *keptInMemory) Load() nav.Settings { return k.kept }

// Save keeps the settings.
func (k *keptInMemory) Save(s nav.Settings) error {
	k.kept = s
	return nil
}

// walkKeys keeps the key and the secrets of a walk in memory, so that nothing of it gets into the person's keyring.
type walkKeys struct {
	mu    sync.Mutex
	names map[string]seal.Secret
}

// Load finds none.
func (*walkKeys) Load(string) (seal.Key, error) { return seal.Key{}, local.ErrNoKey }

// Create makes a key.
func (*walkKeys) Create() (seal.Key, error) { return seal.NewKey() }

// Place is that of a computer with a keyring.
func (*walkKeys) Place() (kind, path string) { return "keyring", "" }

// Secrets are kept here too.
func (k *walkKeys) Secrets(*seal.Box) local.Secrets { return k }

// Get reads a secret.
func (k *walkKeys) Get(name string) (seal.Secret, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.names[name], nil
}

// Set keeps a secret.
func (k *walkKeys) Set(name string, secret seal.Secret) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.names == nil {
		k.names = map[string]seal.Secret{}
	}
	k.names[name] = secret
	return nil
}

// Delete forgets a secret.
func (k *walkKeys) Delete(name string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.names, name)
	return nil
}

// flakyPortal is the real portal with a switch that makes a customer's lists fail, to show what a screen says then.
type flakyPortal struct {
	*local.Portal
	down    atomic.Bool
	session services.CustomerSession // the latest
}

// SignIn opens a session that fails when the switch is on.
func (p *flakyPortal) SignIn(ctx context.Context, c services.Credentials) (services.Session, error) {
	session, err := p.Portal.SignIn(ctx, c)
	if customer, ok := session.(services.CustomerSession); ok && err == nil {
		p.session = customer
		return &flakySession{CustomerSession: customer, down: &p.down}, nil
	}
	return session, err
}

// Storage says what a picture can show: the real folder of a walk has another name each time.
func (p *flakyPortal) Storage(context.Context) (services.StorageInfo, error) {
	return services.StorageInfo{Folder: "/home/amelie/.local/share/my-account", KeyPlace: "keyring", Bytes: 1 << 20}, nil
}

type flakySession struct {
	services.CustomerSession
	down *atomic.Bool
}

// Agreements lists, or fails.
func (s *flakySession) Agreements(ctx context.Context) ([]services.Agreement, error) {
	if s.down.Load() {
		return nil, services.Fail(services.CodeUnavailable)
	}
	return s.CustomerSession.Agreements(ctx)
}

// Threads lists, or fails.
func (s *flakySession) Threads(ctx context.Context, q services.ThreadQuery) (services.ThreadPage, error) {
	if s.down.Load() {
		return services.ThreadPage{}, services.Fail(services.CodeUnavailable)
	}
	return s.CustomerSession.Threads(ctx, q)
}
