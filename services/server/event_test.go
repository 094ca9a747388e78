package server_test

import (
	"bufio"
	"fmt"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/server"
)

// listening is a stream of events that a test reads.
type listening struct {
	t      testing.TB
	answer *http.Response
	lines  *bufio.Scanner
}

// listen opens a stream. It is open once its first comment has come.
func (h *harness) listen(token, after string) *listening {
	h.t.Helper()
	r, err := http.NewRequestWithContext(h.t.Context(), http.MethodGet, h.web.URL+api.PathEvents, nil)
	must(h.t, err)
	r.Header.Set("Authorization", "Bearer "+token)
	if after != "" {
		r.Header.Set(api.HeaderLastEventID, after)
	}
	answer, err := h.web.Client().Do(r)
	must(h.t, err)
	h.t.Cleanup(func() { _ = answer.Body.Close() })
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != api.TypeEvents || answer.Header.Get("X-Accel-Buffering") != "no" {
		h.t.Fatalf("%d %v", answer.StatusCode, answer.Header)
	}
	l := &listening{h.t, answer, bufio.NewScanner(answer.Body)}
	if first := l.block(); !strings.HasPrefix(first, ":") {
		h.t.Fatalf("began with %q", first)
	}
	return l
}

// next is the next event that is not about a mail: those are of the tray that tests read.
func (l *listening) next() string {
	for {
		if event := l.block(); !strings.Contains(event, "event: mail\n") {
			return event
		}
	}
}

// block reads up to the next empty line; "" at the end of the stream.
func (l *listening) block() string {
	var lines []string
	for l.lines.Scan() {
		if l.lines.Text() == "" {
			break
		}
		lines = append(lines, l.lines.Text())
	}
	return strings.Join(lines, "\n")
}

// send sends a message that starts a thread, and gives the thread's id.
func (h *harness) send(token, key string) string {
	h.t.Helper()
	var receipt api.Receipt
	h.do(request{
		method: "POST", path: api.PathThreads, token: token, header: map[string]string{api.HeaderIdempotencyKey: key},
		body: api.NewThread{Topic: "payment", AgreementID: h.agreement(token), Body: "A question."},
	}).want(201).into(&receipt)
	return receipt.ThreadID
}

func TestEvents_AsTheyHappen(t *testing.T) {
	h := newHarness(t)
	token, desk := h.customer(alice), h.desk()
	mine, theirs := h.listen(token, ""), h.listen(desk, "")
	thread := h.send(token, "key-number-1")
	first := sequence(t, mine.next(), thread)
	if sequence(t, theirs.next(), thread) != 1 {
		t.Error("the desk heard of something before")
	}
	h.send(token, "key-number-2")
	h.send(token, "key-number-3")
	later := h.listen(token, strconv.FormatInt(first, 10)) // as after a cut
	last := first
	for range 2 {
		seq := sequence(t, later.next(), "")
		if seq <= last {
			t.Errorf("resumed with %d after %d", seq, last)
		}
		last = seq
	}
	got := h.listen(token, "99999").block()
	var id int64
	if _, err := fmt.Sscanf(got, "id: %d\nevent: refetch\ndata: {}", &id); err != nil || id < last {
		t.Errorf("a sequence of another database: %q", got)
	}
}

// sequence checks that an event is about a message, in a thread unless that is "", and gives its sequence number.
func sequence(t *testing.T, event, thread string) int64 {
	t.Helper()
	var seq int64
	var id string
	_, err := fmt.Sscanf(event, "id: %d\nevent: message\ndata: {\"id\":%q}", &seq, &id)
	if err != nil || thread != "" && id != thread {
		t.Fatalf("event %q about %q: %v", event, thread, err)
	}
	return seq
}

func TestEvents_EndWithTheSession(t *testing.T) {
	h := newHarness(t)
	token := h.customer(alice)
	l := h.listen(token, "")
	h.do(request{method: "DELETE", path: api.PathSession, token: token}).want(204)
	if got := l.block(); got != "" {
		t.Errorf("after the session ended: %q", got)
	}
	h.do(request{method: "GET", path: api.PathEvents, token: token}).fails(401, services.CodeUnauthenticated)
}

func TestEvents_EndWhenTheServerDrains(t *testing.T) {
	h := newHarness(t)
	l := h.listen(h.customer(alice), "")
	h.do(request{method: "GET", path: "/readyz"}).want(200)
	h.server.Drain()
	h.server.Drain() // twice is no harm
	if got := l.block(); got != "" {
		t.Errorf("after Drain: %q", got)
	}
	h.do(request{method: "GET", path: "/readyz"}).fails(503, services.CodeUnavailable)
	h.do(request{method: "GET", path: api.PathPolicy}).want(200) // what still comes is answered
}

func TestEvents_Head(t *testing.T) {
	h := newHarness(t)
	token := h.customer(alice)
	h.do(request{method: "HEAD", path: api.PathEvents, token: token}).want(200)
}

// TestEvents_LeaveNothingBehind opens streams that end in every way, and looks for what still serves them.
func TestEvents_LeaveNothingBehind(t *testing.T) {
	h := newHarness(t)
	token := h.customer(alice)
	for range 20 {
		_ = h.listen(token, "").answer.Body.Close()
	}
	for range server.StreamsEach {
		h.listen(token, "")
	}
	if serving() < server.StreamsEach {
		t.Fatal("the streams are not where this test looks for them")
	}
	h.server.Drain()
	for deadline := time.Now().Add(30 * time.Second); serving() > 0 && time.Now().Before(deadline); {
		runtime.Gosched()
	}
	if n := serving(); n > 0 || h.server.Streams() > 0 {
		t.Errorf("%d goroutines serve streams that have ended, of %d people", n, h.server.Streams())
	}
}

// TestEvents_OneTooManyEndsTheOldest: nobody holds more streams than the limit, and nobody is kept out.
func TestEvents_OneTooManyEndsTheOldest(t *testing.T) {
	h := newHarness(t)
	token, desk := h.customer(alice), h.desk()
	theirs := h.listen(desk, "")
	var mine []*listening
	for range server.StreamsEach + 2 {
		mine = append(mine, h.listen(token, ""))
	}
	for i, l := range mine[:2] {
		if event := l.next(); event != "" {
			t.Errorf("stream %d goes on with %q", i, event)
		}
	}
	thread := h.send(token, "key-number-1")
	for _, l := range append(mine[2:], theirs) {
		sequence(t, l.next(), thread)
	}
}

// serving counts goroutines that serve streams.
func serving() (n int) {
	stacks := make([]byte, 4<<20)
	for stack := range strings.SplitSeq(string(stacks[:runtime.Stack(stacks, true)]), "\n\n") {
		if strings.Contains(stack, "(*Server).tell") || strings.Contains(stack, "(*subscription).run") {
			n++
		}
	}
	return n
}
