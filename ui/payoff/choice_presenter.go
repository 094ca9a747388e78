package payoff

import (
	"slices"

	"myaccount/services"
	"myaccount/ui/nav"
)

// state is what a page shows as a whole.
type state int

const (
	loading state = iota
	empty
	failed
	full
)

// choice is which agreement a page is about, of those that fit it.
type choice struct {
	deps   Deps
	fits   func(services.Agreement) bool
	chosen string // id
	list   []services.Agreement
	loaded bool
	err    error
}

// load reads the agreements; done is called with the answer kept.
func (c *choice) load(scope *nav.Scope, done func()) {
	c.err = nil
	nav.Run(scope, c.deps.Agreements.Agreements, func(list []services.Agreement, err error) {
		c.err = err
		if err == nil {
			c.list, c.loaded = slices.DeleteFunc(list, func(a services.Agreement) bool { return !c.fits(a) }), true
		}
		done()
	})
}

// state is what the page shows as a whole.
func (c *choice) state() state {
	switch {
	case c.loaded && len(c.list) == 0:
		return empty
	case c.loaded:
		return full
	case c.err != nil:
		return failed
	default:
		return loading
	}
}

// agreement is the one the page is about: the one chosen, else the first, which is open if any is.
func (c *choice) agreement() services.Agreement {
	i := slices.IndexFunc(c.list, func(a services.Agreement) bool { return a.ID == c.chosen })
	return c.list[max(i, 0)]
}
