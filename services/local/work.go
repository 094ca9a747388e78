package local

import (
	"context"
	"sync"
	"time"
)

// workEvery is how often due work is looked for.
const workEvery = time.Minute

// start begins the work in the background.
func (p *Portal) start() {
	ctx, cancel := context.WithCancel(context.Background())
	p.stop = cancel
	p.running.Go(func() { p.run(ctx) })
	if p.options.Sender != nil {
		p.running.Go(func() { _ = p.WorkMail(ctx, p.wake) }) // ends with ctx, which is no fault
	}
}

// woken is called after every transaction that wrote a mail or an event; it never waits.
func (p *Portal) woken() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
	p.watch.tell()
}

// run does what is due, now and every minute, until the portal closes.
func (p *Portal) run(ctx context.Context) {
	if err := p.renewSample(ctx); err != nil && ctx.Err() == nil {
		p.Log.Warn("renewing the sample failed", "error", err)
	}
	tick := time.NewTicker(workEvery)
	defer tick.Stop()
	for {
		p.due(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// due does what is due now. What fails is tried again at the next turn.
func (p *Portal) due(ctx context.Context) {
	if err := p.Work(ctx); err != nil && ctx.Err() == nil {
		p.Log.Warn("due work failed", "error", err)
	}
	if err := p.database.RemoveBackups(p.Clock.Now().Add(-p.Brand.Rules.Retention())); err != nil {
		p.Log.Warn("removing old backups failed", "error", err)
	}
}

// watchers are those who want to hear that the mail tray may have changed.
type watchers struct {
	mu   sync.Mutex
	each map[chan struct{}]bool
}

func newWatchers() watchers { return watchers{each: map[chan struct{}]bool{}} }

func (w *watchers) tell() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for c := range w.each {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

func (w *watchers) add() chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := make(chan struct{}, 1)
	w.each[c] = true
	return c
}

func (w *watchers) remove(c chan struct{}) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.each, c)
	close(c)
}

// WatchMails sends a value whenever a mail was added or used, until ctx ends.
func (p *Portal) WatchMails(ctx context.Context) <-chan struct{} {
	c := p.watch.add()
	context.AfterFunc(ctx, func() { p.watch.remove(c) })
	return c
}
