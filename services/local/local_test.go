package local_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"myaccount/assets"
	"myaccount/services"
	"myaccount/services/basetest"
	"myaccount/services/brand"
	"myaccount/services/captcha"
	"myaccount/services/local"
	"myaccount/services/sample"
	"myaccount/services/seal"
	"myaccount/services/text"
)

const (
	email    = "amelie.tremblay@example.ca"
	password = services.Secret("quiet-Harbour-92-lantern")
)

// keys keeps one key and the secrets in memory.
type keys struct {
	key     seal.Key
	made    int
	lost    bool
	mu      sync.Mutex
	secrets map[string]seal.Secret
}

var errLost = errors.New("lost")

func (k *keys) Load(want string) (seal.Key, error) {
	switch {
	case k.lost:
		return seal.Key{}, errLost
	case k.made == 0:
		return seal.Key{}, local.ErrNoKey
	}
	return k.key, nil
}

func (k *keys) Create() (key seal.Key, err error) {
	k.made++
	k.key, err = seal.NewKey()
	return k.key, err
}

func (k *keys) Place() (string, string)         { return "file", "/somewhere" }
func (k *keys) Secrets(*seal.Box) local.Secrets { return k }

func (k *keys) Get(name string) (seal.Secret, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.secrets[name], nil
}

func (k *keys) Set(name string, secret seal.Secret) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.secrets[name] = secret
	return nil
}

func (k *keys) Delete(name string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.secrets, name)
	return nil
}

// bench is a data folder with what a portal runs on.
type bench struct {
	t      *testing.T
	folder string
	keys   *keys
	clock  *basetest.Clock
	email  string // of who signs in
}

func newBench(t *testing.T) *bench {
	return &bench{
		t: t, folder: filepath.Join(t.TempDir(), "data"), keys: &keys{secrets: map[string]seal.Secret{}},
		clock: basetest.NewClock(time.Date(2026, 11, 21, 14, 30, 0, 0, time.UTC)), email: email,
	}
}

func (b *bench) open() *local.Portal {
	b.t.Helper()
	p, err := b.tryOpen()
	b.must(err)
	b.t.Cleanup(func() { _ = p.Close() })
	return p
}

func (b *bench) tryOpen() (*local.Portal, error) {
	rules, err := brand.Load(assets.Brand)
	b.must(err)
	catalogue, err := text.Load(assets.Translations)
	b.must(err)
	return local.Open(b.t.Context(), local.Options{
		Folder: b.folder, Keys: b.keys, Clock: b.clock, NewID: func() string { return uuid.Must(uuid.NewV7()).String() },
		NewToken: seal.Token, NewCode: seal.Digits, Passwords: seal.NewPasswords(seal.DefaultParams()),
		Brand: rules, Terms: map[string]string{"en": assets.TermsEnglish, "fr": assets.TermsFrench},
		Catalogue: catalogue, CaptchaCost: 100,
	})
}

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) captcha(p *local.Portal) string {
	b.t.Helper()
	c, err := p.Captcha(b.t.Context())
	b.must(err)
	solved, err := captcha.Solve(b.t.Context(), captcha.Challenge(c), nil)
	b.must(err)
	return solved
}

// mail waits for the newest mail of a kind.
func (b *bench) mail(p *local.Portal, kind string) services.Mail {
	b.t.Helper()
	mails, err := p.Mails(b.t.Context(), b.email)
	b.must(err)
	for _, m := range mails {
		if m.Kind == kind {
			return m
		}
	}
	b.t.Fatalf("no mail %q in the tray", kind)
	return services.Mail{}
}

// signIn registers, activates and signs in.
func (b *bench) signIn(p *local.Portal) services.CustomerSession {
	b.t.Helper()
	ctx := b.t.Context()
	policy, err := p.Policy(ctx)
	b.must(err)
	b.must(p.Register(ctx, services.Registration{
		FirstName: "Amélie", LastName: "Tremblay", Email: b.email, Password: password, Language: "fr",
		TermsVersion: policy.TermsVersion, TermsLanguage: "fr", Captcha: b.captcha(p),
	}))
	b.must(p.Activate(ctx, b.mail(p, "activate").Token))
	return b.signInAgain(p)
}

