package api

import "myaccount/services"

// Notifications are what a person wants to be told, and how.
type Notifications struct {
	Events    map[string]Channels `json:"events,omitempty" doc:"By the name of the event"`
	DaysAhead int                 `json:"days_ahead,omitempty" doc:"How many days before it is due a payment is told of, 1 to 14"`
	QuietFrom string              `json:"quiet_from,omitempty" doc:"Beginning of quiet hours where the customer lives, 22:00; left out: none"`
	QuietTo   string              `json:"quiet_to,omitempty" doc:"Their end, 07:00"`
}

// Channels are the ways in which an event is told.
type Channels struct {
	Mail    bool `json:"mail,omitempty"`
	Desktop bool `json:"desktop,omitempty"`
}

// NotificationsOf converts from the services' type.
func NotificationsOf(s services.NotificationSettings) Notifications {
	events := map[string]Channels{}
	for event, ways := range s.Events {
		events[string(event)] = Channels(ways)
	}
	return Notifications{Events: events, DaysAhead: s.DaysAhead, QuietFrom: s.QuietFrom, QuietTo: s.QuietTo}
}

// Domain converts to the services' type.
func (n Notifications) Domain() services.NotificationSettings {
	events := map[services.NotificationEvent]services.Channels{}
	for event, ways := range n.Events {
		events[services.NotificationEvent(event)] = services.Channels(ways)
	}
	return services.NotificationSettings{Events: events, DaysAhead: n.DaysAhead, QuietFrom: n.QuietFrom, QuietTo: n.QuietTo}
}
