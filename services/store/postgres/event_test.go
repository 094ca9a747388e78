package postgres_test

import (
	"context"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/captcha"
	"myaccount/services/core"
)

const alice = "alice.tremblay@example.ca"

// solved solves a challenge.
func solved(t *testing.T, p services.Portal) string {
	t.Helper()
	challenge, err := p.Captcha(t.Context())
	must(t, err)
	solution, err := captcha.Solve(t.Context(), captcha.Challenge(challenge), nil)
	must(t, err)
	return solution
}

// person registers somebody and confirms the address.
func (w *world) person(email string) {
	w.t.Helper()
	p := w.Portal()
	policy, err := p.Policy(w.t.Context())
	must(w.t, err)
	must(w.t, p.Register(w.t.Context(), services.Registration{
		FirstName: "Alice", LastName: "Tremblay", Email: email, Password: password, Language: "en",
		TermsVersion: policy.TermsVersion, TermsLanguage: "en", Captcha: solved(w.t, p),
	}))
	must(w.t, p.Activate(w.t.Context(), w.Mails(w.t, email)[0].Token))
}

// soon is far below the half minute after which a subscription looks by itself.
const soon = 10 * time.Second

// TestListen_EventsOfOthers has one replica tell what another wrote, also after the connection was lost.
func TestListen_EventsOfOthers(t *testing.T) {
	w := newWorld(t)
	w.person(alice)
	session, err := w.cores[0].SignIn(t.Context(), services.Credentials{
		Email: alice, Password: password, Device: services.DeviceClaim{Name: "Computer", Kind: "personal"},
	})
	must(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	events, err := session.(services.Events).Subscribe(ctx, 0)
	must(t, err)
	for _, what := range []string{"told", "told again", "read after the connection was lost"} {
		if what == "read after the connection was lost" {
			disconnect(t, w.url)
		}
		w.Advance(2 * time.Minute) // another mail may be asked for
		began := time.Now()
		must(t, w.cores[1].RequestPasswordReset(t.Context(), services.AddressRequest{Email: alice, Captcha: solved(t, w.cores[1])}))
		select {
		case e := <-events:
			if e.Kind != services.EventMail {
				t.Errorf("%s: %+v", what, e)
			}
			t.Logf("%s after %v", what, time.Since(began))
		case <-time.After(soon):
			t.Fatalf("not %s within %v", what, soon)
		}
	}
}

// TestListen_NotOnesOwn counts what a replica is woken for: by others, never by itself.
func TestListen_NotOnesOwn(t *testing.T) {
	w := newWorld(t)
	woken := make(chan struct{}, 100)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		w.dbs[0].Listen(ctx, func() { woken <- struct{}{} })
	}()
	<-woken // as it begins
	w.dbs[0].Announce()
	w.dbs[1].Announce()
	<-woken
	must(t, w.dbs[0].Update(t.Context(), func(tx core.Tx) error { return tx.SetSetting("a", "1") }))
	if n := len(woken); n > 0 {
		t.Errorf("woken %d times more", n)
	}
	stop()
	<-ended
}
