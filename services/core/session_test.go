package core_test

import (
	"context"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/seal"
)

func TestSession_Idle(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	s := h.signIn(alice)
	for range 4 { // an hour with something done every 14:59
		h.clock.Move(15*time.Minute - time.Second)
		must(t, s.Touch(t.Context()))
	}
	for range 4 { // and one with something only looked at
		h.clock.Move(15*time.Minute - time.Second)
		_, err := s.Reload(t.Context())
		must(t, err)
	}
	h.clock.Move(15 * time.Minute)
	_, err := s.Reload(t.Context())
	wantCode(t, err, services.CodeUnauthenticated)
	wantCode(t, s.Touch(t.Context()), services.CodeUnauthenticated) // what has ended does not come back
}

// A program that looks for news by itself keeps nobody signed in.
func TestSession_IdleInTheBackground(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	s := h.signIn(alice)
	ctx := services.Background(t.Context())
	for range 14 {
		h.clock.Move(time.Minute)
		_, err := s.Reload(ctx)
		must(t, err)
	}
	h.clock.Move(time.Minute)
	_, err := s.Reload(ctx)
	wantCode(t, err, services.CodeUnauthenticated)
}

func TestSession_LastsTwelveHours(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	s := h.signIn(alice)
	if got := s.Info().ExpiresAt; !got.Equal(start.Add(12 * time.Hour)) {
		t.Errorf("expires %v", got)
	}
	for range 71 {
		h.clock.Move(10 * time.Minute)
		must(t, s.Touch(t.Context()))
	}
	h.clock.Move(10 * time.Minute)
	wantCode(t, s.Touch(t.Context()), services.CodeUnauthenticated)
}

func TestSession_SignOut(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	s, other := h.signIn(alice), h.signIn(alice)
	must(t, s.SignOut(t.Context()))
	must(t, s.SignOut(t.Context()))
	_, err := s.Reload(t.Context())
	wantCode(t, err, services.CodeUnauthenticated)
	must(t, other.Touch(t.Context()))
}

func TestCore_Resume(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	s := h.signIn(alice)
	token := s.(interface{ Token() seal.Secret }).Token()
	again, err := h.Resume(t.Context(), token)
	must(t, err)
	if got := again.Info(); got.Person != s.Info().Person || got.Device.ID != s.Info().Device.ID {
		t.Errorf("resumed as %+v", got)
	}
	must(t, again.SignOut(t.Context()))
	wantCode(t, s.Touch(t.Context()), services.CodeUnauthenticated)
	for _, token := range []seal.Secret{token, "", "unknown"} {
		_, err = h.Resume(t.Context(), token)
		wantCode(t, err, services.CodeUnauthenticated)
	}
}

// TestCore_Recall looks a token up once a minute; a session that ended elsewhere meanwhile is of no use all the same.
func TestCore_Recall(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	token := h.signIn(alice).(interface{ Token() seal.Secret }).Token()
	nothing, cancel := context.WithCancel(t.Context())
	cancel() // who has to ask the store fails
	_, err := h.Recall(nothing, token)
	wantCode(t, err, services.CodeUnavailable)
	s, err := h.Recall(t.Context(), token)
	must(t, err)
	again, err := h.Recall(nothing, token)
	must(t, err)
	if again.Info() != s.Info() {
		t.Errorf("recalled as %+v", again.Info())
	}
	elsewhere, err := core.New(h.Config).Recall(t.Context(), token)
	must(t, err)
	must(t, elsewhere.SignOut(t.Context()))
	again, err = h.Recall(nothing, token)
	must(t, err)
	wantCode(t, again.Touch(t.Context()), services.CodeUnauthenticated)
	h.clock.Move(time.Minute)
	_, err = h.Recall(t.Context(), token)
	wantCode(t, err, services.CodeUnauthenticated)
}

// TestCore_RecallAfterSignOut knows at once of what ended here, and of nothing when the clock was set back.
func TestCore_RecallAfterSignOut(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	token := h.signIn(alice).(interface{ Token() seal.Secret }).Token()
	s, err := h.Recall(t.Context(), token)
	must(t, err)
	h.clock.Move(-time.Hour)
	nothing, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = h.Recall(nothing, token)
	wantCode(t, err, services.CodeUnavailable)
	must(t, s.SignOut(t.Context()))
	for _, token := range []seal.Secret{token, "", "unknown"} {
		_, err = h.Recall(t.Context(), token)
		wantCode(t, err, services.CodeUnauthenticated)
	}
}

