// Package payoff holds the pages about how an agreement ends: what it costs to end it on any day, what paying more would
// save, and the way to the end of a lease.
//
// The presenters load and keep what was typed; the pages draw it. Figures come from the services; sums that are shown
// behind a line are sums of other lines.
package payoff

import "myaccount/services"

// Deps is what the pages work with.
type Deps struct {
	Agreements services.Agreements
	Payoffs    services.Payoffs
}
