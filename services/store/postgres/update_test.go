package postgres_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/store/postgres"
	"myaccount/services/store/postgres/pgtest"
)

// count adds one try to a counter.
func count(tx core.Tx, name string) error {
	tries, err := tx.Tries(name)
	if err != nil {
		return err
	}
	tries.Times = append(tries.Times, tx.Now())
	return tx.SetTries(tries, tx.Now())
}

// counted reads a counter.
func counted(t *testing.T, db *postgres.Database, name string) (n int) {
	t.Helper()
	must(t, db.Update(t.Context(), func(tx core.Tx) error {
		tries, err := tx.Tries(name)
		n = len(tries.Times)
		return err
	}))
	return n
}

// TestUpdate_NoneIsLost counts many times at once through two replicas, on one counter and on one for each.
func TestUpdate_NoneIsLost(t *testing.T) {
	const crowd, each = 32, 8
	for name, counter := range map[string]func(i int) string{
		"OneRow":  func(int) string { return "the one" },
		"ManyRow": func(i int) string { return fmt.Sprint("of ", i) },
	} {
		t.Run(name, func(t *testing.T) {
			url, box := pgtest.Database(t), newBox(t)
			replicas := []*postgres.Database{open(t, url, box), open(t, url, box)}
			var runs atomic.Int64
			var all sync.WaitGroup
			began := time.Now()
			for i := range crowd {
				all.Go(func() {
					for range each {
						err := replicas[i%2].Update(t.Context(), func(tx core.Tx) error {
							runs.Add(1)
							return count(tx, counter(i))
						})
						if err != nil {
							t.Error(err)
						}
					}
				})
			}
			all.Wait()
			t.Logf("%d transactions in %d runs, %v", crowd*each, runs.Load(), time.Since(began))
			total := map[string]int{}
			for i := range crowd {
				total[counter(i)] += each
			}
			for name, want := range total {
				if got := counted(t, replicas[0], name); got != want {
					t.Errorf("%q: %d of %d", name, got, want)
				}
			}
		})
	}
}

// TestUpdate_WriteSkew has two transactions that each see no other and write: one of them has to see the other.
func TestUpdate_WriteSkew(t *testing.T) {
	db := open(t, pgtest.Database(t), newBox(t))
	var both sync.WaitGroup
	both.Add(2)
	wait := sync.OnceFunc(both.Wait)
	add := func(mine, other string) error {
		first := true
		return db.Update(t.Context(), func(tx core.Tx) error {
			_, err := tx.Setting(other)
			if first { // both have read before one writes
				first = false
				both.Done()
				wait()
			}
			if err == nil || !errors.Is(err, core.ErrNoRow) {
				return err
			}
			return tx.SetSetting(mine, "1")
		})
	}
	var all sync.WaitGroup
	all.Go(func() { must(t, add("a", "b")) })
	all.Go(func() { must(t, add("b", "a")) })
	all.Wait()
	written := 0
	for _, name := range []string{"a", "b"} {
		err := db.View(t.Context(), func(tx core.Tx) error { _, err := tx.Setting(name); return err })
		if err == nil {
			written++
		}
	}
	if written != 1 {
		t.Errorf("%d were written", written)
	}
}

func TestView_ReadsOneMomentAndWritesNothing(t *testing.T) {
	db := open(t, pgtest.Database(t), newBox(t))
	err := db.View(t.Context(), func(tx core.Tx) error {
		if _, err := tx.Setting("a"); !errors.Is(err, core.ErrNoRow) {
			t.Errorf("read %v", err)
		}
		must(t, db.Update(t.Context(), func(tx core.Tx) error { return tx.SetSetting("a", "1") }))
		if _, err := tx.Setting("a"); !errors.Is(err, core.ErrNoRow) {
			t.Errorf("saw what came later: %v", err)
		}
		return tx.SetSetting("b", "1")
	})
	if services.CodeOf(err) != services.CodeUnavailable {
		t.Errorf("a view wrote: %v", err)
	}
}

// TestUpdate_TextOfAnyKind asks for rows by ids that no column can hold.
func TestUpdate_TextOfAnyKind(t *testing.T) {
	db := open(t, pgtest.Database(t), newBox(t))
	for _, id := range []string{"a\x00b", "\xff", "\xed\xa0\x80", "'; --", "\u202e", "🛻"} {
		err := db.Update(t.Context(), func(tx core.Tx) error {
			if _, err := tx.Thread(id); !errors.Is(err, core.ErrNoRow) {
				t.Errorf("%q: %v", id, err)
			}
			if rows, err := tx.AttachmentsOf(id); err != nil || len(rows) > 0 {
				t.Errorf("%q: %v", id, err)
			}
			if err := tx.DeleteDevice("somebody", id); !errors.Is(err, core.ErrNoRow) {
				t.Errorf("%q: %v", id, err)
			}
			return nil
		})
		must(t, err)
	}
	err := db.Update(t.Context(), func(tx core.Tx) error { return tx.SetSetting("a\x00b", "1") })
	if services.CodeOf(err) != services.CodeInvalid {
		t.Errorf("wrote a zero byte: %v", err)
	}
}

func TestUpdate_EndsWithItsTime(t *testing.T) {
	url, box := pgtest.Database(t), newBox(t)
	db := open(t, url, box)
	holding, release := make(chan struct{}), make(chan struct{})
	var holder sync.WaitGroup
	holder.Go(func() {
		must(t, db.Update(t.Context(), func(tx core.Tx) error {
			must(t, tx.SetSetting("a", "1"))
			close(holding)
			<-release
			return nil
		}))
	})
	<-holding
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	err := db.Update(ctx, func(tx core.Tx) error { return tx.SetSetting("a", "2") })
	if services.CodeOf(err) != services.CodeUnavailable || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a transaction that waited too long: %v", err)
	}
	close(release)
	holder.Wait()
	must(t, db.Update(t.Context(), func(tx core.Tx) error { return tx.SetSetting("a", "3") }))
}

// TestClaimMail_EachOnce has two replicas take mails at the same time.
func TestClaimMail_EachOnce(t *testing.T) {
	const mails = 60
	url, box := pgtest.Database(t), newBox(t)
	replicas := []*postgres.Database{open(t, url, box), open(t, url, box)}
	must(t, replicas[0].Update(t.Context(), func(tx core.Tx) error {
		for i := range mails {
			err := tx.AddMail(core.MailRow{
				ID: fmt.Sprintf("mail-%03d", i), Kind: "code", Address: "a@example.ca", Language: "en",
				CreatedAt: tx.Now(), DueAt: tx.Now(),
			})
			if err != nil {
				return err
			}
		}
		return nil
	}))
	var mu sync.Mutex
	taken := map[string]int{}
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			for {
				var row core.MailRow
				err := replicas[i%2].Update(t.Context(), func(tx core.Tx) (err error) {
					row, err = tx.ClaimMail(tx.Now().Add(time.Minute))
					return err
				})
				if errors.Is(err, core.ErrNoRow) {
					return
				}
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				taken[row.ID]++
				mu.Unlock()
			}
		})
	}
	all.Wait()
	if len(taken) != mails {
		t.Errorf("%d of %d were taken", len(taken), mails)
	}
	for id, n := range taken {
		if n != 1 {
			t.Errorf("%s was taken %d times", id, n)
		}
	}
}

// statement runs a statement beside the store.
func statement(t *testing.T, url, query string, args ...any) {
	t.Helper()
	db, err := sql.Open("pgx", url)
	must(t, err)
	_, err = db.ExecContext(t.Context(), query, args...)
	must(t, err)
	must(t, db.Close())
}
