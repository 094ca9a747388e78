package mailtray

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
	"myaccount/ui/uitest"
)

// fakeTray keeps mails by address.
type fakeTray struct {
	mu    sync.Mutex
	mails map[string][]services.Mail
	err   error
	hold  chan struct{} // when set, reading waits for it
	news  chan struct{}
	reads int
}

func newFakeTray() *fakeTray {
	return &fakeTray{mails: map[string][]services.Mail{}, news: make(chan struct{}, 10)}
}

func (f *fakeTray) Mails(ctx context.Context, address string) ([]services.Mail, error) {
	if f.hold != nil {
		select {
		case <-f.hold:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reads++
	return slices.Clone(f.mails[address]), f.err
}

func (f *fakeTray) WatchMails(ctx context.Context) <-chan struct{} {
	out := make(chan struct{})
	go func() {
		defer close(out)
		for {
			select {
			case <-f.news:
				select {
				case out <- struct{}{}:
				case <-ctx.Done():
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// put adds a mail and tells of it.
func (f *fakeTray) put(m services.Mail) {
	f.mu.Lock()
	f.mails[m.To] = append([]services.Mail{m}, f.mails[m.To]...)
	f.mu.Unlock()
	f.news <- struct{}{}
}

type fixedClock struct{ now time.Time }

func (c *fixedClock) Now() time.Time { return c.now }

const address = "amelie.tremblay@example.ca"

// inBubble runs a test with a tray; settle lets everything come to its end.
func inBubble(t *testing.T, test func(t *testing.T, s *tray, f *fakeTray, settle func())) {
	synctest.Test(t, func(t *testing.T) {
		q, f := nav.NewQueue(), newFakeTray()
		s := newTray(q, &fixedClock{uitest.Now}, f)
		test(t, s, f, func() {
			for {
				synctest.Wait()
				if q.Drain() == 0 {
					return
				}
			}
		})
		s.stop()
	})
}

func TestTray_FollowsNews(t *testing.T) {
	inBubble(t, func(t *testing.T, s *tray, f *fakeTray, settle func()) {
		s.start(address, true)
		if !s.loading {
			t.Error("not loading")
		}
		settle()
		if s.loading || len(s.list) != 0 {
			t.Fatalf("loading %t, %d mails", s.loading, len(s.list))
		}
		f.put(services.Mail{ID: "1", To: address})
		f.put(services.Mail{ID: "2", To: "other@example.ca"})
		settle()
		if len(s.list) != 1 || s.list[0].ID != "1" {
			t.Errorf("shows %v", s.list)
		}
		version := s.version
		f.news <- struct{}{}
		settle()
		if s.version != version {
			t.Error("drawn anew without a change")
		}
	})
}

func TestTray_NewsWhileReading(t *testing.T) {
	inBubble(t, func(t *testing.T, s *tray, f *fakeTray, settle func()) {
		f.hold = make(chan struct{})
		s.start(address, true)
		for i := range 5 {
			f.put(services.Mail{ID: fmt.Sprint(i), To: address})
		}
		settle()
		close(f.hold)
		settle()
		if len(s.list) != 5 || f.reads > 2 {
			t.Errorf("%d mails after %d readings", len(s.list), f.reads)
		}
	})
}

func TestTray_StopEndsWatching(t *testing.T) {
	inBubble(t, func(t *testing.T, s *tray, f *fakeTray, settle func()) {
		s.start(address, true)
		settle()
		s.stop()
		reads := f.reads
		f.put(services.Mail{ID: "1", To: address})
		settle()
		if f.reads != reads {
			t.Error("reads after the end")
		}
	})
}

func TestTray_AsksForAnAddress(t *testing.T) {
	inBubble(t, func(t *testing.T, s *tray, f *fakeTray, settle func()) {
		f.put(services.Mail{ID: "1", To: address})
		s.start("", false)
		settle()
		s.setTyped("  ")
		s.show()
		if !s.asking() || !s.lacking || f.reads != 0 {
			t.Error("shows mails to nobody")
		}
		s.setTyped(" " + address)
		s.show()
		settle()
		if s.asking() || len(s.list) != 1 {
			t.Errorf("asking %t, %d mails", s.asking(), len(s.list))
		}
		s.other()
		if !s.asking() || s.typed != address || len(s.list) != 0 {
			t.Error("another address cannot be chosen")
		}
	})
}

func TestTray_OwnOnlyWhenSignedIn(t *testing.T) {
	inBubble(t, func(t *testing.T, s *tray, _ *fakeTray, settle func()) {
		s.start(address, true)
		settle()
		s.other()
		if s.asking() {
			t.Error("whoever is signed in can look at the mails of others")
		}
	})
}

func TestTray_Failure(t *testing.T) {
	inBubble(t, func(t *testing.T, s *tray, f *fakeTray, settle func()) {
		f.err = services.Fail(services.CodeUnavailable)
		s.start(address, true)
		settle()
		if s.err == nil || s.loading {
			t.Fatal("a failure is not told")
		}
		f.err = nil
		s.retry()
		settle()
		if s.err != nil {
			t.Error("no second try")
		}
	})
}

func TestTray_More(t *testing.T) {
	inBubble(t, func(t *testing.T, s *tray, f *fakeTray, settle func()) {
		for i := range batch + 5 {
			f.mails[address] = append(f.mails[address], services.Mail{ID: fmt.Sprint(i), To: address})
		}
		s.start(address, true)
		settle()
		if len(s.visible()) != batch {
			t.Errorf("shows %d", len(s.visible()))
		}
		s.more()
		if len(s.visible()) != batch+5 {
			t.Errorf("then %d", len(s.visible()))
		}
	})
}

func TestTray_Status(t *testing.T) {
	p := uitest.Printer(t, text.English)
	now := uitest.Now
	uitest.LocalTime()
	s := newTray(nil, &fixedClock{now}, nil)
	day := 24 * time.Hour
	for name, tt := range map[string]struct {
		m          services.Mail
		says       string
		live, push bool
	}{
		"activate":         {services.Mail{Button: "Activate now", Action: services.MailActivate, Token: "t", ExpiresAt: now.Add(day)}, "", true, true},
		"used":             {services.Mail{UsedAt: now.Add(-2 * day), ExpiresAt: now.Add(day)}, "Link used Nov\u00a019, 9:30\u00a0a.m.", false, false},
		"used today":       {services.Mail{UsedAt: now.Add(-time.Hour), ExpiresAt: now.Add(day)}, "Link used 8:30\u00a0a.m.", false, false},
		"code":             {services.Mail{Kind: kindCode, Code: "123456", ExpiresAt: now.Add(time.Minute)}, "", true, false},
		"code used":        {services.Mail{Kind: kindCode, UsedAt: now.Add(-2 * day), ExpiresAt: now}, "Code used Nov\u00a019, 9:30\u00a0a.m.", false, false},
		"expired":          {services.Mail{Kind: kindCode, ExpiresAt: now}, "Expired", false, false},
		"just now expired": {services.Mail{Button: "Reset password", Token: "t", ExpiresAt: now.Add(-1)}, "Expired", false, false},
		"replaced":         {services.Mail{ExpiresAt: now.Add(day)}, "No longer valid", false, false},
		"reply":            {services.Mail{Button: "Open messages", Action: services.MailOpen}, "", false, true},
		"notice":           {services.Mail{Kind: "password_changed"}, "", false, false},
	} {
		if got := s.status(p, tt.m); got != tt.says {
			t.Errorf("%s: says %q, want %q", name, got, tt.says)
		}
		if s.live(tt.m) != tt.live || s.pressable(tt.m) != tt.push {
			t.Errorf("%s: live %t, pressable %t", name, s.live(tt.m), s.pressable(tt.m))
		}
	}
}

// A mail is live or spent, never both; and a button that carries a token shows only while the mail is live.
func TestTray_LiveOrSpent(t *testing.T) {
	s := newTray(nil, &fixedClock{uitest.Now}, nil)
	rapid.Check(t, func(t *rapid.T) {
		when := func(name string) time.Time {
			if rapid.Bool().Draw(t, name) {
				return time.Time{}
			}
			return uitest.Now.Add(time.Duration(rapid.IntRange(-100, 100).Draw(t, name+" minutes")) * time.Minute)
		}
		m := services.Mail{
			Token: services.Secret(rapid.SampledFrom([]string{"", "t"}).Draw(t, "token")), Button: "Press",
			Code:   services.Secret(rapid.SampledFrom([]string{"", "123456"}).Draw(t, "code")),
			UsedAt: when("used"), ExpiresAt: when("expires"), Action: services.MailReset,
		}
		if s.live(m) && s.spent(m) || s.pressable(m) && !s.live(m) {
			t.Errorf("%+v: live %t, spent %t, pressable %t", m, s.live(m), s.spent(m), s.pressable(m))
		}
	})
}

func TestTray_At(t *testing.T) {
	p := uitest.Printer(t, text.French)
	s := newTray(nil, &fixedClock{uitest.Now}, nil)
	for age, want := range map[time.Duration]string{0: "à l’instant", 59 * time.Second: "à l’instant", 24 * time.Hour: "20\u00a0nov."} {
		if got := s.at(p, services.Mail{At: uitest.Now.Add(-age)}); got != want {
			t.Errorf("%v ago: %q", age, got)
		}
	}
	if got := s.at(p, services.Mail{At: uitest.Now.Add(-10 * time.Minute)}); strings.Contains(got, "nov") {
		t.Errorf("today: %q", got)
	}
}
