package storetest

import (
	"errors"
	"reflect"
	"slices"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services/core"
)

// autopay is one of an agreement.
func autopay(id, agreementID, personID string) core.AutopayRow {
	return core.AutopayRow{
		ID: id, AgreementID: agreementID, PersonID: personID, AccountID: "account", DocumentID: "document", Since: start, LookAt: start,
		Accepted: core.AutopayAcceptance{
			Day: 31, Extra: 5000, First: civil.DateOf(start), Version: "v", Language: "fr", ShownFR: start,
			Text: map[string]string{"en": "I agree", "fr": "J’accepte"},
		},
	}
}

// addAutopay writes an autopay of a customer's one agreement, by the lender's number.
func addAutopay(tx core.Tx, number, personID string) error {
	lender, err := tx.CustomerByNumber(number)
	if err != nil {
		return err
	}
	list, err := tx.Agreements(lender.ID)
	if err != nil {
		return err
	}
	return tx.AddAutopay(autopay("autopay-"+personID, list[0].ID, personID))
}

// autopays says that an agreement has one at a time, which ones are to be looked at, and that they go with the person.
func autopays(w *world) {
	w.update(func(tx core.Tx) error {
		later := autopay("b", "two", "amelie")
		later.LookAt, later.AccountID = start.Add(time.Hour), "other"
		return every(tx.AddPerson(person("amelie")), tx.AddPerson(person("bob")),
			tx.AddAutopay(autopay("a", "one", "amelie")), tx.AddAutopay(later), tx.AddAutopay(autopay("c", "three", "bob")))
	})
	err := w.store.Update(w.Context(), func(tx core.Tx) error { return tx.AddAutopay(autopay("d", "one", "bob")) })
	if !errors.Is(err, core.ErrDuplicate) {
		w.Errorf("a second one of the agreement: %v", err)
	}
	w.lookedAt("one", "three")
	w.update(func(tx core.Tx) error { return tx.LookAtAutopay("a", start.Add(2*time.Hour)) })
	w.clock.Move(time.Hour)
	w.lookedAt("three", "two")
	w.update(func(tx core.Tx) error {
		return every(tx.EndAutopay("b", start.Add(time.Hour)), tx.AddAutopay(autopay("e", "two", "amelie")))
	})
	w.view(func(tx core.Tx) error {
		row, err := tx.Autopay("two")
		if want := autopay("e", "two", "amelie"); !reflect.DeepEqual(row, want) {
			w.Errorf("got %+v, want %+v", row, want)
		}
		list, listErr := tx.Autopays("amelie")
		ids := []string{}
		for _, r := range list {
			ids = append(ids, r.ID)
		}
		if !slices.Equal(ids, []string{"e", "b", "a"}) || list[1].EndedAt != start.Add(time.Hour) {
			w.Errorf("all of a person: %v", list)
		}
		used, usedErr := tx.AccountHasAutopay("account")
		ended, endedErr := tx.AccountHasAutopay("other")
		if !used || ended {
			w.Errorf("in use %t, of one that has ended %t", used, ended)
		}
		return every(err, listErr, usedErr, endedErr)
	})
	w.update(func(tx core.Tx) error { return tx.DeletePerson("amelie") })
	w.gone("the autopay of a person who is gone", func(tx core.Tx) error { return reads["Autopay"](tx, "one") })
	w.view(func(tx core.Tx) error { return reads["Autopay"](tx, "three") })
}

// lookedAt checks which agreements have an autopay to be looked at.
func (w *world) lookedAt(want ...string) {
	w.view(func(tx core.Tx) error {
		got, err := tx.AutopaysToLookAt(10)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			w.Errorf("to be looked at: %v, want %v", got, want)
		}
		first, firstErr := tx.AutopaysToLookAt(1)
		if len(first) != 1 {
			w.Errorf("one of them: %v", first)
		}
		return every(err, firstErr)
	})
}
