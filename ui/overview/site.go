// Package overview holds the page that a customer sees first: what is due next, what remains, how long the agreement
// lasts, and what happened lately.
//
// The presenter loads and chooses; the page draws one agreement as cards. Nothing here computes a figure: all of them
// come from the services.
package overview

import "myaccount/services"

// Deps is what the page works with.
type Deps struct {
	Agreements services.Agreements
	Payments   services.Payments
	Schedules  services.Schedules
	Payoffs    services.Payoffs
	Autopays   services.Autopays
	Messages   services.Messages
	Person     func() services.Person // who is signed in
}
