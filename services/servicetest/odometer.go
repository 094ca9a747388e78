package servicetest

import (
	"slices"

	"cloud.google.com/go/civil"

	"myaccount/services"
)

var odometerCases = suite{
	"Odometers_Readings/OnlyOnesOwn":    readingsOnlyOnesOwn,
	"Odometers_AddReading/Log":          readingLog,
	"Odometers_AddReading/Refused":      readingRefused,
	"Odometers_AddReading/OfClosed":     readingOfClosed,
	"Odometers_AddReading/LenderIsOnce": readingOnTheLendersDay,
}

func readingsOnlyOnesOwn(w *world) {
	s, other := w.customer(alice, "lease"), w.customer(bob, "two")
	own := w.agreement(s)
	for _, id := range append(slices.Clone(strange), own.ID) {
		_, err := other.Readings(w.ctx(), id)
		w.fails(err, "Odometers.Readings", services.CodeNotFound)
		_, err = other.AddReading(w.ctx(), id, services.NewReading{Km: 40_000, On: own.Distance.ReadOn})
		w.fails(err, "Odometers.AddReading", services.CodeNotFound)
	}
}

// logged is an agreement's log, as far as it can be told beforehand.
func (w *world) logged(s services.CustomerSession, agreementID string) (list []services.Reading) {
	w.Helper()
	readings, err := s.Readings(w.ctx(), agreementID)
	w.must(err)
	for _, r := range readings {
		if r.ID == "" || r.CreatedAt.IsZero() != r.Lender {
			w.Errorf("reading %+v", r)
		}
		list = append(list, services.Reading{Km: r.Km, On: r.On, Lender: r.Lender, Corrected: r.Corrected})
	}
	return list
}

// readingLog keeps readings: the latest counts for the allowance, a correction takes the place of what it corrects.
func readingLog(w *world) {
	s := w.customer(alice, "lease")
	a := w.agreement(s)
	lender := services.Reading{Km: a.Distance.Odometer, On: a.Distance.ReadOn, Lender: true}
	same(w, "the log of before", w.logged(s, a.ID), []services.Reading{lender})
	events := w.subscribe(s, 0)
	before, after := lender.On.AddDays(-5), lender.On.AddDays(2)
	for i, r := range []services.NewReading{
		{Km: lender.Km - 100, On: before}, {Km: lender.Km + 10, On: after}, {Km: lender.Km + 90, On: after}, {Km: lender.Km + 90, On: after},
	} {
		got, err := s.AddReading(w.ctx(), a.ID, r)
		w.must(err)
		if i < 3 { // the last one is there already
			same(w, "what a reading tells of", w.next(events, services.EventReading).ID, a.ID)
		}
		if got.ID == "" || got.Km != r.Km || got.On != r.On || got.Lender || got.Corrected || got.CreatedAt.IsZero() {
			w.Errorf("%+v became %+v", r, got)
		}
	}
	same(w, "the log", w.logged(s, a.ID), []services.Reading{
		{Km: lender.Km + 90, On: after},
		{Km: lender.Km + 10, On: after, Corrected: true},
		lender,
		{Km: lender.Km - 100, On: before},
	})
	now, err := s.Agreement(w.ctx(), a.ID)
	w.must(err)
	if now.Distance.Odometer != lender.Km+90 || now.Distance.ReadOn != after {
		w.Errorf("the allowance goes by %+v", now.Distance)
	}
}

// readingOnTheLendersDay takes the place of the lender's reading, which stays in the history.
func readingOnTheLendersDay(w *world) {
	s := w.customer(alice, "lease")
	a := w.agreement(s)
	_, err := s.AddReading(w.ctx(), a.ID, services.NewReading{Km: a.Distance.Odometer - 40, On: a.Distance.ReadOn})
	w.must(err)
	same(w, "the log", w.logged(s, a.ID), []services.Reading{
		{Km: a.Distance.Odometer - 40, On: a.Distance.ReadOn},
		{Km: a.Distance.Odometer, On: a.Distance.ReadOn, Lender: true, Corrected: true},
	})
	now, err := s.Agreement(w.ctx(), a.ID)
	w.must(err)
	same(w, "what the allowance goes by", now.Distance.Odometer, a.Distance.Odometer-40)
}

func readingRefused(w *world) {
	s := w.customer(alice, "lease")
	a := w.agreement(s)
	km, on := a.Distance.Odometer, a.Distance.ReadOn
	for _, c := range []struct {
		reading services.NewReading
		field   string
		reason  string
	}{
		{services.NewReading{On: on}, "km", services.ReasonRequired},
		{services.NewReading{Km: -1, On: on}, "km", services.ReasonFormat},
		{services.NewReading{Km: 2_000_001, On: on}, "km", services.ReasonTooHigh},
		{services.NewReading{Km: km - 1, On: on.AddDays(1)}, "km", services.ReasonTooLow},
		{services.NewReading{Km: km + 1, On: on.AddDays(-1)}, "km", services.ReasonTooHigh},
		{services.NewReading{Km: km}, "on", services.ReasonFormat},
		{services.NewReading{Km: km, On: civil.Date{Year: 2026, Month: 2, Day: 30}}, "on", services.ReasonFormat},
		{services.NewReading{Km: km, On: civil.DateOf(w.Now()).AddDays(2)}, "on", services.ReasonFuture},
		{services.NewReading{Km: km, On: a.Start.AddDays(-1)}, "on", services.ReasonEarly},
	} {
		_, err := s.AddReading(w.ctx(), a.ID, c.reading)
		w.refuses(err, "Odometers.AddReading", map[string]string{c.field: c.reason})
	}
	same(w, "readings kept", len(w.logged(s, a.ID)), 1)
}

func readingOfClosed(w *world) {
	s := w.customer(alice, "paid_off")
	a := w.agreement(s)
	_, err := s.AddReading(w.ctx(), a.ID, services.NewReading{Km: 90_000, On: *a.ClosedOn})
	w.fails(err, "Odometers.AddReading", services.CodeGone)
	same(w, "readings of a closed agreement", len(w.logged(s, a.ID)), 0)
}
