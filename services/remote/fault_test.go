package remote_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"

	"myaccount/services"
)

// runs is how many seeded runs of faults there are: MYACCOUNT_SOAK says how many instead.
func runs(t *testing.T, usual int) int {
	t.Helper()
	if set := os.Getenv("MYACCOUNT_SOAK"); set != "" {
		n, err := strconv.Atoi(set)
		must(t, err)
		return n
	}
	return usual
}

// wire is a connection on which everything can go wrong.
type wire struct {
	t     *testing.T
	proxy *toxiproxy.Proxy
}

func newWire(t *testing.T, upstream string) *wire {
	t.Helper()
	zerolog.SetGlobalLevel(zerolog.Disabled) // some faults log past the logger they are given
	logger := zerolog.Nop()
	proxy := toxiproxy.NewProxy(toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), logger), "wire", "127.0.0.1:0", upstream)
	must(t, proxy.Start())
	t.Cleanup(proxy.Stop)
	return &wire{t, proxy}
}

// toxic adds a fault; attributes are those of toxiproxy.
func (w *wire) toxic(kind, stream string, attributes map[string]any) {
	w.t.Helper()
	data, err := json.Marshal(map[string]any{"type": kind, "stream": stream, "attributes": attributes})
	must(w.t, err)
	_, err = w.proxy.Toxics.AddToxicJson(strings.NewReader(string(data)))
	must(w.t, err)
}

// heal takes all faults away.
func (w *wire) heal() { w.proxy.Toxics.ResetToxics(context.Background()) }

// cut ends every connection and lets none begin.
func (w *wire) cut() { w.proxy.Stop() }

func (w *wire) mend() {
	w.t.Helper()
	must(w.t, w.proxy.Start())
}

// fault draws one fault and gives its name.
func (w *wire) fault(r *rand.Rand) string {
	stream := []string{"upstream", "downstream"}[r.IntN(2)]
	switch kind := []string{"latency", "reset_peer", "limit_data", "timeout", "bandwidth", "slicer", "slow_close"}[r.IntN(7)]; kind {
	case "latency":
		w.toxic(kind, stream, map[string]any{"latency": r.IntN(150), "jitter": 50})
		return kind + " " + stream
	case "reset_peer":
		w.toxic(kind, stream, map[string]any{"timeout": r.IntN(60)})
		return kind + " " + stream
	case "limit_data": // the connection is closed after so many bytes: at every step of a call
		w.toxic(kind, stream, map[string]any{"bytes": r.IntN(20_000)})
		return kind + " " + stream
	case "timeout": // nothing gets through any more, and then the end
		w.toxic(kind, stream, map[string]any{"timeout": 20 + r.IntN(100)})
		return kind + " " + stream
	case "bandwidth":
		w.toxic(kind, stream, map[string]any{"rate": 20 + r.IntN(200)})
		return kind + " " + stream
	case "slicer":
		w.toxic(kind, stream, map[string]any{"average_size": 200, "size_variation": 100, "delay": 100})
		return kind + " " + stream
	default: // half closed for a while
		w.toxic(kind, stream, map[string]any{"delay": 20 + r.IntN(60)})
		return kind + " " + stream
	}
}

// TestFaults_ExactlyOnce sends messages with files over a wire that fails in every way, cuts it at any moment, and stops
// and starts the program and the service in between: every message arrives, once, with its files.
func TestFaults_ExactlyOnce(t *testing.T) {
	t.Parallel()
	w := newRunning(t)
	w.customer()
	must(t, w.portal.Close())
	wire := newWire(t, w.backend.front.Listener.Addr().String())
	address := "http://" + wire.proxy.Listen
	w.openPortal(address)
	n := runs(t, 50)
	seed := uint64(time.Now().UnixNano())
	if set := os.Getenv("MYACCOUNT_SEED"); set != "" {
		var err error
		seed, err = strconv.ParseUint(set, 10, 64)
		must(t, err)
	}
	t.Logf("MYACCOUNT_SEED=%d MYACCOUNT_SOAK=%d", seed, n)
	want := map[string]int{} // body to number of files
	s := w.signIn()
	agreement := first(t, s)
	for i := range n {
		r := rand.New(rand.NewPCG(seed, uint64(i))) //nolint:gosec // not a secret
		body := fmt.Sprintf("Message %d", i)
		var files []string
		for f := range r.IntN(3) {
			files = append(files, w.attach(s, fmt.Sprintf("%d-%d.txt", i, f), size(r)).ID)
		}
		m := services.Outgoing{
			Topic: "payment", AgreementID: agreement, Body: body, AttachmentIDs: files, IdempotencyKey: fmt.Sprintf("key-of-run-%d", i),
		}
		var taken bool
		if s, taken = w.disturbed(wire, address, s, r, m); taken {
			want[body] = len(files)
		}
	}
	if len(want) < n/2 {
		t.Errorf("of %d messages, %d were taken", n, len(want))
	}
	w.arrived(s, want)
}

