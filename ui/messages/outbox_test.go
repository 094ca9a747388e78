package messages

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
	"myaccount/ui/uitest"
)

// away is an office that cannot be reached: what is sent waits in an outbox.
type away struct {
	*office
	items []services.OutboxItem
}

func (a *away) Send(_ context.Context, m services.Outgoing) (services.Receipt, error) {
	leave, err := a.enter("Send")
	if err != nil {
		return services.Receipt{}, err
	}
	defer leave()
	a.drafts = slices.DeleteFunc(a.drafts, func(d services.Draft) bool { return d.ID == m.DraftID })
	a.items = append(a.items, services.OutboxItem{
		Key: m.IdempotencyKey, ThreadID: m.ThreadID, Topic: m.Topic, AgreementID: m.AgreementID, Body: m.Body,
		State: services.OutboxWaiting, Since: a.now(),
	})
	return services.Receipt{Waiting: true}, nil
}

func (a *away) Outbox(context.Context) ([]services.OutboxItem, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.items), nil
}

func (a *away) Received(_ context.Context, key string) (services.Receipt, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if r, ok := a.receipts[key]; ok {
		return r, nil
	}
	return services.Receipt{}, services.Fail(services.CodeNotFound)
}

func (a *away) CancelOutbox(_ context.Context, key string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	for i, item := range a.items {
		switch {
		case item.Key != key:
		case item.State == services.OutboxSending:
			return services.Fail(services.CodeConflict)
		default:
			a.back(i)
			return nil
		}
	}
	return services.Fail(services.CodeNotFound)
}

// back makes a draft again of a message.
func (a *away) back(i int) services.OutboxItem {
	item := a.items[i]
	item.DraftID = a.id("d")
	a.items = slices.Delete(a.items, i, i+1)
	a.drafts = append(a.drafts, services.Draft{
		ID: item.DraftID, ThreadID: item.ThreadID, Topic: item.Topic, AgreementID: item.AgreementID, Body: item.Body,
		IdempotencyKey: item.Key, UpdatedAt: a.now(),
	})
	return item
}

func (a *away) WatchOutbox(context.Context) <-chan struct{} { return nil }

// reconnect lets everything arrive that waits.
func (a *away) reconnect() {
	a.mu.Lock()
	items := a.items
	a.items = nil
	a.mu.Unlock()
	for _, i := range items {
		_, _ = a.office.Send(context.Background(), services.Outgoing{
			ThreadID: i.ThreadID, Topic: i.Topic, AgreementID: i.AgreementID, Body: i.Body, IdempotencyKey: i.Key,
		})
	}
}

// offline shows the page of a route over an office that cannot be reached.
func (s *stage) offline(a *away, route nav.Route) *uitest.Screen {
	s.t.Helper()
	deps := s.office.deps()
	deps.Messages, deps.Outbox = a, a
	pages := map[nav.PageID]func(nav.Env, Deps, nav.Route) nav.Page{nav.PageMessages: New, nav.PageCompose: NewCompose, nav.PageSent: NewSent}
	s.screen = s.Show(s.t, pages[route.Page](s.Env(), deps, route), s.size)
	return s.screen
}

// waiting is a new message and a reply, neither received yet.
func (s *stage) waiting() *away {
	s.office = newOffice()
	s.office.fill()
	return &away{office: s.office, items: []services.OutboxItem{
		{Key: "key-new", Topic: "payments", AgreementID: "lease", Body: "When is my next payment?", State: services.OutboxWaiting, Since: uitest.Now.Add(-20 * time.Minute)},
		{Key: "key-reply", ThreadID: "payoff", Body: "Thank you, I will take the offer.", State: services.OutboxWaiting, Since: uitest.Now.Add(-10 * time.Minute)},
	}}
}

func TestOutbox_SentPageWaitsAndThenConfirms(t *testing.T) {
	s := english(t)
	s.office.fill()
	a := &away{office: s.office}
	s.offline(a, nav.Route{Page: nav.PageCompose, Payload: nav.ComposePreset{Topic: "payments", AgreementID: "lease"}})
	s.screen.WaitFor(s.say("compose.drop"))
	s.screen.Type(s.say("compose.message"), "When is my next payment?")
	s.screen.Tap(s.say("compose.send"))
	s.screen.Until("the next page", func() bool { return len(s.Replaced) == 1 })
	sent := s.Replaced[0]
	s.offline(a, sent)
	s.screen.WaitFor(s.say("outbox.later"))
	a.reconnect()
	s.refresh(services.EventOutbox, "")
	s.screen.WaitFor("M-NEW0-0001")
	if s.screen.Has(s.say("outbox.later")) {
		t.Error("it still waits")
	}
}

