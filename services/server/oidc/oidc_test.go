package oidc_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc/oidctest"
	"golang.org/x/oauth2"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/server/oidc"
)

const (
	clientID = "my-account"
	redirect = "http://127.0.0.1:4000/callback"
	verifier = "a-verifier-of-at-least-forty-three-characters-0"
)

// provider is a small OpenID Connect provider with a key of its own.
type provider struct {
	*httptest.Server
	key  *ecdsa.PrivateKey
	keys oidctest.Server

	secret  string // that the client has to show; "" of a public client
	methods []string
	issuer  string                                  // that discovery names; "" for the right one
	claims  map[string]any                          // of the token
	sign    func(p *provider, claims string) string // nil to sign rightly
	person  map[string]any                          // of the userinfo endpoint; nil when there is none
	status  int                                     // of the token endpoint, when it fails
	failure string                                  // its code
	down    bool                                    // nothing answers

	mu    sync.Mutex
	codes map[string]bool // good ones
	asked int             // for the discovery
}

func newProvider(t *testing.T) *provider {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p := &provider{key: key, codes: map[string]bool{"code": true}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.discovery)
	mux.Handle("GET /keys", &p.keys)
	mux.HandleFunc("POST /token", p.token)
	mux.HandleFunc("GET /me", p.me)
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if p.down {
			http.Error(w, "away", http.StatusBadGateway)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(p.Close)
	p.keys.PublicKeys = []oidctest.PublicKey{{PublicKey: key.Public(), KeyID: "k", Algorithm: "ES256"}}
	p.claims = map[string]any{
		"iss": p.URL, "sub": "s-1", "aud": clientID, "exp": time.Now().Add(time.Minute).Unix(), "iat": time.Now().Unix(),
		"nonce": "nonce", "email": "amelie@example.ca", "email_verified": true, "given_name": "Amélie", "family_name": "Tremblay",
	}
	return p
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a client that is gone needs no answer
}

func (p *provider) discovery(w http.ResponseWriter, _ *http.Request) {
	p.mu.Lock()
	p.asked++
	p.mu.Unlock()
	issuer := p.URL
	if p.issuer != "" {
		issuer = p.issuer
	}
	document := map[string]any{
		"issuer": issuer, "authorization_endpoint": p.URL + "/auth", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
		"id_token_signing_alg_values_supported": []string{"ES256", "none", "HS256"},
	}
	if p.methods != nil {
		document["token_endpoint_auth_methods_supported"] = p.methods
	}
	if p.person != nil {
		document["userinfo_endpoint"] = p.URL + "/me"
	}
	answer(w, http.StatusOK, document)
}

// challenge is what the app gave for the verifier.
var challenge = oauth2.S256ChallengeFromVerifier(verifier)

// token redeems a code, once, for whoever has the verifier and the redirect of the beginning.
func (p *provider) token(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.status != 0 {
		answer(w, p.status, map[string]string{"error": p.failure, "error_description": "about amelie@example.ca"})
		return
	}
	if !p.knows(r) {
		answer(w, http.StatusUnauthorized, map[string]string{"error": "invalid_client"})
		return
	}
	code := r.FormValue("code")
	if !p.codes[code] || r.FormValue("redirect_uri") != redirect || oauth2.S256ChallengeFromVerifier(r.FormValue("code_verifier")) != challenge {
		answer(w, http.StatusBadRequest, map[string]string{"error": "invalid_grant"})
		return
	}
	delete(p.codes, code)
	claims, _ := json.Marshal(p.claims) // of texts and numbers
	signed := ""
	if p.sign != nil {
		signed = p.sign(p, string(claims))
	} else {
		signed = oidctest.SignIDToken(p.key, "k", "ES256", string(claims))
	}
	answer(w, http.StatusOK, map[string]any{"access_token": "access", "token_type": "Bearer", "id_token": signed})
}

// knows tells whether the client shows who it is in the way that it has to.
func (p *provider) knows(r *http.Request) bool {
	id, secret, basic := r.BasicAuth()
	if p.secret == "" || len(p.methods) == 1 && p.methods[0] == "client_secret_post" {
		return !basic && r.FormValue("client_id") == clientID && r.FormValue("client_secret") == p.secret
	}
	return basic && id == clientID && secret == p.secret
}

func (p *provider) me(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "Bearer access" {
		http.Error(w, "who?", http.StatusUnauthorized)
		return
	}
	answer(w, http.StatusOK, p.person)
}

// clock is the machine's.
type clock struct{}

func (clock) Now() time.Time { return time.Now() }

func (p *provider) client() *oidc.Provider {
	return oidc.New(oidc.Config{Issuer: p.URL, ClientID: clientID, ClientSecret: services.Secret(p.secret), Clock: clock{}})
}

func goodCode() core.IdentityCode {
	return core.IdentityCode{Code: "code", Verifier: verifier, RedirectURI: redirect}
}

// unsigned is a token of the algorithm "none" (RFC 7519, section 6).
func unsigned(_ *provider, claims string) string {
	encode := base64.RawURLEncoding.EncodeToString
	return encode([]byte(`{"alg":"none"}`)) + "." + encode([]byte(claims)) + "."
}

func TestRedeem(t *testing.T) {
	want := core.Identity{Subject: "s-1", Nonce: "nonce", Email: "amelie@example.ca", Verified: true, FirstName: "Amélie", LastName: "Tremblay"}
	for name, c := range map[string]struct {
		change func(p *provider)
		want   func(who *core.Identity)
	}{
		"all in the token":       {func(*provider) {}, nil},
		"a client with a secret": {func(p *provider) { p.secret = "s3cret" }, nil},
		"a client with a secret, in the header": {func(p *provider) {
			p.secret, p.methods = "s3cret", []string{"client_secret_post", "client_secret_basic"}
		}, nil},
		"a client with a secret, in the form": {func(p *provider) { p.secret, p.methods = "s3cret", []string{"client_secret_post"} }, nil},
		"an address to be asked for": {func(p *provider) {
			p.person = map[string]any{"sub": "s-1", "email": "amelie@example.ca", "email_verified": true}
			delete(p.claims, "email")
			delete(p.claims, "email_verified")
		}, nil},
		"verified as a text":  {func(p *provider) { p.claims["email_verified"] = "true" }, nil},
		"not verified":        {func(p *provider) { p.claims["email_verified"] = false }, func(who *core.Identity) { who.Verified = false }},
		"verified is a word":  {func(p *provider) { p.claims["email_verified"] = "yes" }, func(who *core.Identity) { who.Verified = false }},
		"nothing on verified": {func(p *provider) { delete(p.claims, "email_verified") }, func(who *core.Identity) { who.Verified = false }},
		"the whole name alone": {func(p *provider) {
			delete(p.claims, "given_name")
			delete(p.claims, "family_name")
			p.claims["name"] = "Amélie  Rose Tremblay"
		}, func(who *core.Identity) { who.FirstName = "Amélie Rose" }},
		"no name": {func(p *provider) {
			delete(p.claims, "given_name")
			delete(p.claims, "family_name")
		}, func(who *core.Identity) { who.FirstName, who.LastName = "", "" }},
		"several audiences, ours the party": {func(p *provider) {
			p.claims["aud"], p.claims["azp"] = []string{"other", clientID}, clientID
		}, nil},
		"another nonce, which is not for here to judge": {func(p *provider) { p.claims["nonce"] = "x" }, func(who *core.Identity) { who.Nonce = "x" }},
	} {
		t.Run(name, func(t *testing.T) {
			p := newProvider(t)
			c.change(p)
			want := want
			want.Issuer = p.URL
			if c.want != nil {
				c.want(&want)
			}
			who, err := p.client().Redeem(t.Context(), goodCode())
			if err != nil || who != want {
				t.Errorf("%+v, %v\nwant %+v", who, err, want)
			}
		})
	}
}

func TestRedeem_Refused(t *testing.T) {
	sign := func(change func(p *provider) (key *ecdsa.PrivateKey, id string)) func(p *provider) {
		return func(p *provider) {
			p.sign = func(p *provider, claims string) string {
				key, id := change(p)
				return oidctest.SignIDToken(key, id, "ES256", claims)
			}
		}
	}
	claim := func(name string, value any) func(p *provider) {
		return func(p *provider) { p.claims[name] = value }
	}
	for name, c := range map[string]struct {
		change func(p *provider)
		code   services.Code
	}{
		"another issuer in the token": {claim("iss", "https://other.example"), services.CodeUnauthenticated},
		"another audience":            {claim("aud", "other"), services.CodeUnauthenticated},
		"made for another party":      {claim("azp", "other"), services.CodeUnauthenticated},
		"expired":                     {claim("exp", time.Now().Add(-time.Second).Unix()), services.CodeUnauthenticated},
		"no end":                      {func(p *provider) { delete(p.claims, "exp") }, services.CodeUnauthenticated},
		"not yet valid":               {claim("nbf", time.Now().Add(time.Hour).Unix()), services.CodeUnauthenticated},
		"alg none":                    {func(p *provider) { p.sign = unsigned }, services.CodeUnauthenticated},
		"signed with another key": {sign(func(*provider) (*ecdsa.PrivateKey, string) {
			key, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
			return key, "k"
		}), services.CodeUnauthenticated},
		"changed after it was signed": {func(p *provider) {
			p.sign = func(p *provider, claims string) string {
				parts := strings.Split(oidctest.SignIDToken(p.key, "k", "ES256", claims), ".")
				parts[1] = base64.RawURLEncoding.EncodeToString([]byte(strings.Replace(claims, "s-1", "s-2", 1)))
				return strings.Join(parts, ".")
			}
		}, services.CodeUnauthenticated},
		"no token":            {func(p *provider) { p.sign = func(*provider, string) string { return "" } }, services.CodeUnauthenticated},
		"not a token":         {func(p *provider) { p.sign = func(*provider, string) string { return "a.b" } }, services.CodeUnauthenticated},
		"a code that is none": {func(p *provider) { p.codes = nil }, services.CodeUnauthenticated},
		"a secret that is wrong": {func(p *provider) {
			p.methods = []string{"client_secret_post"}
			p.status, p.failure = http.StatusUnauthorized, "invalid_client"
		}, services.CodeInternal},
		"a refusal in other words":        {func(p *provider) { p.status, p.failure = http.StatusBadRequest, "\n\x00odd" }, services.CodeUnauthenticated},
		"out of order":                    {func(p *provider) { p.status = http.StatusInternalServerError }, services.CodeUnavailable},
		"busy":                            {func(p *provider) { p.status = http.StatusTooManyRequests }, services.CodeUnavailable},
		"another issuer in the discovery": {func(p *provider) { p.issuer = "https://other.example" }, services.CodeUnavailable},
		"away":                            {func(p *provider) { p.down = true }, services.CodeUnavailable},
		"what is asked for is about somebody else": {func(p *provider) {
			delete(p.claims, "email")
			p.person = map[string]any{"sub": "s-2", "email": "bob@example.ca", "email_verified": true}
		}, services.CodeUnauthenticated},
	} {
		t.Run(name, func(t *testing.T) {
			p := newProvider(t)
			c.change(p)
			who, err := p.client().Redeem(t.Context(), goodCode())
			if code := services.CodeOf(err); code != c.code || who != (core.Identity{}) {
				t.Fatalf("%+v, %v; want %s", who, err, c.code)
			}
			if strings.Contains(err.Error(), "amelie") {
				t.Errorf("the error has what is private: %v", err)
			}
		})
	}
}

// TestRedeem_Proof: neither a code that was used, nor one without the verifier or with another redirect, is worth
// anything.
func TestRedeem_Proof(t *testing.T) {
	p := newProvider(t)
	client := p.client()
	for name, change := range map[string]func(c *core.IdentityCode){
		"another verifier": func(c *core.IdentityCode) { c.Verifier += "x" },
		"no verifier":      func(c *core.IdentityCode) { c.Verifier = "" },
		"another redirect": func(c *core.IdentityCode) { c.RedirectURI = "http://127.0.0.1:4001/callback" },
		"no code":          func(c *core.IdentityCode) { c.Code = "" },
	} {
		code := goodCode()
		change(&code)
		if _, err := client.Redeem(t.Context(), code); services.CodeOf(err) != services.CodeUnauthenticated {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := client.Redeem(t.Context(), goodCode()); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Redeem(t.Context(), goodCode()); services.CodeOf(err) != services.CodeUnauthenticated {
		t.Errorf("a used code: %v", err)
	}
}

// TestEndpoint: the provider is looked for until it is found, and then not again.
func TestEndpoint(t *testing.T) {
	p := newProvider(t)
	client := p.client()
	p.down = true
	if _, err := client.Endpoint(t.Context()); services.CodeOf(err) != services.CodeUnavailable {
		t.Errorf("away: %v", err)
	}
	p.down = false
	for range 3 {
		got, err := client.Endpoint(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got.Issuer != p.URL || got.URL != p.URL+"/auth" || got.ClientID != clientID || strings.Join(got.Scopes, " ") != "openid profile email" {
			t.Errorf("%+v", got)
		}
	}
	if p.asked != 1 {
		t.Errorf("asked %d times", p.asked)
	}
}

// TestEndpoint_Silent: of many who ask while the provider says nothing one looks for it, and all can give up.
func TestEndpoint_Silent(t *testing.T) {
	var asked atomic.Int64
	begun, release := make(chan struct{}), make(chan struct{})
	silent := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		if asked.Add(1) == 1 {
			close(begun)
		}
		<-release
	}))
	defer silent.Close()
	defer close(release)
	client := oidc.New(oidc.Config{Issuer: silent.URL, ClientID: clientID, Clock: clock{}})
	first, end := context.WithCancel(t.Context())
	var looking, waiting sync.WaitGroup
	defer looking.Wait()
	defer end()
	looking.Go(func() { _, _ = client.Endpoint(first) })
	<-begun
	others, giveUp := context.WithCancel(t.Context())
	giveUp()
	start := time.Now()
	for range 20 {
		waiting.Go(func() {
			if _, err := client.Endpoint(others); services.CodeOf(err) != services.CodeUnavailable {
				t.Errorf("silent: %v", err)
			}
		})
	}
	waiting.Wait()
	if took := time.Since(start); took > 5*time.Second || asked.Load() != 1 {
		t.Errorf("given up after %v, asked %d times", took, asked.Load())
	}
}

// TestRedeem_WithoutAddress: a provider that says nothing of an address is believed as far as it goes.
func TestRedeem_WithoutAddress(t *testing.T) {
	p := newProvider(t)
	maps.DeleteFunc(p.claims, func(name string, _ any) bool { return name == "email" })
	who, err := p.client().Redeem(t.Context(), goodCode())
	if err != nil || who.Email != "" || who.Subject != "s-1" {
		t.Errorf("%+v, %v", who, err)
	}
}
