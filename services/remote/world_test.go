package remote_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
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
	"myaccount/services/mail"
	"myaccount/services/remote"
	"myaccount/services/sample"
	"myaccount/services/seal"
	"myaccount/services/server"
	"myaccount/services/servicetest"
	"myaccount/services/store/postgres"
	"myaccount/services/store/sqlite"
	"myaccount/services/text"
)

const password services.Secret = "quiet-Harbour-92-lantern"

// must ends a test on an error.
var must = basetest.Must

// Things that are the same for every case and take a while to make.
var (
	sharedCatalogue = sync.OnceValues(func() (*text.Catalogue, error) { return text.Load(assets.Translations) })
	sharedBrand     = sync.OnceValues(func() (brand.Brand, error) { return brand.Load(assets.Brand) })
	sharedKey       = sync.OnceValues(seal.NewKey)
	weak            = seal.NewPasswords(seal.Params{Time: 1, Memory: 64, Threads: 1})
)

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func newBox(t testing.TB) *seal.Box {
	t.Helper()
	key, err := sharedKey()
	must(t, err)
	box, err := seal.Open(key)
	must(t, err)
	return box
}

// inbox is where mails are sent.
type inbox struct {
	mu    sync.Mutex
	mails []mail.Message
}

func (i *inbox) Send(_ context.Context, m mail.Message) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if !slices.ContainsFunc(i.mails, func(other mail.Message) bool { return other.ID == m.ID }) {
		i.mails = append(i.mails, m)
	}
	return nil
}

var (
	tokenOf = regexp.MustCompile(`token=([A-Za-z0-9_-]+)`)
	codeOf  = regexp.MustCompile(`(?m)\b(\d{6})\b`)
)

// to lists the mails to an address, newest first, as somebody reads them.
func (i *inbox) to(address string) []services.Mail {
	i.mu.Lock()
	defer i.mu.Unlock()
	var list []services.Mail
	for _, m := range slices.Backward(i.mails) {
		if core.AddressKey(m.To) != core.AddressKey(address) {
			continue
		}
		read := services.Mail{ID: m.ID, Kind: string(m.Kind), To: m.To, Subject: m.Subject, Text: m.Text}
		if found := tokenOf.FindStringSubmatch(m.Text); found != nil {
			read.Token = services.Secret(found[1])
		}
		if found := codeOf.FindStringSubmatch(m.Text); found != nil && m.Kind == mail.Code {
			read.Code = services.Secret(found[1])
		}
		list = append(list, read)
	}
	return list
}

// backend is the service: replicas with one database behind one address.
type backend struct {
	t      testing.TB
	clock  *basetest.Clock
	folder string // of a database of SQLite, and of attachments
	url    string // of a database of PostgreSQL; "" for SQLite
	secure bool   // speaks TLS
	inbox  inbox

	cores   []*core.Core
	fronts  []*httptest.Server // of the replicas
	closers []func() error
	front   *httptest.Server // what clients see; nil before the first open
	turn    atomic.Int64
	target  atomic.Pointer[http.Handler]
}

// ServeHTTP hands a request to the replicas in turn.
func (b *backend) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	(*b.target.Load()).ServeHTTP(w, r)
}

// open starts the replicas. The address stays the same.
func (b *backend) open(replicas int) {
	b.t.Helper()
	ready := b.start(replicas)
	b.target.Store(&ready)
	if b.front == nil {
		b.front = httptest.NewUnstartedServer(b)
		if b.secure {
			b.front.EnableHTTP2 = true
			b.front.StartTLS()
		} else {
			b.front.Start()
		}
	}
}

// start starts the replicas and gives what is in front of them, which nobody reaches yet.
func (b *backend) start(replicas int) http.Handler {
	b.t.Helper()
	blobs, err := blob.Open(filepath.Join(b.folder, "blobs"))
	must(b.t, err)
	var handlers []http.Handler
	for range replicas {
		c := b.openCore(blobs)
		b.cores = append(b.cores, c)
		s, err := server.New(server.Config{Core: c})
		must(b.t, err)
		handlers = append(handlers, s)
	}
	return b.route(handlers)
}

// route makes a reverse proxy before several replicas.
func (b *backend) route(handlers []http.Handler) http.Handler {
	b.fronts = nil
	if len(handlers) == 1 {
		return handlers[0]
	}
	var proxies []*httputil.ReverseProxy
	for _, h := range handlers {
		front := httptest.NewServer(h)
		b.fronts = append(b.fronts, front)
		to, err := url.Parse(front.URL)
		must(b.t, err)
		proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(to) }, FlushInterval: -1}
		proxies = append(proxies, proxy)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		proxies[b.turn.Add(1)%int64(len(proxies))].ServeHTTP(w, r)
	})
}

func (b *backend) openCore(blobs *blob.Folder) *core.Core {
	b.t.Helper()
	rules, err := sharedBrand()
	must(b.t, err)
	catalogue, err := sharedCatalogue()
	must(b.t, err)
	config := core.Config{
		Blobs: blobs, Box: newBox(b.t), Passwords: weak, Clock: b.clock, NewID: newID, NewToken: seal.Token, NewCode: seal.Digits,
		Brand: rules, Terms: map[string]string{"en": assets.TermsEnglish, "fr": assets.TermsFrench},
		Catalogue: catalogue, Sender: &b.inbox, CaptchaCost: 20,
	}
	if b.url == "" {
		database, err := sqlite.Open(b.t.Context(), filepath.Join(b.folder, "portal.db"), config.Box, b.clock)
		must(b.t, err)
		config.Store = database
		b.closers = append(b.closers, database.Close)
		return core.New(config)
	}
	database, err := postgres.Open(b.t.Context(), b.url, config.Box, b.clock)
	must(b.t, err)
	config.Store, config.Wake = database, database.Announce
	c := core.New(config)
	ctx, stop := context.WithCancel(context.Background())
	var listening sync.WaitGroup
	listening.Go(func() { database.Listen(ctx, c.Look) })
	b.closers = append(b.closers, func() error {
		stop()
		listening.Wait()
		return database.Close()
	})
	return c
}

