package core

import (
	"context"
	"errors"
	"sync"
	"time"

	"myaccount/services"
	"myaccount/services/seal"
)

// SessionTx is the part of a transaction that keeps sessions.
type SessionTx interface {
	// AddSession writes a new session; only the hash of its token is kept.
	AddSession(row SessionRow, tokenHash []byte) error
	// Session reads one with its person's role and link, or gives ErrNoRow.
	Session(id string) (SessionRow, error)
	// SessionByToken finds one, or gives ErrNoRow.
	SessionByToken(tokenHash []byte) (SessionRow, error)
	// MoveSession writes when a session was last used and until when it may last.
	MoveSession(id string, seen, expires time.Time) error
	// AuthorizeSession marks that the session's device may be used.
	AuthorizeSession(id string) error
	// EndSession ends one; one that has ended stays as it is.
	EndSession(id string, at time.Time) error
	// EndSessions ends all of a person, or those on one device when deviceID is not "".
	EndSessions(personID, deviceID string, at time.Time) error
	// EndOtherSessions ends all of a person but one.
	EndOtherSessions(personID, keepID string, at time.Time) error
	// ForgetSessions removes those that expired before a moment.
	ForgetSessions(before time.Time) error
}

// SessionRow is a session as it is kept, with what every call needs to know about its person.
type SessionRow struct {
	ID         string
	PersonID   string
	DeviceID   string // set from the start: the id that the device gets when it is trusted
	DeviceName string
	DeviceKind string
	Authorized bool // the device may be used, for this session at least
	CreatedAt  time.Time
	SeenAt     time.Time
	ExpiresAt  time.Time
	EndedAt    time.Time // zero while it lasts

	Role       services.Role // of the person
	CustomerID string        // of the person; "" when no customer is linked
}

// need says what a call asks of its session.
type need int

const (
	signedIn need = iota // no more than a session that lasts
	private              // of a customer who is linked: an authorized device
	ready                // of a customer: an authorized device and a link. An advisor is always ready
)

// seenEvery is how exactly the last use is kept when a call only reads.
const seenEvery = time.Minute

// lasts tells whether the session can still be used. A clock set back neither ends it nor adds to its idle time:
// a last use that lies in the future counts as now.
func (r SessionRow) lasts(now time.Time, idle time.Duration) bool {
	return r.EndedAt.IsZero() && now.Before(r.ExpiresAt) && now.Sub(r.SeenAt) < idle
}

// allows tells whether the session has what a call needs.
func (r SessionRow) allows(n need) error {
	switch {
	case n == signedIn || r.Role != services.RoleCustomer || n == private && r.CustomerID == "":
		return nil
	case !r.Authorized:
		return services.Fail(services.CodeDeviceUnauthorized)
	case r.CustomerID == "":
		return services.Fail(services.CodeNotLinked)
	}
	return nil
}

// session is what customers' and advisors' sessions have in common. Their other methods are in the file of their noun;
// each runs in view or update, which check the session within the same transaction.
type session struct {
	core   *Core
	id     string
	person string
	role   services.Role
	token  seal.Secret

	mu   sync.Mutex
	info services.SessionInfo
}

type customerSession struct{ *session }

type advisorSession struct{ *session }

var (
	_ services.CustomerSession = (*customerSession)(nil)
	_ services.AdvisorSession  = (*advisorSession)(nil)
)

// open makes the session of a row.
func (c *Core) open(row SessionRow, token seal.Secret, info services.SessionInfo) services.Session {
	s := &session{core: c, id: row.ID, person: row.PersonID, role: row.Role, token: token, info: info}
	if row.Role == services.RoleAdvisor {
		return &advisorSession{s}
	}
	return &customerSession{s}
}

// Token is what Resume finds the session by.
func (s *session) Token() seal.Secret { return s.token }

// Info is what was known when the session was last read.
func (s *session) Info() services.SessionInfo {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.info
}

// Reload reads the session again.
func (s *session) Reload(ctx context.Context) (services.SessionInfo, error) {
	var info services.SessionInfo
	err := s.view(ctx, signedIn, func(tx Tx, row SessionRow) (err error) {
		info, err = s.core.info(tx, row)
		return err
	})
	if err != nil {
		return services.SessionInfo{}, err
	}
	s.keep(info)
	return info, nil
}

