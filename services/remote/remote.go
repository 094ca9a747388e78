// Package remote is remote mode: services.Portal over the REST contract of services/api, with a sealed cache on this
// machine (services/remote/cache) for drafts, messages on their way and what was seen.
//
// A call that changes something carries an idempotency key or is made once; what was seen is answered from the cache
// while the service cannot be reached; a message is kept in the outbox of this machine before anything is sent of it.
package remote

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"myaccount/services"
	"myaccount/services/remote/cache"
	"myaccount/services/seal"
)

// Passwords hashes what an offline sign-in is checked against; seal.Passwords does.
type Passwords interface {
	cache.Passwords
	// Hash makes what Verify checks a password against.
	Hash(ctx context.Context, password string) (string, error)
}

// Secrets keeps small secrets by name.
type Secrets interface {
	// Get gives "" when there is none of that name.
	Get(name string) (seal.Secret, error)
	Set(name string, secret seal.Secret) error
	Delete(name string) error
}

// Options is what a Portal runs on. Every field is needed but those said to be optional.
type Options struct {
	URL       string // of the service, "https://portal.example"
	Folder    string // of the cache; made when it is not there
	Box       *seal.Box
	Secrets   Secrets
	Clock     services.Clock
	NewID     func() string // UUIDv7 in production
	Passwords Passwords

	Log       *slog.Logger      // optional
	Transport http.RoundTripper // optional: in place of one that checks certificates
}

// Portal is the portal of one service.
type Portal struct {
	options Options
	host    string // of the service, as a certificate is pinned for it
	cache   *cache.Cache
	client  *client
	known   known
	link    *connection
	boxes   outboxes
	pace    pace

	ctx     context.Context // ends with the portal
	stop    context.CancelFunc
	running sync.WaitGroup
}

var (
	_ services.Portal     = (*Portal)(nil)
	_ services.Connection = (*Portal)(nil)
	_ services.Support    = (*Portal)(nil)
	_ services.Service    = (*Portal)(nil)
)

// Open opens the cache and makes ready to ask the service; it asks nothing yet. Errors: those of cache.Open, and one
// for a URL that is none.
func Open(ctx context.Context, o Options) (*Portal, error) {
	base, err := url.Parse(o.URL)
	if err != nil || base.Host == "" || base.Scheme != "https" && base.Scheme != "http" {
		return nil, errors.New("remote: the address of the service is not an http or https URL")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	kept, err := cache.Open(ctx, o.Folder, o.Box, o.Clock, o.NewID)
	if err != nil {
		return nil, fmt.Errorf("remote: %w", err)
	}
	p := &Portal{options: o, host: base.Host, cache: kept, link: newConnection(o.Clock), pace: usualPace}
	p.ctx, p.stop = context.WithCancel(context.Background())
	_, answered, _ := p.nobody().Recall(ctx, namePolicy) // none, when it was never asked
	p.link.answered = answered
	transport := o.Transport
	if transport == nil {
		transport = newTransport(base.Hostname(), p.pinned)
	}
	p.client = newClient(base, transport, p.link)
	p.running.Go(p.run)
	return p, nil
}

const (
	// purgeEvery is how often what is past its time is removed from this machine.
	purgeEvery = time.Hour
	// lookEvery is how often a service that could not be reached is looked for, at most; see retryWait.
	lookEvery = 30 * time.Second
	// askedMost is the longest that it is left alone because it asks for that: people wait to be connected again.
	askedMost = 5 * time.Minute
)

// run does what is due until the portal closes: it looks for a service that could not be reached, and cleans up.
func (p *Portal) run() {
	changed := p.link.watch(p.ctx)
	purge := time.NewTicker(purgeEvery)
	defer purge.Stop()
	p.purge()
	for {
		var look <-chan time.Time
		if online, _ := p.Online(); !online {
			look = time.After(p.link.patience())
		}
		select {
		case <-p.ctx.Done():
			return
		case <-changed:
		case <-purge.C:
			p.purge()
		case <-look:
			_, err := p.ask(p.ctx) // whether it can be reached is noted where every call passes
			p.link.looked(services.RetryAfterOf(err))
		}
	}
}

func (p *Portal) purge() {
	if err := p.cache.Purge(p.ctx); err != nil && p.ctx.Err() == nil {
		p.options.Log.Warn("cleaning the cache failed", "error", err)
	}
}

// Close ends what is under way and all subscriptions, and closes the cache. Sessions cannot be used afterwards; at the
// service they last until they end by themselves.
func (p *Portal) Close() error {
	p.stop()
	p.running.Wait()
	p.client.close()
	return p.cache.Close()
}

// LastRequestID names the latest call that failed as the service's log knows it; "" when none did.
func (p *Portal) LastRequestID() string { return p.client.lastRequest() }