// size is that of a file: one in eight goes in parts.
func size(r *rand.Rand) int {
	if r.IntN(8) == 0 {
		return 1<<20 + r.IntN(300_000)
	}
	return 1000 + r.IntN(8000)
}

// disturbed sends a message while something goes wrong. It gives the session that goes on, and whether Send took the
// message: it may fail before it has, for want of time.
func (w *world) disturbed(
	wire *wire, address string, s services.CustomerSession, r *rand.Rand, m services.Outgoing,
) (_ services.CustomerSession, taken bool) {
	w.t.Helper()
	fault := wire.fault(r)
	ctx, cancel := context.WithTimeout(w.t.Context(), time.Duration(r.IntN(400))*time.Millisecond+time.Millisecond)
	sent := make(chan error, 1)
	go func() {
		_, err := s.Send(ctx, m)
		sent <- err
	}()
	time.Sleep(time.Duration(r.IntN(100)) * time.Millisecond) // any moment
	var err error
	switch r.IntN(5) {
	case 0:
		fault += ", cut"
		wire.cut()
		err = <-sent
		wire.mend()
	case 1:
		fault += ", service stopped"
		w.away()
		err = <-sent
		w.back()
	case 2:
		fault += ", program stopped"
		must(w.t, w.portal.Close())
		err = <-sent
		w.openPortal(address)
		wire.heal()
		s = w.signIn()
	default:
		err = <-sent
	}
	if err != nil && services.CodeOf(err) != services.CodeUnavailable {
		w.t.Fatalf("%s: %s: %v", m.Body, fault, err)
	}
	cancel()
	wire.heal()
	// The person presses the button again, when nothing came: the same message, not another.
	if r.IntN(2) == 0 {
		if _, err := s.Send(w.t.Context(), m); err != nil {
			w.t.Fatalf("%s: %s: once more: %v", m.Body, fault, err)
		}
		return s, true
	}
	return s, err == nil
}

// arrived waits until the outbox is empty and looks at what the service has.
func (w *world) arrived(s services.CustomerSession, want map[string]int) {
	w.t.Helper()
	ctx := w.t.Context()
	outbox := s.(services.Outbox)
	eventually(w.t, "everything has left", func() bool {
		items, err := outbox.Outbox(ctx)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, item := range items {
			if item.State == services.OutboxRefused {
				w.t.Fatalf("%q came back: %s %v", item.Body, item.Code, item.Fields)
			}
		}
		return len(items) == 0
	})
	got := map[string]int{}
	for page := (services.ThreadPage{}); ; {
		var err error
		page, err = s.Threads(ctx, services.ThreadQuery{Page: services.Page{After: page.Next, Limit: 100}})
		must(w.t, err)
		for _, item := range page.Items {
			thread, err := s.Thread(ctx, item.ID)
			must(w.t, err)
			for _, m := range thread.Messages {
				if _, twice := got[m.Body]; twice {
					w.t.Errorf("%q arrived twice", m.Body)
				}
				got[m.Body] = len(m.Attachments)
				w.whole(s, m)
			}
		}
		if page.Next == "" {
			break
		}
	}
	for body, files := range want {
		if there, ok := got[body]; !ok || there != files {
			w.t.Errorf("%q: arrived %t with %d files, of %d", body, ok, there, files)
		}
	}
	if len(got) != len(want) {
		w.t.Errorf("%d messages arrived, %d were sent", len(got), len(want))
	}
}

// whole checks that the files of a message came as they are.
func (w *world) whole(s services.CustomerSession, m services.Message) {
	w.t.Helper()
	for _, file := range m.Attachments {
		content, err := s.OpenAttachment(w.t.Context(), file.ID)
		must(w.t, err)
		if content.SHA256 != file.SHA256 || !strings.HasPrefix(string(content.Data), file.Name) {
			w.t.Errorf("%q: %s came otherwise", m.Body, file.Name)
		}
	}
}
