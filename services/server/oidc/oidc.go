// Package oidc asks an OpenID Connect provider who somebody is: it finds the provider's endpoints, redeems a code that
// the app was given (with PKCE) and checks what the provider signed (OpenID Connect Core 1.0, sections 3.1.3.5 and
// 3.1.3.7; OAuth 2.0 for Native Apps, RFC 8252).
package oidc

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"myaccount/services"
	"myaccount/services/core"
)

// wait bounds each request to the provider.
const wait = 10 * time.Second

// scopes are what people are asked to share: who they are, their name and their address.
var scopes = []string{oidc.ScopeOpenID, "profile", "email"}

// Config is what the provider knows the portal by.
type Config struct {
	Issuer       string
	ClientID     string
	ClientSecret services.Secret // optional: of a provider that wants one beside PKCE
	Clock        services.Clock
	Client       *http.Client // optional
}

// Provider asks one provider. It may be used by many goroutines.
type Provider struct {
	config Config

	mu      sync.Mutex
	found   *oidc.Provider // nil until it could be reached
	looking *look          // nil while nobody looks for it
}

// look is one try to find the endpoints, which all wait for who come meanwhile.
type look struct {
	done  chan struct{} // closed at the end
	found *oidc.Provider
	err   error
}

var _ core.IdentityProvider = (*Provider)(nil)

// New makes a Provider; it asks nothing yet, so that the portal starts while the provider is away.
func New(c Config) *Provider {
	if c.Client == nil {
		c.Client = &http.Client{Timeout: wait}
	}
	return &Provider{config: c}
}

// discover finds the provider's endpoints, once. However many ask while it cannot be reached, one looks for it at a time,
// and nobody waits for longer than ctx. Fails with CodeUnavailable.
func (p *Provider) discover(ctx context.Context) (*oidc.Provider, error) {
	p.mu.Lock()
	if p.found != nil {
		defer p.mu.Unlock()
		return p.found, nil
	}
	l := p.looking
	if l == nil {
		l = &look{done: make(chan struct{})}
		p.looking = l
		go p.look(context.WithoutCancel(ctx), l) // others wait for it too
	}
	p.mu.Unlock()
	select {
	case <-l.done:
		return l.found, l.err
	case <-ctx.Done():
		return nil, unavailable(ctx.Err())
	}
}

// look tries once to find the endpoints.
func (p *Provider) look(ctx context.Context, l *look) {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	found, err := oidc.NewProvider(p.context(ctx), p.config.Issuer)
	p.mu.Lock()
	defer p.mu.Unlock()
	if err != nil {
		l.err = unavailable(err)
	} else {
		l.found, p.found = found, found
	}
	p.looking = nil
	close(l.done)
}

// context has requests made by our client.
func (p *Provider) context(ctx context.Context) context.Context {
	return oidc.ClientContext(ctx, p.config.Client)
}

// Check tells whether the provider can be reached and is the one that is configured.
func (p *Provider) Check(ctx context.Context) error {
	_, err := p.discover(ctx)
	return err
}

// Endpoint tells where people sign in.
func (p *Provider) Endpoint(ctx context.Context) (core.IdentityEndpoint, error) {
	found, err := p.discover(ctx)
	if err != nil {
		return core.IdentityEndpoint{}, err
	}
	return core.IdentityEndpoint{
		Issuer: p.config.Issuer, URL: found.Endpoint().AuthURL, ClientID: p.config.ClientID, Scopes: slices.Clone(scopes),
	}, nil
}

// Redeem exchanges a code and checks the token that comes for it. Claims that the token lacks are asked for.
func (p *Provider) Redeem(ctx context.Context, code core.IdentityCode) (core.Identity, error) {
	found, err := p.discover(ctx)
	if err != nil {
		return core.Identity{}, err
	}
	ctx = p.context(ctx)
	exchange := oauth2.Config{
		ClientID: p.config.ClientID, ClientSecret: p.config.ClientSecret.Reveal(), Endpoint: p.endpoint(found),
		RedirectURL: code.RedirectURI, Scopes: scopes,
	}
	tokens, err := exchange.Exchange(ctx, code.Code.Reveal(), oauth2.VerifierOption(code.Verifier.Reveal()))
	if err != nil {
		return core.Identity{}, exchangeError(err)
	}
	raw, _ := tokens.Extra("id_token").(string)
	verifier := found.VerifierContext(ctx, &oidc.Config{ClientID: p.config.ClientID, Now: p.config.Clock.Now})
	token, err := verifier.Verify(ctx, raw)
	if err != nil {
		return core.Identity{}, refused(err)
	}
	told, err := p.claims(ctx, found, token, tokens)
	if err != nil {
		return core.Identity{}, err
	}
	return told.identity(token), nil
}

