package remote_test

import (
	"reflect"
	"testing"

	"myaccount/services"
)

// A history that was read in parts, and a few of its payments, are both there without the service, whichever was read last.
func TestOffline_PaymentsInParts(t *testing.T) {
	w := newRunning(t)
	s, ctx := w.customer(), t.Context()
	agreement := first(t, s)
	read := func(limit int) (all []services.Payment) {
		t.Helper()
		for page := (services.PaymentPage{}); ; {
			var err error
			page, err = s.Payments(ctx, agreement, services.Page{After: page.Next, Limit: limit})
			must(t, err)
			if all = append(all, page.Items...); page.Next == "" {
				return all
			}
		}
	}
	whole, parts := read(100), read(7)
	if len(whole) < 10 || !reflect.DeepEqual(whole, parts) {
		t.Fatalf("%d payments, in parts %d", len(whole), len(parts))
	}
	w.away()
	if again := read(100); !reflect.DeepEqual(again, whole) {
		t.Errorf("%d payments without the service", len(again))
	}
	if again := read(7); !reflect.DeepEqual(again, whole) {
		t.Errorf("%d payments in parts without the service", len(again))
	}
	w.back()
}
