package server_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"myaccount/services"
	"myaccount/services/api"
)

// trying is a call that types a code, by its number; 0 is one that is never right, and -1 asks for a new code.
type trying struct{ code int }

// mailed is that a new code was sent.
type mailed struct{ code int }

// request of a code, as the service keeps it.
type codeState struct {
	open       bool
	tries      int
	code       int
	authorized bool
}

// What the service says of a code.
const (
	mismatch  = string(services.CodeInvalid) + " " + services.ReasonMismatch
	codeGone  = string(services.CodeGone)
	notLinked = string(services.CodeNotLinked)
)

// codeModel is the rule of codes: of those typed, no more than most are compared; a new code does not change that while
// there are tries left, and begins anew when there are none; a right code ends it.
func codeModel(most int) porcupine.Model {
	return porcupine.Model{
		Init: func() any { return codeState{} },
		Step: func(state, input, output any) (bool, any) {
			s, in := state.(codeState), input.(trying)
			if in.code < 0 {
				return s.sends(output, most)
			}
			return s.typed(in.code, output, most)
		},
		DescribeOperation: describe, DescribeState: describeState,
	}
}

// sends is the step of a new code.
func (s codeState) sends(output any, most int) (bool, any) {
	if s.authorized {
		return output == notLinked, s
	}
	if !s.open || s.tries >= most {
		s.open, s.tries = true, 0
	}
	sent, ok := output.(mailed)
	s.code = sent.code
	return ok, s
}

// typed is the step of one try.
func (s codeState) typed(code int, output any, most int) (bool, any) {
	switch {
	case !s.open || s.tries >= most:
		return output == codeGone, s
	case code == s.code:
		s.open, s.authorized = false, true
		return output == "done", s
	}
	s.tries++
	return output == mismatch, s
}

// typist makes the calls of one history.
type typist struct {
	*replicas
	token string
	left  atomic.Int64 // how many codes may still be asked for
	one   sync.Mutex   // one asks for a code at a time, so that it is known which it was
}

// renew asks for a new code.
func (y *typist) renew(draw *rand.Rand) any {
	outcome := y.outcome(context.Background(), draw, request{method: "POST", path: api.PathDeviceCodes, token: y.token})
	if outcome == "done" {
		return mailed{y.code.last()}
	}
	return outcome
}

// try types a code.
func (y *typist) try(draw *rand.Rand, code int) any {
	return y.outcome(context.Background(), draw, request{
		method: "POST", path: api.PathDeviceAuthorizations, token: y.token, body: api.DeviceAuthorization{Code: fmt.Sprintf("%06d", code)},
	})
}

// TestHistory_Codes holds what clients are told of codes against the rule.
func TestHistory_Codes(t *testing.T) {
	workload{codeModel(5), asIs, recordCodes}.check(t)
}

// recordCodes prepares histories in which clients type codes, mostly wrong ones, and ask for new ones meanwhile.
func recordCodes(r *replicas) func(*rand.Rand) *history {
	r.one().customer(alice)
	return func(draw *rand.Rand) *history {
		r.one().clock.Move(25 * time.Hour) // codes are limited by the day
		y := &typist{replicas: r, token: r.one().signIn(alice).Token}
		y.left.Store(8)
		h := newHistory()
		renew := func(client int, draw *rand.Rand) {
			y.one.Lock()
			defer y.one.Unlock()
			h.do(client, trying{-1}, func() []any { return []any{y.renew(draw)} })
		}
		renew(0, draw)
		sure := draw.IntN(2) * 8 // in half of the histories the right code is typed as well
		together(draw, 5, 5, func(client int, draw *rand.Rand) {
			switch n := draw.IntN(50); {
			case n < 5 && y.left.Add(-1) >= 0:
				renew(client, draw)
			case n < 5+sure:
				code := y.code.last()
				h.do(client, trying{code}, func() []any { return []any{y.try(draw, code)} })
			default:
				h.do(client, trying{}, func() []any { return []any{y.try(draw, 0)} })
			}
		})
		return h
	}
}
