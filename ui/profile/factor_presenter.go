package profile

import (
	"context"
	"strings"

	"myaccount/services"
	"myaccount/services/totp"
	"myaccount/ui/nav"
)

// factorStage says what the page that sets an authenticator app up shows.
type factorStage int

const (
	factorPassword factorStage = iota // asks for the password
	factorScan                        // shows the secret and asks for a code of the app
	factorCodes                       // shows the recovery codes, once
)

// factorSetup decides what that page shows.
type factorSetup struct {
	deps    Deps
	changed func()

	stage    factorStage
	password *form
	code     *form
	setup    services.FactorSetup
	recovery []services.Secret
	kept     bool // the person says that the recovery codes are kept
}

func newFactorSetup(env nav.Env, deps Deps) *factorSetup {
	s := &factorSetup{deps: deps, changed: func() {}, password: newForm(env, fieldPassword), code: newForm(env, fieldCode)}
	changed := func() { s.changed() }
	s.password.changed, s.code.changed = changed, changed
	s.code.reason = s.codeReason
	return s
}

func (s *factorSetup) start() {
	s.password.start()
	s.code.start()
}

// stop ends the visit. The secret does not wait for the next one; the recovery codes do until they are kept.
func (s *factorSetup) stop() {
	s.password.stop()
	s.code.stop()
	s.setup = services.FactorSetup{}
	if s.stage == factorScan {
		s.stage = factorPassword
	}
}

// codeReason says why what was typed cannot be a code.
func (s *factorSetup) codeReason(string) string {
	switch typed := strings.Join(strings.Fields(s.code.typed[fieldCode].Reveal()), ""); {
	case typed == "":
		return services.ReasonRequired
	case len(typed) != totp.Digits || strings.Trim(typed, "0123456789") != "":
		return services.ReasonFormat
	}
	return ""
}

// begin asks for a new secret, once.
func (s *factorSetup) begin() {
	password := s.password.typed[fieldPassword]
	var setup services.FactorSetup
	s.password.send(func(ctx context.Context) (err error) {
		setup, err = s.deps.Security.SetUpSecondFactor(ctx, password)
		return err
	}, func() {
		s.stage, s.setup = factorScan, setup
		clear(s.password.typed)
	})
}

// confirm shows the service a code of the app, once.
func (s *factorSetup) confirm() {
	code := s.code.typed[fieldCode]
	var recovery []services.Secret
	s.code.send(func(ctx context.Context) (err error) {
		recovery, err = s.deps.Security.ConfirmSecondFactor(ctx, code)
		return err
	}, func() {
		s.stage, s.recovery, s.setup = factorCodes, recovery, services.FactorSetup{}
		clear(s.code.typed)
	})
}

// late says that the secret has waited too long for its code.
func (s *factorSetup) late() bool { return s.code.request.Code() == services.CodeGone }

// again begins anew when the secret has waited too long.
func (s *factorSetup) again() {
	s.stage, s.setup = factorPassword, services.FactorSetup{}
	s.code.stop()
	s.code.start()
	s.changed()
}

// keep notes whether the recovery codes are kept.
func (s *factorSetup) keep(on bool) {
	s.kept = on
	s.changed()
}

// groups is the secret in groups of four, as it is typed into an app.
func (s *factorSetup) groups() string {
	var groups []string
	for secret := s.setup.Secret.Reveal(); secret != ""; {
		n := min(4, len(secret))
		groups, secret = append(groups, secret[:n]), secret[n:]
	}
	return strings.Join(groups, " ")
}

// list is the recovery codes, one a line.
func (s *factorSetup) list() string {
	var lines strings.Builder
	for _, code := range s.recovery {
		lines.WriteString(code.Reveal() + "\n")
	}
	return lines.String()
}