// close ends the replicas; whoever asks meanwhile hears that nobody is there.
func (b *backend) close() {
	var nobody http.Handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	b.target.Store(&nobody)
	for _, c := range b.cores {
		c.Close()
	}
	b.front.CloseClientConnections()
	for _, front := range b.fronts {
		front.CloseClientConnections()
		front.Close()
	}
	for _, end := range b.closers {
		must(b.t, end())
	}
	b.cores, b.closers, b.fronts = nil, nil, nil
}

// deliver sends the mails that are due.
func (b *backend) deliver() {
	b.t.Helper()
	_, err := b.cores[0].SendMails(b.t.Context())
	must(b.t, err)
}

func (b *backend) mails(address string) []services.Mail {
	b.t.Helper()
	b.deliver()
	return b.inbox.to(address)
}

func (b *backend) importFile(portfolio []byte) {
	b.t.Helper()
	open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(portfolio)), nil }
	_, err := b.cores[0].ImportPortfolio(b.t.Context(), open, nil)
	must(b.t, err)
}

// secrets keeps secrets in memory.
type secrets struct{ each sync.Map }

func (s *secrets) Get(name string) (seal.Secret, error) {
	value, _ := s.each.Load(name)
	secret, _ := value.(seal.Secret)
	return secret, nil
}

func (s *secrets) Set(name string, secret seal.Secret) error {
	s.each.Store(name, secret)
	return nil
}

func (s *secrets) Delete(name string) error {
	s.each.Delete(name)
	return nil
}

// world is the World of a computer and a backend.
type world struct {
	*basetest.Clock
	t        *testing.T
	backend  *backend
	replicas int
	folder   string // of the cache
	secrets  secrets
	portal   *remote.Portal
}

var _ servicetest.World = (*world)(nil)

// newWorld makes the World of an empty backend. url is that of a database of PostgreSQL, or "".
func newWorld(t *testing.T, url string, replicas int) *world {
	t.Helper()
	w := emptyWorld(t, basetest.NewClock(basetest.Start), url, replicas)
	w.open()
	t.Cleanup(w.close)
	return w
}

func emptyWorld(t *testing.T, c *basetest.Clock, url string, replicas int) *world {
	dir := t.TempDir()
	return &world{
		Clock: c, t: t, replicas: replicas, folder: filepath.Join(dir, "cache"),
		backend: &backend{t: t, clock: c, folder: filepath.Join(dir, "backend"), url: url, secure: url == ""},
	}
}

func (w *world) open() {
	w.t.Helper()
	must(w.t, os.MkdirAll(w.backend.folder, 0o700))
	w.backend.open(w.replicas)
	w.openPortal(w.backend.front.URL)
}

// openPortal opens the program's side, which accepts the certificate that the backend made itself.
func (w *world) openPortal(address string) {
	w.t.Helper()
	var err error
	w.portal, err = remote.Open(w.t.Context(), remote.Options{
		URL: address, Folder: w.folder, Box: newBox(w.t), Secrets: &w.secrets, Clock: w.Clock, NewID: newID, Passwords: weak,
	})
	must(w.t, err)
	if w.backend.secure {
		must(w.t, w.portal.Pin(w.t.Context(), remote.Fingerprint(w.backend.front.Certificate())))
	}
}

func (w *world) close() {
	must(w.t, w.portal.Close())
	w.backend.close()
	w.backend.front.Close()
}

func (w *world) Advance(d time.Duration) {
	w.backend.deliver()
	w.Move(d)
}

func (w *world) Portal() services.Portal { return w.portal }

func (w *world) Mails(_ testing.TB, address string) []services.Mail { return w.backend.mails(address) }

func (w *world) Import(_ testing.TB, portfolio []byte) { w.backend.importFile(portfolio) }

// Advisor signs the sample's advisor in, who chooses a password the first time.
func (w *world) Advisor(t testing.TB) services.AdvisorSession {
	t.Helper()
	who, err := sample.TheAdvisor()
	must(t, err)
	c := services.Credentials{Email: who.Email, Password: password, Device: services.DeviceClaim{Name: "Desk", Kind: "personal"}}
	session, err := w.portal.SignIn(t.Context(), c)
	if services.CodeOf(err) == services.CodeUnauthenticated {
		core := w.backend.cores[0]
		must(t, core.EnsureAdvisor(t.Context(), who.FirstName, who.LastName, who.Email))
		must(t, core.InviteAdvisor(t.Context(), who.Email))
		token := w.backend.mails(who.Email)[0].Token
		must(t, w.portal.ResetPassword(t.Context(), services.PasswordReset{Token: token, Password: password}))
		session, err = w.portal.SignIn(t.Context(), c)
	}
	must(t, err)
	advisor, ok := session.(services.AdvisorSession)
	if !ok {
		t.Fatalf("not an advisor's session: %T", session)
	}
	return advisor
}

func (w *world) Restart(testing.TB) {
	w.t.Helper()
	w.backend.deliver()
	must(w.t, w.portal.Close())
	w.backend.close()
	w.open()
}
