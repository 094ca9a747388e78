package storetest

import (
	"fmt"
	"math"
	"slices"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/portfolio"
)

// sizes are the lengths of pages that every list is read in: whatever they are, nothing is left out or comes twice.
var sizes = []int{1, 2, 3, 7, 100}

// same compares a list that was read in pages with the whole.
func (w *world) same(what string, size int, got, want []string) {
	w.Helper()
	if !slices.Equal(got, want) {
		w.Errorf("%s by %d: %q, want %q", what, size, got, want)
	}
}

// addThreads writes threads of two people; several have their latest message at the same moment.
func (w *world) addThreads() (all []core.ThreadRow) {
	w.update(func(tx core.Tx) error {
		all = nil
		if err := every(tx.AddPerson(person("amelie")), tx.AddPerson(person("bob"))); err != nil {
			return err
		}
		for n := range 12 {
			row := thread(n, []string{"amelie", "amelie", "bob"}[n%3], n/4)
			row.Unread = n%2 == 0
			if n%4 != 3 {
				row.WaitingSince = row.LastAt
			}
			if err := tx.AddThread(row); err != nil {
				return err
			}
			all = append(all, row)
		}
		return nil
	})
	return all
}

// pageThreads says that a person's threads come the latest first, and no one else's.
func pageThreads(w *world) {
	all := w.addThreads()
	for _, unread := range []bool{false, true} {
		var want []string
		for _, row := range slices.Backward(all) {
			if row.PersonID == "amelie" && (row.Unread || !unread) {
				want = append(want, row.ID)
			}
		}
		for _, size := range sizes {
			var got []string
			before := core.Cursor{At: math.MaxInt64}
			for {
				var page []core.ThreadRow
				w.view(func(tx core.Tx) (err error) {
					page, err = tx.Threads("amelie", unread, before, size)
					return err
				})
				if len(page) == 0 {
					break
				}
				for _, row := range page {
					got = append(got, row.ID)
				}
				last := page[len(page)-1]
				before = core.Cursor{At: last.LastAt.UnixMicro(), ID: last.ID}
			}
			w.same(fmt.Sprintf("threads, only unread: %t,", unread), size, got, want)
		}
	}
}

// pageQueue says that the desk sees first who waits, the longest first, and then the others, the latest first.
func pageQueue(w *world) {
	var waiting, answered []string
	for _, row := range w.addThreads() {
		if !row.WaitingSince.IsZero() {
			waiting = append(waiting, row.ID)
		} else {
			answered = append([]string{row.ID}, answered...)
		}
	}
	for only, want := range map[bool][]string{true: waiting, false: slices.Concat(waiting, answered)} {
		for _, size := range sizes {
			var got []string
			after := core.Cursor{At: math.MinInt64}
			for {
				var page []core.ThreadRow
				var places []core.Cursor
				w.view(func(tx core.Tx) (err error) {
					page, places, err = tx.Queue(only, after, size)
					return err
				})
				if len(page) == 0 {
					break
				}
				for _, row := range page {
					got = append(got, row.ID)
				}
				after = places[len(places)-1]
			}
			w.same(fmt.Sprintf("queue, only waiting: %t,", only), size, got, want)
		}
	}
}

// customer is a line of a portfolio file with payments, two a day.
func customer(payments int) portfolio.Customer {
	a := portfolio.Agreement{Terms: portfolio.Terms{
		Number: "700001", VIN: "WBY43AW01RF000006", Currency: "CAD",
		Start: civil.Date{Year: 2026, Month: time.January, Day: 1}, End: civil.Date{Year: 2029, Month: time.January, Day: 1},
	}}
	for i := range payments {
		a.Payments = append(a.Payments, portfolio.Payment{
			ID: fmt.Sprintf("p-%02d", i), Date: civil.Date{Year: 2026, Month: time.January, Day: 1 + i/2},
			Principal: 100, Interest: 10, Tax: 1, Method: "debit", Status: portfolio.Posted,
		})
	}
	return portfolio.Customer{ID: "BMW 1", FirstName: "Amélie", LastName: "Tremblay", Province: "QC", Agreements: []portfolio.Agreement{a}}
}

