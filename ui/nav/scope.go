package nav

import "context"

// Dispatcher brings work back to the user interface's goroutine.
type Dispatcher interface {
	// Do runs fn on the user interface's goroutine, later; it never waits for it.
	Do(fn func())
}

// Scope is the life of one visit to a page. It is used on the user interface's goroutine only. The zero value is
// ready once Dispatcher is set.
type Scope struct {
	Dispatcher Dispatcher

	generation int
	ctx        context.Context
	cancel     context.CancelFunc
}

// Start begins a visit, ending an earlier one.
func (s *Scope) Start() {
	s.Stop()
	s.ctx, s.cancel = context.WithCancel(context.Background())
}

// Stop ends the visit: its context is cancelled and late answers are dropped. Stopping twice is no error.
func (s *Scope) Stop() {
	s.generation++
	if s.cancel != nil {
		s.cancel()
	}
	s.ctx, s.cancel = nil, nil
}

// Active tells whether a visit is under way.
func (s *Scope) Active() bool { return s.ctx != nil }

// Context ends with the visit; it has ended already when there is none.
func (s *Scope) Context() context.Context {
	if s.ctx != nil {
		return s.ctx
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	return ended
}

// Run does work in a goroutine of its own and hands the answer to done on the user interface's goroutine, unless the
// visit has ended by then. Without a visit it does nothing.
func Run[T any](s *Scope, work func(ctx context.Context) (T, error), done func(T, error)) {
	if !s.Active() {
		return
	}
	ctx, generation := s.ctx, s.generation
	go func() {
		value, err := work(ctx)
		s.Dispatcher.Do(func() {
			if s.generation == generation {
				done(value, err)
			}
		})
	}()
}

// RunErr is Run for work that answers nothing but an error.
func RunErr(s *Scope, work func(ctx context.Context) error, done func(error)) {
	Run(s, func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) },
		func(_ struct{}, err error) { done(err) })
}

// Keep is Run for work that must not be cut off when the person leaves the page, such as sending or saving: its
// context does not end with the visit, only the answer is dropped when the visit has ended. Settle waits for it.
func Keep[T any](s *Scope, work func(ctx context.Context) (T, error), done func(T, error)) {
	ctx, generation := context.WithoutCancel(s.Context()), s.generation
	number := kept.begin()
	go func() {
		value, err := work(ctx)
		s.Dispatcher.Do(kept.answer(number, func() {
			if s.generation == generation {
				done(value, err)
			}
		}))
	}()
}
