package messages

import (
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/text"
)

// warnDays is how long before its removal a conversation is marked.
const warnDays = 7

// topicName is a topic in the person's language; one that the policy no longer has reads as a message.
func topicName(p *text.Printer, policy services.Policy, id string) string {
	if name := policy.TopicName(id, string(p.Lang())); name != id {
		return name
	}
	return p.T("messages.topic.other")
}

// agreementName is how people tell their agreements apart, "Lease 4471".
func agreementName(p *text.Printer, kind services.AgreementKind, number string) string {
	key := "messages.agreement." + string(kind)
	if !p.Has(key) {
		key = "messages.agreement.other"
	}
	return p.T(key, text.Vars{"Digits": services.Agreement{Number: number}.LastDigits()})
}

// daysLeft counts the days from today to that of a moment, where the person is.
func daysLeft(now, until time.Time) int {
	return civil.DateOf(until.Local()).DaysSince(civil.DateOf(now.Local()))
}

// keptFor says how long a conversation is kept; soon when that needs attention.
func keptFor(p *text.Printer, now, until time.Time) (words string, soon bool) {
	days := daysLeft(now, until)
	if days <= warnDays {
		return p.T("messages.kept.soon", text.Vars{"In": p.InDays(days)}), true
	}
	return p.T("messages.kept.days", text.Vars{"Count": days}), false
}

// when is the day and time of a message.
func when(p *text.Printer, now, t time.Time) string {
	if now, t = now.Local(), t.Local(); civil.DateOf(now) == civil.DateOf(t) {
		return p.T("messages.today", text.Vars{"Clock": p.Clock(t)})
	}
	return p.DateTime(t.Local())
}
