package local

import (
	"context"
	"sync"

	"myaccount/services"
	"myaccount/services/rule"
	"myaccount/services/seal"
)

// The trust in this device is a secret that the portal gives once. It is kept here, under a name that does not tell
// whose it is, and handed in at every sign-in, so screens never see it.

// SignIn opens a session, on a device that is known if this person trusted it before.
func (p *Portal) SignIn(ctx context.Context, c services.Credentials) (services.Session, error) {
	name := rule.DeviceToken(p.box, c.Email)
	token, err := p.secrets.Get(name)
	if err != nil {
		p.Log.Warn("reading the device token failed", "error", err)
	}
	c.Device.Token = services.Secret(token.Reveal())
	session, err := p.Core.SignIn(ctx, c)
	if err != nil {
		return nil, err
	}
	if customer, ok := session.(services.CustomerSession); ok {
		return &customerSession{CustomerSession: customer, portal: p, name: name}, nil
	}
	return session, nil
}

// customerSession keeps and forgets the device token as the person decides.
type customerSession struct {
	services.CustomerSession
	portal *Portal

	mu   sync.Mutex
	name string // that the token is kept under
}

// Reload reads the session again. The token goes along with a changed address.
func (s *customerSession) Reload(ctx context.Context) (services.SessionInfo, error) {
	info, err := s.CustomerSession.Reload(ctx)
	if err == nil {
		if err := s.follow(info.Person.Email); err != nil {
			s.portal.Log.Warn("the device token stays under the old address", "error", err)
		}
	}
	return info, err
}

// follow keeps the token under the name of an address.
func (s *customerSession) follow(email string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	name := rule.DeviceToken(s.portal.box, email)
	if name == s.name {
		return nil
	}
	token, err := s.portal.secrets.Get(s.name)
	if err != nil {
		return err
	}
	if token != "" {
		if err := s.portal.secrets.Set(name, token); err != nil {
			return err
		}
	}
	before := s.name
	s.name = name
	return s.portal.secrets.Delete(before)
}

// forget deletes the token.
func (s *customerSession) forget() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.portal.secrets.Delete(s.name)
}

// remember keeps a token.
func (s *customerSession) remember(token services.Secret) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.portal.secrets.Set(s.name, seal.Secret(token.Reveal()))
}

// AuthorizeDevice keeps the token that trusting the device gives. When it cannot be kept the device is authorized all
// the same, and a code is asked for again next time.
func (s *customerSession) AuthorizeDevice(ctx context.Context, r services.DeviceAuthorization) (services.SessionInfo, error) {
	info, err := s.CustomerSession.AuthorizeDevice(ctx, r)
	if err != nil || info.Device.Token == "" {
		return info, err
	}
	if s.remember(info.Device.Token) != nil {
		info.Device.TrustedUntil = info.ExpiresAt
	}
	info.Device.Token = ""
	return info, nil
}

// RevokeDevice forgets the token when the device is this one.
func (s *customerSession) RevokeDevice(ctx context.Context, id string) error {
	if err := s.CustomerSession.RevokeDevice(ctx, id); err != nil {
		return err
	}
	if id == s.Info().Device.ID {
		return s.forget()
	}
	return nil
}

// DeleteAccount forgets the token as well.
func (s *customerSession) DeleteAccount(ctx context.Context, password services.Secret) error {
	if err := s.CustomerSession.DeleteAccount(ctx, password); err != nil {
		return err
	}
	return s.forget()
}
