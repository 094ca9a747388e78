// Package storetest says what services/core relies on in a Store, whatever the engine: what is unique, what goes with
// what, who gets a row that many want, how lists go on, and what is left of a transaction that fails. Each engine's
// package runs it over its own driver.
//
// What the rules make of rows is not its matter: services/servicetest runs them over every way there is.
package storetest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/basetest"
	"myaccount/services/core"
)

// Open makes a Store on an empty database of its own, which tells the time by a clock and goes with the test.
type Open func(t *testing.T, clock services.Clock) core.Store

// Run checks a way to keep rows.
func Run(t *testing.T, open Open) {
	for name, check := range checks {
		t.Run(name, func(t *testing.T) {
			clock := basetest.NewClock(start)
			check(&world{T: t, store: open(t, clock), clock: clock})
		})
	}
}

// checks are all there are, by name.
var checks = map[string]func(w *world){
	"Transaction/OneMoment":   oneMoment,
	"Transaction/NothingLeft": nothingLeft,
	"Transaction/ViewReads":   viewReads,
	"Transaction/NoneLost":    noneLost,

	"Missing":       missing,
	"Documents":     documents,
	"Readings":      readings,
	"Notices":       notices,
	"BankAccounts":  bankAccounts,
	"Debits":        debits,
	"DebitFiles":    debitFiles,
	"Claim/Debits":  claimDebits,
	"Import/Debits": importReconciles,
	"Autopays":      autopays,
	"Unique":        unique,
	"Delete/Person": deletePerson,
	"Delete/Thread": deleteThread,

	"Claim/Mail":         claimMail,
	"Claim/Token":        claimToken,
	"Claim/Identity":     claimIdentity,
	"Claim/Code":         claimCode,
	"Claim/Captcha":      claimCaptcha,
	"Claim/RecoveryCode": claimRecoveryCode,
	"Claim/Event":        claimEvent,
	"Claim/Notice":       claimNotice,
	"Claim/Tries":        claimTries,

	"Page/Threads":  pageThreads,
	"Page/Queue":    pageQueue,
	"Page/Payments": pagePayments,
	"Page/Mails":    pageMails,
	"Page/Events":   pageEvents,

	"Import/Again":  importAgain,
	"Text/AsItIs":   textAsItIs,
	"Text/Foreign":  textForeign,
	"Time/PastGone": pastGone,
}

// start is when every check begins.
var start = time.Date(2026, 3, 2, 14, 5, 9, 123456000, time.UTC)

// world is what one check works in.
type world struct {
	*testing.T
	store core.Store
	clock *basetest.Clock
}

// must ends the check when something fails that has to go well.
func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatalf("unexpected: %v", err)
	}
}

// update runs a transaction that has to go well.
func (w *world) update(fn func(tx core.Tx) error) {
	w.Helper()
	w.must(w.store.Update(w.Context(), fn))
}

// view runs a transaction that reads and has to go well.
func (w *world) view(fn func(tx core.Tx) error) {
	w.Helper()
	w.must(w.store.View(w.Context(), fn))
}

// gone says that nothing is there any more.
func (w *world) gone(what string, get func(tx core.Tx) error) {
	w.Helper()
	if err := w.store.View(w.Context(), get); !errors.Is(err, core.ErrNoRow) {
		w.Errorf("%s: %v, want no row", what, err)
	}
}

// crowd is how many try at once.
const crowd = 8

// atOnce runs transactions side by side and gives what each came to.
func (w *world) atOnce(fn func(i int, tx core.Tx) error) []error {
	errs := make([]error, crowd)
	ready, all := make(chan struct{}), sync.WaitGroup{}
	for i := range crowd {
		all.Go(func() {
			<-ready
			errs[i] = w.store.Update(w.Context(), func(tx core.Tx) error { return fn(i, tx) })
		})
	}
	close(ready)
	all.Wait()
	return errs
}

// succeeded counts those that went well; the others have to have failed with an error.
func (w *world) succeeded(errs []error, otherwise error) (n int) {
	w.Helper()
	for _, err := range errs {
		switch {
		case err == nil:
			n++
		case !errors.Is(err, otherwise):
			w.Errorf("failed with %v, want %v", err, otherwise)
		}
	}
	return n
}

// person makes a row; its id and address are made of a name.
func person(name string) core.PersonRow {
	return core.PersonRow{
		ID: name, Email: name + "@example.ca", Role: services.RoleCustomer, Active: true, CreatedAt: start,
		Registration: core.Registration{FirstName: name, LastName: "Tremblay", Language: "fr", Password: "hash"},
	}
}

// session makes a row of a person.
func session(id, personID string) core.SessionRow {
	return core.SessionRow{
		ID: id, PersonID: personID, DeviceID: "device-" + id, DeviceName: "Poste", DeviceKind: "linux",
		CreatedAt: start, SeenAt: start, ExpiresAt: start.Add(time.Hour),
	}
}

// thread makes a row of a person, the latest message of which came so many minutes after the start.
func thread(n int, personID string, minutes int) core.ThreadRow {
	at := start.Add(time.Duration(minutes) * time.Minute)
	return core.ThreadRow{
		ID: fmt.Sprintf("thread-%03d", n), Reference: fmt.Sprintf("M-0000-%04d", n), PersonID: personID, Topic: "payoff",
		LastID: "message", LastFrom: services.RoleCustomer, LastAt: at, KeptUntil: start.Add(24 * time.Hour),
	}
}

// message makes a row of a thread.
func message(id string, t core.ThreadRow, seq int64) core.MessageRow {
	return core.MessageRow{
		ID: id, ThreadID: t.ID, PersonID: t.PersonID, Seq: seq, From: services.RoleCustomer, Author: "Amélie",
		Body: "Bonjour", SentAt: start, KeptUntil: start.Add(24 * time.Hour),
	}
}

// every is what went wrong in any of several steps.
func every(steps ...error) error { return errors.Join(steps...) }
