package server

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/prometheus/client_golang/prometheus"

	"myaccount/services/core"
)

// Config is what a Server runs on.
type Config struct {
	Core *core.Core

	Pages    http.Handler                // optional: the landing pages of links in mails, at the paths of PagePaths
	Ready    func(context.Context) error // optional: tells whether requests can be answered, for /readyz
	Log      *slog.Logger                // optional
	Registry *prometheus.Registry        // optional: where metrics are registered, and what /metrics shows
	Proxies  []netip.Prefix              // optional: proxies whose X-Forwarded-For and X-Forwarded-Proto are believed
	Version  string                      // optional: of the program, in the metrics alone
}

// PagePaths are the patterns (net/http) of the landing pages, which take any method.
func PagePaths() []string {
	return []string{"/activate", "/confirm-email", "/confirm-identity", "/messages", "/reset"}
}

// Server answers the REST contract. It is an http.Handler that may be used by many goroutines.
type Server struct {
	core    *core.Core
	config  Config
	log     *slog.Logger
	mux     *http.ServeMux
	api     huma.API
	metrics *metrics

	passwords gate   // requests that hash a password
	files     gate   // requests that hold a file in memory
	filesOf   *crowd // the same, of each person
	streams   streams

	unbelieved sync.Once // the warning of a proxy that is not configured

	draining chan struct{} // closed by Drain
	drain    sync.Once
}

// New makes a Server. It fails when a metric of its names is registered already.
func New(c Config) (*Server, error) {
	if c.Core == nil {
		return nil, errors.New("server: no core")
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Registry == nil {
		c.Registry = prometheus.NewRegistry()
	}
	cores := runtime.GOMAXPROCS(0)
	s := &Server{
		core: c.Core, config: c, log: c.Log, mux: http.NewServeMux(), draining: make(chan struct{}),
		passwords: newGate(passwordsPerCore * cores), files: newGate(filesAtOnce),
		filesOf: newCrowd(filesEach),
	}
	var err error
	if s.metrics, err = newMetrics(c.Registry, c.Core, c.Version); err != nil {
		return nil, err
	}
	s.api = newAPI(s.mux)
	s.routes()
	s.operate()
	return s, nil
}

// routes registers every operation of the contract.
func (s *Server) routes() {
	s.publicRoutes()
	s.registrationRoutes()
	s.sessionRoutes()
	s.identityRoutes()
	s.linkRoutes()
	s.deviceRoutes()
	s.agreementRoutes()
	s.paymentRoutes()
	s.scheduleRoutes()
	s.bankAccountRoutes()
	s.debitRoutes()
	s.autopayRoutes()
	s.odometerRoutes()
	s.payoffRoutes()
	s.messageRoutes()
	s.attachmentRoutes()
	s.uploadRoutes()
	s.eventRoutes()
	s.profileRoutes()
	s.securityRoutes()
	s.documentRoutes()
	s.deskRoutes()
}

// Drain prepares for the end: /readyz answers 503 from now on, so that no new requests are sent here, and streams of
// events end. Requests go on to be answered; http.Server.Shutdown, which should follow, waits for those under way.
func (s *Server) Drain() { s.drain.Do(func() { close(s.draining) }) }

// isDraining tells whether Drain was called.
func (s *Server) isDraining() bool {
	select {
	case <-s.draining:
		return true
	default:
		return false
	}
}

// Time-outs and sizes that bound what a slow or greedy client can hold.
const (
	headerWait  = 10 * time.Second // for the whole header
	readWait    = 30 * time.Second // for a whole request that nobody sets another time for
	writeWait   = 2 * time.Minute  // for a whole answer, from the end of the header: 10 MB at 1 Mbit/s take 84 s
	idleWait    = 2 * time.Minute  // between two requests of a connection
	requestWait = 30 * time.Second // for the work between the two
	headerMax   = 256 << 10        // bytes, the path and query included; net/http itself answers 431 beyond
	bodyMax     = 256 << 10        // bytes of JSON: a message of 4000 characters, each escaped, is 48,000
)

// How long a body may take to come, of JSON and of a file: 10 MB at 1 Mbit/s take 84 s. Tests shorten them.
var (
	bodyWait   = 10 * time.Second
	uploadWait = 2 * time.Minute
)

// HTTP makes an http.Server on an address with the time-outs and limits that this package counts on. The caller sets
// TLSConfig where it wants one.
func (s *Server) HTTP(address string) *http.Server {
	return &http.Server{
		Addr: address, Handler: s, ReadHeaderTimeout: headerWait, ReadTimeout: readWait, WriteTimeout: writeWait,
		IdleTimeout: idleWait, MaxHeaderBytes: headerMax, ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
}
