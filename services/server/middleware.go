package server

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"path"
	"regexp"
	"runtime/debug"
	"strings"
	"time"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/core"
)

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	begun := time.Now()
	x := s.begin(w, r)
	s.metrics.inFlight.Inc()
	defer s.metrics.inFlight.Dec()
	defer s.end(x, r.Method, begun)
	defer s.rescue(x)
	s.dispatch(x, r.WithContext(x.context(r.Context())))
}

// begin notes who asks, and writes what the header of every answer has.
func (s *Server) begin(w http.ResponseWriter, r *http.Request) *exchange {
	x := &exchange{ResponseWriter: w, id: requestID(r), control: http.NewResponseController(w)}
	x.client, x.secure = s.origin(r)
	h := w.Header()
	h.Set(api.HeaderRequestID, x.id)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	if x.secure {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
	return x
}

// context carries the exchange, and to core where the request comes from.
func (x *exchange) context(ctx context.Context) context.Context {
	return core.WithClient(context.WithValue(ctx, exchangeKey{}, x), x.client)
}

// saneID is an id of a request that may come into a log: nothing that breaks a line or says much.
var saneID = regexp.MustCompile(`^[A-Za-z0-9_-]{8,64}$`)

// requestID takes the id that the client gave, or makes one.
func requestID(r *http.Request) string {
	if id := r.Header.Get(api.HeaderRequestID); saneID.MatchString(id) {
		return id
	}
	return rand.Text()
}

// origin tells where a request comes from, and whether it came over TLS all the way. What a proxy says is believed when
// the proxy is one of ours: the client is then the last address that is not.
func (s *Server) origin(r *http.Request) (client netip.Addr, secure bool) {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}, r.TLS != nil
	}
	client, secure = peer.Addr().Unmap(), r.TLS != nil
	if !s.trusted(client) {
		if client.IsLoopback() && r.Header.Get("X-Forwarded-For") != "" {
			s.unbelieved.Do(func() {
				s.log.Warn("a proxy on this machine is not in trusted_proxy: its clients count as one address")
			})
		}
		return client, secure
	}
	secure = secure || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https")
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && s.trusted(client); i-- {
		hop, ok := parseHop(strings.TrimSpace(hops[i]))
		if !ok {
			break
		}
		client = hop.Unmap().WithZone("")
	}
	return client, secure
}

// parseHop reads an address as proxies write it: alone, or with a port.
func parseHop(hop string) (netip.Addr, bool) {
	if address, err := netip.ParseAddr(hop); err == nil {
		return address, true
	}
	pair, err := netip.ParseAddrPort(hop)
	return pair.Addr(), err == nil
}

// trusted tells whether an address is that of a proxy of ours.
func (s *Server) trusted(address netip.Addr) bool {
	for _, p := range s.config.Proxies {
		if p.Contains(address) {
			return true
		}
	}
	return false
}

// end writes the access log and the metrics. The pattern stands for the path: ids are nobody's business in a log.
func (s *Server) end(x *exchange, method string, begun time.Time) {
	took := time.Since(begun)
	status := x.status
	if status == 0 {
		status = http.StatusOK // what net/http writes by itself
	}
	method = knownMethod(method)
	s.metrics.observe(method, x.route, status, took)
	s.log.LogAttrs(context.Background(), slog.LevelInfo, "request",
		slog.String("id", x.id), slog.String("method", method), slog.String("route", x.route), slog.Int("status", status),
		slog.Float64("ms", float64(took.Microseconds())/1000), slog.Int64("bytes", x.bytes))
}

// knownMethod keeps what a client made up out of logs and metrics.
func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "other"
}

// rescue answers when a handler panics. An answer that has begun is cut off. The log gets the type of the value and where
// it happened; the value itself may be anything.
func (s *Server) rescue(x *exchange) {
	cause := recover()
	if cause == nil {
		return
	}
	if err, ok := cause.(error); !ok || !errors.Is(err, http.ErrAbortHandler) {
		s.log.Error("handler panicked", "id", x.id, "route", x.route, "panic", fmt.Sprintf("%T", cause), "stack", string(debug.Stack()))
	}
	if x.status != 0 {
		panic(http.ErrAbortHandler)
	}
	writeProblem(x, api.ProblemOf(services.Fail(services.CodeInternal)))
}

// dispatch finds the handler. What net/http would answer in plain text is a problem here: an unknown path, also one that
// it would redirect to its clean form, and a method that the path has not.
func (s *Server) dispatch(x *exchange, r *http.Request) {
	if p := r.URL.EscapedPath(); p != cleanPath(p) {
		s.unknownPath(x)
		return
	}
	handler, pattern := s.mux.Handler(r)
	if pattern != "" {
		_, route, found := strings.Cut(pattern, " ")
		if x.route = route; !found {
			x.route = pattern
		}
		s.mux.ServeHTTP(x, r)
		return
	}
	var p probe
	handler.ServeHTTP(&p, r)
	allow := p.Header().Get("Allow")
	if allow == "" {
		s.unknownPath(x)
		return
	}
	x.route = "method"
	x.Header().Set("Allow", allow+", OPTIONS")
	if r.Method == http.MethodOptions {
		x.WriteHeader(http.StatusNoContent)
		return
	}
	writeProblem(x, &api.Problem{Status: http.StatusMethodNotAllowed, Code: services.CodeInvalid})
}

// unknownPath answers that there is nothing.
func (s *Server) unknownPath(x *exchange) {
	x.route = "unknown"
	writeProblem(x, api.ProblemOf(services.Fail(services.CodeNotFound)))
}

// cleanPath is the path that net/http would redirect to.
func cleanPath(p string) string {
	if p == "" {
		return "/"
	}
	clean := path.Clean(p)
	if strings.HasSuffix(p, "/") && clean != "/" {
		clean += "/"
	}
	return clean
}

// probe learns what net/http would answer.
type probe struct{ header http.Header }

// Header is the header of the answer.
func (p *probe) Header() http.Header {
	if p.header == nil {
		p.header = http.Header{}
	}
	return p.header
}

// Write drops the answer.
func (p *probe) Write(data []byte) (int, error) { return len(data), nil }

// WriteHeader drops the status.
func (p *probe) WriteHeader(int) {}
