// Package vehicle holds the page of the car of an agreement: what its number says, how far it has run and will have run
// at the end, and what comes then.
//
// The presenters load, and keep what is typed; the page draws it as cards.
package vehicle

import "myaccount/services"

// Deps is what the page works with.
type Deps struct {
	Agreements services.Agreements
	Odometers  services.Odometers
	Payoffs    services.Payoffs
	Links      []Link
	Open       func(url string) error // shows a page in the system's browser
}

// Link is a page elsewhere about the vehicle.
type Link struct {
	Name map[string]string // by language
	URL  string
}
