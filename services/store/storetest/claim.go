package storetest

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"myaccount/services"
	"myaccount/services/core"
)

// claimMail says that each mail that is due is taken by one, and by nobody again before it is due again; alone, the one
// that has been due longest comes first.
func claimMail(w *world) {
	const mails = crowd - 2
	w.update(func(tx core.Tx) error {
		for i := range mails {
			row := core.MailRow{ID: fmt.Sprintf("mail-%d", i), Address: "a@example.ca", CreatedAt: start, DueAt: start.Add(-time.Duration(i+1) * time.Minute)}
			if err := tx.AddMail(row); err != nil {
				return err
			}
		}
		return tx.AddMail(core.MailRow{ID: "later", Address: "a@example.ca", CreatedAt: start, DueAt: start.Add(time.Minute)})
	})
	until := start.Add(time.Hour)
	w.update(func(tx core.Tx) error {
		m, err := tx.ClaimMail(until)
		if m.ID != fmt.Sprintf("mail-%d", mails-1) || m.Tries != 1 || !m.DueAt.Equal(until) {
			w.Errorf("took %s at try %d, due at %v", m.ID, m.Tries, m.DueAt)
		}
		return err
	})
	taken := w.takeMails(until)
	if len(taken) != mails-1 {
		w.Errorf("%d of %d mails taken: %q", len(taken), mails-1, taken)
	}
	slices.Sort(taken)
	if len(slices.Compact(taken)) != mails-1 {
		w.Errorf("taken twice: %q", taken)
	}
}

// takeMails has many take a mail each, until there is none.
func (w *world) takeMails(until time.Time) (taken []string) {
	var mu sync.Mutex
	var all sync.WaitGroup
	for range crowd {
		all.Go(func() {
			for {
				var id string
				err := w.store.Update(w.Context(), func(tx core.Tx) error {
					m, err := tx.ClaimMail(until)
					id = m.ID
					return err
				})
				if err != nil {
					if !errors.Is(err, core.ErrNoRow) {
						w.Errorf("claim: %v", err)
					}
					return
				}
				mu.Lock()
				taken = append(taken, id)
				mu.Unlock()
			}
		})
	}
	all.Wait()
	return taken
}

// claimToken says that of many who use a token at once one succeeds.
func claimToken(w *world) {
	w.update(func(tx core.Tx) error {
		return every(tx.AddPerson(person("amelie")), tx.AddToken(core.TokenRow{
			ID: "token", PersonID: "amelie", Kind: core.TokenReset, ExpiresAt: start.Add(time.Hour),
		}, []byte("hash")))
	})
	use := func(_ int, tx core.Tx) error { _, err := tx.UseToken(core.TokenReset, []byte("hash")); return err }
	if n := w.succeeded(w.atOnce(use), core.ErrNoRow); n != 1 {
		w.Errorf("%d used a token", n)
	}
}

// claimIdentity says that of many who take or use a sign-in at once one succeeds, and that what was proven is kept.
func claimIdentity(w *world) {
	w.update(func(tx core.Tx) error {
		return tx.AddIdentityStart(core.IdentityStartRow{
			ID: "start", State: []byte("state"), Nonce: []byte("nonce"), ExpiresAt: start.Add(time.Minute),
		})
	})
	take := func(i int, tx core.Tx) error { return tx.TakeIdentityStart("start", []byte{byte(i)}) }
	if n := w.succeeded(w.atOnce(take), core.ErrNoRow); n != 1 {
		w.Errorf("%d took a sign-in", n)
	}
	who := core.Identity{Issuer: "https://login.example", Subject: "s-1", Email: "a@example.ca", Verified: true, FirstName: "Amélie"}
	w.update(func(tx core.Tx) error { return tx.ProveIdentityStart("start", who) })
	w.view(func(tx core.Tx) error {
		row, err := tx.IdentityStart([]byte("state"))
		if row.Identity != who || string(row.Nonce) != "nonce" || len(row.Verifier) != 1 || !row.ExpiresAt.Equal(start.Add(time.Minute)) {
			w.Errorf("%+v", row)
		}
		return err
	})
	use := func(_ int, tx core.Tx) error { return tx.UseIdentityStart("start") }
	if n := w.succeeded(w.atOnce(use), core.ErrNoRow); n != 1 {
		w.Errorf("%d used a sign-in", n)
	}
}

