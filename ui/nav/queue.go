package nav

import "sync"

// Queue is a Dispatcher for tests and the tour: work waits until Drain runs it on the caller's goroutine, so that what
// happens when is decided by the test and no two goroutines touch a widget.
type Queue struct {
	mu      sync.Mutex
	waiting []func()
	more    chan struct{}
}

// NewQueue makes an empty Queue.
func NewQueue() *Queue { return &Queue{more: make(chan struct{}, 1)} }

// Do puts fn at the end of the queue.
func (q *Queue) Do(fn func()) {
	q.mu.Lock()
	q.waiting = append(q.waiting, fn)
	q.mu.Unlock()
	select {
	case q.more <- struct{}{}:
	default:
	}
}

// Drain runs what waits, and what that adds, and tells how much it ran.
func (q *Queue) Drain() int {
	ran := 0
	for {
		q.mu.Lock()
		batch := q.waiting
		q.waiting = nil
		q.mu.Unlock()
		if len(batch) == 0 {
			return ran
		}
		for _, fn := range batch {
			fn()
			ran++
		}
	}
}

// More signals that something waits.
func (q *Queue) More() <-chan struct{} { return q.more }
