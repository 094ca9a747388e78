package remote_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"myaccount/services"
	"myaccount/services/api"
)

// TestOutbox_PutOffByTheService has a message that the service wants later, and another one afterwards that it takes: the
// first is not handed in again before its time, though the service is there.
func TestOutbox_PutOffByTheService(t *testing.T) {
	w := newRunning(t)
	s, ctx := w.customer(), t.Context()
	early, late := w.outgoing(s, "early", "Too early"), w.outgoing(s, "late", "In time")
	var refused atomic.Int64
	w.backend.between(func(rw http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != api.PathThreads || !strings.Contains(r.Header.Get(api.HeaderIdempotencyKey), "early") {
			return false
		}
		refused.Add(1)
		rw.Header().Set("Retry-After", "120")
		rw.WriteHeader(http.StatusServiceUnavailable)
		return true
	})
	if receipt, err := s.Send(ctx, early); err != nil || !receipt.Waiting {
		t.Fatalf("%+v, %v", receipt, err)
	}
	eventually(t, "the service is found again", func() bool { online, _ := w.portal.Online(); return online })
	if receipt, err := s.Send(ctx, late); err != nil || receipt.Waiting {
		t.Fatalf("%+v, %v", receipt, err)
	}
	if got := refused.Load(); got != 1 {
		t.Errorf("handed in %d times", got)
	}
	items, err := s.(services.Outbox).Outbox(ctx)
	if err != nil || len(items) != 1 || items[0].Body != early.Body {
		t.Errorf("outbox %+v, %v", items, err)
	}
}
