package remote_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/remote"
)

func TestRetryWait_GrowsWithinItsBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		try := rapid.IntRange(0, 1000).Draw(t, "try")
		first := time.Duration(rapid.Int64Range(1, int64(time.Minute)).Draw(t, "first"))
		most := first + time.Duration(rapid.Int64Range(0, int64(time.Hour)).Draw(t, "more"))
		bound := most
		if first < most>>min(try, 62) {
			bound = first * (1 << try)
		}
		if wait := remote.RetryWait(try, first, most); wait < bound/10 || wait > bound {
			t.Fatalf("after try %d: %v, of %v", try, wait, bound)
		}
	})
}

// FuzzRefused reads what anything in between may answer: it is always an error of a code that there is.
func FuzzRefused(f *testing.F) {
	f.Add(422, api.TypeProblem, "", []byte(`{"code":"invalid","fields":{"email":"format"}}`))
	f.Add(503, "text/html", "7", []byte("<html>"))
	f.Add(429, api.TypeProblem, "999999999999999999999", []byte(`{"code":"throttled","retry_after":-5}`))
	f.Add(200, ";;;", "-1", []byte(nil))
	f.Fuzz(func(t *testing.T, status int, contentType, retryAfter string, body []byte) {
		err := remote.Refused(status, contentType, retryAfter, body)
		if !slices.Contains(services.Codes(), err.Code) || err.RetryAfter < 0 {
			t.Errorf("got %v, wait %v", err, err.RetryAfter)
		}
	})
}

// FuzzEventOf reads what a stream may hold.
func FuzzEventOf(f *testing.F) {
	f.Add("message", "7", `{"id":"x"}`)
	f.Add("", "7", "{}")
	f.Add("refetch", "-1", "null")
	f.Add("message", "seven", `{"id":7}`)
	f.Fuzz(func(t *testing.T, kind, id, data string) {
		e, ok := remote.EventOf(kind, id, data)
		if ok && (e.Kind == "" || string(e.Kind) != kind) {
			t.Errorf("%q %q %q: %+v", kind, id, data, e)
		}
	})
}
