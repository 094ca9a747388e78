package keyring

import (
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	gokeyring "github.com/zalando/go-keyring"
)

// service is the name of this program in the system's keyring.
const service = "app.myaccount.desktop"

// patience is how long the system's keyring may take to answer: a hanging
// session bus must not hang the start of the program.
const patience = 3 * time.Second

// backend is what the system offers.
type backend interface {
	Get(service, user string) (string, error)
	Set(service, user, secret string) error
	Delete(service, user string) error
}

// system is the keyring of the operating system.
type system struct{}

func (system) Get(service, user string) (string, error) { return gokeyring.Get(service, user) }
func (system) Set(service, user, secret string) error   { return gokeyring.Set(service, user, secret) }
func (system) Delete(service, user string) error        { return gokeyring.Delete(service, user) }

// ring asks a backend with a time limit. After a failure it keeps silent until
// it is woken, so that a hanging bus costs its time once and not per call.
type ring struct {
	backend  backend
	patience time.Duration
	failed   atomic.Bool
}

func newRing(b backend) *ring { return &ring{backend: b, patience: patience} }

// wake makes the next call ask the system again.
func (r *ring) wake() { r.failed.Store(false) }

// silent reports whether the system did not answer.
func (r *ring) silent() bool { return r.failed.Load() }

// get returns a secret; ErrNone when the keyring has none of that name.
func (r *ring) get(user string) (string, error) {
	return r.ask(func() (string, error) { return r.backend.Get(service, user) })
}

// set keeps a secret.
func (r *ring) set(user, secret string) error {
	_, err := r.ask(func() (string, error) { return "", r.backend.Set(service, user, secret) })
	return err
}

// remove forgets a secret; one that is not there is no error.
func (r *ring) remove(user string) error {
	_, err := r.ask(func() (string, error) { return "", r.backend.Delete(service, user) })
	if errors.Is(err, ErrNone) {
		return nil
	}
	return err
}

// ask calls the system. Its errors are untyped but for ErrNotFound, so every
// other one means that there is no keyring.
func (r *ring) ask(call func() (string, error)) (string, error) {
	if r.failed.Load() {
		return "", ErrNoKeyring
	}
	type answer struct {
		text string
		err  error
	}
	done := make(chan answer, 1)
	go func() {
		text, err := call()
		done <- answer{text, err}
	}()
	timer := time.NewTimer(r.patience)
	defer timer.Stop()
	select {
	case a := <-done:
		if a.err == nil {
			return a.text, nil
		}
		if errors.Is(a.err, gokeyring.ErrNotFound) {
			return "", ErrNone
		}
		r.failed.Store(true)
		return "", fmt.Errorf("%w: %w", ErrNoKeyring, a.err)
	case <-timer.C:
		r.failed.Store(true)
		return "", fmt.Errorf("%w: no answer in %s", ErrNoKeyring, r.patience)
	}
}
