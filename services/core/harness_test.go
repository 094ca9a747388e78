package core_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"myaccount/assets"
	"myaccount/services"
	"myaccount/services/basetest"
	"myaccount/services/blob"
	"myaccount/services/brand"
	"myaccount/services/captcha"
	"myaccount/services/core"
	"myaccount/services/seal"
	"myaccount/services/store/sqlite"
	"myaccount/services/text"
)

// harness is a portal on a real database in a folder of the test, with a clock that the test moves and ids that count.
// Tests reach it as people do: what a mail carries is read in the tray.
type harness struct {
	*core.Core
	t         rapid.TB
	ctx       context.Context
	clock     *basetest.Clock
	db        *sqlite.Database
	path      string // of the database
	box       *seal.Box
	passwords *countedPasswords
}

// password is one that nobody would refuse.
const password services.Secret = "quiet-Harbour-92-lantern"

// start is when every test begins.
var start = basetest.Start

// What ends a test, or finds fault with an error.
var (
	must       = basetest.Must
	wantCode   = basetest.WantCode
	wantFields = basetest.WantFields
)

// Things that are the same for every test and take a while to make.
var (
	sharedCatalogue = sync.OnceValues(func() (*text.Catalogue, error) { return text.Load(assets.Translations) })
	sharedKey       = sync.OnceValues(seal.NewKey)
	sharedDatabase  = sync.OnceValues(makeDatabase)
)

// newHarness opens an empty portal. change may alter its configuration.
func newHarness(t testing.TB, change ...func(*core.Config)) *harness {
	t.Helper()
	return openHarness(t, newDatabase(t), t.Cleanup, change...)
}

// newDatabase puts an empty database into a folder of the test.
func newDatabase(t testing.TB) string {
	t.Helper()
	data, err := sharedDatabase()
	must(t, err)
	path := filepath.Join(t.TempDir(), "portal.db")
	must(t, os.WriteFile(path, data, 0o600))
	return path
}

// makeDatabase makes the file of a database that has its schema and nothing else.
func makeDatabase() ([]byte, error) {
	folder, err := os.MkdirTemp("", "core")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }() // of the system's temporary files
	key, err := sharedKey()
	if err != nil {
		return nil, err
	}
	box, err := seal.Open(key)
	if err != nil {
		return nil, err
	}
	path := filepath.Join(folder, "portal.db")
	db, err := sqlite.Open(context.Background(), path, box, basetest.NewClock(start))
	if err != nil {
		return nil, err
	}
	if err := db.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// openHarness opens the portal of a database; atEnd takes what closes it.
func openHarness(t rapid.TB, path string, atEnd func(func()), change ...func(*core.Config)) *harness {
	t.Helper()
	key, err := sharedKey()
	must(t, err)
	box, err := seal.Open(key)
	must(t, err)
	h := &harness{t: t, ctx: context.Background(), clock: basetest.NewClock(start), path: path, box: box}
	h.passwords = &countedPasswords{Passwords: seal.NewPasswords(seal.Params{Time: 1, Memory: 8, Threads: 1})}
	h.db, err = sqlite.Open(h.ctx, path, box, h.clock)
	must(t, err)
	atEnd(func() { must(t, h.db.Close()) })
	config := core.Config{
		Store: h.db, Blobs: newBlobs(t, filepath.Join(filepath.Dir(path), "blobs")), Box: box, Passwords: h.passwords,
		Clock: h.clock, NewID: newIDs(), NewToken: seal.Token, NewCode: seal.Digits,
		Terms: map[string]string{"en": assets.TermsEnglish, "fr": assets.TermsFrench}, Tray: true, CaptchaCost: 20,
	}
	config.Brand, err = brand.Load(assets.Brand)
	must(t, err)
	config.Catalogue, err = sharedCatalogue()
	must(t, err)
	for _, c := range change {
		c(&config)
	}
	h.Core = core.New(config)
	return h
}

func newBlobs(t rapid.TB, folder string) core.Blobs {
	t.Helper()
	blobs, err := blob.Open(folder)
	must(t, err)
	return blobs
}

