package core_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/mail"
)

// eastern is the time of Québec.
func eastern(t testing.TB) *time.Location {
	t.Helper()
	place, err := time.LoadLocation("America/Toronto")
	must(t, err)
	return place
}

// night tells whether a moment lies in quiet hours of Québec, given as "21:30".
func night(t *testing.T, at time.Time, from, to string) bool {
	t.Helper()
	clock := at.In(eastern(t)).Format("15:04")
	if from <= to {
		return from <= clock && clock < to
	}
	return clock >= from || clock < to
}

// Around both changes of the clock, whenever a reply comes: outside of quiet hours every mail is sent at once, in them none
// is, and when they are over those that wait are. So nothing is lost, nothing told twice, and nothing at night.
func TestInform_ClockChanges(t *testing.T) {
	for name, c := range map[string]struct {
		begin    time.Time
		from, to string
	}{
		"spring":                 {time.Date(2026, 3, 7, 12, 0, 0, 0, time.UTC), "21:30", "07:00"},
		"autumn":                 {time.Date(2026, 10, 31, 12, 0, 0, 0, time.UTC), "21:30", "07:00"},
		"spring, into the gap":   {time.Date(2026, 3, 7, 12, 0, 0, 0, time.UTC), "23:10", "02:20"},
		"autumn, what is twice":  {time.Date(2026, 10, 31, 12, 0, 0, 0, time.UTC), "01:10", "01:50"},
		"autumn, from its midst": {time.Date(2026, 10, 31, 12, 0, 0, 0, time.UTC), "01:30", "06:00"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := &postbox{}
			d := newCenter(t, func(config *core.Config) { box.clock, config.Sender = config.Clock, box })
			set, err := d.amelie.Notifications(t.Context())
			must(t, err)
			set.QuietFrom, set.QuietTo = c.from, c.to
			must(t, d.amelie.SetNotifications(t.Context(), set))
			d.clock.Set(c.begin)
			d.amelie = d.signInLinked(amelieAddress)
			thread := d.send("A question").ThreadID
			random := rand.New(rand.NewPCG(1, uint64(c.begin.Unix()))) //nolint:gosec // which hours are tried
			answers, told := 0, 0
			for range 2 * 24 * 6 {
				d.clock.Move(10 * time.Minute)
				if random.IntN(5) == 0 {
					d.advisor = d.signIn(advisorAddress).(services.AdvisorSession)
					d.answer(thread, "An answer")
					answers++
				}
				_, err := d.SendMails(t.Context())
				must(t, err)
				if !night(t, d.clock.Now(), c.from, c.to) {
					told = answers
				}
				if got := len(box.of(mail.Reply)); got != told {
					t.Fatalf("%d mails of %d answers at %v, want %d", got, answers, d.clock.Now(), told)
				}
			}
		})
	}
}

// held is what a person's computer is to tell.
func (c *center) held(s services.Session) (list []services.NotificationEvent) {
	c.t.Helper()
	must(c.t, c.Store.View(c.ctx, func(tx core.Tx) (err error) {
		list, err = tx.Notices(s.Info().Person.ID)
		return err
	}))
	return list
}

// notice waits for the next notice that a session is told.
func (c *center) notice(s services.Events) string {
	c.t.Helper()
	ctx, cancel := context.WithCancel(c.ctx)
	defer cancel()
	events, err := s.Subscribe(ctx, 0)
	must(c.t, err)
	for e := range events {
		if e.Kind == services.EventNotice {
			return e.ID
		}
	}
	c.t.Fatal("no notice")
	return ""
}

// What happens while no program of a person listens is told by the next that does, once for each kind; what is old is not.
func TestNotices_WaitForTheProgram(t *testing.T) {
	c := newCenter(t)
	thread := c.send("A question").ThreadID
	for range 3 {
		c.answer(thread, "An answer")
	}
	if held := c.held(c.amelie); !slices.Equal(held, []services.NotificationEvent{services.NotifyReply}) {
		t.Fatalf("held: %v", held)
	}
	c.clock.Move(6 * 24 * time.Hour)
	must(t, c.Work(c.ctx))
	c.amelie = c.signInLinked(amelieAddress)
	if got := c.notice(c.amelie); got != string(services.NotifyReply) {
		t.Errorf("told of %s first", got)
	}
	if held := c.held(c.amelie); len(held) != 0 {
		t.Errorf("held after it was told: %v", held)
	}
	c.advisor = c.signIn(advisorAddress).(services.AdvisorSession)
	c.answer(thread, "Another answer")
	c.clock.Move(8 * 24 * time.Hour)
	must(t, c.Work(c.ctx))
	if held := c.held(c.amelie); len(held) != 0 {
		t.Errorf("held for too long: %v", held)
	}
}

// What is not wanted any more when a program listens is not told.
func TestNotices_NotWantedAnyMore(t *testing.T) {
	c := newCenter(t)
	c.answer(c.send("A question").ThreadID, "An answer")
	set, err := c.amelie.Notifications(t.Context())
	must(t, err)
	for event, ways := range set.Events {
		ways.Desktop = event == services.NotifyDevice
		set.Events[event] = ways
	}
	must(t, c.amelie.SetNotifications(t.Context(), set))
	must(t, c.Store.Update(c.ctx, func(tx core.Tx) error {
		return tx.HoldNotice(c.amelie.Info().Person.ID, services.NotifyDevice)
	}))
	if got := c.notice(c.amelie); got != string(services.NotifyDevice) {
		t.Errorf("told of %s", got)
	}
}
