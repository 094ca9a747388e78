package core_test

import (
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/seal"
)

// trust makes a device that a person trusts and gives its token.
func (h *harness) trust(email, id string, until time.Time) services.Secret {
	h.t.Helper()
	token := seal.Token()
	must(h.t, h.db.Update(h.ctx, func(tx core.Tx) error {
		person, err := tx.PersonByEmail(email)
		if err != nil {
			return err
		}
		return tx.PutDevice(core.DeviceRow{
			ID: id, PersonID: person.ID, Name: "Alice’s laptop", Kind: "personal", TrustedUntil: until, LastUsed: tx.Now(),
		}, seal.HashToken(token.Reveal()))
	}))
	return services.Secret(token)
}

// onDevice are the right credentials with a device's token.
func onDevice(email string, token services.Secret) services.Credentials {
	c := credentials(email)
	c.Device.Token = token
	return c
}

func TestSignIn_StrangerCannotLockTheOwnerOut(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	h.person("bob@example.ca")
	own := h.trust(alice, "device-a", start.Add(30*24*time.Hour))
	bobs := h.trust("bob@example.ca", "device-b", start.Add(30*24*time.Hour))
	wantCode(t, h.fail(alice, 10), services.CodeLocked)
	for name, token := range map[string]services.Secret{"no device": "", "unknown device": "x", "device of another person": bobs} {
		if _, err := h.SignIn(t.Context(), onDevice(alice, token)); services.CodeOf(err) != services.CodeLocked {
			t.Errorf("%s: %v", name, err)
		}
	}
	session, err := h.SignIn(t.Context(), onDevice(alice, own))
	must(t, err)
	if d := session.Info().Device; d.ID != "device-a" || !d.Authorized || d.Name != "Alice’s laptop" || d.TrustedUntil.IsZero() {
		t.Errorf("device %+v", d)
	}
	_, err = h.SignIn(t.Context(), credentials(alice)) // the address stays locked
	wantCode(t, err, services.CodeLocked)
}

func TestSignIn_DeviceHasItsOwnLock(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	token := h.trust(alice, "device-a", start.Add(30*24*time.Hour))
	var err error
	for range 10 {
		h.clock.Move(31 * time.Second)
		c := h.wrong(alice)
		c.Device.Token = token
		_, err = h.SignIn(t.Context(), c)
	}
	wantCode(t, err, services.CodeLocked)
	_, err = h.SignIn(t.Context(), onDevice(alice, token))
	wantCode(t, err, services.CodeLocked)
	h.signIn(alice) // elsewhere nothing is locked
	must(t, h.requestReset(alice))
	must(t, h.ResetPassword(t.Context(), services.PasswordReset{Token: h.mail(alice, "reset").Token, Password: password}))
	_, err = h.SignIn(t.Context(), onDevice(alice, token))
	must(t, err)
}

func TestSignIn_TrustEnds(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	token := h.trust(alice, "device-a", start.Add(time.Hour))
	h.clock.Move(time.Hour)
	session, err := h.SignIn(t.Context(), onDevice(alice, token))
	must(t, err)
	if d := session.Info().Device; d.Authorized || d.ID == "device-a" {
		t.Errorf("device %+v", d)
	}
}
