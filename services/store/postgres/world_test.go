package postgres_test

import (
	"bytes"
	"context"
	"io"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"myaccount/assets"
	"myaccount/services"
	"myaccount/services/basetest"
	"myaccount/services/blob"
	"myaccount/services/brand"
	"myaccount/services/core"
	"myaccount/services/sample"
	"myaccount/services/seal"
	"myaccount/services/servicetest"
	"myaccount/services/store/postgres"
	"myaccount/services/store/postgres/pgtest"
	"myaccount/services/text"
)

func TestMain(m *testing.M) { pgtest.Main(m, postgres.Migrate) }

// replicas is how many share the database of a world. One alone does nothing that two do not.
const replicas = 2

// TestConformance runs the suite over the rules on PostgreSQL, by two replicas in turn: whatever one wrote the other goes
// on from, also at the same moment.
func TestConformance(t *testing.T) {
	servicetest.Run(t, func(t *testing.T) servicetest.World { return newWorld(t) })
}

// world is the World of replicas on one database. Passwords are hashed weakly and challenges are easy, to save time.
type world struct {
	*basetest.Clock
	t      *testing.T
	url    string
	box    *seal.Box
	folder string // of attachments, which replicas share
	cores  [replicas]*core.Core
	dbs    [replicas]*postgres.Database
	turn   atomic.Int64
	deaf   func()   // ends listening
	tokens sync.Map // of the devices that people trust, by how they wrote their address
}

var _ servicetest.World = (*world)(nil)

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{
		t: t, url: pgtest.Database(t), box: newBox(t), folder: filepath.Join(t.TempDir(), "blobs"),
		Clock: basetest.NewClock(basetest.Start),
	}
	w.open()
	t.Cleanup(w.close)
	return w
}

// Things that are the same for every case and take a while to make.
var (
	sharedCatalogue = sync.OnceValues(func() (*text.Catalogue, error) { return text.Load(assets.Translations) })
	sharedBrand     = sync.OnceValues(func() (brand.Brand, error) { return brand.Load(assets.Brand) })
)

func (w *world) open() {
	w.t.Helper()
	rules, err := sharedBrand()
	must(w.t, err)
	catalogue, err := sharedCatalogue()
	must(w.t, err)
	blobs, err := blob.Open(w.folder)
	must(w.t, err)
	ctx, stop := context.WithCancel(context.Background())
	var listening sync.WaitGroup
	w.deaf = func() { stop(); listening.Wait() }
	for i := range w.cores {
		w.dbs[i], err = postgres.Open(w.t.Context(), w.url, w.box, w.Clock)
		must(w.t, err)
		w.cores[i] = core.New(core.Config{
			Store: w.dbs[i], Blobs: blobs, Box: w.box, Clock: w.Clock, Wake: w.dbs[i].Announce,
			Passwords: seal.NewPasswords(seal.Params{Time: 1, Memory: 64, Threads: 1}),
			NewID:     func() string { return uuid.Must(uuid.NewV7()).String() }, NewToken: seal.Token, NewCode: seal.Digits,
			Brand: rules, Terms: map[string]string{"en": assets.TermsEnglish, "fr": assets.TermsFrench},
			Catalogue: catalogue, Tray: true, CaptchaCost: 20,
		})
		listening.Go(func() { w.dbs[i].Listen(ctx, w.cores[i].Look) })
	}
}

func (w *world) close() {
	w.deaf()
	for i := range w.cores {
		w.cores[i].Close()
		must(w.t, w.dbs[i].Close())
	}
}

// next gives the replicas in turn.
func (w *world) next() *core.Core { return w.cores[w.turn.Add(1)%replicas] }

func (w *world) Advance(d time.Duration) { w.Move(d) }

func (w *world) Portal() services.Portal { return &portal{Core: w.next(), w: w} }

func (w *world) Mails(t testing.TB, address string) []services.Mail {
	t.Helper()
	mails, err := w.next().Mails(t.Context(), address)
	must(t, err)
	return mails
}

func (w *world) Import(t testing.TB, portfolio []byte) {
	t.Helper()
	open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(portfolio)), nil }
	_, err := w.next().ImportPortfolio(t.Context(), open, nil)
	must(t, err)
}

// password is one that nobody would refuse.
const password services.Secret = "quiet-Harbour-92-lantern"

// Advisor signs the sample's advisor in, who chooses a password the first time.
func (w *world) Advisor(t testing.TB) services.AdvisorSession {
	t.Helper()
	who, err := sample.TheAdvisor()
	must(t, err)
	c := services.Credentials{Email: who.Email, Password: password, Device: services.DeviceClaim{Name: "Desk", Kind: "personal"}}
	session, err := w.next().SignIn(t.Context(), c)
	if services.CodeOf(err) == services.CodeUnauthenticated {
		must(t, w.next().EnsureAdvisor(t.Context(), who.FirstName, who.LastName, who.Email))
		must(t, w.next().InviteAdvisor(t.Context(), who.Email))
		token := w.Mails(t, who.Email)[0].Token
		must(t, w.next().ResetPassword(t.Context(), services.PasswordReset{Token: token, Password: password}))
		session, err = w.next().SignIn(t.Context(), c)
	}
	must(t, err)
	return session.(services.AdvisorSession)
}

func (w *world) Restart(testing.TB) {
	w.close()
	w.open()
}

// portal remembers the tokens of devices, as the program on a computer does.
type portal struct {
	*core.Core
	w *world
}

func (p *portal) SignIn(ctx context.Context, c services.Credentials) (services.Session, error) {
	name := core.AddressKey(c.Email)
	if token, ok := p.w.tokens.Load(name); ok {
		c.Device.Token = token.(services.Secret)
	}
	s, err := p.Core.SignIn(ctx, c)
	customer, ok := s.(services.CustomerSession)
	if err != nil || !ok {
		return s, err
	}
	mine := &session{CustomerSession: customer, w: p.w, name: name}
	token := s.(interface{ Token() seal.Secret }).Token()
	for i, c := range p.w.cores {
		s, err := c.Resume(ctx, token)
		if err != nil {
			return nil, err
		}
		mine.everywhere[i] = s.(services.CustomerSession)
	}
	return mine, nil
}

// session does what cases do many times at once on every replica in turn.
type session struct {
	services.CustomerSession
	w          *world
	name       string
	everywhere [replicas]services.CustomerSession
}

func (s *session) next() services.CustomerSession {
	return s.everywhere[s.w.turn.Add(1)%replicas]
}

// Reload lets the token of a trusted device go along with a changed address.
func (s *session) Reload(ctx context.Context) (services.SessionInfo, error) {
	info, err := s.CustomerSession.Reload(ctx)
	if name := core.AddressKey(info.Person.Email); err == nil && name != s.name {
		if token, ok := s.w.tokens.LoadAndDelete(s.name); ok {
			s.w.tokens.Store(name, token)
		}
		s.name = name
	}
	return info, err
}

func (s *session) Send(ctx context.Context, m services.Outgoing) (services.Receipt, error) {
	return s.next().Send(ctx, m)
}

func (s *session) AuthorizeDevice(ctx context.Context, r services.DeviceAuthorization) (services.SessionInfo, error) {
	here := s.next()
	info, err := here.AuthorizeDevice(ctx, r)
	if err == nil {
		s.CustomerSession = here // which knows what Info has become
	}
	if err == nil && info.Device.Token != "" {
		s.w.tokens.Store(s.name, info.Device.Token)
		info.Device.Token = ""
	}
	return info, err
}
