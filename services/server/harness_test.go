package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"cloud.google.com/go/civil"
	"github.com/google/uuid"

	"myaccount/assets"
	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/basetest"
	"myaccount/services/blob"
	"myaccount/services/brand"
	"myaccount/services/captcha"
	"myaccount/services/core"
	"myaccount/services/sample"
	"myaccount/services/seal"
	"myaccount/services/server"
	"myaccount/services/store/sqlite"
	"myaccount/services/text"
)

// Who the tests are about.
const (
	alice   = "alice.tremblay@example.ca"
	advisor = "desk@example.ca"
	// password is one that nobody would refuse.
	password = "quiet-Harbour-92-lantern"
)

// Things that are the same for every test and take a while to make.
var (
	sharedCatalogue = sync.OnceValues(func() (*text.Catalogue, error) { return text.Load(assets.Translations) })
	sharedKey       = sync.OnceValues(seal.NewKey)
	sharedDatabase  = sync.OnceValues(makeDatabase)
)

// harness is a server on a real database in a folder of the test, reached over a real connection.
type harness struct {
	t      testing.TB
	core   *core.Core
	server *server.Server
	web    *httptest.Server
	clock  *basetest.Clock
	log    *logged
}

// newHarness starts a server with the sample portfolio. change may alter the configurations.
func newHarness(t testing.TB, change ...func(*core.Config, *server.Config)) *harness {
	t.Helper()
	path := filepath.Join(t.TempDir(), "portal.db")
	data, err := sharedDatabase()
	must(t, err)
	must(t, os.WriteFile(path, data, 0o600))
	now := basetest.NewClock(basetest.Start)
	db, err := sqlite.Open(t.Context(), path, box(t), now)
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	return newHarnessOn(t, db, filepath.Join(filepath.Dir(path), "blobs"), now, change...)
}

// newHarnessOn starts a server on a database that is there, with the folder of its attachments.
func newHarnessOn(t testing.TB, db core.Store, folder string, now *basetest.Clock, change ...func(*core.Config, *server.Config)) *harness {
	t.Helper()
	h := &harness{t: t, clock: now, log: &logged{}}
	inside := coreConfig(t, db, folder, h.clock)
	outside := server.Config{Log: slog.New(slog.NewJSONHandler(h.log, nil)), Version: "1.2.3"}
	for _, c := range change {
		c(&inside, &outside)
	}
	h.core = core.New(inside)
	t.Cleanup(h.core.Close)
	outside.Core = h.core
	var err error
	h.server, err = server.New(outside)
	must(t, err)
	h.web = httptest.NewUnstartedServer(h.server)
	h.web.Config = h.server.HTTP("")
	h.web.Start()
	t.Cleanup(h.web.Close)
	return h
}

func box(t testing.TB) *seal.Box {
	t.Helper()
	key, err := sharedKey()
	must(t, err)
	b, err := seal.Open(key)
	must(t, err)
	return b
}

// must ends a test on an error.
var must = basetest.Must

// coreConfig is the rules as a server runs on them. Passwords are hashed weakly and challenges are easy, to save time.
func coreConfig(t testing.TB, db core.Store, folder string, clock services.Clock) core.Config {
	t.Helper()
	blobs, err := blob.Open(folder)
	must(t, err)
	rules, err := brand.Load(assets.Brand)
	must(t, err)
	catalogue, err := sharedCatalogue()
	must(t, err)
	return core.Config{
		Store: db, Blobs: blobs, Box: box(t), Passwords: seal.NewPasswords(seal.Params{Time: 1, Memory: 64, Threads: 1}),
		Clock: clock, NewID: func() string { return uuid.Must(uuid.NewV7()).String() },
		NewToken: seal.Token, NewCode: seal.Digits, Brand: rules, Catalogue: catalogue, Tray: true, CaptchaCost: 20,
		Terms: map[string]string{"en": assets.TermsEnglish, "fr": assets.TermsFrench},
	}
}

// makeDatabase makes a database with the sample portfolio.
func makeDatabase() ([]byte, error) {
	folder, err := os.MkdirTemp("", "server")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }() // of the system's temporary files
	key, err := sharedKey()
	if err != nil {
		return nil, err
	}
	sealer, err := seal.Open(key)
	if err != nil {
		return nil, err
	}
	path := filepath.Join(folder, "portal.db")
	now := basetest.NewClock(basetest.Start)
	db, err := sqlite.Open(context.Background(), path, sealer, now)
	if err != nil {
		return nil, err
	}
	portfolio, err := sample.Portfolio(civil.DateOf(now.Now()))
	if err != nil {
		return nil, err
	}
	c := core.New(core.Config{Store: db, Box: sealer, Clock: now})
	open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(portfolio)), nil }
	if _, err := c.ImportPortfolio(context.Background(), open, nil); err != nil {
		return nil, err
	}
	if err := db.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// logged keeps what was logged.
type logged struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logged) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(line)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// reply is an answer that was read to its end.
type reply struct {
	t      testing.TB
	status int
	header http.Header
	body   []byte
}

// request is what a test sends.
type request struct {
	method, path, token string
	body                any // a string or bytes as they are; anything else as JSON; nil for none
	header              map[string]string
}

// do sends a request and reads the answer.
func (h *harness) do(q request) reply {
	h.t.Helper()
	var body io.Reader
	switch b := q.body.(type) {
	case nil:
	case string:
		body = strings.NewReader(b)
	case []byte:
		body = bytes.NewReader(b)
	default:
		data, err := json.Marshal(b)
		must(h.t, err)
		body = bytes.NewReader(data)
	}
	r, err := http.NewRequestWithContext(h.t.Context(), q.method, h.web.URL+q.path, body)
	must(h.t, err)
	if body != nil {
		r.Header.Set("Content-Type", api.TypeJSON)
	}
	if q.token != "" {
		r.Header.Set("Authorization", "Bearer "+q.token)
	}
	for name, value := range q.header {
		r.Header.Set(name, value)
	}
	return h.exchange(r)
}

