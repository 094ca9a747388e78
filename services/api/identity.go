package api

import (
	"time"

	"myaccount/services"
)

// IdentityStart is what leads a browser to the provider.
type IdentityStart struct {
	Issuer   string   `json:"issuer"`
	Endpoint string   `json:"authorization_endpoint" doc:"Where people sign in, with response_type=code and PKCE (S256)"`
	ClientID string   `json:"client_id"`
	Scopes   []string `json:"scopes" nullable:"false"`
	State    string   `json:"state" doc:"Good for one sign-in"`
	Nonce    string   `json:"nonce"`
	Life     Seconds  `json:"life" doc:"Of the sign-in, with all that is asked for in it"`
}

// IdentityStartOf makes it from the domain's.
func IdentityStartOf(s services.IdentityStart) IdentityStart {
	return IdentityStart{
		Issuer: s.Issuer, Endpoint: s.Endpoint, ClientID: s.ClientID, Scopes: convert(s.Scopes, same[string]),
		State: s.State.Reveal(), Nonce: s.Nonce.Reveal(), Life: SecondsOf(s.Life),
	}
}

// Domain gives it back.
func (s IdentityStart) Domain() services.IdentityStart {
	return services.IdentityStart{
		Issuer: s.Issuer, Endpoint: s.Endpoint, ClientID: s.ClientID, Scopes: s.Scopes,
		State: services.Secret(s.State), Nonce: services.Secret(s.Nonce), Life: s.Life.Duration(),
	}
}

// IdentityProof is what came back from the provider. It may be sent again with what was asked for.
type IdentityProof struct {
	State         string               `json:"state,omitempty"`
	Code          string               `json:"code,omitempty"`
	Verifier      string               `json:"code_verifier,omitempty" doc:"Of PKCE"`
	RedirectURI   string               `json:"redirect_uri,omitempty" doc:"Where the code came: http on a loopback address, with a port"`
	TOTP          string               `json:"totp,omitempty" doc:"Code of the authenticator app, or a recovery code; only when asked for"`
	Language      string               `json:"language,omitempty" doc:"Of mails: en or fr; this and what follows only when asked for"`
	TermsVersion  string               `json:"terms_version,omitempty" doc:"The version that was accepted"`
	TermsLanguage string               `json:"terms_language,omitempty" doc:"The language in which it was accepted"`
	TermsShown    map[string]time.Time `json:"terms_shown,omitempty" doc:"Language to when its text was first shown"`
	Device        DeviceClaim          `json:"device,omitzero"`
}

// IdentityProofOf makes it from the domain's.
func IdentityProofOf(p services.IdentityProof) IdentityProof {
	return IdentityProof{
		State: p.State.Reveal(), Code: p.Code.Reveal(), Verifier: p.Verifier.Reveal(), RedirectURI: p.RedirectURI,
		TOTP: p.TOTP.Reveal(), Language: p.Language,
		TermsVersion: p.TermsVersion, TermsLanguage: p.TermsLanguage, TermsShown: p.TermsShown,
		Device: DeviceClaim{Token: p.Device.Token.Reveal(), Name: p.Device.Name, Kind: p.Device.Kind},
	}
}

// Domain gives it back.
func (p IdentityProof) Domain() services.IdentityProof {
	return services.IdentityProof{
		State: services.Secret(p.State), Code: services.Secret(p.Code), Verifier: services.Secret(p.Verifier),
		RedirectURI: p.RedirectURI, TOTP: services.Secret(p.TOTP), Language: p.Language,
		TermsVersion: p.TermsVersion, TermsLanguage: p.TermsLanguage, TermsShown: p.TermsShown,
		Device: services.DeviceClaim{Token: services.Secret(p.Device.Token), Name: p.Device.Name, Kind: p.Device.Kind},
	}
}

// IdentityAnswer is a session, or that a mail was sent.
type IdentityAnswer struct {
	Session *Session `json:"session,omitempty"`
	SentTo  string   `json:"sent_to,omitempty" doc:"Masked address of the mail"`
}