// claimCode says that of many who try a code at once no more come through than may.
func claimCode(w *world) {
	const most = 3
	w.update(func(tx core.Tx) error {
		return every(tx.AddPerson(person("amelie")), tx.AddSession(session("session", "amelie"), []byte("hash")),
			tx.PutCode(core.CodeRow{ID: "code", SessionID: "session", Hash: []byte("h"), SentAt: start, ExpiresAt: start.Add(time.Hour)}))
	})
	try := func(_ int, tx core.Tx) error { _, err := tx.TryCode("session", most); return err }
	if n := w.succeeded(w.atOnce(try), core.ErrNoRow); n != most {
		w.Errorf("%d tries came through, want %d", n, most)
	}
}

// claimCaptcha says that of many who spend a challenge at once one succeeds.
func claimCaptcha(w *world) {
	spend := func(_ int, tx core.Tx) error { return tx.SpendCaptcha([]byte("solved"), start.Add(time.Hour)) }
	if n := w.succeeded(w.atOnce(spend), core.ErrDuplicate); n != 1 {
		w.Errorf("%d spent a challenge", n)
	}
}

// claimRecoveryCode says that of many who use a recovery code at once one succeeds.
func claimRecoveryCode(w *world) {
	w.update(func(tx core.Tx) error {
		return every(tx.AddPerson(person("amelie")), tx.PutRecoveryCodes("amelie", [][]byte{[]byte("one"), []byte("two")}))
	})
	use := func(_ int, tx core.Tx) error { return tx.UseRecoveryCode("amelie", []byte("one")) }
	if n := w.succeeded(w.atOnce(use), core.ErrNoRow); n != 1 {
		w.Errorf("%d used a recovery code", n)
	}
	w.view(func(tx core.Tx) error {
		left, err := tx.CountRecoveryCodes("amelie")
		if left != 1 {
			w.Errorf("%d recovery codes left", left)
		}
		return err
	})
}

// claimEvent says that an audience's events have one sequence without a gap, whoever writes at once.
func claimEvent(w *world) {
	w.succeeded(w.atOnce(func(i int, tx core.Tx) error {
		_, err := tx.AddEvent("amelie", core.EventRow{Kind: services.EventMessage, ID: fmt.Sprint(i), At: start})
		return err
	}), nil)
	w.view(func(tx core.Tx) error {
		events, err := tx.Events("amelie", 0, 2*crowd)
		for i, e := range events {
			if e.Seq != int64(i+1) {
				w.Errorf("event %d has the number %d", i+1, e.Seq)
			}
		}
		first, last, rangeErr := tx.EventRange("amelie")
		if len(events) != crowd || first != 1 || last != crowd {
			w.Errorf("%d events, from %d to %d", len(events), first, last)
		}
		return every(err, rangeErr)
	})
}

// claimTries says that of many who count a try at once none is lost.
func claimTries(w *world) {
	w.succeeded(w.atOnce(func(i int, tx core.Tx) error {
		tries, err := tx.Tries("sign-in amelie@example.ca")
		if err != nil {
			return err
		}
		tries.PersonID, tries.Times = "amelie", append(tries.Times, start.Add(time.Duration(i)*time.Second))
		return tx.SetTries(tries, start.Add(time.Hour))
	}), nil)
	w.update(func(tx core.Tx) error {
		tries, err := tx.Tries("sign-in amelie@example.ca")
		if len(tries.Times) != crowd {
			w.Errorf("%d of %d tries counted", len(tries.Times), crowd)
		}
		return every(err, tx.ClearTriesOf("amelie"))
	})
	w.update(func(tx core.Tx) error {
		tries, err := tx.Tries("sign-in amelie@example.ca")
		if len(tries.Times) != 0 {
			w.Errorf("%d tries left of a person whose tries were cleared", len(tries.Times))
		}
		return err
	})
}