// keep replaces what Info answers.
func (s *session) keep(info services.SessionInfo) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.info = info
}

// Touch moves the idle limit.
func (s *session) Touch(ctx context.Context) error {
	return s.update(ctx, signedIn, func(Tx, SessionRow) error { return nil })
}

// SignOut ends the session.
func (s *session) SignOut(ctx context.Context) error {
	s.core.recent.forget(s.token)
	err := s.core.update(ctx, func(tx Tx) error { return tx.EndSession(s.id, tx.Now()) })
	s.core.searches.forget(s.person)
	return err
}

// view checks the session and runs fn in a transaction that only reads. Every minute it also notes that the session is
// used, unless that is done without the person. A full disk, where that cannot be noted, keeps nobody from reading; the session just ends sooner.
func (s *session) view(ctx context.Context, n need, fn func(tx Tx, row SessionRow) error) error {
	var stale bool
	err := s.core.Store.View(ctx, func(tx Tx) error {
		row, err := s.guard(tx, n)
		if err != nil {
			return err
		}
		since := tx.Now().Sub(row.SeenAt)
		stale = (since >= seenEvery || since < 0) && !services.InBackground(ctx)
		return fn(tx, row)
	})
	if err == nil && stale {
		if err = s.Touch(ctx); services.CodeOf(err) == services.CodeUnavailable && ctx.Err() == nil {
			s.core.Log.Warn("session: use not noted", "error", err)
			return nil
		}
	}
	return err
}

// update checks the session, notes that it is used, and runs fn in a transaction that may write. When fn fails, nothing
// is written at all.
func (s *session) update(ctx context.Context, n need, fn func(tx Tx, row SessionRow) error) error {
	return s.core.update(ctx, func(tx Tx) error {
		row, err := s.guard(tx, n)
		if err != nil {
			return err
		}
		if err := s.move(tx, row); err != nil {
			return err
		}
		return fn(tx, row)
	})
}

// guard reads the session and checks that it lasts and has what the call needs. Fails with CodeUnauthenticated,
// CodeDeviceUnauthorized and CodeNotLinked.
func (s *session) guard(tx Tx, n need) (SessionRow, error) {
	row, err := tx.Session(s.id)
	if err != nil {
		return SessionRow{}, gone(err, services.CodeUnauthenticated)
	}
	if !row.lasts(tx.Now(), s.core.Brand.Rules.SessionIdle) {
		return SessionRow{}, services.Fail(services.CodeUnauthenticated)
	}
	return row, row.allows(n)
}

// move notes that the session is used now. After a clock was set back it also brings the end within its bound again.
func (s *session) move(tx Tx, row SessionRow) error {
	expires := row.ExpiresAt
	if latest := tx.Now().Add(s.core.Brand.Rules.SessionMax); expires.After(latest) {
		expires = latest
	}
	return tx.MoveSession(s.id, tx.Now(), expires)
}

// info says what a session knows about itself.
func (c *Core) info(tx Tx, row SessionRow) (services.SessionInfo, error) {
	person, err := tx.Person(row.PersonID)
	if err != nil {
		return services.SessionInfo{}, gone(err, services.CodeUnauthenticated)
	}
	device := services.Device{
		ID: row.DeviceID, Name: row.DeviceName, Authorized: row.Authorized, LastUsed: row.SeenAt, Current: true,
	}
	if known, err := tx.Device(row.DeviceID); err == nil {
		device.TrustedUntil = known.TrustedUntil
	} else if !errors.Is(err, ErrNoRow) {
		return services.SessionInfo{}, err
	}
	return services.SessionInfo{
		Role: row.Role, Person: person.person(), Device: device, Linked: row.CustomerID != "",
		ExpiresAt: row.ExpiresAt, IdleFor: c.Brand.Rules.SessionIdle,
	}, nil
}

// gone turns ErrNoRow into an error with a code and leaves others alone.
func gone(err error, code services.Code) error {
	if errors.Is(err, ErrNoRow) {
		return services.Fail(code)
	}
	return err
}
