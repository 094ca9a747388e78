package servicetest

import (
	"time"

	"myaccount/services"
)

var deviceCases = suite{
	"Linking_AuthorizeDevice/TrustIsRemembered": trustIsRemembered,
	"Linking_AuthorizeDevice/KioskIsNotTrusted": kioskIsNotTrusted,
	"Devices_Devices/TrustedAndCurrent":         devicesTrustedAndCurrent,
	"Devices_RevokeDevice/EndsTrust":            revokeEndsTrust,
	"Devices_RevokeDevice/Unknown":              revokeUnknown,
}

// trusted makes a customer whose device is trusted.
func (w *world) trusted(email, key string) (services.CustomerSession, services.SessionInfo) {
	w.Helper()
	s := w.asked(email, key)
	info := w.authorize(s, true)
	same(w, "the token that screens never see", info.Device.Token, "")
	same(w, "trusted until", info.Device.TrustedUntil, w.Now().Add(w.policy().TrustFor))
	return s, info
}

func trustIsRemembered(w *world) {
	_, info := w.trusted(alice, "lease")
	w.Restart(w)
	w.Advance(w.policy().TrustFor - time.Second)
	again := w.signIn(alice).Info()
	if !again.Ready() || again.Device.ID != info.Device.ID {
		w.Errorf("the trusted device: %+v", again)
	}
	w.customer(bob, "two") // on the same computer, which bob does not trust
	if w.signIn(bob).Info().Device.Authorized {
		w.Error("one person's trust is another's")
	}
	w.Advance(time.Second)
	if w.signIn(alice).Info().Device.Authorized {
		w.Error("the trust did not end")
	}
}

func kioskIsNotTrusted(w *world) {
	w.person(alice)
	c := credentials(alice)
	c.Device.Kind = "kiosk"
	session, err := w.Portal().SignIn(w.ctx(), c)
	w.must(err)
	s := session.(services.CustomerSession)
	_, err = s.Link(w.ctx(), w.byID("lease"))
	w.must(err)
	if info := w.authorize(s, true); !info.Ready() || !info.Device.TrustedUntil.IsZero() || info.Device.Token != "" {
		w.Errorf("kiosk: %+v", info)
	}
	if session, err = w.Portal().SignIn(w.ctx(), c); err != nil || session.Info().Device.Authorized {
		w.Errorf("the kiosk is trusted: %v", err)
	}
}

func devicesTrustedAndCurrent(w *world) {
	s, info := w.trusted(alice, "lease")
	list, err := s.Devices(w.ctx())
	w.must(err)
	if len(list) != 1 || !list[0].Current || !list[0].Authorized || list[0].ID != info.Device.ID || list[0].Name != "Linux computer" ||
		!list[0].TrustedUntil.Equal(info.Device.TrustedUntil) || list[0].Token != "" {
		w.Errorf("devices: %+v", list)
	}
	w.Advance(time.Minute)
	other := w.customer(bob, "two")
	if list, err = other.Devices(w.ctx()); err != nil || len(list) != 1 || !list[0].Current || !list[0].TrustedUntil.IsZero() {
		w.Errorf("devices of another person: %+v, %v", list, err)
	}
}

func revokeEndsTrust(w *world) {
	s, info := w.trusted(alice, "lease")
	other := w.signIn(alice)
	w.must(s.RevokeDevice(w.ctx(), info.Device.ID))
	w.fails(s.Touch(w.ctx()), "Session.Touch", services.CodeUnauthenticated)
	w.fails(other.Touch(w.ctx()), "Session.Touch", services.CodeUnauthenticated)
	if w.signIn(alice).Info().Device.Authorized {
		w.Error("the device is still trusted")
	}
}

func revokeUnknown(w *world) {
	_, info := w.trusted(alice, "lease")
	s := w.customer(bob, "two")
	for _, id := range []string{"", "nothing", "\x00", info.Device.ID} {
		w.fails(s.RevokeDevice(w.ctx(), id), "Devices.RevokeDevice", services.CodeNotFound)
	}
	if !w.signIn(alice).Info().Device.Authorized {
		w.Error("a stranger ended the trust")
	}
}