func (b *bench) signInAgain(p *local.Portal) services.CustomerSession {
	b.t.Helper()
	s, err := p.SignIn(b.t.Context(), services.Credentials{Email: b.email, Password: password, Device: services.DeviceClaim{Name: "Test", Kind: "personal"}})
	b.must(err)
	return s.(services.CustomerSession)
}

// link links the sample's first customer and trusts the device, or not.
func (b *bench) link(p *local.Portal, s services.CustomerSession, trust bool) services.SessionInfo {
	b.t.Helper()
	ctx := b.t.Context()
	b.must(p.LoadSample(ctx))
	people, err := p.SamplePeople(ctx)
	b.must(err)
	who := people[0]
	_, err = s.Link(ctx, services.LinkRequest{
		Method: services.LinkByVIN, FirstName: who.FirstName, LastName: who.LastName, VIN: who.VIN, LastPayment: who.LastPayment,
	})
	b.must(err)
	info, err := s.AuthorizeDevice(ctx, services.DeviceAuthorization{Code: b.mail(p, "code").Code, Trust: trust})
	b.must(err)
	return info
}

func TestPortal_TrustedDeviceIsRemembered(t *testing.T) {
	b := newBench(t)
	p := b.open()
	info := b.link(p, b.signIn(p), true)
	if !info.Ready() || info.Device.Token != "" || info.Device.TrustedUntil.IsZero() {
		t.Fatalf("after trusting: %+v", info)
	}
	b.must(p.Close())
	p = b.open()
	if !b.signInAgain(p).Info().Ready() {
		t.Error("the trusted device was asked for a code again")
	}
	b.clock.Move(31 * 24 * time.Hour)
	if b.signInAgain(p).Info().Device.Authorized {
		t.Error("the trust did not end after its days")
	}
}

func TestPortal_UntrustedDeviceAsksAgain(t *testing.T) {
	b := newBench(t)
	p := b.open()
	b.link(p, b.signIn(p), false)
	if len(b.keys.secrets) != 0 {
		t.Error("a token was kept though the device is not trusted")
	}
	s := b.signInAgain(p)
	if info := s.Info(); !info.Linked || info.Device.Authorized {
		t.Fatalf("second sign-in: %+v", info)
	}
	if _, err := s.Agreements(t.Context()); services.CodeOf(err) != services.CodeDeviceUnauthorized {
		t.Errorf("agreements before the code: %v", err)
	}
}

func TestPortal_RevokedDeviceForgetsItsToken(t *testing.T) {
	b := newBench(t)
	p := b.open()
	s := b.signIn(p)
	info := b.link(p, s, true)
	b.must(s.RevokeDevice(t.Context(), info.Device.ID))
	if len(b.keys.secrets) != 0 {
		t.Error("the token of a revoked device was kept")
	}
}

// However the domain is written, it is one address and one trust.
func TestPortal_TrustOfAnInternationalDomain(t *testing.T) {
	b := newBench(t)
	b.email = "amelie@Montréal.example"
	p := b.open()
	b.link(p, b.signIn(p), true)
	b.email = "AMELIE@xn--montral-fya.example"
	if !b.signInAgain(p).Info().Ready() {
		t.Error("the trusted device was asked for a code again")
	}
}

func TestPortal_WatchMails(t *testing.T) {
	b := newBench(t)
	p := b.open()
	ctx, cancel := context.WithCancel(t.Context())
	watched := p.WatchMails(ctx)
	b.signIn(p)
	select {
	case <-watched:
	case <-time.After(5 * time.Second):
		t.Fatal("nothing was told of a new mail")
	}
	cancel()
	for range watched { // ends when the channel is closed
	}
	p.ResendActivation(t.Context(), services.AddressRequest{}) //nolint:errcheck // only must not send on a closed channel
}

