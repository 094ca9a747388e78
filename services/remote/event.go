package remote

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/tmaxmax/go-sse"

	"myaccount/services"
	"myaccount/services/api"
)

// pace is how patiently streams of events are listened to.
type pace struct {
	quiet     time.Duration // how long a stream may be silent: the service says every 15 s that it is there
	firstWord time.Duration // how long it may take until a stream says anything; somebody in between may hold it back
	pollEvery time.Duration // how often it is looked for changes where streams do not get through
	pollFor   time.Duration // for how long, until a stream is tried again
}

var usualPace = pace{quiet: 45 * time.Second, firstWord: 30 * time.Second, pollEvery: 20 * time.Second, pollFor: 10 * time.Minute}

// The waits between two streams grow from one to the other. Where so many do not begin, none gets through.
const (
	failedMost = 3
	againFirst = 500 * time.Millisecond
	againMost  = 30 * time.Second
)

// Subscribe gives the events after a sequence number until ctx, the session or the portal ends. A stream that is cut is
// resumed; where streams do not get through, it is looked for changes from time to time, which EventRefetch tells.
func (s *session) Subscribe(ctx context.Context, after int64) (<-chan services.Event, error) {
	listening, cancel := context.WithCancel(ctx)
	l := &listener{session: s, after: after, out: make(chan services.Event)}
	stream, err := l.connect(listening)
	if err != nil && !passing(err) {
		cancel()
		return nil, err
	}
	unhook := context.AfterFunc(s.ctx, cancel)
	go func() {
		defer close(l.out)
		defer unhook()
		defer cancel()
		l.run(listening, stream)
	}()
	return l.out, nil
}

// listener is one subscription.
type listener struct {
	session *session
	after   int64 // sequence number of the latest event
	out     chan services.Event
	missed  bool          // events may have been missed that nothing would tell
	failed  int           // streams in a row that did not begin
	asked   time.Duration // how long the service asked to be left alone
}

// connect begins a stream.
func (l *listener) connect(ctx context.Context) (io.ReadCloser, error) {
	s := l.session
	s.mu.Lock()
	token, ended := s.token, s.ended
	s.mu.Unlock()
	if ended {
		return nil, services.Fail(services.CodeUnauthenticated)
	}
	if online, _ := s.portal.Online(); !online || token == "" || s.portal.ctx.Err() != nil {
		l.missed = l.after == 0
		return nil, services.Fail(services.CodeUnavailable)
	}
	header := http.Header{"Accept": {api.TypeEvents}}
	if l.after > 0 {
		header.Set(api.HeaderLastEventID, strconv.FormatInt(l.after, 10))
	}
	response, err := s.portal.client.stream(ctx, api.PathEvents, token, header)
	l.asked = min(services.RetryAfterOf(err), askedMost)
	switch services.CodeOf(err) {
	case "":
		l.failed = 0
		return response.Body, nil
	case services.CodeUnauthenticated:
		s.end()
	}
	l.failed++
	l.missed = l.after == 0
	return nil, err
}

// run listens until ctx ends.
func (l *listener) run(ctx context.Context, stream io.ReadCloser) {
	changed := l.session.portal.link.watch(ctx)
	for try := 0; ctx.Err() == nil; try++ {
		if stream != nil {
			began := time.Now()
			if l.read(ctx, stream) && time.Since(began) >= steadyAfter {
				try = 0
			}
			l.missed = l.after == 0
		} else if l.failed > 0 && l.reachable(ctx) && l.failed >= failedMost {
			l.failed = 0
			l.poll(ctx)
		}
		timer := time.NewTimer(l.asked + retryWait(try, againFirst, againMost))
		select {
		case <-timer.C:
		case <-changed:
		case <-ctx.Done():
		}
		timer.Stop()
		var over bool
		if stream, over = l.resume(ctx); over {
			return
		}
	}
}

