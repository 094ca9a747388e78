package storetest

import (
	"slices"

	"myaccount/services"
	"myaccount/services/core"
)

// document is one of an agreement; a person's own unless personID is "".
func document(id, agreementID, personID string) core.DocumentRow {
	return core.DocumentRow{
		ID: id, AgreementID: agreementID, PersonID: personID, Kind: services.DocumentOther, MadeAt: start,
		Details: core.DocumentDetails{
			Name: "Lettre à Amélie.pdf", Type: "application/pdf", Size: 3, SHA256: "00", Languages: []string{"fr", "en"},
		},
	}
}

// documents says who sees which, and what goes with a person.
func documents(w *world) {
	agreement := w.agreement(customer(0))
	shared, own, others := document("shared", agreement, ""), document("own", agreement, "amelie"), document("others", agreement, "bob")
	w.update(func(tx core.Tx) error {
		return every(tx.AddPerson(person("amelie")), tx.AddPerson(person("bob")),
			tx.AddDocument(shared), tx.AddDocument(own), tx.AddDocument(others))
	})
	sees := func(personID string, want ...string) {
		w.Helper()
		w.view(func(tx core.Tx) error {
			rows, err := tx.DocumentsOf(agreement, personID)
			var ids []string
			for _, row := range rows {
				ids = append(ids, row.ID)
			}
			slices.Sort(ids)
			if !slices.Equal(ids, want) {
				w.Errorf("%q sees %q, want %q", personID, ids, want)
			}
			return err
		})
	}
	sees("amelie", "own", "shared")
	sees("", "shared")
	w.view(func(tx core.Tx) error {
		row, err := tx.Document("shared")
		if row.Details.Name != shared.Details.Name || !row.MadeAt.Equal(start) || !slices.Equal(row.Details.Languages, shared.Details.Languages) {
			w.Errorf("read back: %+v", row)
		}
		ids, listErr := tx.PersonalDocuments("amelie")
		if !slices.Equal(ids, []string{"own"}) {
			w.Errorf("a person's own: %q", ids)
		}
		n, countErr := tx.CountDocuments(agreement)
		if n != 1 {
			w.Errorf("%d documents that are nobody's own", n)
		}
		return every(err, listErr, countErr)
	})
	w.update(func(tx core.Tx) error { return tx.DeletePerson("amelie") })
	w.gone("a person's own", func(tx core.Tx) error { return reads["Document"](tx, "own") })
	sees("bob", "others", "shared")
	w.update(func(tx core.Tx) error { return tx.DeleteDocument("others") })
	sees("bob", "shared")
	w.view(func(tx core.Tx) error {
		known, err := tx.HasDocument("own")
		stays, staysErr := tx.HasDocument("shared")
		if known || !stays {
			w.Errorf("known %t, %t", known, stays)
		}
		return every(err, staysErr)
	})
}
