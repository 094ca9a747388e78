package remote_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/bojanz/currency"

	"myaccount/services"
)

// Payments are ordered and taken back over a wire on which answers are lost at any moment, and everything is asked for
// again: each is ordered once, and what was taken back stays so.
func TestFaults_PaidOnce(t *testing.T) {
	t.Parallel()
	w := newRunning(t)
	s, ctx := w.customer(), t.Context()
	agreement := first(t, s)
	account, err := s.AddBankAccount(ctx, services.NewBankAccount{Institution: "003", Transit: "00012", Number: "1234567", Holder: "Zoé", IdempotencyKey: "an account"})
	must(t, err)
	terms, err := s.DebitTerms(ctx, agreement, services.Date{})
	must(t, err)
	must(t, w.portal.Close())
	wire := newWire(t, w.backend.front.Listener.Addr().String())
	w.openPortal("http://" + wire.proxy.Listen)
	s = w.signIn()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // not a secret
	again := func(what string, ask func(context.Context) error) {
		t.Helper()
		fault := wire.fault(r)
		hurried, cancel := context.WithTimeout(ctx, time.Duration(1+r.IntN(300))*time.Millisecond)
		err := ask(hurried)
		cancel()
		wire.heal()
		if err != nil && services.CodeOf(err) != services.CodeUnavailable {
			t.Fatalf("%s: %s: %v", what, fault, err)
		}
		if err := ask(ctx); err != nil {
			t.Fatalf("%s: %s: once more: %v", what, fault, err)
		}
	}
	want := map[string]services.DebitStatus{}
	for i := range runs(t, 12) {
		amount, err := currency.NewAmountFromInt64(int64(100+i), "CAD")
		must(t, err)
		order := services.PaymentOrder{
			AgreementID: agreement, Amount: amount, On: terms.On, BankAccountID: account.ID, IdempotencyKey: fmt.Sprintf("payment %d", i),
		}
		var made services.Debit
		again(order.IdempotencyKey, func(ctx context.Context) (err error) {
			made, err = s.MakePayment(ctx, order)
			return err
		})
		want[amount.Number()] = services.DebitScheduled
		if i%3 == 0 {
			again("taking back "+order.IdempotencyKey, func(ctx context.Context) error { return s.CancelPayment(ctx, made.ID) })
			want[amount.Number()] = services.DebitCancelled
		}
	}
	page, err := s.Debits(ctx, agreement, services.Page{Limit: 100})
	must(t, err)
	got := map[string]services.DebitStatus{}
	for _, d := range page.Items {
		if _, twice := got[d.Amount.Number()]; twice {
			t.Errorf("%v is ordered twice", d.Amount)
		}
		got[d.Amount.Number()] = d.Status
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("ordered %v, want %v", got, want)
	}
	autopay := readAutopay(t, s, agreement, account.ID)
	again("autopay", func(ctx context.Context) error {
		_, err := s.SetAutopay(ctx, autopay)
		return err
	})
	papers, err := s.Documents(ctx, services.DocumentQuery{AgreementID: agreement, Kind: services.DocumentDebit})
	must(t, err)
	if len(papers.Items) != 1 {
		t.Errorf("accepted once: %+v", papers.Items)
	}
	again("ending", func(ctx context.Context) error { return s.StopAutopay(ctx, agreement) })
}

// A history that was read in parts, and a few of its payments, are both there without the service, whichever was read last.
func TestOffline_PaymentsInParts(t *testing.T) {
	w := newRunning(t)
	s, ctx := w.customer(), t.Context()
	agreement := first(t, s)
	read := func(limit int) (all []services.Payment) {
		t.Helper()
		for page := (services.PaymentPage{}); ; {
			var err error
			page, err = s.Payments(ctx, agreement, services.Page{After: page.Next, Limit: limit})
			must(t, err)
			if all = append(all, page.Items...); page.Next == "" {
				return all
			}
		}
	}
	whole, parts := read(100), read(7)
	if len(whole) < 10 || !reflect.DeepEqual(whole, parts) {
		t.Fatalf("%d payments, in parts %d", len(whole), len(parts))
	}
	w.away()
	if again := read(100); !reflect.DeepEqual(again, whole) {
		t.Errorf("%d payments without the service", len(again))
	}
	if again := read(7); !reflect.DeepEqual(again, whole) {
		t.Errorf("%d payments in parts without the service", len(again))
	}
	w.back()
}