func TestPortal_CloseEndsSubscriptions(t *testing.T) {
	b := newBench(t)
	p := b.open()
	events, err := b.signIn(p).Subscribe(t.Context(), 0)
	b.must(err)
	b.must(p.Close())
	ended := time.After(5 * time.Second)
	for {
		select {
		case _, ok := <-events:
			if !ok {
				return
			}
		case <-ended:
			t.Fatal("the subscription outlives the portal")
		}
	}
}

// A customer may have the address of the sample's advisor: the sample goes without one until the address is free.
func TestPortal_SampleWithoutItsAdvisor(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	advisor, err := sample.TheAdvisor()
	b.must(err)
	b.email = advisor.Email
	p := b.open()
	s := b.signIn(p)
	b.must(p.LoadSample(ctx))
	if loaded, err := p.SampleLoaded(ctx); err != nil || !loaded {
		t.Errorf("loaded %t, %v", loaded, err)
	}
	if people, err := p.SamplePeople(ctx); err != nil || len(people) == 0 {
		t.Errorf("%d people, %v", len(people), err)
	}
	if _, err := p.InviteSampleAdvisor(ctx); services.CodeOf(err) != services.CodeConflict {
		t.Errorf("inviting the advisor: %v", err)
	}
	b.must(s.DeleteAccount(ctx, password))
	address, err := p.InviteSampleAdvisor(ctx)
	b.must(err)
	if address != advisor.Email || b.mail(p, "set_password").Token == "" {
		t.Errorf("no mail to %q", address)
	}
}

func TestPortal_SampleIsRenewed(t *testing.T) {
	b := newBench(t)
	p := b.open()
	b.link(p, b.signIn(p), true)
	b.must(p.Close())
	b.clock.Move(20 * 24 * time.Hour)
	p = b.open()
	s := b.signInAgain(p)
	for range 100 {
		if agreements, err := s.Agreements(t.Context()); err == nil && len(agreements) > 0 && agreements[0].PastDue == nil &&
			agreements[0].Next.Due.Month == time.January {
			return
		}
		time.Sleep(50 * time.Millisecond) // the renewal runs beside; there is nothing to wait on but its effect
	}
	t.Error("twenty days later the sample still stands as it was")
}

func TestPortal_LostKeyMakesNoSecond(t *testing.T) {
	b := newBench(t)
	b.must(b.open().Close())
	b.keys.lost = true
	if _, err := b.tryOpen(); !errors.Is(err, errLost) {
		t.Fatalf("open without the key: %v", err)
	}
	if b.keys.made != 1 {
		t.Errorf("%d keys were made", b.keys.made)
	}
}

func TestPortal_DeleteEverything(t *testing.T) {
	b := newBench(t)
	p := b.open()
	s := b.signIn(p)
	b.link(p, s, true)
	_, err := s.Attach(t.Context(), services.Upload{Name: "note.txt", Data: []byte("hello")})
	b.must(err)
	b.must(os.WriteFile(filepath.Join(b.folder, "mine.txt"), []byte("not ours"), 0o600))
	aside := filepath.Join(b.folder, "damaged-20260301-120000")
	b.must(os.MkdirAll(aside, 0o700))
	for _, name := range []string{"my-account.db", "my-account.db-wal"} {
		b.must(os.WriteFile(filepath.Join(aside, name), []byte("once a database"), 0o600))
	}
	theirs := filepath.Join(b.folder, "damaged-goods")
	b.must(os.Mkdir(theirs, 0o700))
	before, err := p.Storage(t.Context())
	b.must(err)
	if before.Bytes == 0 || before.Folder != b.folder || before.KeyPlace != "file" {
		t.Errorf("storage: %+v", before)
	}
	b.must(p.DeleteEverything(t.Context()))
	entries, err := os.ReadDir(b.folder)
	b.must(err)
	if len(entries) != 2 || entries[0].Name() != "damaged-goods" || entries[1].Name() != "mine.txt" {
		t.Errorf("left behind: %v", entries)
	}
	p = b.open()
	if _, err := p.SignIn(t.Context(), services.Credentials{Email: email, Password: password}); services.CodeOf(err) != services.CodeUnauthenticated {
		t.Errorf("sign-in after deleting everything: %v", err)
	}
}
