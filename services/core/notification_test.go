package core_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/mail"
)

// postbox takes mails and notes when.
type postbox struct {
	clock services.Clock
	mu    sync.Mutex
	mails []received
}

type received struct {
	mail.Message
	at time.Time
}

// Send is part of mail.Sender.
func (p *postbox) Send(_ context.Context, m mail.Message) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mails = append(p.mails, received{m, p.clock.Now()})
	return nil
}

// of lists the mails of a kind.
func (p *postbox) of(kind mail.Kind) (list []received) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, m := range p.mails {
		if m.Kind == kind {
			list = append(list, m)
		}
	}
	return list
}

// reader is a customer in Québec who wants to be told of everything by mail.
type reader struct {
	*harness
	box *postbox
	s   services.CustomerSession
}

func newReader(t *testing.T, change func(*services.NotificationSettings)) *reader {
	t.Helper()
	box := &postbox{}
	h := newHarness(t, func(c *core.Config) { box.clock, c.Sender = c.Clock, box })
	s := linked(t, h, "lease").(services.CustomerSession)
	set, err := s.Notifications(t.Context())
	must(t, err)
	for _, event := range services.NotificationEvents() {
		set.Events[event] = services.Channels{Mail: true, Desktop: true}
	}
	change(&set)
	must(t, s.SetNotifications(t.Context(), set))
	return &reader{h, box, s}
}

// work does what is due, and sends.
func (d *reader) work() {
	d.t.Helper()
	must(d.t, d.Remind(d.ctx))
	_, err := d.SendMails(d.ctx)
	must(d.t, err)
}

// Whatever runs how often and is cut off where, each payment is told of once, as many days before as is set, and nothing
// comes at night.
func TestRemind_OnceAndNotAtNight(t *testing.T) {
	d := newReader(t, func(s *services.NotificationSettings) { s.DaysAhead, s.QuietFrom, s.QuietTo = 5, "21:00", "07:00" })
	rapid.Check(t, func(rt *rapid.T) {
		d.clock.Move(rapid.SampledFrom([]time.Duration{11 * time.Hour, 13*time.Hour + 7*time.Minute, 26 * time.Hour, 61 * time.Hour}).Draw(rt, "later"))
		var all sync.WaitGroup
		for _, killed := range rapid.SliceOfN(rapid.Bool(), 1, 3).Draw(rt, "replicas") {
			all.Go(func() {
				ctx, cancel := context.WithCancel(d.ctx)
				defer cancel()
				if killed {
					time.AfterFunc(100*time.Microsecond, cancel)
				}
				_ = d.Remind(ctx) // which may be cut off
			})
		}
		all.Wait()
		d.work()
	})
	seen := map[string]bool{}
	for _, m := range d.box.of(mail.PaymentDue) {
		if seen[m.Text] {
			t.Errorf("told twice: %s", m.Text)
		}
		seen[m.Text] = true
		if night(t, m.at, "21:00", "07:00") {
			t.Errorf("sent at %v", m.at)
		}
	}
	if len(seen) == 0 {
		t.Error("never told")
	}
}

func TestRemind_DaysAhead(t *testing.T) {
	d := newReader(t, func(s *services.NotificationSettings) { s.DaysAhead = 2 })
	due := only(t, d.s.(linking)).Next.Due
	d.work()
	for range 40 {
		if n := len(d.box.of(mail.PaymentDue)); n > 0 {
			if left := due.DaysSince(services.Date{Year: d.clock.Now().Year(), Month: d.clock.Now().Month(), Day: d.clock.Now().Day()}); left != 2 {
				t.Errorf("told %d days before", left)
			}
			return
		}
		d.clock.Move(24 * time.Hour)
		d.work()
	}
	t.Error("never told")
}

