// Package payments holds the page of an agreement's payments: what was paid, what comes, the whole schedule, and the
// ways to pay, to have it paid, and to take the figures elsewhere.
//
// The presenter loads, joins, searches and decides; the page draws it. Nothing here computes a figure: all of them come
// from the services.
package payments

import "myaccount/services"

// Deps is what the page works with.
type Deps struct {
	Agreements services.Agreements
	Payments   services.Payments
	Schedules  services.Schedules
	Debits     services.Debits        // nil where nothing can be ordered
	Autopays   services.Autopays      // nil where there is no autopay
	Person     func() services.Person // who is signed in
}
