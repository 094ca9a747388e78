package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/urfave/cli/v3"

	"myaccount/services/core"
	"myaccount/services/program"
	"myaccount/services/server"
	"myaccount/services/server/page"
	"myaccount/services/text"
)

// finishWithin is how long requests that were accepted may take to be answered once the program is told to end.
const finishWithin = 30 * time.Second

// workEvery is how often due work is looked for.
const workEvery = time.Minute

// serve answers requests until ctx ends, and then finishes those it has accepted.
func (o *operator) serve(ctx context.Context, c config, _ *cli.Command) (err error) {
	log := o.log(c)
	unlock, err := c.alone()
	if err != nil {
		return err
	}
	defer unlock()
	listener, said, err := o.listen(ctx, c, log)
	if err != nil {
		return err
	}
	b, err := o.open(ctx, c, listener.Addr().String())
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	front, err := o.front(b, log)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	working, stop := context.WithCancel(context.WithoutCancel(ctx))
	done := b.work(working, log)
	defer done()
	defer stop()
	if c.SMTP == "" {
		log.Warn("mails are written to files: no SMTP server is configured", "folder", c.mailFolder())
	}
	o.say(said.key, said.vars)
	return answer(ctx, front, listener, log)
}

// serving is the fault that another process serves from the data folder.
const serving = "server.serve.running"

// alone makes sure that no other process serves from this data folder, if its database is there.
func (c *config) alone() (unlock func(), err error) {
	if !c.onSQLite() {
		return func() {}, nil
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, c.explain(err)
	}
	lock := flock.New(filepath.Join(c.Data, "serve.lock"))
	ours, err := lock.TryLock()
	if err != nil {
		return nil, c.explain(err)
	}
	if !ours {
		return nil, &program.Fault{Key: serving, Vars: text.Vars{"Folder": c.Data}}
	}
	return func() { _ = lock.Unlock() }, nil // the end of the process unlocks it as well
}

// said is a sentence that is said later.
type said struct {
	key  string
	vars text.Vars
}

// listen takes the address, with TLS unless it is not wanted. What it says names the address, and the key of a
// certificate that nobody else vouches for.
func (o *operator) listen(ctx context.Context, c config, log *slog.Logger) (net.Listener, said, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", c.Listen)
	if err != nil {
		return nil, said{}, &program.Fault{Key: "server.serve.listen", Vars: text.Vars{"Address": c.Listen}, Err: err}
	}
	ready := said{"server.serve.ready", text.Vars{"URL": c.here(listener.Addr().String())}}
	if c.HTTP {
		return listener, ready, nil
	}
	certificates := c.certificates(log)
	first, err := certificates.Get(nil)
	if err != nil {
		fault := &program.Fault{Key: "server.serve.certificate", Err: err}
		return nil, said{}, errors.Join(fault, listener.Close())
	}
	if c.TLSCert == "" {
		ready.key, ready.vars["Pin"] = "server.serve.ready.pinned", pin(first.Leaf)
		ready.vars["Fingerprint"] = fingerprint(first.Leaf)
	}
	return tls.NewListener(listener, &tls.Config{
		// HTTP/1.1 alone: a cut connection then takes one call with it, not the stream of events and all others.
		GetCertificate: certificates.Get, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"},
	}), ready, nil
}

// front makes what answers requests.
func (o *operator) front(b *backend, log *slog.Logger) (*server.Server, error) {
	proxies, err := b.config.proxies()
	if err != nil {
		return nil, err
	}
	registry := prometheus.NewRegistry()
	if err := registry.Register(poolMetrics{b.data}); err != nil {
		return nil, fmt.Errorf("metrics: %w", err)
	}
	return server.New(server.Config{
		Core: b.Core, Ready: b.ready, Log: log, Proxies: proxies, Version: o.version, Registry: registry,
		Pages: page.New(page.Config{Service: b.Core, Brand: o.brand, Catalogue: o.catalogue, Log: log}),
	})
}

// ready tells whether what requests need is there, the key that the database names among it.
func (b *backend) ready(ctx context.Context) error {
	return cmp.Or(b.data.Check(ctx), b.data.View(ctx, func(core.Tx) error { return nil }), checkBlobs(ctx, b.Blobs))
}

// work does what is due, in the background until ctx ends; done waits for that. Any number of replicas may do so: what
// one has taken, the others leave.
func (b *backend) work(ctx context.Context, log *slog.Logger) (done func()) {
	var running sync.WaitGroup
	running.Go(func() { _ = b.WorkMail(ctx, b.mails) }) // ends with ctx, which is no fault
	running.Go(func() {
		b.data.Listen(ctx, func() {
			b.Look()
			b.nudge()
		})
	})
	running.Go(func() {
		tick := time.NewTicker(workEvery)
		defer tick.Stop()
		for {
			if err := b.due(ctx); err != nil && ctx.Err() == nil {
				log.Warn("due work failed", "error", err)
			}
			b.nudge() // for mails that a command has written
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
	})
	return running.Wait
}

// due does what is due now, but sending mails.
func (b *backend) due(ctx context.Context) error {
	err := b.Work(ctx)
	if db, ok := b.data.(sqliteDatabase); ok {
		err = errors.Join(err, db.RemoveBackups(b.Clock.Now().Add(-b.Brand.Rules.Retention())))
	}
	return err
}

// answer serves until ctx ends. Then no more is accepted, streams of events end, and what was accepted is answered
// within finishWithin.
func answer(ctx context.Context, front *server.Server, listener net.Listener, log *slog.Logger) error {
	door := front.HTTP("")
	failed := make(chan error, 1)
	go func() { failed <- door.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	log.Info("ending: requests that were accepted are answered", "within", finishWithin)
	front.Drain()
	finishing, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishWithin)
	defer cancel()
	if err := door.Shutdown(finishing); err != nil {
		log.Warn("some requests were not answered in time", "error", err)
		_ = door.Close() // whatever they still hold
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}
