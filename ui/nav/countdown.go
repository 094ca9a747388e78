package nav

import (
	"time"

	"myaccount/services"
)

// Countdown counts the seconds to a moment. It tells of each second while a visit lasts; the moment itself outlives the
// visit. It is used on the user interface's goroutine only.
type Countdown struct {
	Scope   *Scope
	Clock   services.Clock
	Changed func() // a second has gone by

	until time.Time
	run   int
}

// Until counts down to a moment; one that has passed ends the count.
func (c *Countdown) Until(moment time.Time) {
	c.until = moment
	c.Resume()
}

// Start counts down from a wait; 0 ends the count.
func (c *Countdown) Start(wait time.Duration) { c.Until(c.Clock.Now().Add(wait)) }

// Left is what remains, never negative.
func (c *Countdown) Left() time.Duration { return max(c.until.Sub(c.Clock.Now()), 0) }

// Over says whether the moment has come, or there is none.
func (c *Countdown) Over() bool { return c.Left() == 0 }

// Resume goes on telling in a new visit.
func (c *Countdown) Resume() {
	c.run++
	if !c.Over() && c.Scope.Active() {
		c.arm(c.run)
	}
}

// arm waits for the next second. A timer that outlives its count or its visit finds another run and does nothing.
func (c *Countdown) arm(run int) {
	ctx := c.Scope.Context()
	time.AfterFunc(min(c.Left(), time.Second), func() {
		c.Scope.Dispatcher.Do(func() {
			if c.run != run || ctx.Err() != nil {
				return
			}
			if !c.Over() {
				c.arm(run)
			}
			c.Changed()
		})
	})
}
