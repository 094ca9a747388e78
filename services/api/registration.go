package api

import (
	"time"

	"myaccount/services"
)

// Registration asks for a login.
type Registration struct {
	FirstName     string               `json:"first_name,omitempty"`
	LastName      string               `json:"last_name,omitempty"`
	Email         string               `json:"email,omitempty" doc:"Will be the user name"`
	Password      string               `json:"password,omitempty"`
	Language      string               `json:"language,omitempty" doc:"Of mails: en or fr"`
	TermsVersion  string               `json:"terms_version,omitempty" doc:"The version that was accepted"`
	TermsLanguage string               `json:"terms_language,omitempty" doc:"The language in which it was accepted"`
	TermsShown    map[string]time.Time `json:"terms_shown,omitempty" doc:"Language to when its text was first shown"`
	Captcha       string               `json:"captcha,omitempty" doc:"Solved challenge, ALTCHA's base64 payload"`
}

// RegistrationOf makes it from the domain's.
func RegistrationOf(r services.Registration) Registration {
	return Registration{
		FirstName: r.FirstName, LastName: r.LastName, Email: r.Email, Password: r.Password.Reveal(), Language: r.Language,
		TermsVersion: r.TermsVersion, TermsLanguage: r.TermsLanguage, TermsShown: r.TermsShown, Captcha: r.Captcha,
	}
}

// Domain gives it back.
func (r Registration) Domain() services.Registration {
	return services.Registration{
		FirstName: r.FirstName, LastName: r.LastName, Email: r.Email, Password: services.Secret(r.Password), Language: r.Language,
		TermsVersion: r.TermsVersion, TermsLanguage: r.TermsLanguage, TermsShown: r.TermsShown, Captcha: r.Captcha,
	}
}

// Address names an address whose owner asks for a mail.
type Address struct {
	Email   string `json:"email,omitempty"`
	Captcha string `json:"captcha,omitempty"`
}

// Activation confirms an address: the first one of a login, or a new one.
type Activation struct {
	Token string `json:"token,omitempty" doc:"Of the mail"`
}
