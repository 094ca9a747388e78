package nav

import (
	"context"
	"slices"

	"myaccount/services"
)

// State is what a page shows as a whole.
type State int

// The states there are.
const (
	Loading State = iota
	Empty
	Failed
	Full
)

// Loaded is one thing with what became of loading it. What was loaded stays until something newer has come, so that
// coming back shows no empty page.
type Loaded[T any] struct {
	Value T
	Done  bool // Value was read, now or before
	Err   error
}

// Take keeps an answer; a failed one keeps what was there.
func (l *Loaded[T]) Take(value T, err error) {
	l.Err = err
	if err == nil {
		l.Value, l.Done = value, true
	}
}

// Choice is which agreement a page is about: the one chosen, else the first, which is open if any is.
type Choice struct {
	Chosen string                        // its id; "" for the first
	Fits   func(services.Agreement) bool // what the page can be about; nil takes all

	list Loaded[[]services.Agreement]
}

// Load reads the agreements and calls done, which is told whether they came.
func (c *Choice) Load(s *Scope, from services.Agreements, done func(came bool)) {
	c.list.Err = nil
	Run(s, from.Agreements, func(list []services.Agreement, err error) {
		if c.Fits != nil {
			list = slices.DeleteFunc(list, func(a services.Agreement) bool { return !c.Fits(a) })
		}
		c.list.Take(list, err)
		done(err == nil && len(list) > 0)
	})
}

// State is what the page shows as a whole.
func (c *Choice) State() State {
	switch {
	case c.list.Done && len(c.list.Value) == 0:
		return Empty
	case c.list.Done:
		return Full
	case c.list.Err != nil:
		return Failed
	default:
		return Loading
	}
}

// Err says why the agreements could not be read; nil while that is not so.
func (c *Choice) Err() error { return c.list.Err }

// Count is how many agreements there are to choose from.
func (c *Choice) Count() int { return len(c.list.Value) }

// Agreement is the one that the page is about, once the state is Full.
func (c *Choice) Agreement() services.Agreement { return Pick(c.list.Value, c.Chosen) }

// Choose takes another agreement, and tells whether it is another one.
func (c *Choice) Choose(id string) bool {
	if id == c.Agreement().ID {
		return false
	}
	c.Chosen = id
	return true
}

// About asks for something of the agreement that the page is about. An answer that comes when it is about another one is
// dropped.
func About[T any](s *Scope, c *Choice, ask func(ctx context.Context, id string) (T, error), done func(T, error)) {
	id := c.Agreement().ID
	Run(s, func(ctx context.Context) (T, error) { return ask(ctx, id) }, func(value T, err error) {
		if c.Agreement().ID == id {
			done(value, err)
		}
	})
}
