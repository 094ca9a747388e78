package remote_test

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/api"
)

// between puts something between clients and the replicas: it says whether it has answered itself.
func (b *backend) between(answered func(w http.ResponseWriter, r *http.Request) bool) {
	through := *b.target.Load()
	var handler http.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !answered(w, r) {
			through.ServeHTTP(w, r)
		}
	})
	b.target.Store(&handler)
}

// TestUpload_GoesOnAfterACut cuts the connection after the third part of a large file: what the service has is not sent
// again, the outbox shows how far it is, and the file comes whole.
func TestUpload_GoesOnAfterACut(t *testing.T) {
	t.Parallel()
	w := newRunning(t)
	s, ctx := w.customer(), t.Context()
	file := w.attach(s, "scan.txt", 3<<20)
	m := w.outgoing(s, "large", "With a large file", file.ID)
	var mu sync.Mutex
	var offsets []string
	w.backend.between(func(rw http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodPut || !strings.HasPrefix(r.URL.Path, api.PathUploads) {
			return false
		}
		mu.Lock()
		defer mu.Unlock()
		if len(offsets) == 3 {
			rw.WriteHeader(http.StatusBadGateway)
			return true
		}
		offsets = append(offsets, r.URL.Query().Get("offset"))
		return false
	})
	receipt, err := s.Send(ctx, m)
	if err != nil || !receipt.Waiting {
		t.Fatalf("cut: %+v, %v", receipt, err)
	}
	items, err := s.(services.Outbox).Outbox(ctx)
	if err != nil || len(items) != 1 || items[0].Percent == 0 || items[0].Percent >= 100 {
		t.Fatalf("outbox %+v, %v", items, err)
	}
	w.away()
	w.back()
	w.backend.between(func(_ http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPut && strings.HasPrefix(r.URL.Path, api.PathUploads) {
			mu.Lock()
			defer mu.Unlock()
			offsets = append(offsets, r.URL.Query().Get("offset"))
		}
		return false
	})
	w.arrived(s, map[string]int{m.Body: 1})
	if n := len(slices.Compact(slices.Clone(offsets))); n != len(offsets) || n < 12 {
		t.Errorf("parts that were sent: %v", offsets)
	}
}

// TestUpload_ReceivedIsImpossible is a service that says of a part what cannot be: the file is not handed in for ever,
// nothing breaks, and once the service is right it comes whole.
func TestUpload_ReceivedIsImpossible(t *testing.T) {
	t.Parallel()
	for _, received := range []string{"-1", "0", "9223372036854775807"} {
		t.Run(received, func(t *testing.T) {
			w := newRunning(t)
			s, ctx := w.customer(), t.Context()
			m := w.outgoing(s, "odd", "With a large file", w.attach(s, "scan.txt", 1<<20).ID)
			right := *w.backend.target.Load()
			w.backend.between(func(rw http.ResponseWriter, r *http.Request) bool {
				if r.Method != http.MethodPut || !strings.HasPrefix(r.URL.Path, api.PathUploads) {
					return false
				}
				rw.Header().Set("Content-Type", api.TypeJSON)
				_, _ = rw.Write([]byte(`{"id":"x","received":` + received + `}`))
				return true
			})
			if receipt, err := s.Send(ctx, m); err != nil || !receipt.Waiting {
				t.Fatalf("%+v, %v", receipt, err)
			}
			w.backend.target.Store(&right)
			w.arrived(s, map[string]int{m.Body: 1})
		})
	}
}

// TestUpload_ForgottenByTheService is a message whose file was handed in and whose text was not, for so long that the
// service has removed the file.
func TestUpload_ForgottenByTheService(t *testing.T) {
	t.Parallel()
	for name, size := range map[string]int{"Whole": 1000, "Parts": 1<<20 + 1} {
		t.Run(name, func(t *testing.T) {
			w := newRunning(t)
			s, ctx := w.customer(), t.Context()
			m := w.outgoing(s, "late", "Written in time", w.attach(s, "note.txt", size).ID)
			held := *w.backend.target.Load()
			w.backend.between(func(rw http.ResponseWriter, r *http.Request) bool {
				if r.Method == http.MethodPost && r.URL.Path == api.PathThreads {
					rw.WriteHeader(http.StatusBadGateway)
					return true
				}
				return false
			})
			receipt, err := s.Send(ctx, m)
			if err != nil || !receipt.Waiting {
				t.Fatalf("held: %+v, %v", receipt, err)
			}
			w.Move(25 * time.Hour)
			must(t, w.backend.cores[0].Work(ctx))
			w.backend.target.Store(&held)
			w.arrived(w.signIn(), map[string]int{m.Body: 1})
		})
	}
}
