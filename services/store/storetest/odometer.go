package storetest

import (
	"errors"
	"slices"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services/core"
)

// readings says in which order they come, and that they go with their person.
func readings(w *world) {
	agreement := w.agreement(customer(0))
	day := civil.DateOf(start)
	row := func(id string, on civil.Date, after time.Duration) core.ReadingRow {
		return core.ReadingRow{ID: id, AgreementID: agreement, PersonID: "amelie", Km: 31_480, On: on, CreatedAt: start.Add(after)}
	}
	rows := []core.ReadingRow{
		row("b", day, time.Hour), row("d", day.AddDays(-200), 2*time.Hour), row("a", day, time.Hour), row("c", day, 0), row("e", day.AddDays(1), 0),
	}
	w.view(func(tx core.Tx) error {
		if _, err := tx.LatestReading(agreement); !errors.Is(err, core.ErrNoRow) {
			w.Errorf("the latest of none: %v", err)
		}
		return nil
	})
	w.update(func(tx core.Tx) error {
		errs := []error{tx.AddPerson(person("amelie"))}
		for _, r := range rows {
			errs = append(errs, tx.AddReading(r))
		}
		return every(errs...)
	})
	want := []core.ReadingRow{rows[4], rows[0], rows[2], rows[3], rows[1]}
	w.view(func(tx core.Tx) error {
		got, err := tx.Readings(agreement)
		latest, latestErr := tx.LatestReading(agreement)
		if !slices.Equal(got, want) || latest != want[0] {
			w.Errorf("%+v and %+v, want %+v", got, latest, want)
		}
		return every(err, latestErr)
	})
	w.update(func(tx core.Tx) error { return tx.DeletePerson("amelie") })
	w.view(func(tx core.Tx) error {
		got, err := tx.Readings(agreement)
		if len(got) > 0 {
			w.Errorf("%d are left of a person who is not there any more", len(got))
		}
		return err
	})
}
