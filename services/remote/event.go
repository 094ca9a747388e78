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

const (
	// quietMost is how long a stream may be silent: the service says every 15 s that it is there.
	quietMost = 45 * time.Second
	// firstWord is how long it may take until a stream says anything; somebody in between may hold it back.
	firstWord = 30 * time.Second
	// pollEvery is how often it is looked for changes where streams do not get through, and pollFor for how long until
	// a stream is tried again.
	pollEvery = 20 * time.Second
	pollFor   = 10 * time.Minute

	againFirst = 500 * time.Millisecond
	againMost  = 30 * time.Second
)

// Subscribe gives the events after a sequence number until ctx, the session or the portal ends. A stream that is cut is
// resumed; where streams do not get through, it is looked for changes from time to time, which EventRefetch tells.
func (s *session) Subscribe(ctx context.Context, after int64) (<-chan services.Event, error) {
	listening, cancel := context.WithCancel(ctx)
	l := &listener{session: s, after: after, out: make(chan services.Event)}
	stream, err := l.connect(listening)
	if code := services.CodeOf(err); err != nil && code != services.CodeUnavailable {
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
	missed  bool // events may have been missed that nothing would tell
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
	switch services.CodeOf(err) {
	case "":
		return response.Body, nil
	case services.CodeUnauthenticated:
		s.end()
	}
	l.missed = l.after == 0
	return nil, err
}

// run listens until ctx ends.
func (l *listener) run(ctx context.Context, stream io.ReadCloser) {
	changed := l.session.portal.link.watch(ctx)
	for try := 0; ctx.Err() == nil; try++ {
		if stream != nil {
			if l.read(ctx, stream) {
				try = 0
			}
			l.missed = l.after == 0
		} else if try > 0 && l.reachable(ctx) {
			l.poll(ctx)
		}
		timer := time.NewTimer(retryWait(try, againFirst, againMost))
		select {
		case <-timer.C:
		case <-changed:
		case <-ctx.Done():
		}
		timer.Stop()
		missed := l.missed
		var err error
		stream, err = l.connect(ctx)
		if code := services.CodeOf(err); err != nil && code != services.CodeUnavailable && code != services.CodeInternal {
			return
		}
		if stream != nil && missed && !l.tell(ctx, services.Event{Kind: services.EventRefetch}) {
			_ = stream.Close()
			return
		}
	}
}

// reachable tells whether the service answers, though no stream does.
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
	w := &wakeful{stream: stream, limit: firstWord}
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
	heard  bool // something came
	late   bool // nothing came in time
}

// Read reads what is there, and waits for no more than the limit.
func (w *wakeful) Read(p []byte) (int, error) {
	timer := time.AfterFunc(w.limit, func() { _ = w.stream.Close() })
	n, err := w.stream.Read(p)
	w.late = !timer.Stop()
	if n > 0 {
		w.heard, w.limit = true, quietMost
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
	end := time.Now().Add(pollFor)
	for time.Now().Before(end) {
		var raw json.RawMessage
		switch err := l.session.do(ctx, get(path, &raw)); {
		case err == nil && string(raw) != known:
			known = string(raw)
			if !l.tell(ctx, services.Event{Seq: l.after, Kind: services.EventRefetch}) {
				return
			}
		case services.CodeOf(err) == services.CodeUnauthenticated:
			return
		}
		if !pause(ctx, pollEvery) {
			return
		}
	}
}
