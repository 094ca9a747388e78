package messages

import (
	"time"

	"myaccount/ui/nav"
)

// How long after the last key something is done.
const (
	saveAfter   = 400 * time.Millisecond
	searchAfter = 150 * time.Millisecond
)

// pause does something once nothing has happened for a while. It is used on the user interface's goroutine only.
type pause struct {
	dispatcher nav.Dispatcher
	after      time.Duration
	run        int
}

// begin waits anew, and then calls fn.
func (p *pause) begin(fn func()) {
	p.end()
	run := p.run
	time.AfterFunc(p.after, func() {
		p.dispatcher.Do(func() {
			if p.run == run {
				fn()
			}
		})
	})
}

// end waits no more.
func (p *pause) end() { p.run++ }
