package server_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/brand"
)

// using is a call that uses something that counts once, by its name: a captcha, or the tokens of somebody's mails.
type using struct{ name string }

// What the service says of a captcha that was used, and of a token.
const (
	outdated  = string(services.CodeInvalid) + " " + services.ReasonOutdated
	tokenGone = string(services.CodeGone)
)

// onceModel is the rule of what counts once: one call succeeds, all others are refused.
var onceModel = porcupine.Model{
	Partition: func(calls []porcupine.Operation) (parts [][]porcupine.Operation) {
		place := map[string]int{}
		for _, call := range calls {
			name := call.Input.(using).name
			if _, ok := place[name]; !ok {
				place[name] = len(parts)
				parts = append(parts, nil)
			}
			parts[place[name]] = append(parts[place[name]], call)
		}
		return parts
	},
	Init: func() any { return false },
	Step: func(state, input, output any) (bool, any) {
		_, lost := output.(unknown)
		if state.(bool) {
			return lost || output == outdated || output == tokenGone, true
		}
		return lost || output == "done", true
	},
	DescribeOperation: describe, DescribeState: describeState,
}

// TestHistory_Captchas: clients use few captchas for many requests, and lose answers.
func TestHistory_Captchas(t *testing.T) {
	asked := 0
	workload{onceModel, asIs, func(r *replicas) func(*rand.Rand) *history {
		return func(draw *rand.Rand) *history {
			solved := []string{r.one().captcha(), r.one().captcha(), r.one().captcha()}
			h, name := newHistory(), asked
			asked++
			together(draw, 4, 4, func(client int, draw *rand.Rand) {
				n := draw.IntN(len(solved))
				q := request{method: "POST", path: api.PathPasswordResets, body: api.Address{
					Email: fmt.Sprintf("nobody-%d-%d@example.ca", name, draw.Uint64()), Captcha: solved[n],
				}}
				ctx, cancel := unsure(context.Background(), draw, &q)
				defer cancel()
				h.do(client, using{fmt.Sprint("captcha ", n)}, func() []any { return []any{r.outcome(ctx, draw, q)} })
			})
			return h
		}
	}}.check(t)
}

// TestHistory_Activations: clients confirm an address with the tokens of its mails, of which one use ends all.
func TestHistory_Activations(t *testing.T) {
	number := 0
	workload{onceModel, asIs, func(r *replicas) func(*rand.Rand) *history {
		return func(draw *rand.Rand) *history {
			number++
			email := fmt.Sprintf("somebody-%d@example.ca", number)
			one := r.one()
			one.do(request{method: "POST", path: api.PathRegistrations, body: one.registration(email)}).want(202)
			tokens := []string{one.mail(email, "activate").Token.Reveal()}
			again := api.Address{Email: email, Captcha: one.captcha()}
			one.do(request{method: "POST", path: api.PathActivationsResend, body: again}).want(202)
			tokens = append(tokens, one.mail(email, "activate").Token.Reveal())
			h := newHistory()
			together(draw, 5, 2, func(client int, draw *rand.Rand) {
				q := request{method: "POST", path: api.PathActivations, body: api.Activation{Token: tokens[draw.IntN(2)]}}
				ctx, cancel := unsure(context.Background(), draw, &q)
				defer cancel()
				h.do(client, using{email}, func() []any { return []any{r.outcome(ctx, draw, q)} })
			})
			return h
		}
	}}.check(t)
}

// passing is a call that sets a password with the token of a reset, or signs in with one.
type passing struct {
	password int
	sets     bool
}

// resetState is the password of a login, and whether its token was used.
type resetState struct {
	password int
	used     bool
}

// resetModel is the rule of resets: a token sets one password, and from then on that password and no other lets in.
var resetModel = porcupine.Model{
	Init: func() any { return resetState{} },
	Step: func(state, input, output any) (bool, any) {
		s, in := state.(resetState), input.(passing)
		_, lost := output.(unknown)
		switch {
		case in.sets && s.used:
			return lost || output == tokenGone, s
		case in.sets:
			return lost || output == "done", resetState{in.password, true}
		case output == throttled || lost:
			return true, s
		case in.password == s.password:
			return output == "done", s
		}
		return output == wrong, s
	},
	DescribeOperation: describe, DescribeState: describeState,
}

// TestHistory_Resets: clients reset a password, each to another one, with the same token, and sign in with any of them.
func TestHistory_Resets(t *testing.T) {
	number := 0
	often := func(rules *brand.Rules) { rules.LockoutAfter = 1 << 30 }
	workload{resetModel, often, func(r *replicas) func(*rand.Rand) *history {
		one := r.one()
		return func(draw *rand.Rand) *history {
			number++
			email := fmt.Sprintf("forgetful-%d@example.ca", number)
			one.person(email)
			one.do(request{method: "POST", path: api.PathPasswordResets, body: api.Address{Email: email, Captcha: one.captcha()}}).want(202)
			token := one.mail(email, "reset").Token.Reveal()
			one.clock.Step = 31 * time.Second // so that nobody has to wait between two tries
			h := newHistory()
			together(draw, 4, 4, func(client int, draw *rand.Rand) {
				in := passing{draw.IntN(4), false}
				q := request{method: "POST", path: api.PathSessions, body: api.Credentials{Email: email, Password: passwordOf(in.password)}}
				if in.password > 0 && draw.IntN(3) == 0 {
					in.sets = true
					q = request{method: "PUT", path: api.PathPasswordResets, body: api.PasswordReset{Token: token, Password: passwordOf(in.password)}}
				}
				ctx, cancel := unsure(context.Background(), draw, &q)
				defer cancel()
				h.do(client, in, func() []any { return []any{r.outcome(ctx, draw, q)} })
			})
			return h
		}
	}}.check(t)
}

// passwordOf is a password by its number; 0 is that of the registration.
func passwordOf(number int) string {
	return password + strings.Repeat("-more", number)
}

// TestHistory_OnceCanFail has two calls use the same, and shows where what is wrong can be seen.
func TestHistory_OnceCanFail(t *testing.T) {
	h := newHistory()
	for range 2 {
		h.do(0, using{"token"}, func() []any { return []any{"done"} })
	}
	h.wants(t, "used twice", onceModel, false)
	lost := newHistory()
	lost.do(0, using{"token"}, func() []any { return []any{unknown{}} })
	lost.do(1, using{"token"}, func() []any { return []any{"done"} })
	lost.wants(t, "may never have happened", onceModel, true)
}

// picture is where a history can be looked at.
var picture = regexp.MustCompile(`^MYACCOUNT_SEED=\d+: \d+ calls are Illegal by the rules: open (\S+)$`)

// wants checks what a history was judged, and that one that is wrong can be looked at.
func (h *history) wants(t *testing.T, name string, model porcupine.Model, right bool) {
	t.Helper()
	err := h.judge(model, 7)
	switch {
	case right && err != nil:
		t.Errorf("%s: %v", name, err)
	case right:
	case err == nil:
		t.Errorf("%s: nothing was found", name)
	default:
		found := picture.FindStringSubmatch(err.Error())
		if found == nil {
			t.Fatalf("%s: %v", name, err)
		}
		page, readErr := os.ReadFile(found[1])
		must(t, readErr)
		must(t, os.Remove(found[1]))
		if !strings.Contains(string(page), "<html") || !strings.Contains(string(page), describe(h.calls[0].Input, h.calls[0].Output)) {
			t.Errorf("%s: the picture does not show the calls", name)
		}
	}
}
