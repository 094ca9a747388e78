package storetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/basetest"
	"myaccount/services/core"
	"myaccount/services/seal"
)

// Rotating is a Store whose key can be rotated; see store.Store.
type Rotating interface {
	core.Store
	Promote(ctx context.Context, id string) error
	Reseal(ctx context.Context, tell func(done int)) (failed int, err error)
	Stale(ctx context.Context) (int, error)
	Retire(ctx context.Context) error
}

// Rotation is a database of an engine, for a check of how its key is rotated.
type Rotation struct {
	// Open opens it as another replica does, until the test ends.
	Open func(t *testing.T, box *seal.Box, clock services.Clock) (Rotating, error)
	// Raw is the database as it is, and Tables a query for the names of all its tables.
	Raw    *sql.DB
	Tables string
	// Sealed are all columns that are sealed, "table.column".
	Sealed []string
	// Missing is the error of a key that lacks a sealing key, Other that of another database's.
	Missing, Other error
}

// people and messages are how many the check has: more than fit one transaction.
const people, messages = 12, 60

// RunRotation rotates a key: while others read and write, cut off in the middle and begun again. Nothing is lost, and
// what is in the database afterwards is sealed with the new key alone.
func RunRotation(t *testing.T, r Rotation) {
	key, err := seal.NewKey()
	basetest.Must(t, err)
	both, err := key.Prepare()
	basetest.Must(t, err)
	old, id := both.Sealing()[0], both.Sealing()[1]
	w := &rotating{T: t, Rotation: r}
	late := basetest.Opened(t, key) // has the key before, and is given the other when it asks
	late.Follow(func() (seal.Key, error) { return both, nil })
	first := w.open(late)
	basetest.Must(t, first.Update(t.Context(), func(tx core.Tx) error {
		for n := range people {
			if err := addEverything(tx, n, messages); err != nil {
				return err
			}
		}
		return w.addLarge(tx)
	}))
	before := w.read(first)
	if found := w.keys(old); !slices.Equal(found, r.Sealed) {
		t.Fatalf("what the check writes is sealed in %q, not in all of %q", found, r.Sealed)
	}

	prepared := basetest.Opened(t, both)
	second := w.open(prepared)
	done := w.goOn(first, second)
	w.cutOff(id, both)
	w.notYet(key)
	resealer := w.open(basetest.Opened(t, both)) // begun anew, by what the database says
	w.reseal(resealer)
	tooLate := time.After(30 * time.Second)
	for late.Sealing()[0] != id || prepared.Sealing()[0] != id {
		select {
		case <-tooLate:
			t.Fatal("a replica does not learn which key is to seal")
		case <-time.After(10 * time.Millisecond):
		}
	}
	written := done()
	w.reseal(resealer) // what was sealed before everybody knew
	if n, err := resealer.Stale(t.Context()); n != 0 || err != nil {
		t.Errorf("%d values are left, %v", n, err)
	}
	basetest.Must(t, resealer.Retire(t.Context()))
	w.after(both, key, old, id, before, written)
}

// rotating is what the check works in.
type rotating struct {
	*testing.T
	Rotation
}

// Now is the clock of all Stores.
func (*rotating) Now() time.Time { return start }

func (w *rotating) open(box *seal.Box) Rotating {
	w.Helper()
	s, err := w.Open(w.T, box, w)
	basetest.Must(w, err)
	return s
}

// large is how many messages are so long that few fit one transaction.
const large, longBody = 4, 3_000_000

func (w *rotating) addLarge(tx core.Tx) error {
	t := thread(0, "person-000", 0)
	for i := range large {
		m := message(fmt.Sprintf("zz-long-%d", i), t, int64(messages+1+i))
		m.Body = strings.Repeat("é", longBody/2)
		if err := tx.AddMessage(m); err != nil {
			return err
		}
	}
	return nil
}

// read reads everything there is.
func (w *rotating) read(s core.Store) (all []string) {
	w.Helper()
	basetest.Must(w, s.View(w.Context(), func(tx core.Tx) error {
		for n := range people {
			one, err := readEverything(tx, n)
			if err != nil {
				return err
			}
			all = append(all, one)
		}
		return nil
	}))
	return all
}

// goOn has replicas read and write until done is called, which gives the drafts that were written.
func (w *rotating) goOn(replicas ...Rotating) (done func() map[string]string) {
	ctx, stop := context.WithCancel(w.Context())
	written := map[string]string{}
	var mu sync.Mutex
	var all sync.WaitGroup
	for i, s := range replicas {
		all.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				row := core.DraftRow{ID: fmt.Sprintf("live-%d-%04d", i, n/2), PersonID: "person-000", UpdatedAt: start}
				row.Key, row.Content.Body = row.ID, fmt.Sprint("text ", n)
				err := s.Update(w.Context(), func(tx core.Tx) error {
					if n%2 == 0 {
						return tx.AddDraft(row)
					}
					return tx.UpdateDraft(row)
				})
				if err == nil {
					err = s.View(w.Context(), func(tx core.Tx) error { _, err := readEverything(tx, 1+n%(people-1)); return err })
				}
				if err != nil {
					w.Errorf("replica %d: %v", i, err)
					return
				}
				mu.Lock()
				written[row.ID] = row.Content.Body
				mu.Unlock()
			}
		})
	}
	return func() map[string]string {
		stop()
		all.Wait()
		return written
	}
}

