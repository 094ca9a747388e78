package server_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/core"
	"myaccount/services/seal"
	"myaccount/services/server"
)

func TestPublic_Cacheable(t *testing.T) {
	h := newHarness(t)
	for _, path := range []string{api.PathPolicy, api.PathTerms + "?lang=fr", api.PathTerms + "?lang=en"} {
		first := h.do(request{method: "GET", path: path}).want(200)
		tag := first.header.Get("ETag")
		if tag == "" || !strings.Contains(first.header.Get("Cache-Control"), "max-age") {
			t.Fatalf("%s: %v", path, first.header)
		}
		for _, known := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
			r := h.do(request{method: "GET", path: path, header: map[string]string{"If-None-Match": known}}).want(304)
			if len(r.body) > 0 || r.header.Get("ETag") != tag {
				t.Errorf("%s: 304 with %q", path, r.body)
			}
		}
		h.do(request{method: "GET", path: path, header: map[string]string{"If-None-Match": `"other"`}}).want(200)
	}
	var terms api.Terms
	h.do(request{method: "GET", path: api.PathTerms + "?lang=fr"}).want(200).into(&terms)
	if terms.Language != "fr" || terms.Text == "" {
		t.Errorf("%+v", terms)
	}
}

func TestHeaders(t *testing.T) {
	h := newHarness(t, func(_ *core.Config, c *server.Config) {
		c.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	})
	const sane = "0123-from_the_client"
	r := h.do(request{method: "GET", path: api.PathCaptcha, header: map[string]string{api.HeaderRequestID: sane, "X-Forwarded-Proto": "https"}})
	for name, want := range map[string]string{
		api.HeaderRequestID: sane, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
		"Strict-Transport-Security": "max-age=31536000", "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
	} {
		if got := r.header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	for _, odd := range []string{"short", "with spaces in it", strings.Repeat("x", 65), planted + "@example.ca"} {
		r := h.do(request{method: "GET", path: api.PathCaptcha, header: map[string]string{api.HeaderRequestID: odd}})
		if got := r.header.Get(api.HeaderRequestID); got == odd || !regexp.MustCompile(`^[A-Z0-9]{26}$`).MatchString(got) {
			t.Errorf("%q became %q", odd, got)
		}
		if r.header.Get("Strict-Transport-Security") != "" {
			t.Error("HSTS over plain HTTP")
		}
	}
}

// TestClient counts tries by the address that a proxy of ours names, and by no other.
func TestClient(t *testing.T) {
	one := func(inside *core.Config, _ *server.Config) { inside.Brand.Rules.AddressSignIns = 1 }
	ours := func(_ *core.Config, c *server.Config) {
		c.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.0.0.0/8")}
	}
	try := func(h *harness, email, forwarded string) services.Code {
		return h.do(request{
			method: "POST", path: api.PathSessions, body: api.Credentials{Email: email, Password: "x"},
			header: map[string]string{"X-Forwarded-For": forwarded},
		}).problem().Code
	}
	h := newHarness(t, one, ours)
	for i, c := range []struct {
		forwarded string
		want      services.Code
	}{
		{"192.0.2.1", services.CodeUnauthenticated},
		{"192.0.2.1", services.CodeThrottled},
		{"203.0.113.9, 192.0.2.1, 10.1.2.3", services.CodeThrottled}, // what the client itself wrote counts for nothing
		{"192.0.2.2", services.CodeUnauthenticated},
		{"2001:db8::1", services.CodeUnauthenticated},
		{"2001:db8::2", services.CodeThrottled},
		{"192.0.2.2, nonsense", services.CodeUnauthenticated}, // the proxy itself
		{"", services.CodeThrottled},
		{"192.0.2.3:4711", services.CodeUnauthenticated}, // as some proxies write it
		{"192.0.2.3", services.CodeThrottled},
		{"[2001:db8:1::1]:4711", services.CodeUnauthenticated},
		{"2001:db8:1::2", services.CodeThrottled},
	} {
		if got := try(h, string(rune('a'+i))+"@example.ca", c.forwarded); got != c.want {
			t.Errorf("%d, %q: %s, want %s", i, c.forwarded, got, c.want)
		}
	}
	if log := h.log.String(); strings.Contains(log, "trusted_proxy") {
		t.Errorf("warned of a proxy that is known: %s", log)
	}
	open := newHarness(t, one) // without a proxy nobody is believed
	if a, b := try(open, "a@example.ca", "192.0.2.1"), try(open, "b@example.ca", "192.0.2.2"); a != services.CodeUnauthenticated || b != services.CodeThrottled {
		t.Errorf("%s, then %s", a, b)
	}
	if n := strings.Count(open.log.String(), "trusted_proxy"); n != 1 {
		t.Errorf("warned %d times of a proxy on this machine that is not believed", n)
	}
}

// stuck hashes nothing until it is released.
type stuck struct{ release chan struct{} }

func (s stuck) Hash(context.Context, string) (string, error) {
	<-s.release
	return "", errors.New("stuck")
}

func (s stuck) Verify(context.Context, string, string) (bool, bool, error) {
	<-s.release
	return false, false, nil
}
func (s stuck) Dummy(context.Context, string) error { <-s.release; return nil }

// TestPasswords_FloodStarvesNobody fills every place for passwords: more of them are sent away soon, and who reads does
// not notice.
func TestPasswords_FloodStarvesNobody(t *testing.T) {
	h := newHarness(t)
	token := h.customer(alice)
	hashing := stuck{make(chan struct{})}
	h.core.Passwords = hashing
	var flood sync.WaitGroup
	away := make(chan reply, 1000)
	for i := range server.PasswordPlaces() + 20 {
		flood.Go(func() {
			r := h.do(request{method: "POST", path: api.PathSessions, body: api.Credentials{
				Email: strings.Repeat("x", i%60+1) + string(rune('a'+i/60)) + "@example.ca", Password: password,
			}})
			if r.status == http.StatusServiceUnavailable {
				away <- r
			}
		})
	}
	for range 20 {
		r := <-away
		p := r.fails(503, services.CodeUnavailable)
		if p.RetryAfter <= 0 || r.header.Get("Retry-After") == "" {
			t.Errorf("does not say when to come again: %s", r.body)
		}
	}
	begun := time.Now()
	for range 20 {
		h.do(request{method: "GET", path: api.PathSession, token: token}).want(200)
		h.do(request{method: "GET", path: api.PathThreads, token: token}).want(200)
	}
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("40 reads beside the flood took %v", took)
	}
	close(hashing.release)
	flood.Wait()
}