func (h *harness) exchange(r *http.Request) reply {
	h.t.Helper()
	transport := h.web.Client().Transport
	answer, err := transport.RoundTrip(r)
	must(h.t, err)
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	must(h.t, err)
	return reply{h.t, answer.StatusCode, answer.Header, data}
}

// into reads the body as JSON.
func (r reply) into(v any) {
	r.t.Helper()
	if err := json.Unmarshal(r.body, v); err != nil {
		r.t.Fatalf("%d %s: %v", r.status, r.body, err)
	}
}

// want checks the status of success.
func (r reply) want(status int) reply {
	r.t.Helper()
	if r.status != status {
		r.t.Fatalf("got %d %s, want %d", r.status, r.body, status)
	}
	return r
}

// problem checks that the answer is a whole problem, and gives it.
func (r reply) problem() api.Problem {
	r.t.Helper()
	var p api.Problem
	if r.header.Get("Content-Type") != api.TypeProblem {
		r.t.Fatalf("%d %q is no problem: %s", r.status, r.header.Get("Content-Type"), r.body)
	}
	r.into(&p)
	if p.Status != r.status || p.Code == "" || r.header.Get(api.HeaderRequestID) == "" || r.header.Get("Cache-Control") != "no-store" {
		r.t.Fatalf("%d, %v: not a whole problem: %s", r.status, r.header, r.body)
	}
	return p
}

// fails checks that the answer is a problem with a status and a code.
func (r reply) fails(status int, code services.Code) api.Problem {
	r.t.Helper()
	p := r.problem()
	if p.Status != status || p.Code != code {
		r.t.Fatalf("got %s, want %d %s", r.body, status, code)
	}
	return p
}

// captcha solves a challenge.
func (h *harness) captcha() string {
	h.t.Helper()
	var challenge api.Captcha
	h.do(request{method: "GET", path: api.PathCaptcha}).want(200).into(&challenge)
	solution, err := captcha.Solve(h.t.Context(), captcha.Challenge(challenge), nil)
	must(h.t, err)
	return solution
}

// registration is one that nothing is wrong with.
func (h *harness) registration(email string) api.Registration {
	return api.Registration{
		FirstName: "Alice", LastName: "Tremblay", Email: email, Password: password, Language: "en",
		TermsVersion: h.core.Brand.Rules.TermsVersion, TermsLanguage: "en", Captcha: h.captcha(),
	}
}

// mail is the latest mail of a kind to an address.
func (h *harness) mail(email, kind string) services.Mail {
	h.t.Helper()
	mails, err := h.core.Mails(h.t.Context(), email)
	must(h.t, err)
	for _, m := range mails {
		if m.Kind == kind {
			return m
		}
	}
	h.t.Fatalf("no mail %q", kind)
	return services.Mail{}
}

// person registers somebody and confirms the address.
func (h *harness) person(email string) {
	h.t.Helper()
	h.do(request{method: "POST", path: api.PathRegistrations, body: h.registration(email)}).want(202)
	token := h.mail(email, "activate").Token.Reveal()
	h.do(request{method: "POST", path: api.PathActivations, body: api.Activation{Token: token}}).want(204)
}

// signIn opens a session.
func (h *harness) signIn(email string) api.Session {
	h.t.Helper()
	var s api.Session
	h.do(request{method: "POST", path: api.PathSessions, body: api.Credentials{
		Email: email, Password: password, Device: api.DeviceClaim{Name: "Linux computer", Kind: "personal"},
	}}).want(201).into(&s)
	return s
}

// customer makes a login that is linked, and gives the token of a session that may do everything.
func (h *harness) customer(email string) (token string) {
	h.t.Helper()
	return h.linked(email, 0)
}

// linked is customer for one of the sample's people.
func (h *harness) linked(email string, person int) (token string) {
	h.t.Helper()
	h.person(email)
	token = h.signIn(email).Token
	people, err := sample.People(civil.DateOf(h.clock.Now()))
	must(h.t, err)
	who := people[person]
	h.do(request{method: "POST", path: api.PathLinks, token: token, body: api.Link{
		Method: services.LinkByBMWID, FirstName: who.FirstName, LastName: who.LastName, BMWID: who.CustomerID,
	}}).want(202)
	code := h.mail(email, "code").Code.Reveal()
	h.do(request{method: "POST", path: api.PathDeviceAuthorizations, token: token, body: api.DeviceAuthorization{Code: code}}).want(200)
	return token
}

// desk gives the token of an advisor's session.
func (h *harness) desk() (token string) {
	h.t.Helper()
	must(h.t, h.core.EnsureAdvisor(h.t.Context(), "Dana", "Desk", advisor))
	must(h.t, h.core.InviteAdvisor(h.t.Context(), advisor))
	reset := api.PasswordReset{Token: h.mail(advisor, "set_password").Token.Reveal(), Password: password}
	h.do(request{method: "PUT", path: api.PathPasswordResets, body: reset}).want(204)
	return h.signIn(advisor).Token
}

// agreement is the id of the customer's first agreement.
func (h *harness) agreement(token string) string {
	h.t.Helper()
	var list api.List[api.Agreement]
	h.do(request{method: "GET", path: api.PathAgreements, token: token}).want(200).into(&list)
	return list.Items[0].ID
}

// of fills the id into a path of the contract.
func of(path, id string) string { return strings.Replace(path, "{id}", id, 1) }
