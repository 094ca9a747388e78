package remote_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/basetest"
)

// away makes the service unreachable, and back makes it reachable again at the same address.
func (w *world) away() { w.backend.close() }

func (w *world) back() { w.backend.open(w.replicas) }

func TestOffline_WhatWasSeenStays(t *testing.T) {
	t.Parallel()
	w := newRunning(t)
	s, ctx := w.customer(), t.Context()
	file := w.attach(s, "note.txt", 100)
	receipt, err := s.Send(ctx, w.outgoing(s, "one", "A question", file.ID))
	must(t, err)
	agreement := first(t, s)
	account, err := s.AddBankAccount(ctx, services.NewBankAccount{Institution: "003", Transit: "00012", Number: "1234567", Holder: "Zoé", IdempotencyKey: "an account"})
	must(t, err)
	_, err = s.SetAutopay(ctx, readAutopay(t, s, agreement, account.ID))
	must(t, err)
	terms, err := s.DebitTerms(ctx, agreement, services.Date{})
	must(t, err)
	order := services.PaymentOrder{AgreementID: agreement, Amount: terms.Most, On: terms.First, BankAccountID: account.ID, IdempotencyKey: "a payment"}
	_, err = s.MakePayment(ctx, order)
	must(t, err)
	type view struct {
		Agreements []services.Agreement
		Agreement  services.Agreement
		Payments   services.PaymentPage
		Schedule   []services.Installment
		Readings   []services.Reading
		Accounts   []services.BankAccount
		Debits     services.DebitPage
		Autopay    services.Autopay
		Threads    services.ThreadPage
		Thread     services.Thread
		Unread     int
		File       string
	}
	look := func() (v view) {
		t.Helper()
		var err error
		v.Agreements, err = s.Agreements(ctx)
		must(t, err)
		v.Agreement, err = s.Agreement(ctx, agreement)
		must(t, err)
		v.Payments, err = s.Payments(ctx, agreement, services.Page{})
		must(t, err)
		v.Schedule, err = s.Schedule(ctx, agreement)
		must(t, err)
		v.Readings, err = s.Readings(ctx, agreement)
		must(t, err)
		v.Accounts, err = s.BankAccounts(ctx)
		must(t, err)
		v.Debits, err = s.Debits(ctx, agreement, services.Page{})
		must(t, err)
		v.Autopay, err = s.Autopay(ctx, agreement)
		must(t, err)
		v.Threads, err = s.Threads(ctx, services.ThreadQuery{})
		must(t, err)
		v.Thread, err = s.Thread(ctx, receipt.ThreadID)
		must(t, err)
		v.Unread, err = s.Unread(ctx)
		must(t, err)
		content, err := s.OpenAttachment(ctx, v.Thread.Messages[0].Attachments[0].ID)
		must(t, err)
		v.File = string(content.Data)
		return v
	}
	before := look()
	w.away()
	if after := look(); !reflect.DeepEqual(after, before) {
		t.Errorf("without the service: %+v, before: %+v", after, before)
	}
	order.IdempotencyKey = "another payment" // money never waits on this machine
	if _, err := s.MakePayment(ctx, order); services.CodeOf(err) != services.CodeUnavailable {
		t.Errorf("a payment without the service: %v", err)
	}
	if online, since := w.portal.Online(); online || since.IsZero() {
		t.Errorf("online %t since %v", online, since)
	}
	if content, err := s.OpenAttachment(ctx, file.ID); err != nil || string(content.Data) != before.File {
		t.Errorf("the file by the id it had here: %v", err)
	}
	for _, id := range []string{"nothing", "00000000-0000-7000-8000-000000000000"} {
		if _, err := s.Thread(ctx, id); services.CodeOf(err) != services.CodeUnavailable {
			t.Errorf("a thread that was never seen: %v", err)
		}
	}
	w.back()
	eventually(t, "the service is found again", func() bool { online, _ := w.portal.Online(); return online })
}

func first(t *testing.T, s services.CustomerSession) string {
	t.Helper()
	list, err := s.Agreements(t.Context())
	must(t, err)
	return list[0].ID
}

