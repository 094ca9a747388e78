// Package settings holds the page with what a person chooses for this machine: language, appearance and size of text,
// where the data lies, the sample data and the lender's file, and what the program is made of. It works signed in and
// signed out, and leaves out what there is nothing for.
package settings

import (
	"myaccount/services"
	"myaccount/ui/nav"
)

// Deps is what the page works with. What is optional is nil where there is none; its part of the page is left out.
type Deps struct {
	Current func() nav.Settings
	Change  func(nav.Settings) // keeps them and draws everything anew
	Version string
	// Disclaimer says that the project is independent, by language.
	Disclaimer map[string]string
	// Licences is the text of assets/licences/licences.txt.
	Licences string

	Data   services.DataFolder // optional: local-only mode
	Cache  services.Stored     // optional: remote mode, what is kept here of the service
	Server services.Service    // optional: remote mode
	Sample services.SampleData // optional: local-only mode
	Import bool                // whether a lender's file can be imported

	// Deleted is told after all data of this machine was removed: the program cannot go on.
	Deleted func()
}

// stored is where what is kept on this machine lies; nil when nobody can say.
func (d Deps) stored() services.Stored {
	if d.Data != nil {
		return d.Data
	}
	return d.Cache
}
