package servicetest

import (
	"slices"
	"strings"

	"myaccount/services"
)

var scheduleCases = suite{
	"Schedules_Schedule/AddsUp":      scheduleAddsUp,
	"Schedules_Schedule/OnlyOnesOwn": scheduleOnlyOnesOwn,
}

// scheduleAddsUp compares the schedules of every kind of customer with their agreements and with what was posted.
func scheduleAddsUp(w *world) {
	for _, key := range []string{"lease", "biweekly", "two", "past_due", "paid_off"} {
		s := w.customer(strings.ReplaceAll(key, "_", "")+"@example.ca", key)
		agreements, err := s.Agreements(w.ctx())
		w.must(err)
		for _, a := range agreements {
			list, err := s.Schedule(w.ctx(), a.ID)
			w.must(err)
			if len(list) != a.PaymentsTotal {
				w.Fatalf("%s: %d installments of %d", key, len(list), a.PaymentsTotal)
			}
			for n, i := range list {
				w.sums(i)
				if i.Number != n+1 || i.Paid != (n < a.PaymentsMade) || n > 0 && i.Due.Before(list[n-1].Due) {
					w.Errorf("%s: installment %d: %+v", key, n+1, i)
				}
			}
			if n := a.PaymentsMade; n > 0 && a.ClosedOn == nil && !list[n-1].Balance.Equal(a.Balance) {
				w.Errorf("%s: %v is owed, the schedule says %v", key, a.Balance, list[n-1].Balance)
			}
			if a.Next != nil && a.PastDue == nil && !a.Next.Total.Equal(list[a.PaymentsMade].Total) {
				w.Errorf("%s: next %+v, the schedule says %+v", key, a.Next, list[a.PaymentsMade])
			}
		}
	}
}

// sums checks that the parts of an installment are its total, to the cent.
func (w *world) sums(i services.Installment) {
	w.Helper()
	sum, err := i.Principal.Add(i.Interest)
	w.must(err)
	sum, err = sum.Add(i.Tax)
	w.must(err)
	if !sum.Equal(i.Total) {
		w.Errorf("the parts of %+v are %v", i, sum)
	}
}

func scheduleOnlyOnesOwn(w *world) {
	s, other := w.customer(alice, "lease"), w.customer(bob, "two")
	for _, id := range append(slices.Clone(strange), w.agreement(s).ID) {
		_, err := other.Schedule(w.ctx(), id)
		w.fails(err, "Schedules.Schedule", services.CodeNotFound)
	}
}
