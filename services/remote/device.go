package remote

import (
	"context"
	"net/http"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/rule"
	"myaccount/services/seal"
)

// The trust in this device is a secret that the service gives once. It is kept as services/local keeps it, and handed
// in at every sign-in, so screens never see it.

// AuthorizeDevice ends the pending link and authorizes the device. When its secret cannot be kept the device is
// authorized all the same, and a code is asked for again next time.
func (s *customerSession) AuthorizeDevice(ctx context.Context, r services.DeviceAuthorization) (services.SessionInfo, error) {
	var read api.Session
	body := api.DeviceAuthorization{Code: r.Code.Reveal(), Trust: r.Trust}
	if err := s.do(ctx, post(api.PathDeviceAuthorizations, body, &read)); err != nil {
		return services.SessionInfo{}, err
	}
	info := read.Domain()
	if token := info.Device.Token; token != "" {
		if err := s.portal.options.Secrets.Set(s.tokenName(), seal.Secret(token.Reveal())); err != nil {
			s.portal.options.Log.Warn("the device token is not kept", "error", err)
			info.Device.TrustedUntil = info.ExpiresAt
		}
	}
	info = s.keep(info)
	s.portal.running.Go(s.keepOffline)
	return info, nil
}

// Devices lists the person's trusted devices and the one in use.
func (s *customerSession) Devices(ctx context.Context) ([]services.Device, error) {
	return seen(ctx, s, "devices", get(api.PathDevices, nil), func(l api.List[api.Device]) ([]services.Device, error) {
		return api.DevicesFrom(l), nil
	})
}

// RevokeDevice ends the trust in a device, and forgets its secret when it is this one.
func (s *customerSession) RevokeDevice(ctx context.Context, id string) error {
	own := id == s.Info().Device.ID
	c := call{method: http.MethodDelete, path: api.PathDevice, again: true}.of(id)
	if err := s.do(ctx, c); err != nil || !own {
		return err
	}
	s.forgetOffline()
	return s.portal.options.Secrets.Delete(s.tokenName())
}

// tokenName is the name that the device's secret is kept under.
func (s *customerSession) tokenName() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.name
}

// Reload reads the session again. What this machine keeps under the address goes along with a changed one.
func (s *customerSession) Reload(ctx context.Context) (services.SessionInfo, error) {
	before := s.Info().Person.Email
	info, err := s.session.Reload(ctx)
	if err != nil || rule.AddressKey(info.Person.Email) == rule.AddressKey(before) {
		return info, err
	}
	if err := s.follow(info.Person.Email); err != nil {
		s.portal.options.Log.Warn("the device token stays under the old address", "error", err)
	}
	s.portal.forgetOfflineOf(before)
	s.portal.running.Go(s.keepOffline)
	return info, nil
}

// follow keeps the device's secret under the name of an address.
func (s *customerSession) follow(email string) error {
	secrets, name := s.portal.options.Secrets, rule.DeviceToken(s.portal.options.Box, email)
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.name
	token, err := secrets.Get(before)
	if err != nil || name == before {
		return err
	}
	if token != "" {
		if err := secrets.Set(name, token); err != nil {
			return err
		}
	}
	s.name = name
	return secrets.Delete(before)
}
