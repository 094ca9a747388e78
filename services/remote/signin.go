package remote

import (
	"context"
	"net/http"
	"time"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/remote/cache"
	"myaccount/services/rule"
)

// do makes a call, unless the portal is closed.
func (p *Portal) do(ctx context.Context, c call) error {
	if p.ctx.Err() != nil {
		return unreachable(p.ctx.Err())
	}
	return p.client.do(ctx, c)
}

// SignIn opens a session, on a device that is known if this person trusted it before. While the service cannot be
// reached, somebody who trusts this device signs in offline.
func (p *Portal) SignIn(ctx context.Context, c services.Credentials) (services.Session, error) {
	name := rule.DeviceToken(p.options.Box, c.Email)
	c.Device.Token = p.deviceToken(name)
	opened, err := p.signIn(ctx, c)
	if services.CodeOf(err) == services.CodeUnavailable && c.Device.Token != "" && !refusedCertificate(err) {
		return p.signInOffline(ctx, c, name, err)
	}
	if services.CodeOf(err) == services.CodeUnauthenticated {
		p.outdated(ctx, c)
	}
	if err != nil {
		return nil, err
	}
	return p.begin(opened, name, c.Password), nil
}

// outdated ends the offline sign-in with a password that the service refuses: it was changed elsewhere. Any other wrong
// password counts as a failure, as it would offline.
func (p *Portal) outdated(ctx context.Context, c services.Credentials) {
	if _, err := p.cache.SignIn(ctx, rule.AddressKey(c.Email), c.Password, p.options.Passwords); err == nil {
		p.forgetOfflineOf(c.Email)
	}
}

// deviceToken reads the secret of this device that is kept under a name; "" when there is none.
func (p *Portal) deviceToken(name string) services.Secret {
	token, err := p.options.Secrets.Get(name)
	if err != nil {
		p.options.Log.Warn("reading the device token failed", "error", err)
	}
	return services.Secret(token.Reveal())
}

// begin makes the session that the service has opened. With a password the person can sign in offline later.
func (p *Portal) begin(opened api.Session, name string, password services.Secret) services.Session {
	s := newSession(p, opened.Domain(), services.Secret(opened.Token))
	if s.info.Role == services.RoleAdvisor {
		return &advisorSession{s}
	}
	customer := newCustomerSession(s, name)
	if password != "" {
		customer.prepareOffline(password)
	}
	customer.start()
	return customer
}

// signIn asks the service for a session.
func (p *Portal) signIn(ctx context.Context, c services.Credentials) (api.Session, error) {
	var opened api.Session
	err := p.do(ctx, post(api.PathSessions, api.CredentialsOf(c), &opened))
	if services.CodeOf(err) == services.CodeTooLarge { // nobody has such a password
		err = services.Fail(services.CodeUnauthenticated)
	}
	return opened, err
}

// offlineFor is how long a session lasts that the service knows nothing of.
const offlineFor = 8 * time.Hour

// signInOffline opens a session on what this machine keeps. The password was checked against the verifier of the last
// sign-in; it stays in memory until the service, once it is there again, has checked it as well.
func (p *Portal) signInOffline(ctx context.Context, c services.Credentials, name string, unreachable error) (services.Session, error) {
	info, err := p.cache.SignIn(ctx, rule.AddressKey(c.Email), c.Password, p.options.Passwords)
	if services.CodeOf(err) == services.CodeUnavailable {
		return nil, unreachable
	}
	if err != nil {
		return nil, err
	}
	info.ExpiresAt = p.options.Clock.Now().Add(offlineFor)
	s := newCustomerSession(newSession(p, info, ""), name)
	p.running.Go(func() { s.join(c) })
	return s, nil
}

// join makes a real session of an offline one as soon as the service is there. When it refuses, the session ends; when it
// refuses the password, which was changed elsewhere, the device is no place to sign in offline any more. Where it asks for
// more than that, a challenge or a code, the person signs in anew.
func (s *customerSession) join(c services.Credentials) {
	p := s.portal
	changed := p.link.watch(s.ctx)
	for try := 0; s.ctx.Err() == nil; try++ {
		var asked time.Duration
		if online, _ := p.Online(); online {
			opened, err := p.signIn(s.ctx, c)
			if s.joined(opened, err, c.Password) {
				return
			}
			asked = min(services.RetryAfterOf(err), askedMost)
		}
		timer := time.NewTimer(asked + retryWait(try, time.Second, lookEvery))
		select {
		case <-changed:
		case <-timer.C:
		case <-s.ctx.Done():
		}
		timer.Stop()
	}
}

// joined takes the answer to the sign-in of an offline session, and tells whether it settles what becomes of that.
func (s *customerSession) joined(opened api.Session, err error, password services.Secret) bool {
	switch services.CodeOf(err) {
	case "":
	case services.CodeUnavailable, services.CodeInternal, services.CodeThrottled:
		return false
	case services.CodeUnauthenticated:
		s.forgetOffline()
		s.end()
		return true
	default:
		s.end()
		return true
	}
	if opened.Person.ID != s.Info().Person.ID || !s.adopt(opened) { // the address is another's now, or nobody is there any more
		s.end()
		unwanted := call{method: http.MethodDelete, path: api.PathSession, again: true, token: services.Secret(opened.Token)}
		_ = s.portal.do(s.portal.ctx, unwanted) // it ends by itself
		return true
	}
	s.prepareOffline(password)
	s.start()
	return true
}

// prepareOffline makes the hash that a later sign-in without the service is checked against; keepOffline keeps it once
// the device is trusted.
func (s *customerSession) prepareOffline(password services.Secret) {
	s.portal.running.Go(func() {
		// It is finished even when the portal closes, which waits for it: somebody may start offline next.
		hash, err := s.portal.options.Passwords.Hash(context.WithoutCancel(s.ctx), password.Reveal())
		if err != nil {
			s.portal.options.Log.Warn("signing in offline is not possible", "error", err)
			return
		}
		s.mu.Lock()
		s.verifier = hash
		s.mu.Unlock()
		s.keepOffline()
	})
}

// keepOffline lets the person sign in without the service on a device that is trusted, and on no other.
func (s *customerSession) keepOffline() {
	s.mu.Lock()
	hash, info, ended := s.verifier, s.info, s.ended
	s.mu.Unlock()
	if hash == "" || ended {
		return
	}
	if !info.Ready() || info.Device.TrustedUntil.IsZero() {
		s.forgetOffline()
		return
	}
	limit := 10
	if policy, err := s.portal.Policy(s.ctx); err == nil && policy.LockoutAfter > 0 {
		limit = policy.LockoutAfter
	}
	s.keeping.Lock()
	defer s.keeping.Unlock()
	if s.removed {
		return
	}
	err := s.portal.cache.SetVerifier(context.WithoutCancel(s.ctx), rule.AddressKey(info.Person.Email), cache.Verifier{
		Hash: hash, Info: info, Until: info.Device.TrustedUntil, Limit: limit,
	})
	if err != nil {
		s.portal.options.Log.Warn("signing in offline is not possible", "error", err)
	}
}

// forgetOffline ends the offline sign-in of the person on this device.
func (s *customerSession) forgetOffline() { s.portal.forgetOfflineOf(s.Info().Person.Email) }

// forgetOfflineOf ends it for an address.
func (p *Portal) forgetOfflineOf(email string) {
	if err := p.cache.RemoveVerifier(p.ctx, rule.AddressKey(email)); err != nil && p.ctx.Err() == nil {
		p.options.Log.Warn("the offline sign-in stays", "error", err)
	}
}