// TestOffline_RetentionEnds looks at what was remembered once its time is over.
func TestOffline_RetentionEnds(t *testing.T) {
	t.Parallel()
	w := newRunning(t)
	s, ctx := w.customer(), t.Context()
	receipt, err := s.Send(ctx, w.outgoing(s, "one", "A question"))
	must(t, err)
	policy, err := w.portal.Policy(ctx)
	must(t, err)
	for _, err := range []error{second(s.Thread(ctx, receipt.ThreadID)), second(s.Threads(ctx, services.ThreadQuery{}))} {
		must(t, err)
	}
	w.away()
	w.Move(policy.Retention)
	if _, err := s.Thread(ctx, receipt.ThreadID); err == nil {
		t.Error("a message is read past its time")
	}
	if page, err := s.Threads(ctx, services.ThreadQuery{}); err == nil && len(page.Items) > 0 {
		t.Errorf("threads past their time: %+v", page)
	}
	w.back()
}

func second[T any](_ T, err error) error { return err }

// TestOffline_SignIn goes through a day without the service, from the start of the program to the message that arrives.
func TestOffline_SignIn(t *testing.T) {
	t.Parallel()
	w := newRunning(t)
	s, ctx := w.customer(), t.Context()
	before, err := s.Agreements(ctx)
	must(t, err)
	m := w.outgoing(s, "offline", "Written on a train")
	if tried := w.tryOffline(); tried == nil {
		t.Fatal("a session of a service that is there is offline")
	}
	w.awaitVerifier()

	wrong := credentials()
	wrong.Password = "not-the-Password-31"
	if _, err := w.portal.SignIn(ctx, wrong); services.CodeOf(err) != services.CodeUnauthenticated {
		t.Fatalf("a wrong password: %v", err)
	}
	stranger := credentials()
	stranger.Email = "bob@example.ca"
	if _, err := w.portal.SignIn(ctx, stranger); services.CodeOf(err) != services.CodeUnavailable {
		t.Fatalf("somebody whom this device does not know: %v", err)
	}
	s = w.signIn()
	if info := s.Info(); !info.Ready() || info.Person.Email != alice || !info.ExpiresAt.After(w.Now()) {
		t.Errorf("offline: %+v", info)
	}
	if after, err := s.Agreements(ctx); err != nil || !reflect.DeepEqual(after, before) {
		t.Errorf("agreements: %+v, %v", after, err)
	}
	m.AttachmentIDs = []string{w.attach(s, "note.txt", 100).ID}
	receipt, err := s.Send(ctx, m)
	if err != nil || !receipt.Waiting {
		t.Fatalf("sent without the service: %+v, %v", receipt, err)
	}
	items, err := s.(services.Outbox).Outbox(ctx)
	if err != nil || len(items) != 1 || items[0].State != services.OutboxWaiting || items[0].Body != m.Body {
		t.Fatalf("outbox: %+v, %v", items, err)
	}
	w.back()
	eventually(t, "the outbox is empty", func() bool {
		items, err := s.(services.Outbox).Outbox(ctx)
		return err == nil && len(items) == 0
	})
	page, err := s.Threads(ctx, services.ThreadQuery{})
	if err != nil || len(page.Items) != 1 || page.Items[0].Attachments != 1 {
		t.Errorf("threads: %+v, %v", page, err)
	}
	must(t, s.Touch(ctx)) // it is a session of the service now
}

// tryOffline is what ends an attempt to sign in with a wrong password while the service is there.
func (w *world) tryOffline() error {
	c := credentials()
	c.Password = "not-the-Password-31"
	return second(w.portal.SignIn(w.t.Context(), c))
}

// awaitVerifier goes offline, as soon as signing in offline is possible: that is prepared beside.
func (w *world) awaitVerifier() {
	w.t.Helper()
	must(w.t, w.portal.Close()) // which waits for it
	w.away()
	w.openPortal(w.backend.front.URL)
}

