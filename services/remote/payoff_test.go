package remote_test

import (
	"reflect"
	"testing"

	"cloud.google.com/go/civil"

	"myaccount/services"
)

// What it costs on a day that was looked at, and the end of a lease, can be read again without the service; another day
// cannot, nor what paying more would save.
func TestOffline_Payoff(t *testing.T) {
	w := newRunning(t)
	s, ctx := w.customer(), t.Context()
	q := services.PayoffQuery{AgreementID: first(t, s), On: civil.DateOf(w.Now()), Choice: services.PayoffBuy}
	seen, err := s.Payoff(ctx, q)
	must(t, err)
	end, err := s.LeaseEnd(ctx, q.AgreementID)
	must(t, err)
	w.away()
	again, err := s.Payoff(ctx, q)
	if err != nil || !reflect.DeepEqual(again, seen) {
		t.Errorf("%+v, %v; before: %+v", again, err, seen)
	}
	endAgain, err := s.LeaseEnd(ctx, q.AgreementID)
	if err != nil || !reflect.DeepEqual(endAgain, end) {
		t.Errorf("%+v, %v; before: %+v", endAgain, err, end)
	}
	for _, other := range []services.PayoffQuery{
		{AgreementID: q.AgreementID, On: q.On.AddDays(1), Choice: q.Choice}, {AgreementID: q.AgreementID, On: q.On, Choice: services.PayoffReturn},
	} {
		if _, err := s.Payoff(ctx, other); services.CodeOf(err) != services.CodeUnavailable {
			t.Errorf("%+v was never seen: %v", other, err)
		}
	}
	if _, err := s.WhatIf(ctx, services.WhatIfQuery{AgreementID: q.AgreementID}); services.CodeOf(err) != services.CodeUnavailable {
		t.Errorf("what if: %v", err)
	}
}
