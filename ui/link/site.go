// Package link holds the page on which a customer links an agreement and authorizes the device: Your details, Authorize
// this device, Done. Somebody who is linked already and comes from a device that is not known yet begins at the second
// step.
//
// One presenter holds the step; details and code decide for the first two. What is typed reaches them with every key, so
// that the page can be drawn anew without losing anything.
package link

import (
	"context"

	"myaccount/services"
)

// Deps is what the page works with.
type Deps struct {
	Linking services.Linking
	// Info is what the session knows about itself now.
	Info func() services.SessionInfo
	// Authorized is told once, as soon as the device is authorized and an agreement linked. It should not go to
	// another page: this one says that all is done and goes to the overview itself.
	Authorized func(services.SessionInfo)
	// OpenMail opens "Mail on this device"; nil where there is none.
	OpenMail func()
	// Sample lists the made-up people to try the page with; nil where there are none.
	Sample func(ctx context.Context) ([]services.SamplePerson, error)
}
