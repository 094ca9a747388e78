package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/anishathalye/porcupine"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/basetest"
	"myaccount/services/brand"
	"myaccount/services/core"
	"myaccount/services/sample"
	"myaccount/services/seal"
	"myaccount/services/server"
	"myaccount/services/store/postgres"
	"myaccount/services/store/postgres/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m, postgres.Migrate) }

// A history is what several clients asked of the service at the same time and what each was answered. It is right when
// some order of the calls, in which each happens at one moment between its question and its answer, is one that the rules
// allow: porcupine looks for such an order. The rules stand once more, as a model, beside each test.
//
// MYACCOUNT_HISTORIES says for how long each test records histories ("2m"), MYACCOUNT_SEED which it draws. A seed draws
// the same calls; which meet which is up to the machine.

// recording is how long each test of histories lasts on each engine.
func recording(t *testing.T) time.Duration {
	t.Helper()
	if set := os.Getenv("MYACCOUNT_HISTORIES"); set != "" {
		d, err := time.ParseDuration(set)
		must(t, err)
		return d
	}
	return 1500 * time.Millisecond
}

// firstSeed is that of the first history.
func firstSeed(t *testing.T) uint64 {
	t.Helper()
	if set := os.Getenv("MYACCOUNT_SEED"); set != "" {
		seed, err := strconv.ParseUint(set, 10, 64)
		must(t, err)
		return seed
	}
	return uint64(time.Now().UnixNano()) //nolint:gosec // any number
}

// history is recorded by several clients at the same time.
type history struct {
	begun   time.Time
	mu      sync.Mutex
	calls   []porcupine.Operation
	unknown int
}

func newHistory() *history { return &history{begun: time.Now()} }

// unknown is an output that a client never got: what was asked for happened, or will, or never does.
type unknown struct{}

// do makes a call and notes it. With more than one output the call is made of so many steps, each at a moment of its own.
func (h *history) do(client int, input any, call func() []any) {
	asked := time.Since(h.begun).Nanoseconds()
	outputs := call()
	answered := time.Since(h.begun).Nanoseconds()
	h.mu.Lock()
	defer h.mu.Unlock()
	for step, output := range outputs {
		o := porcupine.Operation{ClientId: client + 10*step, Input: input, Output: output, Call: asked, Return: answered}
		if _, lost := output.(unknown); lost { // it may happen at any time from then on, also after everything else
			h.unknown++
			o.ClientId, o.Return = 100+h.unknown, time.Hour.Nanoseconds()
		}
		h.calls = append(h.calls, o)
	}
}

// describe and describeState are how a model's calls and states look in a picture.
func describe(input, output any) string { return fmt.Sprintf("%+v: %+v", input, output) }
func describeState(state any) string    { return fmt.Sprintf("%+v", state) }

// judge says what is wrong with a history, and where it can be looked at.
func (h *history) judge(model porcupine.Model, seed uint64) error {
	result, info := porcupine.CheckOperationsVerbose(model, h.calls, time.Minute)
	if result == porcupine.Ok {
		return nil
	}
	file, err := os.CreateTemp("", "history-*.html")
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // nothing more is written
	if err := porcupine.Visualize(model, info, file); err != nil {
		return err
	}
	return fmt.Errorf("MYACCOUNT_SEED=%d: %d calls are %s by the rules: open %s", seed, len(h.calls), result, file.Name())
}

// replicas answer for one database, which clients reach by each in turn.
type replicas struct {
	each []*harness
	code lastCode
}

// lastCode makes codes that tell their order. None is 000000.
type lastCode struct {
	mu sync.Mutex
	n  int
}

func (c *lastCode) next(int) seal.Secret {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	return seal.Secret(fmt.Sprintf("%06d", c.n))
}

func (c *lastCode) last() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}

// one is any replica, for what is done before and between histories.
func (r *replicas) one() *harness { return r.each[0] }

// unhurried takes the limits away that would end a history early; each test sets those that it is about.
func (r *replicas) unhurried(rules *brand.Rules) {
	const many, long = 1 << 30, 10_000 * brand.Day
	rules.AddressSignIns, rules.AddressRegistrations, rules.AddressMails, rules.AddressLinks, rules.AddressCodes = many, many, many, many, many
	rules.CaptchaAfter, rules.CodeResendWait = many, 0
	rules.LockoutWindow, rules.LockoutDuration, rules.SessionIdle, rules.SessionMax = long, long, long, long
	rules.CodeTTL, rules.ActivationTTL, rules.ResetTTL = long, long, long
}

func (r *replicas) change(more func(*brand.Rules)) func(*core.Config, *server.Config) {
	return func(inside *core.Config, _ *server.Config) {
		r.unhurried(&inside.Brand.Rules)
		more(&inside.Brand.Rules)
		inside.NewCode = r.code.next
	}
}

// onSQLite is one server on a database of SQLite.
func onSQLite(t *testing.T, more func(*brand.Rules)) *replicas {
	r := &replicas{}
	r.each = []*harness{newHarness(t, r.change(more))}
	r.forgetful()
	return r
}