// TestOffline_PasswordChangedElsewhere signs in with the old password offline: when the service is back, the session
// ends, and the old password is of no use offline either.
func TestOffline_PasswordChangedElsewhere(t *testing.T) {
	w := newRunning(t)
	w.customer()
	w.awaitVerifier()
	s := w.signIn()
	m := services.Outgoing{Topic: "payment", AgreementID: "x", Body: "Written offline", IdempotencyKey: "key-of-mine"}
	if receipt, err := s.Send(t.Context(), m); err != nil || !receipt.Waiting {
		t.Fatalf("%+v, %v", receipt, err)
	}
	w.backend.hold(func() { // nobody sees the service before the password is changed
		must(t, w.backend.cores[0].RequestPasswordReset(t.Context(), w.address()))
		token := w.mail("reset").Token
		must(t, w.backend.cores[0].ResetPassword(t.Context(), services.PasswordReset{Token: token, Password: "another-Harbour-57-boat"}))
	})
	eventually(t, "the session ends", func() bool {
		return services.CodeOf(second(s.Drafts(t.Context()))) == services.CodeUnauthenticated
	})
	w.away()
	if _, err := w.portal.SignIn(t.Context(), credentials()); services.CodeOf(err) != services.CodeUnavailable {
		t.Errorf("the old password offline: %v", err)
	}
	w.back()
	c := credentials()
	c.Password = "another-Harbour-57-boat"
	session, err := w.portal.SignIn(t.Context(), c)
	must(t, err)
	items, err := session.(services.Outbox).Outbox(t.Context())
	if err != nil || len(items) == 0 { // refused, as the agreement is none: but not lost
		t.Errorf("outbox: %+v, %v", items, err)
	}
}

func TestOffline_NotOnADeviceThatIsNotTrusted(t *testing.T) {
	w := newRunning(t)
	w.register()
	w.signIn()
	w.awaitVerifier()
	if _, err := w.portal.SignIn(t.Context(), credentials()); services.CodeOf(err) != services.CodeUnavailable {
		t.Errorf("got %v", err)
	}
	w.back()
}

// TestOffline_Search looks for words in what was read.
func TestOffline_Search(t *testing.T) {
	t.Parallel()
	w := newRunning(t)
	s, ctx := w.customer(), t.Context()
	var threads []string
	for i, body := range []string{"Bonjour, mon œuvre", "Une autre œuvre", "Something else"} {
		receipt, err := s.Send(ctx, w.outgoing(s, fmt.Sprint(i), body, w.attach(s, "Reçu.txt", 10).ID))
		must(t, err)
		threads = append(threads, receipt.ThreadID)
		must(t, second(s.Thread(ctx, receipt.ThreadID)))
	}
	must(t, second(s.Threads(ctx, services.ThreadQuery{})))
	queries := map[string][]string{
		"OEUVRE": {threads[1], threads[0]}, "bonjour oeuvre": {threads[0]}, "recu autre": {threads[1]}, "nothing": nil, " ": nil,
	}
	for _, online := range []bool{true, false} {
		if !online {
			w.away()
		}
		for q, want := range queries {
			hits, err := s.Search(ctx, q, 0)
			must(t, err)
			var got []string
			for _, hit := range hits {
				got = append(got, hit.Thread.ID)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("online %t, %q: %v, want %v", online, q, got, want)
			}
		}
	}
	if hits, err := s.Search(ctx, "oeuvre", 1); err != nil || len(hits) != 1 {
		t.Errorf("one hit: %v, %v", hits, err)
	}
	if _, err := s.Search(ctx, strings.Repeat("é", 201), 0); services.FieldsOf(err)["q"] != services.ReasonTooLong {
		t.Errorf("too long: %v", err)
	}
	w.back()
}

// TestKept_IsRemoved leaves nothing behind on somebody else's computer.
func TestKept_IsRemoved(t *testing.T) {
	w := newRunning(t)
	s, ctx := w.customer(), t.Context()
	must(t, second(s.Threads(ctx, services.ThreadQuery{})))
	must(t, second(s.SaveDraft(ctx, services.Draft{Body: "begun"})))
	m := w.outgoing(s, "waits", "A question")
	w.away()
	if receipt, err := s.Send(ctx, m); err != nil || !receipt.Waiting {
		t.Fatalf("%+v, %v", receipt, err)
	}
	kept := s.(services.Kept)
	if info, err := kept.Kept(ctx); err != nil || info.Drafts != 1 || info.Waiting != 1 || info.Bytes == 0 {
		t.Errorf("kept %+v, %v", info, err)
	}
	if err := kept.RemoveKept(ctx, false); services.CodeOf(err) != services.CodeConflict {
		t.Errorf("while a message waits: %v", err)
	}
	must(t, kept.RemoveKept(ctx, true))
	if info, err := kept.Kept(ctx); err != nil || info != (services.KeptInfo{}) {
		t.Errorf("kept %+v, %v", info, err)
	}
	if _, err := s.Threads(ctx, services.ThreadQuery{}); services.CodeOf(err) != services.CodeUnavailable {
		t.Errorf("what was seen: %v", err)
	}
	w.back()
}

