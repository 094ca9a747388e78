package entry

import (
	"time"

	"myaccount/services"
	"myaccount/ui/nav"
)

// countdown counts the seconds to a moment. It tells of each second while the visit lasts; the moment itself outlives
// the visit.
type countdown struct {
	scope   *nav.Scope
	clock   services.Clock
	changed func()

	until time.Time
	run   int
}

// start counts down from a wait; 0 ends the count.
func (c *countdown) start(wait time.Duration) {
	c.until = c.clock.Now().Add(wait)
	c.resume()
}

// left is what remains, never negative.
func (c *countdown) left() time.Duration { return max(c.until.Sub(c.clock.Now()), 0) }

// over says whether the moment has come.
func (c *countdown) over() bool { return c.left() == 0 }

// resume goes on counting in a new visit.
func (c *countdown) resume() {
	c.run++
	if !c.over() && c.scope.Active() {
		c.arm(c.run)
	}
}

// arm waits for the next second. A timer that outlives its count or its visit finds another run and does nothing.
func (c *countdown) arm(run int) {
	ctx := c.scope.Context()
	time.AfterFunc(min(c.left(), time.Second), func() {
		c.scope.Dispatcher.Do(func() {
			if c.run != run || ctx.Err() != nil {
				return
			}
			if !c.over() {
				c.arm(run)
			}
			c.changed()
		})
	})
}
