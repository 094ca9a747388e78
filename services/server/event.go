package server

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/tmaxmax/go-sse"

	"myaccount/services"
	"myaccount/services/api"
)

// How often a stream that has nothing to tell says so, and how long a client may take to take what it is told.
const (
	heartbeat  = 15 * time.Second
	streamWait = 30 * time.Second
)

func (s *Server) eventRoutes() {
	signed(s, call{
		id: "subscribe", method: http.MethodGet, path: api.PathEvents, forever: true,
		summary: "Server-sent events. The id of an event is its sequence number and its type the kind; " +
			"'refetch' says that events were missed and everything should be read again. A person's ninth stream " +
			"ends the one that has been open for longest, which can be resumed like any other",
	}, s.events)
	produces(s, api.PathEvents, api.TypeEvents)
}

// listener is a session that can be told what happens.
type listener interface {
	services.Session
	services.Events
}

// subscription asks for events.
type subscription struct {
	After int64 `header:"Last-Event-ID" doc:"The last event that was received; left out: only what happens from now on"`
}

// events begins a stream, which ends with the session, with the connection and with Drain.
func (s *Server) events(ctx context.Context, session listener, in *subscription) (*streamed, error) {
	ctx, cancel := context.WithCancel(ctx)
	events, err := session.Subscribe(ctx, in.After)
	if err != nil {
		cancel()
		return nil, err
	}
	done := s.streams.add(session.Info().Person.ID, cancel)
	return &streamed{func(hc huma.Context) {
		defer done()
		r, w := humago.Unwrap(hc)
		header := w.Header()
		header.Set("Content-Type", api.TypeEvents)
		header.Set("X-Accel-Buffering", "no") // nginx would hold events back
		out := &stream{w: w, control: http.NewResponseController(w)}
		_ = out.control.SetReadDeadline(time.Time{}) // else its passing would end the request; a recorder has none
		w.WriteHeader(http.StatusOK)
		if r.Method != http.MethodHead {
			s.tell(ctx, out, events)
		}
	}}, nil
}

// streamsEach is how many streams a person may have open here. One more ends the oldest: a client whose connection was
// cut comes back at once, where a refusal would have it wait until the cut is noticed on this side too.
const streamsEach = 8

// streams are those that are open, oldest first, by person.
type streams struct {
	mu   sync.Mutex
	open map[string][]*context.CancelFunc
}

// add notes a stream, which end ends, and ends the oldest when there are too many. done forgets and ends it.
func (s *streams) add(person string, end context.CancelFunc) (done func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open == nil {
		s.open = map[string][]*context.CancelFunc{}
	}
	list := append(s.open[person], &end)
	if len(list) > streamsEach {
		(*list[0])()
		list = slices.Delete(list, 0, 1)
	}
	s.open[person] = list
	return func() {
		end()
		s.remove(person, &end)
	}
}

// remove forgets a stream, if it is still noted.
func (s *streams) remove(person string, end *context.CancelFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := slices.DeleteFunc(s.open[person], func(other *context.CancelFunc) bool { return other == end })
	s.open[person] = list
	if len(list) == 0 {
		delete(s.open, person)
	}
}

// tell writes events as they come, and a comment when none does.
func (s *Server) tell(ctx context.Context, out *stream, events <-chan services.Event) {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	err := out.comment()
	for err == nil {
		select {
		case e, ok := <-events:
			if !ok {
				return
			}
			err = out.event(e)
		case <-beat.C:
			err = out.comment()
		case <-s.draining:
			return
		case <-ctx.Done():
			return
		}
	}
}

// stream writes server-sent events to one client.
type stream struct {
	w       io.Writer
	control *http.ResponseController
}

// event writes an event.
func (s *stream) event(e services.Event) error {
	data, err := json.Marshal(api.Event{ID: e.ID})
	if err != nil {
		return fmt.Errorf("event: %w", err)
	}
	m := sse.Message{ID: sse.ID(strconv.FormatInt(e.Seq, 10)), Type: sse.Type(string(e.Kind))}
	m.AppendData(string(data))
	return s.send(&m)
}

// comment writes a line that clients skip; it keeps the connection open through what would close an idle one.
func (s *stream) comment() error {
	m := sse.Message{}
	m.AppendComment("still here")
	return s.send(&m)
}

func (s *stream) send(m *sse.Message) error {
	if err := s.control.SetWriteDeadline(time.Now().Add(streamWait)); err != nil {
		return fmt.Errorf("stream: %w", err)
	}
	if _, err := m.WriteTo(s.w); err != nil {
		return fmt.Errorf("stream: %w", err)
	}
	return s.control.Flush()
}