// onPostgreSQL is two servers on one database of PostgreSQL.
func onPostgreSQL(t *testing.T, more func(*brand.Rules)) *replicas {
	r, now, folder, url := &replicas{}, basetest.NewClock(basetest.Start), filepath.Join(t.TempDir(), "blobs"), pgtest.Database(t)
	for range 2 {
		db, err := postgres.Open(t.Context(), url, box(t), now)
		must(t, err)
		t.Cleanup(func() { must(t, db.Close()) })
		r.each = append(r.each, newHarnessOn(t, db, folder, now, r.change(more)))
	}
	portfolio, err := sample.Portfolio(civil.DateOf(now.Now()))
	must(t, err)
	open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(portfolio)), nil }
	_, err = r.one().core.ImportPortfolio(t.Context(), open, nil)
	must(t, err)
	r.forgetful()
	return r
}

// lose asks a server to do what a request says and to break the connection instead of answering.
const lose = "X-Test-Lose"

// forgetful lets the servers obey lose.
func (r *replicas) forgetful() {
	for _, h := range r.each {
		h.web.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
			if q.Header.Get(lose) == "" {
				h.server.ServeHTTP(w, q)
				return
			}
			h.server.ServeHTTP(httptest.NewRecorder(), q)
			panic(http.ErrAbortHandler)
		})
	}
}

// ask sends a request to a replica that r draws. It fails when no answer comes.
func (r *replicas) ask(ctx context.Context, draw *rand.Rand, q request) (reply, error) {
	h := r.each[draw.IntN(len(r.each))]
	body, err := json.Marshal(q.body)
	if err != nil {
		return reply{}, err
	}
	ask, err := http.NewRequestWithContext(ctx, q.method, h.web.URL+q.path, bytes.NewReader(body))
	if err != nil {
		return reply{}, err
	}
	ask.Header.Set("Content-Type", api.TypeJSON)
	if q.token != "" {
		ask.Header.Set("Authorization", "Bearer "+q.token)
	}
	for name, value := range q.header {
		ask.Header.Set(name, value)
	}
	answer, err := h.web.Client().Transport.RoundTrip(ask)
	if err != nil {
		return reply{}, err
	}
	defer func() { _ = answer.Body.Close() }()
	data, err := io.ReadAll(answer.Body)
	return reply{h.t, answer.StatusCode, answer.Header, data}, err
}

// outcome is what a client learns: "done", the code of a problem with its reasons, or unknown.
func (r *replicas) outcome(ctx context.Context, draw *rand.Rand, q request) any {
	answer, err := r.ask(ctx, draw, q)
	switch {
	case err != nil:
		return unknown{}
	case answer.status < 400:
		return "done"
	}
	var p api.Problem
	if json.Unmarshal(answer.body, &p) != nil {
		return string(answer.body)
	}
	if p.Code == services.CodeUnavailable { // which is no promise that nothing happened
		return unknown{}
	}
	for _, reason := range p.Fields {
		return string(p.Code) + " " + reason
	}
	return string(p.Code)
}

// unsure draws how a call may be lost: its answer never sent, or not waited for long enough.
func unsure(ctx context.Context, draw *rand.Rand, q *request) (context.Context, context.CancelFunc) {
	switch draw.IntN(6) {
	case 0:
		if q.header == nil {
			q.header = map[string]string{}
		}
		q.header[lose] = "1"
	case 1:
		return context.WithTimeout(ctx, time.Duration(draw.IntN(15_000))*time.Microsecond)
	}
	return context.WithCancel(ctx)
}

// together has clients do so many things each at the same time. Each draws from a source of its own.
func together(draw *rand.Rand, clients, things int, do func(client int, draw *rand.Rand)) {
	var all sync.WaitGroup
	for client := range clients {
		own := rand.New(rand.NewPCG(draw.Uint64(), uint64(client))) //nolint:gosec // not a secret
		all.Go(func() {
			for range things {
				do(client, own)
			}
		})
	}
	all.Wait()
}

// workload is what a test of histories is about.
type workload struct {
	model   porcupine.Model
	rules   func(*brand.Rules)
	prepare func(r *replicas) func(draw *rand.Rand) *history // once; what it gives records one history
}

// check records and judges histories on both engines.
func (w workload) check(t *testing.T) {
	for name, open := range map[string]func(*testing.T, func(*brand.Rules)) *replicas{"SQLite": onSQLite, "PostgreSQL": onPostgreSQL} {
		t.Run(name, func(t *testing.T) {
			record := w.prepare(open(t, w.rules))
			seed, calls, n := firstSeed(t), 0, uint64(0)
			for end := time.Now().Add(recording(t)); n == 0 || time.Now().Before(end); n++ {
				h := record(rand.New(rand.NewPCG(seed+n, 0))) //nolint:gosec // not a secret
				if err := h.judge(w.model, seed+n); err != nil {
					t.Fatal(err)
				}
				calls += len(h.calls)
			}
			t.Logf("%d histories of %d calls", n, calls)
		})
	}
}

// asIs lets the rules be.
func asIs(*brand.Rules) {}