func TestRemind_OfRemovals(t *testing.T) {
	d := newReader(t, func(*services.NotificationSettings) {})
	receipt, err := d.s.Send(t.Context(), services.Outgoing{
		Topic: "payoff", AgreementID: only(t, d.s.(linking)).ID, Body: "A question", IdempotencyKey: "question-one",
	})
	must(t, err)
	for day := range 40 {
		d.clock.Move(24 * time.Hour)
		d.work()
		want := 0
		if day+1 >= 27 {
			want = 1
		}
		if got := len(d.box.of(mail.MessageRemoval)); got != want {
			t.Fatalf("%d mails about %s after %d days", got, receipt.Reference, day+1)
		}
	}
}

// What happens at night comes by mail in the morning, and the computer stays silent; a device that was added is told at
// once.
func TestInform_QuietHours(t *testing.T) {
	d := newReader(t, func(s *services.NotificationSettings) { s.QuietFrom, s.QuietTo = "21:00", "07:00" })
	d.work()
	before := len(d.box.of(mail.DeviceAuthorized))
	night := time.Date(2026, 3, 3, 4, 0, 0, 0, time.UTC) // eleven in the evening
	d.clock.Move(night.Sub(d.clock.Now()))
	d.elsewhere()
	d.work()
	if got := len(d.box.of(mail.DeviceAuthorized)); got != before+1 {
		t.Errorf("%d mails about devices, %d before", got, before)
	}
}

func TestRemind_OnlyWhoWantsIt(t *testing.T) {
	d := newReader(t, func(s *services.NotificationSettings) { s.Events[services.NotifyDue] = services.Channels{} })
	for range 40 {
		d.clock.Move(24 * time.Hour)
		d.work()
	}
	if n := len(d.box.of(mail.PaymentDue)); n != 0 {
		t.Errorf("%d mails that nobody wants", n)
	}
}

// A reply at night is told in the morning, by mail and by the computer.
func TestInform_ReplyAtNight(t *testing.T) {
	box := &postbox{}
	c := newCenter(t, func(config *core.Config) { box.clock, config.Sender = config.Clock, box })
	set, err := c.amelie.Notifications(t.Context())
	must(t, err)
	set.QuietFrom, set.QuietTo = "08:00", "20:00" // who works at night; it is nine in the morning in Québec
	must(t, c.amelie.SetNotifications(t.Context(), set))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	events, err := c.amelie.Subscribe(ctx, 0)
	must(t, err)
	c.answer(c.send("A question").ThreadID, "An answer")
	_, err = c.SendMails(t.Context())
	must(t, err)
	if n := len(box.of(mail.Reply)); n != 0 {
		t.Errorf("%d mails in quiet hours", n)
	}
	for e := range events {
		if e.Kind == services.EventNotice {
			t.Errorf("told of %s in quiet hours", e.ID)
		}
		if e.Kind == services.EventMessage {
			break
		}
	}
	for range 11 * 6 {
		c.clock.Move(10 * time.Minute)
		must(t, c.amelie.Touch(ctx))
	}
	core.WakeAll(c.Core)
	_, err = c.SendMails(t.Context())
	must(t, err)
	if n := len(box.of(mail.Reply)); n != 1 {
		t.Errorf("%d mails after them", n)
	}
	for e := range events {
		if e.Kind == services.EventNotice && e.ID == string(services.NotifyReply) {
			cancel()
		}
	}
}

// A statement is told of when its month is over, once, and not the one of long ago that a new customer finds.
func TestRemind_OfStatements(t *testing.T) {
	d := newReader(t, func(*services.NotificationSettings) {})
	months := 0
	for range 70 {
		before := d.clock.Now().Add(-5 * time.Hour).Month()
		d.clock.Move(24 * time.Hour)
		if d.clock.Now().Add(-5*time.Hour).Month() != before {
			months++
		}
		d.work()
		if got := len(d.box.of(mail.StatementReady)); got > months+1 || got < months-1 {
			t.Fatalf("%d mails after %d months", got, months)
		}
	}
	seen := map[string]bool{}
	for _, m := range d.box.of(mail.StatementReady) {
		if seen[m.Text] {
			t.Errorf("told twice: %s", m.Text)
		}
		seen[m.Text] = true
	}
	if len(seen) == 0 {
		t.Error("never told")
	}
}
