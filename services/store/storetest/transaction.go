package storetest

import (
	"errors"
	"strconv"
	"time"

	"myaccount/services/core"
)

// oneMoment says that a transaction has one now, in UTC and whole microseconds, whatever the clock does meanwhile.
func oneMoment(w *world) {
	w.clock.Set(start.Add(789 * time.Nanosecond).In(time.FixedZone("there", -5*3600)))
	w.update(func(tx core.Tx) error {
		w.clock.Move(time.Second)
		if got := tx.Now(); got != start {
			w.Errorf("now is %v, want %v", got, start)
		}
		return nil
	})
}

// nothingLeft says that a transaction that fails leaves nothing, and that its error comes through.
func nothingLeft(w *world) {
	broken := errors.New("broken")
	err := w.store.Update(w.Context(), func(tx core.Tx) error {
		w.must(tx.AddPerson(person("amelie")))
		return broken
	})
	if !errors.Is(err, broken) {
		w.Errorf("%v, want %v", err, broken)
	}
	w.gone("a person of a transaction that failed", func(tx core.Tx) error { _, err := tx.Person("amelie"); return err })
}

// viewReads says that what only reads sees what was committed, and cannot write.
func viewReads(w *world) {
	w.update(func(tx core.Tx) error { return tx.SetSetting("name", "value") })
	w.view(func(tx core.Tx) error {
		got, err := tx.Setting("name")
		if got != "value" {
			w.Errorf("read %q", got)
		}
		return err
	})
	if err := w.store.View(w.Context(), func(tx core.Tx) error { return tx.SetSetting("name", "other") }); err == nil {
		w.Error("a view wrote")
	}
}

// noneLost says that of many who read and then write what they read, none is lost, though each may run again.
func noneLost(w *world) {
	w.update(func(tx core.Tx) error { return tx.SetSetting("counter", "0") })
	w.succeeded(w.atOnce(func(_ int, tx core.Tx) error {
		was, err := tx.Setting("counter")
		if err != nil {
			return err
		}
		n, err := strconv.Atoi(was)
		if err != nil {
			return err
		}
		return tx.SetSetting("counter", strconv.Itoa(n+1))
	}), nil)
	w.view(func(tx core.Tx) error {
		got, err := tx.Setting("counter")
		if got != strconv.Itoa(crowd) {
			w.Errorf("counted %s of %d", got, crowd)
		}
		return err
	})
}
