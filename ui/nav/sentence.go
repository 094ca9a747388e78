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
	case code == services.CodeLocked && wait > 0:
		return p.T("nav.error.locked_until", text.Vars{"Until": moment(p, now.Add(wait).Local(), now.Local())})
	case code == services.CodeThrottled && wait > 0:
		return p.T("nav.error.throttled_for", text.Vars{"Wait": p.Countdown(wait)})
	default:
		return p.T("nav.error." + string(code))
	}
}

// moment writes a time to the minute, with its day unless that is today.
func moment(p *text.Printer, at, now time.Time) string {
	if civil.DateOf(at) == civil.DateOf(now) {
		return p.Clock(at)
	}
	return p.DateTime(at)
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