// resume begins the next stream, if it can, and tells whether the subscription is over.
func (l *listener) resume(ctx context.Context) (stream io.ReadCloser, over bool) {
	missed := l.missed
	stream, err := l.connect(ctx)
	if err != nil {
		return nil, !passing(err)
	}
	if missed && !l.tell(ctx, services.Event{Kind: services.EventRefetch}) {
		_ = stream.Close()
		return nil, true
	}
	return stream, false
}

// passing tells whether a stream that was refused may begin later.
func passing(err error) bool {
	switch services.CodeOf(err) {
	case services.CodeUnavailable, services.CodeInternal, services.CodeThrottled:
		return true
	}
	return false
}

// reachable tells whether the service answers, though no stream does. Streams themselves say nothing about that: they
// may end for reasons of their own.
func (l *listener) reachable(ctx context.Context) bool {
	_, err := l.session.portal.ask(ctx)
	return err == nil
}

// tell hands an event over.
func (l *listener) tell(ctx context.Context, e services.Event) bool {
	select {
	case l.out <- e:
		return true
	case <-ctx.Done():
		return false
	}
}

// read tells what a stream says until it ends, and whether it said anything. One that holds everything back, as some
// proxies do, is given up, and changes are looked for.
func (l *listener) read(ctx context.Context, stream io.ReadCloser) (heard bool) {
	pace := l.session.portal.pace
	w := &wakeful{stream: stream, limit: pace.firstWord, quiet: pace.quiet}
	defer stream.Close()
	for e, err := range sse.Read(w, nil) {
		if err != nil {
			break
		}
		if event, ok := eventOf(e); ok {
			if !l.tell(ctx, event) {
				return true
			}
			l.after = max(l.after, event.Seq)
			if event.Kind == services.EventRefetch {
				l.after = event.Seq // of another database, perhaps, where numbers are lower
			}
		}
	}
	if w.heard || ctx.Err() != nil {
		return true
	}
	if w.late {
		l.poll(ctx)
	}
	return false
}

// eventOf reads an event. What is not of the contract is left out.
func eventOf(e sse.Event) (services.Event, bool) {
	var data api.Event
	seq, err := strconv.ParseInt(e.LastEventID, 10, 64)
	if err != nil || json.Unmarshal([]byte(e.Data), &data) != nil || e.Type == "" {
		return services.Event{}, false
	}
	return services.Event{Seq: seq, Kind: services.EventKind(e.Type), ID: data.ID}, true
}

// wakeful reads a stream, and closes it when it is silent for too long.
type wakeful struct {
	stream io.ReadCloser
	limit  time.Duration
	quiet  time.Duration // the limit once something came
	heard  bool          // something came
	late   bool          // nothing came in time
}

// Read reads what is there, and waits for no more than the limit.
func (w *wakeful) Read(p []byte) (int, error) {
	timer := time.AfterFunc(w.limit, func() { _ = w.stream.Close() })
	n, err := w.stream.Read(p)
	w.late = !timer.Stop()
	if n > 0 {
		w.heard, w.limit = true, w.quiet
	}
	return n, err
}

// poll looks for changes for a while and tells of them.
func (l *listener) poll(ctx context.Context) {
	path := api.PathThreads
	if l.session.Info().Role == services.RoleAdvisor {
		path = api.PathDeskThreads
	}
	l.session.portal.options.Log.Info("no stream of events gets through; looking for changes instead")
	var known string
	pace := l.session.portal.pace
	end := time.Now().Add(pace.pollFor)
	for time.Now().Before(end) {
		var raw json.RawMessage
		switch err := l.session.do(services.Background(ctx), get(path, &raw)); {
		case err == nil && string(raw) != known:
			known = string(raw)
			if !l.tell(ctx, services.Event{Seq: l.after, Kind: services.EventRefetch}) {
				return
			}
		case services.CodeOf(err) == services.CodeUnauthenticated:
			return
		}
		if !pause(ctx, pace.pollEvery) {
			return
		}
	}
}
