package server_test

import (
	"context"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"myaccount/services"
	"myaccount/services/api"
)

// entering is a call that signs in, on a device that is trusted or on any other.
type entering struct {
	number  int  // of the call within its history
	trusted bool // the device
	right   bool // the password
}

// What the service says of a try to sign in, and the second step of one that succeeds.
const (
	wrong     = string(services.CodeUnauthenticated)
	locked    = string(services.CodeLocked)
	throttled = string(services.CodeThrottled)
	entered   = "entered"
)

// door is one counter. A try counts as failed from before its password is looked at; success, which comes later, takes
// the whole count back.
type door struct {
	failures int
	locked   bool
	looking  uint64 // tries, by number, whose password turned out right
}

// freeTries are failures after which nobody has to wait.
const freeTries = 2

// signInModel is the rule of sign-ins: the failure number most locks; no other device's failures count.
func signInModel(most int) porcupine.Model {
	return porcupine.Model{
		Partition: func(calls []porcupine.Operation) [][]porcupine.Operation {
			parts := make([][]porcupine.Operation, 2)
			for _, call := range calls {
				part := &parts[0]
				if call.Input.(entering).trusted {
					part = &parts[1]
				}
				*part = append(*part, call)
			}
			return parts
		},
		Init: func() any { return door{} },
		Step: func(state, input, output any) (bool, any) {
			return state.(door).step(input.(entering), output, most)
		},
		DescribeOperation: describe, DescribeState: describeState,
	}
}

func (d door) step(in entering, output any, most int) (bool, any) {
	bit := uint64(1) << in.number
	switch {
	case output == entered: // the second step
		was := d.looking
		return was&bit != 0, door{looking: was &^ bit}
	case d.locked:
		return output == locked, d
	case output == throttled:
		return d.failures > freeTries, d
	}
	d.failures++
	d.locked = d.failures >= most
	if in.right {
		d.looking |= bit
		return output == "done", d
	}
	if d.locked {
		return output == locked, d
	}
	return output == wrong, d
}

// signIns prepares histories of sign-ins by somebody with a trusted device.
func signIns(r *replicas) func(*rand.Rand) *history {
	h := r.one()
	h.customer(alice)
	h.clock.Move(25 * time.Hour)
	token := h.signIn(alice).Token
	h.do(request{method: "POST", path: api.PathDeviceCodes, token: token}).want(202)
	var info api.Session
	h.do(request{method: "POST", path: api.PathDeviceAuthorizations, token: token, body: api.DeviceAuthorization{
		Code: h.mail(alice, "code").Code.Reveal(), Trust: true,
	}}).want(200).into(&info)
	h.clock.Step = 31 * time.Second // so that nobody has to wait between two tries
	return func(draw *rand.Rand) *history {
		must(h.t, h.core.Unlock(context.Background(), alice))
		calls := newHistory()
		var number atomic.Int64
		often := draw.IntN(12) // of the tries are right
		together(draw, 5, 6, func(client int, draw *rand.Rand) {
			in := entering{int(number.Add(1)), draw.IntN(3) == 0, draw.IntN(60) < often}
			calls.do(client, in, func() []any { return r.enter(draw, in, info.Device.Token) })
		})
		return calls
	}
}

// enter signs in.
func (r *replicas) enter(draw *rand.Rand, in entering, device string) []any {
	c := api.Credentials{Email: alice, Password: "not-the-right-0ne", Device: api.DeviceClaim{Name: "Computer", Kind: "personal"}}
	if in.right {
		c.Password = password
	}
	if in.trusted {
		c.Device.Token = device
	}
	outcome := r.outcome(context.Background(), draw, request{method: "POST", path: api.PathSessions, body: c})
	if outcome == "done" {
		return []any{outcome, entered}
	}
	return []any{outcome}
}

// TestHistory_SignIns holds what clients are told who sign in against the rule.
func TestHistory_SignIns(t *testing.T) {
	workload{signInModel(10), asIs, signIns}.check(t)
}

// TestHistory_CheckerCanFail records what the service does one call after the other, and finds it against rules with
// another limit.
func TestHistory_CheckerCanFail(t *testing.T) {
	r := onSQLite(t, asIs)
	r.one().customer(alice)
	r.one().clock.Move(25 * time.Hour)
	y := &typist{replicas: r, token: r.one().signIn(alice).Token}
	draw := rand.New(rand.NewPCG(1, 1)) //nolint:gosec // not a secret
	codes, tries := newHistory(), newHistory()
	codes.do(0, trying{-1}, func() []any { return []any{y.renew(draw)} })
	for range 7 {
		codes.do(0, trying{}, func() []any { return []any{y.try(draw, 0)} })
	}
	r.one().clock.Step = 31 * time.Second
	for n := range 12 {
		in := entering{number: n}
		tries.do(0, in, func() []any { return r.enter(draw, in, "") })
	}
	for name, c := range map[string]struct {
		history *history
		model   porcupine.Model
		right   bool
	}{
		"4 codes": {codes, codeModel(4), false}, "5 codes": {codes, codeModel(5), true}, "6 codes": {codes, codeModel(6), false},
		"9 tries": {tries, signInModel(9), false}, "10 tries": {tries, signInModel(10), true}, "11 tries": {tries, signInModel(11), false},
	} {
		c.history.wants(t, name, c.model, c.right)
	}
}
