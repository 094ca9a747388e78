package remote

import (
	"context"
	"net/http"
	"sync"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/remote/cache"
)

// session is what customers' and advisors' sessions have in common. Its token is in memory only.
type session struct {
	portal *Portal
	ctx    context.Context // ends with the session and with the portal
	cancel context.CancelFunc

	mu    sync.Mutex
	token services.Secret // "" while the service knows nothing of the session
	info  services.SessionInfo
	ended bool
	left  bool // the person has signed out
}

func newSession(p *Portal, info services.SessionInfo, token services.Secret) *session {
	s := &session{portal: p, token: token, info: info}
	s.ctx, s.cancel = context.WithCancel(p.ctx)
	return s
}

type customerSession struct {
	*session
	mine      *cache.Person
	name      string // that the device's secret is kept under
	outbox    *outbox
	seen      digests
	kept      keptFiles
	documents sync.Mutex // held while what this machine keeps of documents is changed
	verifier  string     // hash of the password, for an offline sign-in

	sending sync.Mutex // held during a try to send, until what became of it is noted
	keeping sync.Mutex // held while something is kept on this machine without the person's doing, and while all is removed
	removed bool       // all was removed: nothing is kept any more
}

type advisorSession struct{ *session }

var (
	_ services.CustomerSession = (*customerSession)(nil)
	_ services.Outbox          = (*customerSession)(nil)
	_ services.AdvisorSession  = (*advisorSession)(nil)
)

func newCustomerSession(s *session, name string) *customerSession {
	return &customerSession{
		session: s, name: name, mine: s.portal.cache.Person(s.info.Person.ID), outbox: s.portal.outboxOf(s.info.Person.ID),
	}
}

// do makes a call of the session. That the session has ended is noted.
func (s *session) do(ctx context.Context, c call) error {
	s.mu.Lock()
	token, ended := s.token, s.ended
	s.mu.Unlock()
	if ended {
		return services.Fail(services.CodeUnauthenticated)
	}
	if token == "" {
		return services.Fail(services.CodeUnavailable)
	}
	c.token = token
	err := s.portal.do(ctx, c)
	if services.CodeOf(err) == services.CodeUnauthenticated {
		s.end()
	}
	return err
}

// offline tells whether the service knows nothing of the session yet.
func (s *session) offline() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.token == "" && !s.ended
}

// end forgets the token and ends what the session has under way.
func (s *session) end() {
	s.mu.Lock()
	s.token, s.ended = "", true
	s.mu.Unlock()
	s.cancel()
}

// leave is end because the person wants it.
func (s *session) leave() {
	s.mu.Lock()
	s.left = true
	s.mu.Unlock()
	s.end()
}

// check tells whether the session may use what this machine keeps, as the service would: it needs an authorized device
// and a link.
func (s *session) check() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.ended, s.token == "" && !s.portal.options.Clock.Now().Before(s.info.ExpiresAt):
		return services.Fail(services.CodeUnauthenticated)
	case s.portal.ctx.Err() != nil:
		return unreachable(s.portal.ctx.Err())
	case !s.info.Device.Authorized:
		return services.Fail(services.CodeDeviceUnauthorized)
	case !s.info.Linked:
		return services.Fail(services.CodeNotLinked)
	}
	return nil
}

// lastWords tells whether what was typed may still be kept: the service has ended the session, which its person may not
// have noticed yet.
func (s *session) lastWords() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ended && !s.left && s.info.Ready() && s.portal.ctx.Err() == nil
}

// Info is what was known when the session was last read.
func (s *session) Info() services.SessionInfo {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.info
}

// keep replaces what Info answers. The secret of a device is not for screens.
func (s *session) keep(info services.SessionInfo) services.SessionInfo {
	info.Device.Token = ""
	s.mu.Lock()
	defer s.mu.Unlock()
	s.info = info
	return info
}

// adopt makes a real session of an offline one, and tells whether that is still wanted.
func (s *session) adopt(opened api.Session) bool {
	s.keep(opened.Domain())
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.ended {
		s.token = services.Secret(opened.Token)
	}
	return !s.ended
}

// Reload reads the session again.
func (s *session) Reload(ctx context.Context) (services.SessionInfo, error) {
	var read api.Session
	if err := s.do(ctx, get(api.PathSession, &read)); err != nil {
		return services.SessionInfo{}, err
	}
	return s.keep(read.Domain()), nil
}

// Touch moves the idle limit.
func (s *session) Touch(ctx context.Context) error {
	return s.do(ctx, call{method: http.MethodPut, path: api.PathSession, again: true})
}

// SignOut ends the session, here in any case. While the service cannot be reached the token is forgotten, and there the
// session ends by itself.
func (s *session) SignOut(ctx context.Context) error {
	err := s.do(ctx, call{method: http.MethodDelete, path: api.PathSession, again: true})
	s.leave()
	switch services.CodeOf(err) {
	case services.CodeUnauthenticated:
		return nil
	case services.CodeUnavailable:
		s.portal.options.Log.Warn("signed out here only", "error", err)
		return nil
	}
	return err
}
