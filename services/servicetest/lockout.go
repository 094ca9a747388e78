package servicetest

import (
	"time"

	"pgregory.net/rapid"

	"myaccount/services"
)

var lockoutCases = suite{"SignIns_SignIn/LockOutLikeItsModel": lockOutLikeItsModel}

// lockout is a model of the lock-out as the rules tell it: a pause that grows with the failures of the last hour, and
// after ten of them nothing for a day.
type lockout struct {
	failures []time.Time
	until    time.Time
}

// expect says what a try answers, and for how long to wait.
func (l *lockout) expect(now time.Time, right bool, p services.Policy) (services.Code, time.Duration) {
	if now.Before(l.until) {
		return services.CodeLocked, l.until.Sub(now)
	}
	if !l.until.IsZero() {
		*l = lockout{}
	}
	var recent []time.Time
	for _, at := range l.failures {
		if now.Sub(at) < time.Hour {
			recent = append(recent, at)
		}
	}
	l.failures = recent
	if n := len(recent); n > 2 {
		pause := min(time.Second<<(n-3), 30*time.Second)
		if wait := recent[n-1].Add(pause).Sub(now); wait > 0 {
			return services.CodeThrottled, wait
		}
	}
	if right {
		*l = lockout{}
		return "", 0
	}
	if l.failures = append(l.failures, now); len(l.failures) == p.LockoutAfter {
		l.until = now.Add(p.LockoutFor)
		return services.CodeLocked, p.LockoutFor
	}
	return services.CodeUnauthenticated, 0
}

// modelFor is how long tries are compared with their model: where the portal is in this process that is enough for all
// of them, and where each try crosses a network the rest would prove the same rules once more.
const modelFor = 8 * time.Second

// lockOutLikeItsModel tries right and wrong passwords after waits of all kinds, for an address that has a login and for
// one that has none. Two days before each draw settle what the one before left.
func lockOutLikeItsModel(w *world) {
	w.person(alice)
	policy, codes := w.policy(), map[services.Code]int{}
	wait := rapid.SampledFrom([]time.Duration{
		pauseMost, pauseMost, pauseMost, pauseMost, pauseMost, pauseMost, 0, 5 * time.Second, 7 * time.Minute, 25 * time.Hour,
	})
	began := time.Now()
	rapid.Check(w, func(t *rapid.T) {
		if len(codes) == 4 && time.Since(began) > modelFor {
			return
		}
		w.Advance(2 * policy.LockoutFor)
		var model lockout
		email := rapid.SampledFrom([]string{alice, bob}).Draw(t, "address")
		for range rapid.IntRange(1, 16).Draw(t, "tries") {
			w.Advance(wait.Draw(t, "wait"))
			c := w.wrong(email)
			right := email == alice && rapid.IntRange(0, 15).Draw(t, "luck") == 7
			if right {
				c.Password = password
			}
			code, pause := model.expect(w.Now(), right, policy)
			err := w.trySignIn(c)
			if got := services.CodeOf(err); got != code || services.RetryAfterOf(err) != pause {
				t.Fatalf("%s: got %q for %v, want %q for %v", email, got, services.RetryAfterOf(err), code, pause)
			}
			codes[code]++
		}
	})
	for _, code := range []services.Code{"", services.CodeUnauthenticated, services.CodeThrottled, services.CodeLocked} {
		if codes[code] == 0 {
			w.Errorf("no try ended with %q: %v", code, codes)
		}
	}
}
