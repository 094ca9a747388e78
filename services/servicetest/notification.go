package servicetest

import (
	"maps"

	"myaccount/services"
)

var notificationCases = suite{
	"Notifications_Notifications/Usual":       notificationsUsual,
	"Notifications_SetNotifications/Kept":     notificationsKept,
	"Notifications_SetNotifications/Refused":  notificationsRefused,
	"Notifications_SetNotifications/Followed": notificationsFollowed,
	"Events_Subscribe/NoticesWait":            noticesWait,
}

// notifications gives what is set.
func (w *world) notifications(s services.CustomerSession) services.NotificationSettings {
	w.Helper()
	set, err := s.Notifications(w.ctx())
	w.must(err)
	return set
}

// safe is the least that can be set.
func safe() services.NotificationSettings {
	return services.NotificationSettings{DaysAhead: 1, Events: map[services.NotificationEvent]services.Channels{
		services.NotifyDevice: {Mail: true}, services.NotifyReturned: {Mail: true},
	}}
}

func notificationsUsual(w *world) {
	set := w.notifications(w.customer(alice, "lease"))
	for _, event := range services.NotificationEvents() {
		if ways := set.Events[event]; !ways.Desktop || event.NeedsMail() && !ways.Mail {
			w.Errorf("%s: %+v", event, ways)
		}
	}
	if len(set.Events) != len(services.NotificationEvents()) || set.DaysAhead < 1 || set.QuietFrom != "" || set.QuietTo != "" {
		w.Errorf("usual: %+v", set)
	}
}

func notificationsKept(w *world) {
	s, other := w.customer(alice, "lease"), w.customer(bob, "two")
	usual := w.notifications(other)
	set := safe()
	set.DaysAhead, set.QuietFrom, set.QuietTo = 14, "22:30", "07:00"
	set.Events[services.NotifyReply] = services.Channels{Desktop: true}
	for range 2 {
		w.must(s.SetNotifications(w.ctx(), set))
	}
	got := w.notifications(s)
	if !maps.Equal(got.Events, set.Events) {
		w.Errorf("events %+v, want %+v", got.Events, set.Events)
	}
	got.Events, set.Events = nil, nil
	same(w, "the rest", got, set)
	same(w, "another's", w.notifications(other), usual)
}

func notificationsRefused(w *world) {
	s := w.customer(alice, "lease")
	before := w.notifications(s)
	for _, c := range []struct {
		field, reason string
		change        func(*services.NotificationSettings)
	}{
		{"events", services.ReasonUnknown, func(n *services.NotificationSettings) { n.Events["birthday"] = services.Channels{} }},
		{"events", services.ReasonRequired, func(n *services.NotificationSettings) {
			n.Events[services.NotifyDevice] = services.Channels{Desktop: true}
		}},
		{"events", services.ReasonRequired, func(n *services.NotificationSettings) { delete(n.Events, services.NotifyReturned) }},
		{"days", services.ReasonFormat, func(n *services.NotificationSettings) { n.DaysAhead = 0 }},
		{"days", services.ReasonFormat, func(n *services.NotificationSettings) { n.DaysAhead = 15 }},
		{"quiet", services.ReasonFormat, func(n *services.NotificationSettings) { n.QuietFrom = "22:00" }},
		{"quiet", services.ReasonFormat, func(n *services.NotificationSettings) { n.QuietFrom, n.QuietTo = "22:00", "22:00" }},
		{"quiet", services.ReasonFormat, func(n *services.NotificationSettings) { n.QuietFrom, n.QuietTo = "22:00", "7:00" }},
		{"quiet", services.ReasonFormat, func(n *services.NotificationSettings) { n.QuietFrom, n.QuietTo = "24:00", "07:00" }},
	} {
		set := safe()
		c.change(&set)
		w.refuses(s.SetNotifications(w.ctx(), set), "Notifications.SetNotifications", map[string]string{c.field: c.reason})
	}
	same(w, "what is set", w.notifications(s), before)
}

// notificationsFollowed: a reply is told as its reader wants it.
func notificationsFollowed(w *world) {
	s, desk := w.customer(alice, "lease"), w.Advisor(w)
	id := w.send(s, "one", "A question").ThreadID
	events := w.subscribe(s, 0)
	w.answer(desk, id, "one", "The first answer")
	same(w, "told", w.next(events, services.EventNotice).ID, string(services.NotifyReply))
	same(w, "mails", w.mailed(alice, "reply"), 1)

	w.must(s.SetNotifications(w.ctx(), safe()))
	w.answer(desk, id, "two", "The second answer")
	for e := (services.Event{}); e.Kind != services.EventMessage; {
		if e = w.next(events, services.EventMessage, services.EventNotice); e.Kind == services.EventNotice {
			w.Errorf("told of %s", e.ID)
		}
	}
	same(w, "mails", w.mailed(alice, "reply"), 1)
}

// noticesWait: what happened while no program of the person listened is told by the next that does.
func noticesWait(w *world) {
	s, desk := w.customer(alice, "lease"), w.Advisor(w)
	id := w.send(s, "one", "A question").ThreadID
	w.answer(desk, id, "one", "The first answer")
	w.answer(desk, id, "two", "The second answer")
	same(w, "told", w.next(w.subscribe(s, 0), services.EventNotice).ID, string(services.NotifyReply))
}
