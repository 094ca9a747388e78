package nav

import (
	"sync"
	"time"
)

// kept is the work of Keep that is under way, of all pages.
var kept = underWay{answers: map[int]func(){}}

// underWay is work until its answer was taken, which may begin more: a file is attached, then the draft with the file is
// saved. Unlike a sync.WaitGroup it may be waited for while more begins.
type underWay struct {
	mu      sync.Mutex
	begun   int
	n       int
	idle    chan struct{}  // closed when n comes to 0
	answers map[int]func() // that nobody has taken yet
	more    chan struct{}  // tells Finish that there are answers; nil without one
}

// begin counts work and gives it a number.
func (u *underWay) begin() int {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.n == 0 {
		u.idle = make(chan struct{})
	}
	u.begun++
	u.n++
	return u.begun
}

// answer makes how the answer of some work is taken, once, whoever does it first: the Dispatcher or Finish.
func (u *underWay) answer(number int, take func()) func() {
	once := sync.OnceFunc(func() {
		defer u.end(number)
		take()
	})
	u.mu.Lock()
	defer u.mu.Unlock()
	u.answers[number] = once
	select {
	case u.more <- struct{}{}:
	default:
	}
	return once
}

func (u *underWay) end(number int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.answers, number)
	if u.n--; u.n == 0 {
		close(u.idle)
	}
}

// tell has it told when there are answers; nil ends that.
func (u *underWay) tell(more chan struct{}) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.more = more
}

// waiting are the answers that nobody has taken yet.
func (u *underWay) waiting() []func() {
	u.mu.Lock()
	defer u.mu.Unlock()
	var list []func()
	for _, take := range u.answers {
		list = append(list, take)
	}
	return list
}

// Settle waits until the work of Keep that is under way is done, with what its answers begin, but no longer than a
// limit: before a session ends, so that the last thing a person typed is saved. It is not for the user interface's
// goroutine, which takes the answers.
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

// Finish takes the answers of Keep in place of the Dispatcher until a channel is closed, but no longer than a limit, and
// says whether it was closed. It is for the user interface's goroutine at the end of the program, when that runs nothing
// else any more.
func Finish(done <-chan struct{}, limit time.Duration) bool {
	late, more := time.After(limit), make(chan struct{}, 1)
	kept.tell(more)
	defer kept.tell(nil)
	for {
		for _, take := range kept.waiting() {
			take()
		}
		select {
		case <-done:
			return true
		case <-late:
			return false
		case <-more:
		}
	}
}