func TestOutbox_ListAndConversationShowWhatWaits(t *testing.T) {
	s := english(t)
	a := s.waiting()
	s.offline(a, nav.Route{Page: nav.PageMessages, Arg: "payoff"})
	s.screen.WaitFor("Thank you, I will take the offer.")
	s.screen.WaitFor("· " + s.say("outbox.waiting"))
	s.screen.WaitFor(s.Printer.T("messages.outbox.reply", text.Vars{"State": s.say("outbox.waiting")}))

	a.mu.Lock()
	a.items[1].State, a.items[1].Percent = services.OutboxSending, 40
	a.items[1].Attachments = []services.Attachment{{ID: "f", Name: "offer.pdf", Size: 2 << 20}}
	a.mu.Unlock()
	s.refresh(services.EventOutbox, "")
	s.screen.Until("how far it is", func() bool {
		return slices.ContainsFunc(s.screen.Texts(), func(words string) bool { return strings.Contains(words, "40") && strings.HasPrefix(words, "·") })
	})

	a.reconnect()
	s.refresh(services.EventOutbox, "")
	s.screen.Until("the reply to be received", func() bool { return len(s.center().thread.Messages) == 3 })
	s.screen.WaitGone("· " + s.say("outbox.waiting"))
}

func TestOutbox_TakenBackIsADraftAgain(t *testing.T) {
	s := english(t)
	a := s.waiting()
	s.offline(a, nav.Route{Page: nav.PageMessages, Arg: rowOfOutbox("key-new")})
	s.screen.WaitFor(s.say("outbox.text"))
	s.screen.Tap(s.say("outbox.cancel"))
	s.screen.WaitFor(s.say("draft.continue"))
	s.screen.WaitFor("When is my next payment?")

	s.offline(a, nav.Route{Page: nav.PageMessages, Arg: "payoff"})
	s.screen.WaitFor(s.say("outbox.cancel"))
	s.screen.Tap(s.say("outbox.cancel"))
	s.screen.Until("the reply to be edited", func() bool {
		return s.screen.Has(s.say("reply.send")) && s.screen.Field(s.say("reply")).Text() == "Thank you, I will take the offer."
	})
	if !slices.Contains(s.Toasts, s.say("outbox.cancelled")) || len(a.items) != 0 {
		t.Errorf("toasts %q, outbox %+v", s.Toasts, a.items)
	}
}

func TestOutbox_TooLateToTakeBack(t *testing.T) {
	s := english(t)
	a := s.waiting()
	s.offline(a, nav.Route{Page: nav.PageMessages, Arg: rowOfOutbox("key-new")})
	s.screen.WaitFor(s.say("outbox.cancel"))
	a.mu.Lock()
	a.items[0].State = services.OutboxSending
	a.mu.Unlock()
	s.screen.Tap(s.say("outbox.cancel"))
	s.screen.Until("a word", func() bool { return slices.Contains(s.Toasts, s.say("outbox.late")) })
	s.screen.WaitFor(s.say("outbox.sending"))
}

// refused is a message that came back because its agreement is none any more.
func (s *stage) refused() *away {
	a := s.waiting()
	a.items[0].State, a.items[0].Code, a.items[0].Fields = services.OutboxRefused, services.CodeInvalid, map[string]string{"agreement_id": services.ReasonUnknown}
	item := a.back(0)
	a.items = append(a.items, item)
	return a
}

func TestOutbox_RefusedSaysWhyAndIsEdited(t *testing.T) {
	s := english(t)
	a := s.refused()
	draft := a.items[len(a.items)-1].DraftID
	s.offline(a, nav.Route{Page: nav.PageMessages, Arg: rowOfDraft(draft)})
	s.screen.WaitFor(s.say("outbox.choice"))
	s.screen.Tap(s.say("draft.continue"))
	if len(s.Went) != 1 || s.Went[0].Arg != draft {
		t.Fatalf("went to %+v", s.Went)
	}
	s.offline(a, s.Went[0])
	s.screen.WaitFor(s.Printer.T("nav.reason.unknown"))
}

// settled waits for everything that the Message Center reads.
func (s *stage) settled() {
	s.t.Helper()
	s.screen.Until("everything to be read", func() bool {
		c := s.center()
		return len(c.known) > 0 && c.inbox.loaded && (c.thread.ID == "" || !c.inbox.threads[0].Unread)
	})
}

func TestOutbox_Pictures(t *testing.T) {
	for _, look := range uitest.Looks {
		s := newStage(t, look.Lang, look.Appearance, 1)
		s.offline(s.waiting(), nav.Route{Page: nav.PageMessages, Arg: "payoff"})
		s.screen.WaitFor("Thank you, I will take the offer.")
		s.settled()
		s.screen.AssertLayout()
		s.screen.Golden("waiting-reply-" + look.Name)
		s.offline(s.waiting(), nav.Route{Page: nav.PageMessages, Arg: rowOfOutbox("key-new")})
		s.screen.WaitFor(s.say("outbox.text"))
		s.settled()
		s.screen.AssertLayout()
		s.screen.Golden("waiting-new-" + look.Name)
		a := s.refused()
		s.offline(a, nav.Route{Page: nav.PageMessages, Arg: rowOfDraft(a.items[len(a.items)-1].DraftID)})
		s.screen.WaitFor(s.say("outbox.choice"))
		s.settled()
		s.screen.AssertLayout()
		s.screen.Golden("refused-" + look.Name)
		s.offline(s.waiting(), nav.Route{Page: nav.PageSent, Arg: "key-new", Payload: services.Receipt{Waiting: true}})
		s.screen.WaitFor(s.say("outbox.later"))
		s.screen.AssertLayout()
		s.screen.Golden("sent-waiting-" + look.Name)
	}
}