// newIDs makes ids of the form of UUIDv7 that grow.
func newIDs() func() string {
	var n atomic.Int64
	return func() string { return fmt.Sprintf("00000000-0000-7000-8000-%012d", n.Add(1)) }
}

// countedPasswords counts how often a password was hashed, in whatever way.
type countedPasswords struct {
	*seal.Passwords
	n atomic.Int64
}

func (p *countedPasswords) Hash(ctx context.Context, password string) (string, error) {
	p.n.Add(1)
	return p.Passwords.Hash(ctx, password)
}

func (p *countedPasswords) Verify(ctx context.Context, stored, password string) (ok, outdated bool, err error) {
	p.n.Add(1)
	return p.Passwords.Verify(ctx, stored, password)
}

func (p *countedPasswords) Dummy(ctx context.Context, password string) error {
	p.n.Add(1)
	return p.Passwords.Dummy(ctx, password)
}

// hashed counts the passwords hashed while fn ran.
func (h *harness) hashed(fn func()) int64 {
	before := h.passwords.n.Load()
	fn()
	return h.passwords.n.Load() - before
}

// captcha solves a new challenge.
func (h *harness) captcha() string {
	h.t.Helper()
	challenge, err := h.Captcha(h.ctx)
	must(h.t, err)
	solution, err := captcha.Solve(h.ctx, captcha.Challenge(challenge), nil)
	must(h.t, err)
	return solution
}

// registration is one that nothing is wrong with.
func (h *harness) registration(email string) services.Registration {
	return services.Registration{
		FirstName: "Alice", LastName: "Tremblay", Email: email, Password: password, Language: "en",
		TermsVersion: h.Brand.Rules.TermsVersion, TermsLanguage: "en", Captcha: h.captcha(),
	}
}

// person registers somebody and confirms the address.
func (h *harness) person(email string) {
	h.t.Helper()
	must(h.t, h.Register(h.ctx, h.registration(email)))
	must(h.t, h.Activate(h.ctx, h.mail(email, "activate").Token))
}

// credentials are what a person signs in with.
func credentials(email string) services.Credentials {
	return services.Credentials{
		Email: email, Password: password, Device: services.DeviceClaim{Name: "Linux computer", Kind: "personal"},
	}
}

// signIn signs a person in on a device that nobody has authorized.
func (h *harness) signIn(email string) services.Session {
	h.t.Helper()
	session, err := h.SignIn(h.ctx, credentials(email))
	must(h.t, err)
	return session
}

// mail gives the latest mail of a kind to an address, as the tray shows it.
func (h *harness) mail(email, kind string) services.Mail {
	h.t.Helper()
	for _, m := range h.mails(email) {
		if m.Kind == kind {
			return m
		}
	}
	h.t.Fatalf("no mail %q", kind)
	return services.Mail{}
}

// mails lists the mails to an address.
func (h *harness) mails(email string) []services.Mail {
	h.t.Helper()
	list, err := h.Mails(h.ctx, email)
	must(h.t, err)
	return list
}

// kinds lists the kinds of the mails to an address, newest first.
func (h *harness) kinds(email string) []string {
	h.t.Helper()
	kinds := []string{}
	for _, m := range h.mails(email) {
		kinds = append(kinds, m.Kind)
	}
	return kinds
}

// onceOfFifty tries to use a token fifty times at once: one of them may.
func onceOfFifty(t *testing.T, use func() error) {
	t.Helper()
	var done atomic.Int64
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			switch err := use(); services.CodeOf(err) {
			case "":
				done.Add(1)
			case services.CodeGone:
			default:
				t.Errorf("unexpected: %v", err)
			}
		})
	}
	all.Wait()
	if done.Load() != 1 {
		t.Errorf("%d of 50 used the token", done.Load())
	}
}

// pagesOf reads a list page by page, limit at a time, and gives the ids.
func pagesOf(t *testing.T, limit int, read func(services.Page) (ids []string, next string, err error)) []string {
	t.Helper()
	all, at := []string{}, services.Page{Limit: limit}
	for {
		ids, next, err := read(at)
		must(t, err)
		all = append(all, ids...)
		if at.After = next; next == "" {
			return all
		}
	}
}
