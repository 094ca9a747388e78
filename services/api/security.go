package api

import (
	"time"

	"myaccount/services"
)

// PasswordChange is a new password beside the present one.
type PasswordChange struct {
	Current  string `json:"current,omitempty"`
	Password string `json:"password,omitempty"`
}

// EmailChange is a new address beside the password.
type EmailChange struct {
	Password string `json:"password,omitempty"`
	Email    string `json:"email,omitempty"`
}

// SignInRecord is one try to sign in.
type SignInRecord struct {
	ID      string                 `json:"id"`
	At      time.Time              `json:"at"`
	Device  string                 `json:"device" doc:"Name, as the device gave it"`
	From    string                 `json:"from" doc:"Network address"`
	Outcome services.SignInOutcome `json:"outcome" doc:"ok, recovery_code, wrong_password or wrong_second_factor"`
}

// SignInsOf makes part of the history.
func SignInsOf(p services.SignInPage) List[SignInRecord] {
	return listOf(p.Items, p.Next, func(r services.SignInRecord) SignInRecord { return SignInRecord(r) })
}

// SignInsFrom gives the part back.
func SignInsFrom(l List[SignInRecord]) services.SignInPage {
	return services.SignInPage{
		Items: convert(l.Items, func(r SignInRecord) services.SignInRecord { return services.SignInRecord(r) }), Next: l.after(),
	}
}

// SecondFactor is what is asked for beside the password.
type SecondFactor struct {
	Since    *time.Time `json:"since" doc:"null: no authenticator app"`
	Recovery int        `json:"recovery" doc:"Recovery codes that are left"`
}

// SecondFactorOf makes it from the domain's.
func SecondFactorOf(f services.SecondFactor) SecondFactor {
	return SecondFactor{moment(f.Since), f.Recovery}
}

// Domain gives it back.
func (f SecondFactor) Domain() services.SecondFactor {
	return services.SecondFactor{Since: instant(f.Since), Recovery: f.Recovery}
}

// FactorSetup is what an authenticator app is set up with.
type FactorSetup struct {
	Secret string `json:"secret" doc:"Base32, to be typed"`
	URI    string `json:"uri" doc:"otpauth://…, to be shown as a QR code"`
}

// Code is a code of an authenticator app.
type Code struct {
	Code string `json:"code,omitempty"`
}

// RecoveryCodes are told once; each is good for one sign-in without the app.
type RecoveryCodes struct {
	Codes []string `json:"codes" nullable:"false"`
}
