package server_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"myaccount/services/api"
)

// TestUniform sends the same for an address with a login and for one without, in turn: the answers are the same to the
// byte, and the middle of their times differs by less than two milliseconds. Hashes are weak here, so they hide nothing.
// The race detector makes everything several times as long. A busy machine makes single times long, so the best of a few rounds counts.
func TestUniform(t *testing.T) {
	const rounds, samples, most = 4, 40, slower * 2 * time.Millisecond
	h := newHarness(t)
	h.person(alice)
	for name, ask := range map[string]func(email string) request{
		"sign-in": func(email string) request {
			return request{method: http.MethodPost, path: api.PathSessions, body: api.Credentials{Email: email, Password: "wrong", Captcha: h.captcha()}}
		},
		"reset": func(email string) request {
			return request{method: http.MethodPost, path: api.PathPasswordResets, body: api.Address{Email: email, Captcha: h.captcha()}}
		},
		"resend": func(email string) request {
			return request{method: http.MethodPost, path: api.PathActivationsResend, body: api.Address{Email: email, Captcha: h.captcha()}}
		},
		"register": func(email string) request {
			return request{method: http.MethodPost, path: api.PathRegistrations, body: h.registration(email)}
		},
	} {
		t.Run(name, func(t *testing.T) {
			var differences []time.Duration
			for round := range rounds {
				var took [2][]time.Duration
				for i := range 2 * samples {
					email := alice
					if i%2 == 1 {
						email = fmt.Sprintf("nobody.%s.%d.%d@example.ca", name, round, i)
					}
					h.clock.Move(5 * time.Minute) // so that no limit is met
					q := ask(email)
					begun := time.Now()
					r := h.do(q)
					took[i%2] = append(took[i%2], time.Since(begun))
					want := `{"status":401,"code":"unauthenticated"}` + "\n"
					if name != "sign-in" {
						want = "{}\n"
					}
					if string(r.body) != want {
						t.Fatalf("%s: %d %q", email, r.status, r.body)
					}
				}
				differences = append(differences, (middle(took[0]) - middle(took[1])).Abs())
			}
			if best := slices.Min(differences); best >= most {
				t.Errorf("the middle differs by %v", differences)
			}
		})
	}
}

func middle(took []time.Duration) time.Duration {
	slices.Sort(took)
	return took[len(took)/2]
}