// TestKept_NothingComesBack removes everything while answers are on their way, and goes on reading: nothing is kept again.
func TestKept_NothingComesBack(t *testing.T) {
	w := newRunning(t)
	s, ctx := w.customer(), t.Context()
	asked, held := make(chan struct{}), make(chan struct{})
	through := *w.backend.target.Load()
	w.backend.between(func(rw http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != api.PathThreads {
			return false
		}
		answer := httptest.NewRecorder()
		through.ServeHTTP(answer, r)
		close(asked)
		<-held
		maps.Copy(rw.Header(), answer.Header())
		_, _ = rw.Write(answer.Body.Bytes())
		return true
	})
	var reading sync.WaitGroup
	reading.Go(func() {
		if page, err := s.Threads(ctx, services.ThreadQuery{}); err != nil || len(page.Items) != 0 {
			t.Errorf("threads %+v, %v", page, err)
		}
	})
	<-asked
	kept := s.(services.Kept)
	must(t, kept.RemoveKept(ctx, true))
	close(held)
	reading.Wait()
	must(t, second(s.Agreements(ctx)))
	if info, err := kept.Kept(ctx); err != nil || info != (services.KeptInfo{}) {
		t.Errorf("kept %+v, %v", info, err)
	}
	w.awaitVerifier()
	if _, err := w.portal.SignIn(ctx, credentials()); services.CodeOf(err) != services.CodeUnavailable {
		t.Errorf("signing in offline: %v", err)
	}
	w.back()
}

// TestOffline_OldPasswordMetTheService tries an old password while the service is there: it is of no use offline either.
func TestOffline_OldPasswordMetTheService(t *testing.T) {
	w := newRunning(t)
	w.customer()
	w.awaitVerifier()
	w.back()
	must(t, w.backend.cores[0].RequestPasswordReset(t.Context(), w.address()))
	token := w.mail("reset").Token
	must(t, w.backend.cores[0].ResetPassword(t.Context(), services.PasswordReset{Token: token, Password: "another-Harbour-57-boat"}))
	if _, err := w.portal.SignIn(t.Context(), credentials()); services.CodeOf(err) != services.CodeUnauthenticated {
		t.Fatalf("the old password: %v", err)
	}
	w.away()
	if _, err := w.portal.SignIn(t.Context(), credentials()); services.CodeOf(err) != services.CodeUnavailable {
		t.Errorf("the old password offline: %v", err)
	}
	w.back()
}

// TestOffline_SessionEnds leaves a session without the service alone until its time is over.
func TestOffline_SessionEnds(t *testing.T) {
	w := newRunning(t)
	w.customer()
	w.awaitVerifier()
	s := w.signIn()
	must(t, second(s.Drafts(t.Context())))
	w.Move(8 * time.Hour)
	if _, err := s.Drafts(t.Context()); services.CodeOf(err) != services.CodeUnauthenticated {
		t.Errorf("past its time: %v", err)
	}
	w.back()
}

// TestThreads_ClockFarAhead is a computer whose clock is wrong: what the service answers is not judged by it.
func TestThreads_ClockFarAhead(t *testing.T) {
	w := newRunning(t)
	s, ctx := w.customer(), t.Context()
	receipt, err := s.Send(ctx, w.outgoing(s, "one", "A question"))
	must(t, err)
	must(t, w.portal.Close())
	wrong := basetest.Running(basetest.Start)
	wrong.Move(400 * 24 * time.Hour)
	right := w.Clock
	w.Clock = wrong
	w.openPortal(w.backend.front.URL)
	w.Clock = right
	s = w.signIn()
	if page, err := s.Threads(ctx, services.ThreadQuery{}); err != nil || len(page.Items) != 1 {
		t.Errorf("threads %+v, %v", page, err)
	}
	if thread, err := s.Thread(ctx, receipt.ThreadID); err != nil || len(thread.Messages) != 1 {
		t.Errorf("thread %+v, %v", thread, err)
	}
}

// readAutopay reads the debit agreement of an autopay, and gives the order that accepts it.
func readAutopay(t *testing.T, s services.CustomerSession, agreement, account string) services.AutopayOrder {
	t.Helper()
	o := services.AutopayOrder{AgreementID: agreement, BankAccountID: account}
	text, err := s.DebitAgreement(t.Context(), o)
	must(t, err)
	o.Version, o.Language, o.ShownFR = text.Version, "fr", time.Now()
	return o
}
