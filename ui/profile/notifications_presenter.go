package profile

import (
	"context"
	"maps"

	"myaccount/services"
	"myaccount/ui/nav"
)

// The quiet hours that are offered first.
const (
	usualQuietFrom = "22:00"
	usualQuietTo   = "07:00"
)

// notifications decides what the page about what a person is told shows.
type notifications struct {
	scope   nav.Scope
	service services.Notifications
	changed func()
	done    func() // the choices are saved

	kept   answer[services.NotificationSettings] // as the service has it
	set    services.NotificationSettings         // as it is chosen here
	saving bool
	err    error // of saving
}

func newNotifications(d nav.Dispatcher, service services.Notifications, done func()) *notifications {
	return &notifications{scope: nav.Scope{Dispatcher: d}, service: service, changed: func() {}, done: done}
}

func (n *notifications) start() {
	n.scope.Start()
	n.saving = false
	if !n.kept.loaded {
		n.load()
	}
}

func (n *notifications) load() {
	n.kept.err = nil
	n.changed()
	nav.Run(&n.scope, n.service.Notifications, func(set services.NotificationSettings, err error) {
		n.kept.take(set, err)
		if err == nil {
			n.set = set
			n.set.Events = maps.Clone(set.Events)
			if n.set.Events == nil {
				n.set.Events = map[services.NotificationEvent]services.Channels{}
			}
		}
		n.changed()
	})
}

// tell chooses the ways in which an event is told.
func (n *notifications) tell(event services.NotificationEvent, mail, desktop bool) {
	n.choose(func() { n.set.Events[event] = services.Channels{Mail: mail || event.NeedsMail(), Desktop: desktop} })
}

// ahead chooses how many days before it is due a payment is told of.
func (n *notifications) ahead(days int) { n.choose(func() { n.set.DaysAhead = days }) }

// quiet says whether there are quiet hours.
func (n *notifications) quiet() bool { return n.set.QuietFrom != "" }

// setQuiet chooses whether there are any.
func (n *notifications) setQuiet(on bool) {
	n.choose(func() {
		n.set.QuietFrom, n.set.QuietTo = "", ""
		if on {
			n.set.QuietFrom, n.set.QuietTo = usualQuietFrom, usualQuietTo
		}
	})
}

// hours chooses when they begin and end.
func (n *notifications) hours(from, to string) {
	n.choose(func() { n.set.QuietFrom, n.set.QuietTo = from, to })
}

// choose changes what is chosen; what went wrong before is of the past.
func (n *notifications) choose(change func()) {
	change()
	n.err = nil
	n.changed()
}

// same says that quiet hours begin and end at the same time, which cannot be saved.
func (n *notifications) same() bool { return n.quiet() && n.set.QuietFrom == n.set.QuietTo }

// ready says whether there is something to save.
func (n *notifications) ready() bool {
	same := maps.Equal(n.set.Events, n.kept.value.Events) && n.set.DaysAhead == n.kept.value.DaysAhead &&
		n.set.QuietFrom == n.kept.value.QuietFrom && n.set.QuietTo == n.kept.value.QuietTo
	return n.kept.loaded && !n.saving && !same && !n.same()
}

// save saves the choices, once. What is chosen stays when that fails.
func (n *notifications) save() {
	if !n.ready() {
		return
	}
	n.saving, n.err = true, nil
	n.changed()
	set := n.set
	set.Events = maps.Clone(set.Events)
	nav.Keep(&n.scope, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, n.service.SetNotifications(ctx, set)
	}, func(_ struct{}, err error) {
		n.saving, n.err = false, err
		if err == nil {
			n.kept.value = set
			n.done()
		}
		n.changed()
	})
}