// agreement writes a customer and gives the id of the one agreement.
func (w *world) agreement(c portfolio.Customer) (id string) {
	w.Helper()
	w.update(func(tx core.Tx) error { return tx.PutCustomer(c) })
	w.view(func(tx core.Tx) error {
		row, err := tx.CustomerByNumber(c.ID)
		if err != nil {
			return err
		}
		list, err := tx.Agreements(row.ID)
		if len(list) != 1 {
			w.Fatalf("%d agreements, %v", len(list), err)
		}
		id = list[0].ID
		return err
	})
	return id
}

// pagePayments says that payments come the newest first, those of a day in an order of their own.
func pagePayments(w *world) {
	c := customer(9)
	id := w.agreement(c)
	var want []string
	for _, p := range slices.Backward(c.Agreements[0].Payments) {
		want = append(want, p.ID)
	}
	for _, size := range sizes {
		var got []string
		var after core.PaymentKey
		for {
			var page []portfolio.Payment
			w.view(func(tx core.Tx) (err error) { page, err = tx.Payments(id, after, size); return err })
			if len(page) == 0 {
				break
			}
			for _, p := range page {
				got = append(got, p.ID)
			}
			after = core.PaymentKey{Date: page[len(page)-1].Date, ID: page[len(page)-1].ID}
		}
		w.same("payments", size, got, want)
	}
}

// pageMails says that mails come the newest first: to an address in any writing, and to everybody.
func pageMails(w *world) {
	var all, to []string
	w.update(func(tx core.Tx) error {
		for i := range 6 {
			row := core.MailRow{ID: fmt.Sprintf("mail-%d", i), Address: []string{"amelie@example.ca", "bob@example.ca"}[i%2], CreatedAt: start}
			if err := tx.AddMail(row); err != nil {
				return err
			}
		}
		return nil
	})
	w.view(func(tx core.Tx) error {
		mails, err := tx.Mails("Amelie@EXAMPLE.ca", 2)
		for _, m := range mails {
			to = append(to, m.ID)
		}
		return err
	})
	w.same("mails to an address", 2, to, []string{"mail-4", "mail-2"})
	for before := ""; ; before = all[len(all)-1] {
		var page []core.MailRow
		w.view(func(tx core.Tx) (err error) { page, err = tx.MailsBefore(before, 4, false); return err })
		if len(page) == 0 {
			break
		}
		for _, m := range page {
			all = append(all, m.ID)
		}
	}
	w.same("mails to everybody", 4, all, []string{"mail-5", "mail-4", "mail-3", "mail-2", "mail-1", "mail-0"})
}

// pageEvents says that events come in their order after a number; forgetting the old ones does not start over.
func pageEvents(w *world) {
	add := func(id string, at time.Time) {
		w.update(func(tx core.Tx) error {
			_, err := tx.AddEvent("amelie", core.EventRow{Kind: services.EventMessage, ID: id, At: at})
			return err
		})
	}
	for i := range 5 {
		add(fmt.Sprint(i), start.Add(time.Duration(i)*time.Minute))
	}
	w.update(func(tx core.Tx) error { return tx.ForgetEvents(start.Add(3 * time.Minute)) })
	add("5", start.Add(time.Hour))
	w.view(func(tx core.Tx) error {
		var got []string
		events, err := tx.Events("amelie", 4, 10)
		for _, e := range events {
			got = append(got, fmt.Sprintf("%d %s", e.Seq, e.ID))
		}
		w.same("events after the fourth", 10, got, []string{"5 4", "6 5"})
		first, last, rangeErr := tx.EventRange("amelie")
		if first != 4 || last != 6 {
			w.Errorf("events from %d to %d are kept, want 4 to 6", first, last)
		}
		return every(err, rangeErr)
	})
}
