package remote

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"myaccount/services"
)

// digests are those of what was remembered, by name, so that the same answer is not written again and again.
type digests struct {
	mu   sync.Mutex
	each map[string]digest
}

type digest struct {
	sum [sha256.Size]byte
	at  time.Time
}

// rememberAgain is after how long an answer that has not changed is written anew, which prolongs its life.
const rememberAgain = 12 * time.Hour

// changed notes an answer and tells whether it is to be written.
func (d *digests) changed(name string, raw []byte, now time.Time) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	sum := sha256.Sum256(raw)
	if known, ok := d.each[name]; ok && known.sum == sum && now.Sub(known.at).Abs() < rememberAgain {
		return false
	}
	if d.each == nil {
		d.each = map[string]digest{}
	}
	d.each[name] = digest{sum, now}
	return true
}

func (d *digests) forget(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.each, name)
}

// seen makes a call that reads, and remembers its answer under a name, if it has one; while the service cannot be
// reached, it gives what was remembered. The answer of a call is JSON of type W, which domain turns into what the
// caller knows.
func seen[W, T any](ctx context.Context, s *customerSession, name string, c call, domain func(W) (T, error)) (T, error) {
	value, _, err := look(ctx, s, name, c, domain)
	return value, err
}

// look is seen, and tells whether the answer is one of before: then its time may be over meanwhile.
func look[W, T any](
	ctx context.Context, s *customerSession, name string, c call, domain func(W) (T, error),
) (value T, recalled bool, err error) {
	var raw json.RawMessage
	c.answer = &raw
	if err := s.do(ctx, c); err != nil {
		if value, ok := recall(ctx, s, name, err, domain); ok {
			return value, true, nil
		}
		return value, false, err
	}
	s.remember(ctx, name, raw)
	value, err = parse(raw, domain)
	return value, false, err
}

// recall gives what was remembered under a name, if err says that the service cannot be reached and the session may
// see it.
func recall[W, T any](ctx context.Context, s *customerSession, name string, err error, domain func(W) (T, error)) (value T, ok bool) {
	if name == "" {
		return value, false
	}
	switch services.CodeOf(err) {
	case services.CodeUnavailable:
	case services.CodeNotFound, services.CodeGone:
		s.forget(ctx, name)
		return value, false
	default:
		return value, false
	}
	if s.check() != nil {
		return value, false
	}
	raw, _, err := s.mine.Recall(ctx, name)
	if err != nil {
		return value, false
	}
	value, err = parse(raw, domain)
	return value, err == nil
}

// remember keeps an answer until the retention has passed. What cannot be kept is merely not there offline.
func (s *customerSession) remember(ctx context.Context, name string, raw []byte) {
	now := s.portal.options.Clock.Now()
	if name == "" || !s.seen.changed(name, raw, now) {
		return
	}
	s.write(ctx, name, raw, now.Add(s.portal.retention(ctx)))
}

func (s *customerSession) write(ctx context.Context, name string, raw []byte, until time.Time) {
	s.keeping.Lock()
	defer s.keeping.Unlock()
	if s.removed {
		return
	}
	if err := s.mine.Remember(ctx, name, raw, until); err != nil {
		s.seen.forget(name)
		if ctx.Err() == nil && s.ctx.Err() == nil {
			s.portal.options.Log.Warn("an answer is not remembered", "error", err)
		}
	}
}

// forget drops what is not there any more at the service. Names are sealed, so it is not looked for unless it was seen.
func (s *customerSession) forget(ctx context.Context, name string) {
	if _, _, err := s.mine.Recall(ctx, name); err == nil {
		s.seen.forget(name)
		_ = s.mine.Forget(ctx, name) // it goes with the retention at the latest
	}
}

func parse[W, T any](raw []byte, domain func(W) (T, error)) (T, error) {
	var wire W
	if err := json.Unmarshal(raw, &wire); err != nil {
		var none T
		return none, services.Internal(errors.New("remote: the answer is not of the contract"))
	}
	return checked(domain(wire))
}

// checked makes what is not of the contract read as CodeInternal.
func checked[T any](value T, err error) (T, error) {
	if err != nil {
		err = services.Internal(err)
	}
	return value, err
}
