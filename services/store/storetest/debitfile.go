package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/debitfile"
	"myaccount/services/portfolio"
)

// debitFiles says which debits a file takes, that a debit is in one file, and what is left when writing one broke off.
func debitFiles(w *world) {
	agreement := w.oneAgreement()
	day := civil.DateOf(start)
	w.update(func(tx core.Tx) error {
		var errs []error
		for i, change := range []func(d *core.DebitRow){
			func(*core.DebitRow) {},
			func(d *core.DebitRow) { d.Currency = "USD" },
			func(d *core.DebitRow) { d.Simulated = true },
			func(d *core.DebitRow) { d.Status = services.DebitCancelled },
			func(d *core.DebitRow) { d.CancelUntil = day.AddDays(1) },
			func(d *core.DebitRow) { d.On = day.AddDays(2) },
			func(*core.DebitRow) {},
		} {
			row := debit(string(rune('a'+i)), agreement, 1)
			row.Simulated = false
			change(&row)
			errs = append(errs, tx.AddDebit(row))
		}
		return every(errs...)
	})
	file := core.DebitFileRow{Number: 1, Sender: debitfile.Sender{Originator: "0012345678"}, Currency: "CAD", MadeOn: day, Debits: 2, Total: 2 * 84732}
	w.update(func(tx core.Tx) error {
		currency, err := tx.ClaimableCurrency(day.AddDays(1), day.AddDays(1))
		n, total, claimErr := tx.ClaimDebits(1, currency, day.AddDays(1), day.AddDays(1))
		if currency != "CAD" || n != file.Debits || total != file.Total {
			w.Errorf("claimed %d of %d in %s", n, total, currency)
		}
		return every(err, claimErr, tx.AddDebitFile(file))
	})
	w.view(func(tx core.Tx) error {
		rows, err := tx.DebitsInFile(1, "", 9)
		rest, restErr := tx.DebitsInFile(1, "a", 9)
		due, dueErr := tx.DueDebits(services.DebitSubmitted, day.AddDays(9), core.PaymentKey{}, 9)
		if got := fmt.Sprint(inFile(rows), inFile(rest), idsOf(due)); got != "[a g] [g] []" {
			w.Errorf("in the file: %s", got)
		}
		unwritten, unwrittenErr := tx.UnwrittenDebitFile()
		if unwritten != file {
			w.Errorf("got %+v", unwritten)
		}
		return every(err, restErr, dueErr, unwrittenErr)
	})
	w.update(func(tx core.Tx) error { return tx.NoteDebitFile(1, start) })
	w.view(func(tx core.Tx) error {
		due, err := tx.DueDebits(services.DebitSubmitted, day.AddDays(9), core.PaymentKey{}, 9)
		if fmt.Sprint(idsOf(due)) != "[a g]" {
			w.Errorf("due %v", idsOf(due))
		}
		last, lastErr := tx.LastDebitFile()
		written, fileErr := tx.DebitFile(1)
		if file.WrittenAt = start; last != 1 || written != file {
			w.Errorf("last %d, %+v", last, written)
		}
		return every(err, lastErr, fileErr)
	})
	w.gone("a file that is not written", func(tx core.Tx) error { _, err := tx.UnwrittenDebitFile(); return err })
	w.gone("another file", func(tx core.Tx) error { _, err := tx.DebitFile(2); return err })
}

// claimDebits says that of two who want to give the same debits to the bank at once, one does.
func claimDebits(w *world) {
	agreement := w.oneAgreement()
	day := civil.DateOf(start).AddDays(3)
	row := debit("a", agreement, 1)
	row.Simulated = false
	w.update(func(tx core.Tx) error { return tx.AddDebit(row) })
	counts := make([]int, 2)
	var group sync.WaitGroup
	for i := range counts {
		group.Go(func() {
			err := w.store.Update(w.Context(), func(tx core.Tx) (err error) {
				last, err := tx.LastDebitFile()
				if err != nil {
					return err
				}
				if counts[i], _, err = tx.ClaimDebits(last+1, "CAD", day, day); err != nil || counts[i] == 0 {
					return err
				}
				return tx.AddDebitFile(core.DebitFileRow{Number: last + 1, Currency: "CAD", MadeOn: day, Debits: counts[i]})
			})
			if err != nil {
				w.Errorf("claim: %v", err)
			}
		})
	}
	group.Wait()
	if slices.Sort(counts); fmt.Sprint(counts) != "[0 1]" {
		w.Errorf("claimed %v", counts)
	}
}

// importReconciles says what an import does to debits: the lender's payment takes the place of a debit's, what the bank
// returned stays returned, and what was ordered on an agreement that is closed is taken back.
func importReconciles(w *world) {
	agreement := w.oneAgreement()
	day := civil.DateOf(start).AddDays(1)
	posted, returned, ordered := debit("a", agreement, 1), debit("b", agreement, 2), debit("c", agreement, 3)
	posted.Status, posted.PaymentID = services.DebitPosted, posted.Reference
	returned.Status, returned.PaymentID, returned.Amount, returned.ReturnedOn = services.DebitReturned, returned.Reference, 5, day.AddDays(3)
	own := portfolio.Payment{ID: posted.Reference, Date: day, Principal: posted.Amount, Method: "online", Status: portfolio.Posted}
	back := portfolio.Payment{ID: returned.Reference, Date: day, Principal: 5, Method: "online", Status: portfolio.Posted}
	w.update(func(tx core.Tx) error {
		return every(tx.AddDebit(posted), tx.AddDebit(returned), tx.AddDebit(ordered), tx.AddPayment(agreement, own), tx.AddPayment(agreement, back),
			tx.SetPaymentStatus(agreement, returned.Reference, portfolio.Returned))
	})
	file := customer(1)
	own.ID, own.Method, own.Date = "LENDER-1", "pad", day.AddDays(2)
	file.Agreements[0].Payments = append(file.Agreements[0].Payments, own, back)
	file.Agreements[0].ClosedOn = day.AddDays(4)
	for range 2 { // the second time changes nothing
		w.update(func(tx core.Tx) error { return tx.PutCustomer(file) })
		w.view(func(tx core.Tx) error {
			rows, err := tx.PaymentsBetween(agreement, day, day.AddDays(9))
			var got []string
			for _, p := range rows {
				got = append(got, p.ID+" "+p.Status)
			}
			slices.Sort(got)
			if strings.Join(got, ", ") != "LENDER-1 posted, P-b returned" {
				w.Errorf("payments %v", got)
			}
			taken, takenErr := tx.Debit("a")
			dropped, droppedErr := tx.Debit("c")
			if taken.PaymentID != "LENDER-1" || dropped.Status != services.DebitCancelled {
				w.Errorf("debits %+v, %+v", taken, dropped)
			}
			events, eventsErr := tx.Events("amelie", 0, 9)
			if len(events) != 1 || events[0].Kind != services.EventPayment || events[0].ID != agreement {
				w.Errorf("events %+v", events)
			}
			return every(err, takenErr, droppedErr, eventsErr)
		})
	}
	err := w.store.Update(w.Context(), func(tx core.Tx) error { return tx.AddPayment(agreement, own) })
	if !errors.Is(err, core.ErrDuplicate) {
		w.Errorf("a payment twice: %v", err)
	}
}
