package nav

import (
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/text"
)

// Sentence says what an error means for the person, in their language: what happened, what is safe, what to do.
func Sentence(p *text.Printer, err error, now time.Time) string {
	code := services.CodeOf(err)
	wait := services.RetryAfterOf(err)
	switch {
	case services.FieldsOf(err)["certificate"] != "":
		return p.T("nav.error.certificate")
	case code == services.CodeLocked && wait > 0:
		return locked(p, now.Add(wait).Local(), now.Local())
	case code == services.CodeThrottled && wait > 0:
		return p.T("nav.error.throttled_for", text.Vars{"Wait": p.Countdown(wait)})
	default:
		return p.T("nav.error." + string(code))
	}
}

// locked says until when signing in is locked, with the day unless that is today.
func locked(p *text.Printer, until, now time.Time) string {
	if civil.DateOf(until) == civil.DateOf(now) {
		return p.T("nav.error.locked_until_today", text.Vars{"Until": p.Clock(until)})
	}
	return p.T("nav.error.locked_until", text.Vars{"Until": p.DateTime(until)})
}

// FieldSentence says why a field was refused: the field's own words where the catalogue has some, else the reason's.
func FieldSentence(p *text.Printer, field, reason string, vars ...text.Vars) string {
	for _, key := range []string{"nav.field." + field + "." + reason, "nav.reason." + reason} {
		if p.Has(key) {
			return p.T(key, vars...)
		}
	}
	return p.T("nav.reason.format")
}

// Unread says why something could not be read, where nothing is typed that could be lost.
func Unread(p *text.Printer, err error, now time.Time) string {
	if code := services.CodeOf(err); code == services.CodeUnavailable || code == services.CodeInternal {
		return p.T("nav.read." + string(code))
	}
	return Sentence(p, err, now)
}