// cutOff begins to rotate and stops in the middle.
func (w *rotating) cutOff(id string, both seal.Key) {
	w.Helper()
	s := w.open(basetest.Opened(w.T, both))
	if err := s.Promote(w.Context(), "00000000"); !errors.Is(err, seal.ErrUnknown) {
		w.Errorf("promoted what is not there: %v", err)
	}
	basetest.Must(w, s.Promote(w.Context(), id))
	basetest.Must(w, s.Promote(w.Context(), id)) // again does nothing
	ctx, stop := context.WithCancel(w.Context())
	defer stop()
	var total int
	_, err := s.Reseal(ctx, func(done int) {
		if total = done; done > 10*people {
			stop()
		}
	})
	if err == nil || total == 0 {
		w.Fatalf("not cut off: %d values, %v", total, err)
	}
	if n, err := s.Stale(w.Context()); n == 0 || err != nil {
		w.Fatalf("nothing is left to go on with, %v", err)
	}
}

// notYet says that who has the key before alone is kept out now.
func (w *rotating) notYet(key seal.Key) {
	w.Helper()
	if _, err := w.Open(w.T, basetest.Opened(w.T, key), w); !errors.Is(err, w.Missing) {
		w.Errorf("opened without the new key: %v", err)
	}
}

// reseal goes on to the end, in transactions that are not too large.
func (w *rotating) reseal(s Rotating) {
	w.Helper()
	last := 0
	failed, err := s.Reseal(w.Context(), func(done int) {
		if done-last > 500 {
			w.Errorf("%d values in one transaction", done-last)
		}
		last = done
	})
	if failed != 0 || err != nil {
		w.Fatalf("%d values do not open, %v", failed, err)
	}
}

// after says what has to hold once the key before is removed.
func (w *rotating) after(both, key seal.Key, old, id string, before []string, written map[string]string) {
	w.Helper()
	promoted, err := both.Promote(id)
	basetest.Must(w, err)
	last, err := promoted.Retire()
	basetest.Must(w, err)
	s := w.open(basetest.Opened(w.T, last))
	for n, now := range w.read(s) {
		if n > 0 && now != before[n] { // the first has new drafts
			w.Errorf("person %d was %s,\nis %s", n, before[n], now)
		}
	}
	basetest.Must(w, s.View(w.Context(), func(tx core.Tx) error {
		for id, body := range written {
			if row, err := tx.Draft(id); err != nil || row.Content.Body != body {
				w.Errorf("draft %s: %q, %v; want %q", id, row.Content.Body, err, body)
			}
		}
		return nil
	}))
	if found := w.keys(old); len(found) > 0 {
		w.Errorf("the key before is left in %q", found)
	}
	if found := w.keys(id); !slices.Equal(found, w.Sealed) {
		w.Errorf("the new key is in %q, want %q", found, w.Sealed)
	}
	for box, want := range map[*seal.Box]error{basetest.Opened(w.T, key): w.Missing, basetest.Opened(w.T, other(w.T)): w.Other} {
		if _, err := w.Open(w.T, box, w); !errors.Is(err, want) {
			w.Errorf("opened: %v, want %v", err, want)
		}
	}
}

func other(t *testing.T) seal.Key {
	t.Helper()
	key, err := seal.NewKey()
	basetest.Must(t, err)
	return key
}

// keys lists the columns of the raw database that have a value sealed with a key.
func (w *rotating) keys(id string) []string {
	w.Helper()
	found := map[string]bool{}
	for _, table := range w.texts(w.Tables) {
		rows, err := w.Raw.QueryContext(w.Context(), `SELECT * FROM `+table) //nolint:gosec // names of tables of the test
		basetest.Must(w, err)
		names, err := rows.Columns()
		basetest.Must(w, err)
		for rows.Next() {
			values := make([]sql.RawBytes, len(names))
			into := make([]any, len(names))
			for i := range values {
				into[i] = &values[i]
			}
			basetest.Must(w, rows.Scan(into...))
			for i, value := range values {
				if seal.SealedWith(value) == id {
					found[table+"."+names[i]] = true
				}
			}
		}
		basetest.Must(w, errors.Join(rows.Err(), rows.Close()))
	}
	return slices.Sorted(maps.Keys(found))
}

// texts reads a column of texts.
func (w *rotating) texts(query string) (list []string) {
	w.Helper()
	rows, err := w.Raw.QueryContext(w.Context(), query)
	basetest.Must(w, err)
	for rows.Next() {
		var one string
		basetest.Must(w, rows.Scan(&one))
		list = append(list, one)
	}
	basetest.Must(w, errors.Join(rows.Err(), rows.Close()))
	return list
}
