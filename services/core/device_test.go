package core_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"myaccount/services"
)

// trusted links somebody on a device that is trusted from then on.
func trusted(t *testing.T, h *harness) (linking, services.SessionInfo) {
	t.Helper()
	p := h.sample()["lease"]
	h.person(alice)
	s := h.customer(alice)
	return s, h.link(s, alice, byVIN(p), true)
}

// again signs in on the device of a token.
func (h *harness) again(token services.Secret) linking {
	h.t.Helper()
	c := credentials(alice)
	c.Device.Token = token
	session, err := h.SignIn(context.Background(), c)
	must(h.t, err)
	return session.(linking)
}

func TestAuthorizeDevice_Trust(t *testing.T) {
	h := newHarness(t)
	s, info := trusted(t, h)
	token := info.Device.Token
	if token == "" || !info.Device.TrustedUntil.Equal(h.clock.Now().Add(30*24*time.Hour)) {
		t.Fatalf("%+v", info.Device)
	}
	if s.Info().Device.Token != "" {
		t.Error("the token is given again")
	}
	if again := h.again(token); !again.Info().Ready() || again.Info().Device.ID != info.Device.ID {
		t.Errorf("%+v", again.Info())
	}
	stranger := h.again("another")
	if stranger.Info().Device.Authorized || !stranger.Info().Linked {
		t.Errorf("%+v", stranger.Info())
	}
	_, err := stranger.Agreements(t.Context())
	wantCode(t, err, services.CodeDeviceUnauthorized)
	h.clock.Move(30 * 24 * time.Hour)
	if late := h.again(token); late.Info().Device.Authorized {
		t.Error("trusted for longer than the policy says")
	}
}

// A token is worth nothing to another person.
func TestAuthorizeDevice_TrustIsOfOnePerson(t *testing.T) {
	h := newHarness(t)
	_, info := trusted(t, h)
	h.person(bob)
	c := credentials(bob)
	c.Device.Token = info.Device.Token
	session, err := h.SignIn(t.Context(), c)
	must(t, err)
	if session.Info().Device.Authorized {
		t.Error("authorized")
	}
}

func TestAuthorizeDevice_KioskIsNeverTrusted(t *testing.T) {
	h := newHarness(t)
	p := h.sample()["lease"]
	h.person(alice)
	c := credentials(alice)
	c.Device.Kind = "kiosk"
	session, err := h.SignIn(t.Context(), c)
	must(t, err)
	info := h.link(session.(linking), alice, byVIN(p), true)
	if !info.Ready() || info.Device.Token != "" || !info.Device.TrustedUntil.IsZero() {
		t.Errorf("%+v", info.Device)
	}
}

// elsewhere signs in on another device, authorized for this session.
func (h *harness) elsewhere() linking {
	h.t.Helper()
	s := h.again("")
	_, err := s.SendCode(context.Background())
	must(h.t, err)
	_, err = s.AuthorizeDevice(context.Background(), services.DeviceAuthorization{Code: h.mail(alice, "code").Code})
	must(h.t, err)
	return s
}

// Whoever has the password alone neither learns of the person's devices nor ends their trust.
func TestDevices_NeedAnAuthorizedOne(t *testing.T) {
	h := newHarness(t)
	_, info := trusted(t, h)
	stranger := h.again("")
	_, err := stranger.Devices(t.Context())
	wantCode(t, err, services.CodeDeviceUnauthorized)
	wantCode(t, stranger.RevokeDevice(t.Context(), info.Device.ID), services.CodeDeviceUnauthorized)
	if again := h.again(info.Device.Token); !again.Info().Device.Authorized {
		t.Error("the trust has ended")
	}
}

func TestDevices_List(t *testing.T) {
	h := newHarness(t)
	_, info := trusted(t, h)
	h.clock.Move(time.Hour)
	s := h.elsewhere()
	list, err := s.Devices(t.Context())
	must(t, err)
	if len(list) != 2 {
		t.Fatalf("%+v", list)
	}
	if now := list[0]; !now.Current || !now.TrustedUntil.IsZero() || now.Name != "Linux computer" {
		t.Errorf("in use: %+v", now)
	}
	if old := list[1]; old.Current || old.ID != info.Device.ID || !old.TrustedUntil.Equal(info.Device.TrustedUntil) ||
		!old.LastUsed.Equal(start) || old.Token != "" {
		t.Errorf("trusted: %+v", old)
	}
	h.clock.Move(30 * 24 * time.Hour)
	if list, err = h.elsewhere().Devices(t.Context()); err != nil || len(list) != 1 {
		t.Errorf("after the trust has ended: %+v %v", list, err)
	}
}

func TestRevokeDevice(t *testing.T) {
	h := newHarness(t)
	s, info := trusted(t, h)
	other := h.elsewhere()
	wantCode(t, other.RevokeDevice(t.Context(), "no such device"), services.CodeNotFound)
	must(t, other.RevokeDevice(t.Context(), info.Device.ID))
	_, err := s.Agreements(t.Context())
	wantCode(t, err, services.CodeUnauthenticated)
	if late := h.again(info.Device.Token); late.Info().Device.Authorized {
		t.Error("still trusted")
	}
	wantCode(t, other.RevokeDevice(t.Context(), info.Device.ID), services.CodeNotFound)
	must(t, other.RevokeDevice(t.Context(), other.Info().Device.ID)) // its own: ends the session
	_, err = other.Devices(t.Context())
	wantCode(t, err, services.CodeUnauthenticated)
}

func TestRevokeDevice_OfSomebodyElse(t *testing.T) {
	h := newHarness(t)
	_, info := trusted(t, h)
	h.person(bob)
	s := h.customer(bob)
	h.link(s, bob, byVIN(h.sample()["two"]), false)
	wantCode(t, s.RevokeDevice(t.Context(), info.Device.ID), services.CodeNotFound)
	if again := h.again(info.Device.Token); !again.Info().Device.Authorized {
		t.Error("revoked by a stranger")
	}
}

// A client that says nothing sensible about its device gets in all the same, and the mails about it can be read.
func TestSignIn_DeviceThatSaysNothing(t *testing.T) {
	h := newHarness(t)
	h.sample()
	h.person(alice)
	c := credentials(alice)
	c.Device = services.DeviceClaim{Name: " \u202e\n", Kind: "Alice’s own"}
	session, err := h.SignIn(t.Context(), c)
	must(t, err)
	s := session.(linking)
	h.link(s, alice, byVIN(h.sample()["lease"]), true)
	if d := s.Info().Device; d.Name != "Device without a name" || d.TrustedUntil.IsZero() {
		t.Errorf("%+v", d)
	}
	if m := h.mail(alice, "device_authorized"); !strings.Contains(m.Summary, "“Device without a name”") {
		t.Errorf("%q", m.Summary)
	}
	var kind string
	must(t, h.db.File.Reader.QueryRowContext(t.Context(), "SELECT device_kind FROM session").Scan(&kind))
	if kind != "personal" {
		t.Errorf("kind %q as the client says it", kind)
	}
}
