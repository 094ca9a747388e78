package services

import (
	"context"
	"time"
)

// IdentitySignIns is the ability of a Portal to sign people in with a login that they have elsewhere, by OpenID Connect
// (OpenID Connect Core 1.0, section 3.1; RFC 7636; RFC 8252). Only remote mode has it, and only where Policy names an
// identity provider.
type IdentitySignIns interface {
	// StartIdentity begins: with its answer the person's browser is led to the provider. It is good for one sign-in, and
	// for a while only. Fails with CodeNotFound when there is no provider, CodeThrottled, and CodeUnavailable also when
	// the provider cannot be reached.
	StartIdentity(ctx context.Context) (IdentityStart, error)
	// SignInWithIdentity ends it. A login elsewhere that belongs to a login here opens a session; one that nobody here
	// knows yet has a mail sent to its address, with a link that joins the two (ConfirmIdentity). The answer, and its
	// time, are then the same whether or not the address has a login here.
	//
	// A call that fails with CodeInvalid, CodeLocked or CodeThrottled may be repeated with the same proof: the code is
	// redeemed once, and what it brought is kept until the start expires. Fails with CodeInvalid (redirect_uri: format;
	// totp: required or mismatch, as at SignIn; email: unverified, when the provider does not vouch for the address, or
	// required; first_name, last_name, when it has no name; terms_version, terms_language, terms_shown, language, as at
	// Register: required until the terms are accepted, by those alone who need the mail), CodeUnauthenticated when the
	// provider or what it says is not to be believed, CodeGone when the start was used, has expired or never was,
	// CodeConflict while the same proof is being looked at, CodeLocked and CodeThrottled (RetryAfter).
	SignInWithIdentity(ctx context.Context, p IdentityProof) (IdentityAnswer, error)
	// ConfirmIdentity joins a login elsewhere to the login of the address that the token of the mail was sent to, which
	// begins with that if there was none. Fails with CodeGone when the token was used, has expired or never was, or when
	// the login elsewhere belongs to somebody else by now.
	ConfirmIdentity(ctx context.Context, token Secret) error
}

// ReasonUnverified refuses an e-mail address that the identity provider does not vouch for.
const ReasonUnverified = "unverified"

// IdentityStart is what leads a browser to the provider.
type IdentityStart struct {
	Issuer   string // by which the provider is known
	Endpoint string // where people sign in
	ClientID string
	Scopes   []string
	State    Secret // comes back with the code
	Nonce    Secret // comes back in what the provider signs
	Life     time.Duration
}

// IdentityProof is what came back from the provider, with what a sign-in may need beside it.
type IdentityProof struct {
	State       Secret
	Code        Secret
	Verifier    Secret // of PKCE; nobody but the caller knows it until the code is redeemed
	RedirectURI string // http://127.0.0.1:PORT/…, where the code came
	TOTP        Secret // only when asked for
	Device      DeviceClaim

	// Only when asked for, as in Registration.
	Language      string
	TermsVersion  string
	TermsLanguage string
	TermsShown    map[string]time.Time
}

// IdentityAnswer is a session, or that a mail was sent.
type IdentityAnswer struct {
	Session Session // nil when a mail was sent
	SentTo  string  // masked address of the mail
}
