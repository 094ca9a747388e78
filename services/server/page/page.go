// Package page serves the pages that the links in mails lead to: /activate, /confirm-email, /confirm-identity, /messages
// and /reset, in English and French, as plain HTML without a script. Whoever has the app can go on there instead, by its
// own links (mybmwaccount://…).
//
// Opening a page changes nothing, for mail scanners open links too: only the button does, by a POST. A page keeps no
// state: the token stands in its address, which is why no page tells its address to others (Referrer-Policy) or is
// kept (Cache-Control). Whoever logs requests to these pages must leave the query out.
package page

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"myaccount/services"
	"myaccount/services/brand"
	"myaccount/services/text"
)

const (
	maxForm  = 8 << 10 // bytes of a form
	maxToken = 512     // bytes; the app's own links carry no more than twice that
)

// Service is what the buttons of the pages do.
type Service interface {
	// Activate is as in services.Registrar.
	Activate(ctx context.Context, token services.Secret) error
	// ConfirmEmail is as in services.Registrar.
	ConfirmEmail(ctx context.Context, token services.Secret) error
	// ConfirmIdentity is as in services.IdentitySignIns.
	ConfirmIdentity(ctx context.Context, token services.Secret) error
	// ResetPassword is as in services.PasswordResets.
	ResetPassword(ctx context.Context, r services.PasswordReset) error
}

// Config is what the pages need. All of it must be set.
type Config struct {
	Service   Service
	Brand     brand.Brand
	Catalogue *text.Catalogue
	Log       *slog.Logger // gets what fails, by its code; never a token or a password
}

// site is the pages with what they share.
type site struct {
	Config
	look  look
	guard *http.CrossOriginProtection // a button counts only when it was pressed on our own page
}

// task is one page: what its address is called, what its form asks for and what its button does.
type task struct {
	name   string // of the path, of the app's link and in the keys "page.<name>.…"
	fields []string
	act    func(ctx context.Context, token services.Secret, form url.Values) error
}

// New gives the handler of all pages. What else it is asked for it answers with a page of its own, 404.
func New(c Config) http.Handler {
	s := &site{c, newLook(c.Brand), http.NewCrossOriginProtection()}
	mux := http.NewServeMux()
	for _, t := range []task{
		{name: "activate", act: alone(c.Service.Activate)},
		{name: "confirm-email", act: alone(c.Service.ConfirmEmail)},
		{name: "confirm-identity", act: alone(c.Service.ConfirmIdentity)},
		{name: "reset", fields: []string{password, confirm}, act: c.reset},
	} {
		mux.Handle("/"+t.name, s.handler(t))
	}
	mux.HandleFunc("/messages", s.messages)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.visit(task{}, r).stop(stopMissing, http.StatusNotFound).write(w)
	})
	return s.look.headers(mux)
}

// messages says that messages are read in the app, and opens it there.
func (s *site) messages(w http.ResponseWriter, r *http.Request) {
	v := s.visit(task{name: "messages"}, r)
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		v.stop(stopMissing, http.StatusMethodNotAllowed).write(w)
		return
	}
	a := v.page("page."+v.name, http.StatusOK)
	a.content.App = v.open(appScheme + "messages")
	a.write(w)
}

// alone makes the work of a button that needs nothing but the token.
func alone(act func(context.Context, services.Secret) error) func(context.Context, services.Secret, url.Values) error {
	return func(ctx context.Context, token services.Secret, _ url.Values) error { return act(ctx, token) }
}

// The fields of the form that sets a password.
const (
	password = "password"
	confirm  = "confirm"
)

// reset sets a new password that was typed twice.
func (c Config) reset(ctx context.Context, token services.Secret, form url.Values) error {
	switch first, second := form.Get(password), form.Get(confirm); {
	case first == "":
		return services.Invalid(password, services.ReasonRequired)
	case second == "":
		return services.Invalid(confirm, services.ReasonRequired)
	case first != second:
		return services.Invalid(confirm, services.ReasonMismatch)
	default:
		return c.Service.ResetPassword(ctx, services.PasswordReset{Token: token, Password: services.Secret(first)})
	}
}

// handler answers for one page.
func (s *site) handler(t task) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := s.visit(t, r)
		switch {
		case r.Method != http.MethodGet && r.Method != http.MethodHead && r.Method != http.MethodPost:
			w.Header().Set("Allow", "GET, HEAD, POST")
			v.stop(stopForm, http.StatusMethodNotAllowed).write(w)
		case s.guard.Check(r) != nil:
			v.stop(stopRefused, http.StatusForbidden).write(w)
		case v.token == "":
			v.stop(stopIncomplete, http.StatusBadRequest).write(w)
		case r.Method == http.MethodPost:
			v.post(w, r).write(w)
		default:
			v.ask(http.StatusOK, "", nil).write(w)
		}
	})
}

// post does what the button says and gives the page that tells how it went.
func (v visit) post(w http.ResponseWriter, r *http.Request) answer {
	form, status := readForm(w, r)
	if status != http.StatusOK {
		return v.stop(stopForm, status)
	}
	if err := v.act(r.Context(), services.Secret(v.token), form); err != nil {
		return v.failed(r.Context(), err)
	}
	return v.end("done", http.StatusOK)
}

// readForm reads the form of a request. A status other than 200 says why it cannot be read.
func readForm(w http.ResponseWriter, r *http.Request) (url.Values, int) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/x-www-form-urlencoded" {
		return nil, http.StatusUnsupportedMediaType
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxForm))
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return nil, http.StatusRequestEntityTooLarge
	}
	form, bad := url.ParseQuery(string(body))
	if err != nil || bad != nil {
		return nil, http.StatusBadRequest
	}
	for _, values := range form {
		if !utf8.ValidString(strings.Join(values, "")) {
			return nil, http.StatusBadRequest
		}
	}
	return form, http.StatusOK
}

// tokenOf reads the token of a link, "" when there is none of the right form: letters, digits, "-" and "_". Spaces
// and line breaks that a mail program put into it are taken out.
func tokenOf(query url.Values) string {
	token := strings.Join(strings.Fields(query.Get("token")), "")
	strange := strings.ContainsFunc(token, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && r != '-' && r != '_'
	})
	if strange || len(token) > maxToken {
		return ""
	}
	return token
}
