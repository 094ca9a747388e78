package server_test

import (
	"testing"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/totp"
)

func TestSecurity_OverTheWire(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	token := h.signIn(alice).Token

	var setup api.FactorSetup
	h.do(request{method: "POST", path: api.PathTOTP, token: token, body: api.Password{Password: "wrong"}}).fails(422, services.CodeInvalid)
	h.do(request{method: "POST", path: api.PathTOTP, token: token, body: api.Password{Password: password}}).want(201).into(&setup)
	code, err := totp.Code(setup.Secret, h.clock.Now())
	must(t, err)
	var recovery api.RecoveryCodes
	h.do(request{method: "POST", path: api.PathTOTPConfirm, token: token, body: api.Code{Code: code}}).want(200).into(&recovery)
	if len(recovery.Codes) != 10 {
		t.Errorf("%d recovery codes", len(recovery.Codes))
	}
	credentials := api.Credentials{Email: alice, Password: password}
	p := h.do(request{method: "POST", path: api.PathSessions, body: credentials}).fails(422, services.CodeInvalid)
	if p.Fields["totp"] != services.ReasonRequired {
		t.Errorf("%+v", p)
	}
	credentials.TOTP = recovery.Codes[0]
	h.do(request{method: "POST", path: api.PathSessions, body: credentials}).want(201)
	var state api.SecondFactor
	h.do(request{method: "GET", path: api.PathTOTP, token: token}).want(200).into(&state)
	if state.Since == nil || state.Recovery != 9 {
		t.Errorf("%+v", state)
	}

	var history api.List[api.SignInRecord]
	h.do(request{method: "GET", path: api.PathSignInHistory + "?limit=1", token: token}).want(200).into(&history)
	if len(history.Items) != 1 || history.Next == nil || history.Items[0].Outcome != services.SignInRecovery || history.Items[0].From != "127.0.0.1" {
		t.Errorf("%+v", history)
	}
	h.do(request{method: "DELETE", path: api.PathTOTP, token: token, body: api.Password{Password: password}}).want(204)

	h.do(request{method: "PUT", path: api.PathEmail, token: token, body: api.EmailChange{Password: password, Email: "new@example.ca"}}).want(202)
	h.mail("new@example.ca", "email_confirm")
	change := api.PasswordChange{Current: password, Password: "another-Meadow-47-kettle"}
	h.do(request{method: "PUT", path: api.PathPassword, token: token, body: change}).want(204)
	h.do(request{method: "GET", path: api.PathSession, token: token}).want(200)
}
