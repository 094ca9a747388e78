package cache_test

import (
	"context"
	"errors"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/remote/cache"
	"myaccount/services/seal"
)

// quick hashes with the lowest costs there are.
var quick = seal.NewPasswords(seal.Params{Time: 1, Memory: 8, Threads: 1})

// verifier is Amélie's for a trust of a week.
func verifier(hash string) cache.Verifier {
	return cache.Verifier{
		Hash: hash, Limit: 10, Until: start.Add(7 * 24 * time.Hour),
		Info: services.SessionInfo{
			Role: services.RoleCustomer, Linked: true, ExpiresAt: start, IdleFor: time.Minute,
			Person: services.Person{ID: "amelie", FirstName: "Amélie", Email: "amelie.tremblay@example.com"},
			Device: services.Device{ID: "d", Authorized: true},
		},
	}
}

// trusted is a machine that Amélie trusts, and her address.
func trusted(t *testing.T) (*machine, string) {
	t.Helper()
	m := newMachine(t)
	hash, err := quick.Hash(t.Context(), "right")
	must(t, err)
	v := verifier(hash)
	must(t, m.SetVerifier(t.Context(), v.Info.Person.Email, v))
	return m, v.Info.Person.Email
}

// try signs in offline.
func (m *machine) try(email string, password services.Secret) error {
	_, err := m.SignIn(m.ctx, email, password, quick)
	return err
}

func TestSignIn(t *testing.T) {
	m, email := trusted(t)
	m.restart()
	info, err := m.SignIn(t.Context(), " "+"AMELIE.Tremblay@example.com", "right", quick)
	if err != nil || !reflect.DeepEqual(info, verifier("").Info) {
		t.Errorf("got %+v, %v", info, err)
	}
	wantCode(t, m.try(email, "wrong"), services.CodeUnauthenticated)
	wantCode(t, m.try("daniel@example.com", "right"), services.CodeUnavailable)
	m.clock.Move(7 * 24 * time.Hour)
	wantCode(t, m.try(email, "right"), services.CodeUnavailable)
	m.clock.Move(-time.Second)
	wantCode(t, m.try(email, "right"), "")
	must(t, m.RemoveVerifier(t.Context(), email))
	wantCode(t, m.try(email, "right"), services.CodeUnavailable)
}

// TestSignIn_Locked: after ten wrong passwords, counted over restarts, only the backend signs in.
func TestSignIn_Locked(t *testing.T) {
	m, email := trusted(t)
	for range 9 {
		wantCode(t, m.try(email, "wrong"), services.CodeUnauthenticated)
	}
	wantCode(t, m.try(email, "right"), "") // takes the count back
	for range 9 {
		wantCode(t, m.try(email, "wrong"), services.CodeUnauthenticated)
		m.restart()
	}
	wantCode(t, m.try(email, "wrong"), services.CodeLocked)
	wantCode(t, m.try(email, "right"), services.CodeLocked)
	m.clock.Move(48 * time.Hour)
	wantCode(t, m.try(email, "right"), services.CodeLocked)
	hash, err := quick.Hash(t.Context(), "new")
	must(t, err)
	must(t, m.SetVerifier(t.Context(), email, verifier(hash)))
	wantCode(t, m.try(email, "new"), "")
}

// counting counts how many passwords are looked at.
type counting struct{ n atomic.Int64 }

func (c *counting) Verify(context.Context, string, string) (ok, outdated bool, err error) {
	c.n.Add(1)
	return false, false, nil
}

func (*counting) Dummy(context.Context, string) error { return errors.New("never asked") }

// TestSignIn_AtOnce: of fifty tries at once ten get as far as the password.
func TestSignIn_AtOnce(t *testing.T) {
	m, email := trusted(t)
	var passwords counting
	var running sync.WaitGroup
	for range 50 {
		running.Go(func() {
			_, err := m.SignIn(t.Context(), email, "wrong", &passwords)
			if code := services.CodeOf(err); code != services.CodeLocked && code != services.CodeUnauthenticated {
				t.Errorf("got %v", err)
			}
		})
	}
	running.Wait()
	if n := passwords.n.Load(); n != 10 {
		t.Errorf("%d passwords were looked at", n)
	}
}

func TestPin(t *testing.T) {
	m := newMachine(t)
	want := func(host, print string) {
		t.Helper()
		got, ok, err := m.Pin(t.Context(), host)
		if got != print || ok != (print != "") || err != nil {
			t.Errorf("%s: %q, %v, %v", host, got, ok, err)
		}
	}
	want("one:8443", "")
	must(t, m.SetPin(t.Context(), "one:8443", "aa"))
	must(t, m.SetPin(t.Context(), "one:8443", "bb"))
	m.restart()
	want("one:8443", "bb")
	want("one:8444", "")
}
