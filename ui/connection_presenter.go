package ui

import (
	"time"

	"myaccount/services"
	"myaccount/ui/nav"
)

// awayAfter is how long the service must be away until that is said: a call that fails once is made again.
const awayAfter = time.Second

// connection knows whether the service can be reached, as people are told.
type connection struct {
	scope   nav.Scope
	link    services.Connection
	after   func(time.Duration, func()) (stop func())
	changed func(back bool) // back: the service can be reached again
	failed  func(error)     // a try that the person asked for

	away   bool
	since  time.Time // when the service was lost
	seen   time.Time // when it answered last: what is shown was saved then
	trying bool
}

func (c *connection) start() {
	c.scope.Start()
	ctx := c.scope.Context()
	news := c.link.WatchConnection(ctx)
	go func() {
		for range news {
			c.scope.Dispatcher.Do(c.look)
		}
	}()
	c.look()
}

// look notes what has changed: at once that the service is back, after a moment that it is away.
func (c *connection) look() {
	if !c.scope.Active() {
		return
	}
	online, _ := c.link.Online()
	switch {
	case online && c.away:
		c.away = false
		c.changed(true)
	case !online && !c.away:
		c.after(awayAfter, c.lose)
	}
}

// lose says that the service is away, if it still is.
func (c *connection) lose() {
	online, since := c.link.Online()
	if online || c.away || !c.scope.Active() {
		return
	}
	c.away, c.since, c.seen = true, since, c.link.LastContact()
	c.changed(false)
}

// retry tries now, once at a time.
func (c *connection) retry() {
	if c.trying {
		return
	}
	c.trying = true
	c.changed(false)
	nav.RunErr(&c.scope, c.link.Reconnect, func(err error) {
		c.trying = false
		c.changed(false)
		c.look()
		if err != nil {
			c.failed(err)
		}
	})
}
