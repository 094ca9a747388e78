package storetest

import (
	"slices"

	"cloud.google.com/go/civil"
	"pgregory.net/rapid"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/portfolio"
)

// textAsItIs says that what people write comes back as they wrote it, whatever it is: it is sealed.
func textAsItIs(w *world) {
	t := thread(1, "amelie", 0)
	w.update(func(tx core.Tx) error { return every(tx.AddPerson(person("amelie")), tx.AddThread(t)) })
	rapid.Check(w.T, func(r *rapid.T) {
		want := message("message", t, 1)
		want.Body = rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "zero\x00byte", "\xff\xfe", "’;--", "🐢\u202e"})).Draw(r, "body")
		want.Author = rapid.String().Draw(r, "author")
		w.update(func(tx core.Tx) error {
			if err := tx.AddMessage(want); err != nil {
				return err
			}
			got, err := tx.Message("message")
			if got != want {
				r.Errorf("%+v, want %+v", got, want)
			}
			return every(err, tx.DeleteMessage("message"))
		})
	})
}

// textForeign says that a text that no column can hold is refused as bad input, and removing it removes nothing.
func textForeign(w *world) {
	for _, key := range []string{"zero\x00byte", "\xff\xfe"} {
		err := w.store.Update(w.Context(), func(tx core.Tx) error { return tx.SetSetting(key, "value") })
		if services.CodeOf(err) != services.CodeInvalid {
			w.Errorf("%q is taken: %v", key, err)
		}
		w.update(func(tx core.Tx) error { return tx.DeleteThread(key) })
	}
}

// importAgain says that a customer who is written again keeps the ids, brings what has changed, and loses only what was
// no more than scheduled.
func importAgain(w *world) {
	c := customer(2)
	planned := portfolio.Payment{ID: "planned", Date: civil.Date{Year: 2026, Month: 4, Day: 1}, Principal: 1, Status: portfolio.Scheduled}
	c.Agreements[0].Payments = append(c.Agreements[0].Payments, planned)
	before := w.agreement(c)
	w.view(func(tx core.Tx) error {
		next, err := tx.NextScheduled(before, civil.Date{Year: 2026, Month: 3, Day: 2})
		if next.ID != "planned" {
			w.Errorf("next is %q", next.ID)
		}
		return err
	})
	c.ID, c.Province = "bmw1", "ON" // the number in another writing
	paid := c.Agreements[0].Payments[0]
	paid.Principal = 250
	c.Agreements[0].Payments = []portfolio.Payment{paid}
	if after := w.agreement(c); after != before {
		w.Errorf("the agreement %q became %q", before, after)
	}
	w.gone("the payment that was scheduled", func(tx core.Tx) error {
		_, err := tx.NextScheduled(before, civil.Date{Year: 2026, Month: 3, Day: 2})
		return err
	})
	w.view(func(tx core.Tx) error {
		totals, err := tx.PaymentTotals(before)
		if totals != (core.PaymentTotals{Count: 2, Principal: 350, Interest: 20, Tax: 2}) {
			w.Errorf("totals %+v", totals)
		}
		row, rowErr := tx.Agreement(before)
		onVIN, vinErr := tx.AgreementsByVIN(c.Agreements[0].VIN)
		has := slices.ContainsFunc(onVIN, func(a core.AgreementRow) bool { return a.ID == before })
		if row.Province != "ON" || !has {
			w.Errorf("province %q, found by VIN: %t", row.Province, has)
		}
		return every(err, rowErr, vinErr)
	})
}
