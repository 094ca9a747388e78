package core_test

import (
	"errors"
	"io"
	"testing"

	"myaccount/services"
	"myaccount/services/core"
)

// TestWork_ForgetsBankDetails: the account of an order that was taken back is forgotten at once, that of a debit once nobody
// can dispute it. What is shown of it stays, and so does what a bank can do with it.
func TestWork_ForgetsBankDetails(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	p := h.payer("lease")
	cancelled, err := p.order(12_345, 2)
	must(t, err)
	must(t, p.CancelPayment(h.ctx, cancelled.ID))
	debit, err := p.order(12_345, 0)
	must(t, err)
	p.untilDay(debit.On)
	h.export(debit.On)
	row := func(id string) (row core.DebitRow) {
		t.Helper()
		must(t, h.db.View(h.ctx, func(tx core.Tx) (err error) {
			row, err = tx.Debit(id)
			return err
		}))
		return row
	}
	want := core.DebitSource{Account: core.Account{Number: "567"}, Agreement: row(debit.ID).Source.Agreement, Kind: "lease"}
	if got := row(cancelled.ID); got.Source != want || got.AccountID != "" {
		t.Errorf("taken back: %+v", got)
	}
	must(t, h.Work(h.ctx))
	days := h.Brand.Rules.DebitDisputeDays
	p.untilDay(debit.On.AddDays(days))
	must(t, h.Work(h.ctx))
	must(t, h.WriteDebitFile(h.ctx, 1, io.Discard))
	p.untilDay(debit.On.AddDays(days + 1))
	must(t, h.Work(h.ctx))
	if got := row(debit.ID); got.Source != want || got.AccountID != "" || got.Status != services.DebitPosted {
		t.Errorf("%d days later: %+v", days, got)
	}
	if err := h.WriteDebitFile(h.ctx, 1, io.Discard); !errors.Is(err, core.ErrForgotten) {
		t.Errorf("its file: %v", err)
	}
	for _, d := range p.debits() {
		if d.LastDigits != "567" {
			t.Errorf("shown: %+v", d)
		}
	}
	if got := h.returns("901", debit); got.Returned != 1 {
		t.Errorf("returned all the same: %+v", got)
	}
}

// TestDebitFileRow_InFile: a number of four digits that goes up by one, and begins again.
func TestDebitFileRow_InFile(t *testing.T) {
	t.Parallel()
	for number, want := range map[int64]int{1: 1, 9999: 9999, 10_000: 1, 19_998: 9999, 19_999: 1} {
		if got := (core.DebitFileRow{Number: number}).InFile(); got != want {
			t.Errorf("file %d has %d, want %d", number, got, want)
		}
	}
}