// TestPasswords_ReadsGoOnBesideHashes signs in with real hashes, 64 at once without a pause, and reads meanwhile: one core
// is left for that. A read takes a third of a millisecond in the middle of it; what is asked here holds on any machine.
func TestPasswords_ReadsGoOnBesideHashes(t *testing.T) {
	h := newHarness(t)
	token := h.customer(alice)
	h.core.Passwords = seal.NewPasswords(seal.DefaultParams())
	stop, begun := make(chan struct{}), make(chan struct{}, 64)
	var flood sync.WaitGroup
	for i := range 64 {
		flood.Go(func() {
			for try := range 1000 {
				select {
				case <-stop:
					return
				default:
				}
				h.do(request{method: "POST", path: api.PathSessions, body: api.Credentials{
					Email: fmt.Sprintf("%d-%d@example.ca", i, try), Password: password,
				}})
				select {
				case begun <- struct{}{}:
				default:
				}
			}
		})
	}
	<-begun
	var took []time.Duration
	for range 101 {
		start := time.Now()
		h.do(request{method: "GET", path: api.PathThreads, token: token}).want(200)
		took = append(took, time.Since(start))
	}
	close(stop)
	flood.Wait()
	slices.Sort(took)
	if took[50] > 100*time.Millisecond {
		t.Errorf("half of the reads take more than %v", took[50])
	}
}

// TestDrain_FinishesWhatWasAccepted shuts down while a request is worked on.
func TestDrain_FinishesWhatWasAccepted(t *testing.T) {
	h := newHarness(t)
	hashing := stuck{make(chan struct{})}
	h.core.Passwords = hashing
	answered := make(chan reply)
	go func() {
		answered <- h.do(request{method: "POST", path: api.PathSessions, body: api.Credentials{Email: alice, Password: password}})
	}()
	for h.inFlight() < 2 { // that one, and the one that asks
	}
	h.server.Drain()
	down := make(chan error)
	go func() { down <- h.web.Config.Shutdown(t.Context()) }()
	close(hashing.release)
	(<-answered).fails(401, services.CodeUnauthenticated)
	must(t, <-down)
}

// inFlight reads how many requests are being answered.
func (h *harness) inFlight() (n int) {
	h.t.Helper()
	const name = "portal_http_requests_in_flight "
	_, rest, _ := strings.Cut(string(h.do(request{method: "GET", path: "/metrics"}).want(200).body), "\n"+name)
	_, err := fmt.Sscan(rest, &n)
	must(h.t, err)
	return n
}

func TestOperations(t *testing.T) {
	broken := errors.New("no database")
	var ready error
	h := newHarness(t, func(_ *core.Config, c *server.Config) {
		c.Ready = func(context.Context) error { return ready }
		c.Pages = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("the page")) })
	})
	h.do(request{method: "GET", path: "/healthz"}).want(200)
	h.do(request{method: "GET", path: "/readyz"}).want(200)
	ready = broken
	h.do(request{method: "GET", path: "/readyz"}).fails(503, services.CodeUnavailable)
	h.do(request{method: "GET", path: "/healthz"}).want(200)
	for _, path := range server.PagePaths() {
		if r := h.do(request{method: "POST", path: path + "?token=" + planted}).want(200); string(r.body) != "the page" {
			t.Errorf("%s: %s", path, r.body)
		}
	}
	h.do(request{method: "GET", path: of(api.PathThread, planted)}).fails(401, services.CodeUnauthenticated)
	docs := h.do(request{method: "GET", path: "/docs"}).want(200)
	if strings.Contains(string(docs.body), "<script") || regexp.MustCompile(`(src|href)="[^/#]`).Match(docs.body) ||
		!strings.Contains(docs.header.Get("Content-Security-Policy"), "default-src 'none'") || !strings.Contains(string(docs.body), "start-thread") {
		t.Error("the page of the contract needs more than itself")
	}
	metrics := string(h.do(request{method: "GET", path: "/metrics"}).want(200).body)
	for _, want := range []string{
		`portal_http_request_duration_seconds_count{method="GET",route="/readyz",status="200"} 1`,
		`portal_http_request_duration_seconds_count{method="GET",route="/v1/threads/{id}",status="401"} 1`,
		`portal_outbox_mails `, `portal_http_requests_in_flight 1`, `version="1.2.3"`,
	} {
		if !strings.Contains(metrics, want) {
			t.Errorf("metrics lack %s", want)
		}
	}
	log := h.log.String()
	if strings.Contains(log, planted) || strings.Contains(metrics, planted) || strings.Contains(log, "token") {
		t.Error("a value that was sent stands in the log or in the metrics")
	}
	if !strings.Contains(log, `"route":"/v1/threads/{id}","status":401`) {
		t.Errorf("log: %s", log)
	}
}