// endpoint says how the portal shows the provider who it is: by its secret in the header, as every provider has to
// take, unless this one takes it in the form alone; without a secret by its name in the form.
func (p *Provider) endpoint(found *oidc.Provider) oauth2.Endpoint {
	endpoint := found.Endpoint()
	endpoint.AuthStyle = oauth2.AuthStyleInParams
	var told struct {
		Methods []string `json:"token_endpoint_auth_methods_supported"`
	}
	basic := found.Claims(&told) != nil || told.Methods == nil || slices.Contains(told.Methods, "client_secret_basic")
	if p.config.ClientSecret != "" && basic {
		endpoint.AuthStyle = oauth2.AuthStyleInHeader
	}
	return endpoint
}

// claims are what a provider says about somebody.
type claims struct {
	AuthorizedParty string `json:"azp"`
	Email           string `json:"email"`
	EmailVerified   truth  `json:"email_verified"`
	Name            string `json:"name"`
	GivenName       string `json:"given_name"`
	FamilyName      string `json:"family_name"`
}

// truth is a boolean that some providers write as a text.
type truth bool

// UnmarshalJSON reads true and "true" as true, and everything else as false.
func (t *truth) UnmarshalJSON(data []byte) error {
	*t = strings.Trim(string(data), `"`) == "true"
	return nil
}

// claims reads what the token says, and asks for the rest when the address is not in it: then both have to be about the
// same person (section 5.3.2).
func (p *Provider) claims(ctx context.Context, found *oidc.Provider, token *oidc.IDToken, tokens *oauth2.Token) (claims, error) {
	var told claims
	if err := token.Claims(&told); err != nil {
		return claims{}, refused(errors.New("claims of another form"))
	}
	if told.AuthorizedParty != "" && told.AuthorizedParty != p.config.ClientID {
		return claims{}, refused(errors.New("the token was made for another party"))
	}
	if told.Email != "" || found.UserInfoEndpoint() == "" {
		return told, nil
	}
	more, err := found.UserInfo(ctx, oauth2.StaticTokenSource(tokens))
	if err != nil {
		return claims{}, unavailable(errors.New("no answer about the person"))
	}
	if more.Subject != token.Subject {
		return claims{}, refused(errors.New("the answer is about somebody else"))
	}
	if err := more.Claims(&told); err != nil {
		return claims{}, refused(errors.New("claims of another form"))
	}
	return told, nil
}

// identity is what the portal has to know.
func (c claims) identity(token *oidc.IDToken) core.Identity {
	who := core.Identity{
		Issuer: token.Issuer, Subject: token.Subject, Nonce: token.Nonce, Email: c.Email, Verified: bool(c.EmailVerified),
		FirstName: c.GivenName, LastName: c.FamilyName,
	}
	if words := strings.Fields(c.Name); len(words) > 1 && who.FirstName == "" && who.LastName == "" {
		last := len(words) - 1 // the family's, where only the whole name is given
		who.FirstName, who.LastName = strings.Join(words[:last], " "), words[last]
	}
	return who
}

// exchangeError tells a code that was refused from a provider that is away. What the provider writes about it stays out
// of the error but for its code.
func exchangeError(err error) error {
	var answer *oauth2.RetrieveError
	if !errors.As(err, &answer) {
		return unavailable(err)
	}
	if status := answer.Response.StatusCode; status >= http.StatusInternalServerError || status == http.StatusTooManyRequests {
		return unavailable(fmt.Errorf("the provider answered %d", status))
	}
	err = fmt.Errorf("the code was refused: %.100q", answer.ErrorCode)
	if answer.ErrorCode == "invalid_client" || answer.ErrorCode == "unauthorized_client" { // what is configured is wrong
		return services.Internal(fmt.Errorf("oidc: %w", err))
	}
	return refused(err)
}

func refused(err error) error {
	return &services.Error{Code: services.CodeUnauthenticated, Err: fmt.Errorf("oidc: %w", err)}
}

func unavailable(err error) error {
	return &services.Error{Code: services.CodeUnavailable, Err: fmt.Errorf("oidc: %w", err)}
}
