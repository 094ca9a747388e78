package remote

import (
	"net/http"
	"testing"
	"time"

	"github.com/tmaxmax/go-sse"

	"myaccount/services"
	"myaccount/services/api"
)

// Hurry makes the portal impatient with streams of events, so that tests need not wait.
func (p *Portal) Hurry() {
	p.pace = pace{quiet: time.Second, firstWord: 200 * time.Millisecond, pollEvery: 50 * time.Millisecond, pollFor: time.Minute}
}

// LimitDocuments says how many bytes of documents a machine keeps for a person, until the test ends.
func LimitDocuments(t *testing.T, most int64) {
	before := documentsMost
	t.Cleanup(func() { documentsMost = before })
	documentsMost = most
}

// NewTransport makes the connections of the client.
var NewTransport = newTransport

// RetryWait is how long to wait after a try.
var RetryWait = retryWait

// Refused is the error of an answer.
func Refused(status int, contentType, retryAfter string, body []byte) *services.Error {
	return refused(status, http.Header{"Content-Type": {contentType}, "Retry-After": {retryAfter}, api.HeaderRequestID: {"id"}}, body)
}

// EventOf reads an event.
func EventOf(kind, id, data string) (services.Event, bool) {
	return eventOf(sse.Event{Type: kind, LastEventID: id, Data: data})
}
