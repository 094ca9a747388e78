package core_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"myaccount/services"
)

// lockModel is the lock-out as a person would tell it, from the moments of the failures alone.
type lockModel struct {
	failures []time.Time // that count, oldest first
	locked   time.Time   // until then
}

var modelWaits = []time.Duration{0, 0, 0, 1, 2, 4, 8, 16, 30, 30} // seconds after so many failures

// try says how a try must be answered, and remembers it.
func (m *lockModel) try(now time.Time, right, solved bool) (code services.Code, wait time.Duration) {
	if now.Before(m.locked) {
		return services.CodeLocked, m.locked.Sub(now)
	}
	if !m.locked.IsZero() {
		*m = lockModel{}
	}
	recent := m.recent(now)
	if recent > 0 {
		last := m.failures[len(m.failures)-1]
		if wait := modelWaits[recent]*time.Second - now.Sub(last); wait > 0 {
			return services.CodeThrottled, wait
		}
	}
	switch {
	case recent >= 3 && !solved:
		return services.CodeInvalid, 0
	case right:
		*m = lockModel{}
		return "", 0
	}
	m.failures = append(m.failures, now)
	if recent+1 == 10 {
		m.locked = now.Add(24 * time.Hour)
		return services.CodeLocked, 24 * time.Hour
	}
	return services.CodeUnauthenticated, 0
}

// recent counts the failures of the last hour.
func (m *lockModel) recent(now time.Time) (n int) {
	for _, at := range m.failures {
		if now.Sub(at) < time.Hour {
			n++
		}
	}
	return n
}

func TestSignIn_LockOutModel(t *testing.T) {
	h := newHarness(t)
	people := 0
	rapid.Check(t, func(t *rapid.T) {
		people++
		email := fmt.Sprintf("person%d@example.ca", people)
		known := rapid.Bool().Draw(t, "known")
		if known {
			h.person(email)
		}
		var model lockModel
		resets := 0
		t.Repeat(map[string]func(*rapid.T){
			"wait": func(t *rapid.T) {
				h.clock.Move(rapid.SampledFrom([]time.Duration{
					time.Millisecond, time.Second, 5 * time.Second, 31 * time.Second, 20 * time.Minute, time.Hour, 24 * time.Hour,
				}).Draw(t, "wait"))
			},
			"try": func(t *rapid.T) {
				c := credentials(email)
				right, solved := rapid.IntRange(0, 9).Draw(t, "right") == 0, rapid.IntRange(0, 9).Draw(t, "unsolved") > 0
				if !right {
					c.Password = "wrong"
				}
				if solved && model.recent(h.clock.Now()) >= 3 {
					c.Captcha = h.captcha()
				}
				_, err := h.SignIn(h.ctx, c)
				code, wait := model.try(h.clock.Now(), right && known, solved)
				if got := services.CodeOf(err); got != code || services.RetryAfterOf(err) != wait {
					t.Fatalf("got %v after %v, want %q after %v", err, services.RetryAfterOf(err), code, wait)
				}
			},
			"hammer": func(t *rapid.T) { // waiting as little as possible: only so a lock comes about
				for range rapid.IntRange(1, 12).Draw(t, "tries") {
					c := credentials(email)
					c.Password = "wrong"
					if model.recent(h.clock.Now()) >= 3 { // else it is not looked at
						c.Captcha = h.captcha()
					}
					_, err := h.SignIn(h.ctx, c)
					code, wait := model.try(h.clock.Now(), false, true)
					if got := services.CodeOf(err); got != code || services.RetryAfterOf(err) != wait {
						t.Fatalf("got %v after %v, want %q after %v", err, services.RetryAfterOf(err), code, wait)
					}
					if code == services.CodeThrottled {
						h.clock.Move(wait)
					}
				}
			},
			"reset": func(t *rapid.T) {
				if resets++; !known || resets > 2 {
					return // nobody to reset
				}
				h.clock.Move(time.Minute)
				must(t, h.requestReset(email))
				must(t, h.ResetPassword(h.ctx, services.PasswordReset{Token: h.mail(email, "reset").Token, Password: password}))
				model = lockModel{}
			},
		})
	})
}
