package nav

import (
	"sync"
	"time"
)

// kept counts the work of Keep that is under way, of all pages.
var kept underWay

// underWay counts work. Unlike a sync.WaitGroup it may be waited for while more begins.
type underWay struct {
	mu   sync.Mutex
	n    int
	idle chan struct{} // closed when n comes to 0
}

func (u *underWay) begin() {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.n == 0 {
		u.idle = make(chan struct{})
	}
	u.n++
}

func (u *underWay) end() {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.n--; u.n == 0 {
		close(u.idle)
	}
}

// Settle waits until the work of Keep that is under way is done, but no longer than a limit: before a session or the
// program ends, so that the last thing a person typed is saved.
func Settle(limit time.Duration) {
	kept.mu.Lock()
	idle := kept.idle
	kept.mu.Unlock()
	if idle == nil {
		return
	}
	select {
	case <-idle:
	case <-time.After(limit):
	}
}