// A clock set back does not end a session, and does not let it last longer than its rules allow.
func TestSession_ClockSetBack(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	s := h.signIn(alice)
	h.clock.Move(-10 * 24 * time.Hour)
	_, err := s.Reload(t.Context())
	must(t, err)
	info, err := s.Reload(t.Context())
	must(t, err)
	if latest := h.clock.Now().Add(12 * time.Hour); info.ExpiresAt.After(latest) {
		t.Errorf("expires %v, want at most %v", info.ExpiresAt, latest)
	}
	h.clock.Move(15 * time.Minute)
	_, err = s.Reload(t.Context())
	wantCode(t, err, services.CodeUnauthenticated)
}

func TestSession_EndedContext(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	s := h.signIn(alice)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := s.Reload(ctx)
	wantCode(t, err, services.CodeUnavailable)
	_, err = h.SignIn(ctx, credentials(alice))
	wantCode(t, err, services.CodeUnavailable)
	must(t, s.Touch(t.Context()))
}

func TestCore_Policy(t *testing.T) {
	h := newHarness(t)
	p, err := h.Policy(t.Context())
	must(t, err)
	if p.PasswordMin != 12 || p.LockoutFor != 24*time.Hour || p.Retention != 30*24*time.Hour || len(p.Topics) == 0 {
		t.Errorf("policy %+v", p)
	}
	p.Topics[0].Name["en"], p.Languages[0], p.Hours["en"], p.AttachmentTypes[0] = "", "", "", ""
	again, err := h.Policy(t.Context())
	must(t, err)
	if again.Topics[0].Name["en"] == "" || again.Languages[0] == "" || again.Hours["en"] == "" || again.AttachmentTypes[0] == "" {
		t.Error("a caller changed the rules")
	}
}

func TestCore_Terms(t *testing.T) {
	h := newHarness(t)
	for asked, want := range map[string]string{"en": "en", "fr": "fr", "fr-CA": "fr", "de": "en", "": "en"} {
		terms, err := h.Terms(t.Context(), asked)
		must(t, err)
		if terms.Language != want || terms.Text != h.Config.Terms[want] || terms.Text == "" || terms.Version == "" {
			t.Errorf("%q: language %q, %d bytes", asked, terms.Language, len(terms.Text))
		}
	}
}

func TestCore_WorkForgets(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	must(t, h.Register(t.Context(), h.registration("pending@example.ca")))
	s := h.signIn(alice)
	must(t, h.Work(t.Context()))
	must(t, s.Touch(t.Context()))
	if h.mail("pending@example.ca", "activate").Token == "" {
		t.Fatal("a mail lost its token too early")
	}
	h.clock.Move(7*24*time.Hour + time.Second)
	must(t, h.Work(t.Context()))
	counts := map[string]int{"token": 0, "session": 0, "tries": 0, "captcha": 0, "person": 1}
	for table, want := range counts {
		var n int
		must(t, h.db.File.Reader.QueryRowContext(t.Context(), "SELECT count(*) FROM "+table).Scan(&n))
		if n != want {
			t.Errorf("%s: %d rows are left, want %d", table, n, want)
		}
	}
	var secrets int
	must(t, h.db.File.Reader.QueryRowContext(t.Context(), "SELECT count(*) FROM mail WHERE secret IS NOT NULL").Scan(&secrets))
	if secrets > 0 || len(h.mails(alice)) == 0 {
		t.Errorf("%d secrets and %d mails are left", secrets, len(h.mails(alice)))
	}
	h.clock.Move(24 * 24 * time.Hour)
	must(t, h.Work(t.Context()))
	if n := len(h.mails(alice)); n > 0 {
		t.Errorf("%d mails are left after a month", n)
	}
	h.signIn(alice)
}

var _ services.Portal = (*core.Core)(nil)

// fullStore is a store on a disk without room, once it is full.
type fullStore struct {
	core.Store
	full bool
}

func (s *fullStore) Update(ctx context.Context, fn func(core.Tx) error) error {
	if s.full {
		return services.Fail(services.CodeUnavailable)
	}
	return s.Store.Update(ctx, fn)
}

func TestSession_ReadsOnAFullDisk(t *testing.T) {
	store := &fullStore{}
	h := newHarness(t, func(c *core.Config) {
		store.Store = c.Store
		c.Store = store
	})
	h.person(alice)
	session := h.signIn(alice)
	store.full = true
	h.clock.Move(14 * time.Minute)
	_, err := session.Reload(t.Context())
	must(t, err)
	wantCode(t, session.Touch(t.Context()), services.CodeUnavailable)
	h.clock.Move(time.Minute) // reading did not move the idle limit
	_, err = session.Reload(t.Context())
	wantCode(t, err, services.CodeUnauthenticated)
}
