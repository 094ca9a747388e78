// Package browser leads a person through the pages of an identity provider in the browser of the system, and waits on
// a loopback address for what comes back (OAuth 2.0 for Native Apps, RFC 8252; PKCE, RFC 7636). The program itself never
// sees what is typed there.
package browser

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/oauth2"

	"myaccount/services"
	"myaccount/services/text"
)

// path is where the browser comes back to.
const path = "/callback"

// ErrDeclined says that the person, or the provider, has ended it there.
var ErrDeclined = errors.New("browser: declined at the provider")

// SignIn opens the provider's page with open and waits for the person to come back, at most for the life of the start.
// printer speaks the person's language on the page that says that the browser is not needed any more. Fails with
// CodeForbidden (ErrDeclined), CodeUnauthenticated when another provider answers, CodeGone when it took too long, and
// CodeUnavailable when ctx ends, no port can be had or the browser cannot be opened.
func SignIn(ctx context.Context, start services.IdentityStart, open func(*url.URL) error, printer *text.Printer) (services.IdentityProof, error) {
	limited, cancel := context.WithTimeout(ctx, start.Life)
	defer cancel()
	var listen net.ListenConfig
	listener, err := listen.Listen(limited, "tcp", "127.0.0.1:0")
	if err != nil {
		return services.IdentityProof{}, unavailable(err)
	}
	verifier := oauth2.GenerateVerifier()
	redirect := "http://" + listener.Addr().String() + path
	back := &callback{start: start, host: listener.Addr().String(), printer: printer, came: make(chan result, 1)}
	defer back.serve(listener)()

	page, err := authorization(start, redirect, verifier)
	if err == nil {
		err = open(page)
	}
	if err != nil {
		return services.IdentityProof{}, unavailable(err)
	}
	select {
	case r := <-back.came:
		return services.IdentityProof{
			State: start.State, Code: r.code, Verifier: services.Secret(verifier), RedirectURI: redirect,
		}, r.err
	case <-limited.Done():
		if ctx.Err() == nil {
			return services.IdentityProof{}, services.Fail(services.CodeGone)
		}
		return services.IdentityProof{}, unavailable(ctx.Err())
	}
}

func unavailable(err error) error {
	return &services.Error{Code: services.CodeUnavailable, Err: fmt.Errorf("browser: %w", err)}
}

// authorization is the page of the provider where people sign in. The endpoint comes from the service; nothing but a web
// page is ever opened.
func authorization(start services.IdentityStart, redirect, verifier string) (*url.URL, error) {
	config := oauth2.Config{
		ClientID: start.ClientID, RedirectURL: redirect, Scopes: start.Scopes, Endpoint: oauth2.Endpoint{AuthURL: start.Endpoint},
	}
	page, err := url.Parse(config.AuthCodeURL(start.State.Reveal(), oauth2.S256ChallengeOption(verifier),
		oauth2.SetAuthURLParam("nonce", start.Nonce.Reveal())))
	if err != nil || page.Host == "" || page.Scheme != "https" && (page.Scheme != "http" || !net.ParseIP(page.Hostname()).IsLoopback()) {
		return nil, errors.New("the provider's page is not an https address")
	}
	return page, nil
}

// result is what came back.
type result struct {
	code services.Secret
	err  error
}

// callback answers the browser that comes back. Whatever else calls at the port is told nothing and changes nothing.
type callback struct {
	start   services.IdentityStart
	host    string
	printer *text.Printer
	came    chan result // takes the first
}

// Time-outs of the little server: whoever calls at it is on this machine.
const (
	headerWait = 5 * time.Second
	lastWait   = 2 * time.Second // for the page to reach the browser
	headerMax  = 64 << 10        // bytes; a code may be long
)

// serve answers until end is called, which lets an answer under way reach the browser.
func (c *callback) serve(listener net.Listener) (end func()) {
	server := &http.Server{Handler: c, ReadHeaderTimeout: headerWait, ReadTimeout: headerWait, WriteTimeout: headerWait, MaxHeaderBytes: headerMax}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(listener) // ends with Shutdown or Close
	}()
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), lastWait)
		defer cancel()
		if server.Shutdown(ctx) != nil {
			_ = server.Close() // whoever is still there
		}
		<-done
	}
}

// ServeHTTP takes what the provider sent along, once, and only with our state: it names the sign-in that was begun here.
func (c *callback) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	state := subtle.ConstantTimeCompare([]byte(query.Get("state")), []byte(c.start.State.Reveal())) == 1
	if r.URL.Path != path || r.Method != http.MethodGet || r.Host != c.host || !state {
		http.Error(w, http.StatusText(http.StatusNotFound), http.StatusNotFound)
		return
	}
	came := c.judge(query)
	select {
	case c.came <- came:
	default: // it came before
	}
	c.page(w, came.err == nil)
}

// judge reads the answer of the provider (RFC 6749, section 4.1.2). One that says who it is has to be ours (RFC 9207).
func (c *callback) judge(query url.Values) result {
	switch issuer := query.Get("iss"); {
	case issuer != "" && issuer != c.start.Issuer:
		return result{err: services.Fail(services.CodeUnauthenticated)}
	case query.Get("error") != "" || query.Get("code") == "":
		return result{err: &services.Error{Code: services.CodeForbidden, Err: ErrDeclined}}
	}
	return result{code: services.Secret(query.Get("code"))}
}
