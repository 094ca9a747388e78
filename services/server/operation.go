package server

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/seal"
)

// call is one operation of the contract.
type call struct {
	id      string // of the operation, "send-message"
	method  string
	path    string
	summary string
	status  int             // of success; 200 when 0
	codes   []services.Code // it may fail with, beyond those that any may
	hashes  bool            // a password
	holds   bool            // a file
	most    int64           // bytes of the body; bodyMax when 0
	forever bool            // has no end of its own
}

// JSON answers.
type answer[T any] struct{ Body T }

// nothing is a request without parameters.
type nothing struct{}

// accepted is an answer that says no more than that.
type accepted struct{ Body struct{} }

// ByID names one thing.
type ByID struct {
	ID string `path:"id"`
}

// Page asks for part of a list.
type Page struct {
	After string `query:"after" doc:"'next' of the answer before"`
	Limit int    `query:"limit" doc:"1 to 100; 50 when it is left out"`
}

func (p Page) domain() services.Page { return services.Page{After: p.After, Limit: p.Limit} }

// Keyed is a request that may be repeated.
type Keyed struct {
	Key string `header:"Idempotency-Key" required:"true" minLength:"8" maxLength:"64" pattern:"^[ -~]*$" doc:"8 to 64 printable ASCII characters, made once for one intention. The same key with the same request gives the first answer again, for 30 days" example:"0198c5d2-7c1e-7d7b-9a51-2f1f6f7f3c55"`
}

// open registers a call that anybody may make.
func open[I, O any](s *Server, c call, fn func(ctx context.Context, in *I) (*O, error)) {
	register(s, c, c.operation(), fn)
}

// signed registers a call that needs a session of a kind S: services.CustomerSession, services.AdvisorSession, or an
// interface that both have. The session is looked up before anything else of the request is read.
func signed[S services.Session, I, O any](s *Server, c call, fn func(ctx context.Context, session S, in *I) (*O, error)) {
	c.codes = slices.Concat(c.codes, []services.Code{services.CodeUnauthenticated, services.CodeForbidden})
	op := c.operation()
	op.Security = []map[string][]string{{bearer: {}}}
	op.Middlewares = append(op.Middlewares, resume[S](s))
	register(s, c, op, func(ctx context.Context, in *I) (*O, error) {
		return fn(ctx, ctx.Value(sessionKey{}).(S), in)
	})
}

// register hands the operation to huma.
func register[I, O any](s *Server, c call, op huma.Operation, fn func(ctx context.Context, in *I) (*O, error)) {
	if !c.forever {
		op.Middlewares = append(huma.Middlewares{limitTime(c.wait())}, op.Middlewares...)
	}
	if c.holds {
		op.Middlewares = append(op.Middlewares, s.within(s.filesOf), s.through(s.files))
	}
	if c.hashes {
		fn = behind(s.passwords, fn)
	}
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*O, error) {
		exchangeOf(ctx).bodyRead()
		out, err := fn(ctx, in)
		if err != nil {
			return nil, s.fail(ctx, err)
		}
		return out, nil
	})
	s.tellProblems(c)
}

// operation is the call as huma knows it. Any call may be refused for its shape, meet a limit, and fail.
func (c call) operation() huma.Operation {
	op := huma.Operation{
		OperationID: c.id, Method: c.method, Path: c.path, Summary: c.summary, DefaultStatus: c.status,
		Tags: []string{tagOf(c.path)}, MaxBodyBytes: cmp.Or(c.most, bodyMax), BodyReadTimeout: bodyWait, RejectUnknownQueryParameters: true,
	}
	for _, code := range c.allCodes() {
		op.Errors = append(op.Errors, code.Status())
	}
	if c.hasBody() {
		op.Errors = append(op.Errors, http.StatusBadRequest, http.StatusRequestTimeout)
	}
	return op
}

// hasBody tells whether the call may have one.
func (c call) hasBody() bool { return c.method != http.MethodGet }

// allCodes lists what a call may fail with.
func (c call) allCodes() []services.Code {
	codes := slices.Concat([]services.Code{services.CodeInvalid, services.CodeUnavailable, services.CodeInternal}, c.codes)
	if c.hasBody() {
		codes = append(codes, services.CodeTooLarge, services.CodeUnsupportedType)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// tagOf groups operations by the first noun of their path.
func tagOf(path string) string {
	noun, _, _ := strings.Cut(strings.TrimPrefix(path, api.Version+"/"), "/")
	return noun
}

// sessionKey finds the session of a request in its context.
type sessionKey struct{}

// resume finds the session of the bearer token. Without one, or with one that has ended, the answer is 401; a session of
// another kind is 403.
func resume[S services.Session](s *Server) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		session, err := s.session(ctx.Context(), ctx.Header("Authorization"))
		if err == nil {
			if mine, ok := session.(S); ok {
				if ctx.Header(api.HeaderBackground) == "1" {
					ctx = huma.WithContext(ctx, services.Background(ctx.Context()))
				}
				next(huma.WithValue(ctx, sessionKey{}, mine))
				return
			}
			err = services.Fail(services.CodeForbidden)
		}
		s.refuse(ctx, err)
	}
}

// session finds the session that a header names. Fails with CodeUnauthenticated.
func (s *Server) session(ctx context.Context, authorization string) (services.Session, error) {
	scheme, token, ok := strings.Cut(authorization, " ")
	if !ok || !strings.EqualFold(scheme, bearer) {
		return nil, services.Fail(services.CodeUnauthenticated)
	}
	return s.core.Recall(ctx, seal.Secret(strings.TrimSpace(token)))
}

// behind lets a bounded number of requests into a call once they were read: who sends slowly takes nobody's place.
func behind[I, O any](g gate, fn func(ctx context.Context, in *I) (*O, error)) func(ctx context.Context, in *I) (*O, error) {
	return func(ctx context.Context, in *I) (*O, error) {
		leave, err := g.enter(ctx)
		if err != nil {
			return nil, err
		}
		defer leave()
		return fn(ctx, in)
	}
}

// within lets a bounded number of one person's requests into a call, which needs a session.
func (s *Server) within(c *crowd) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		session := ctx.Context().Value(sessionKey{}).(services.Session)
		leave, err := c.enter(session.Info().Person.ID)
		if err != nil {
			s.refuse(ctx, err)
			return
		}
		defer leave()
		next(ctx)
	}
}

// through lets a bounded number of requests into a call before they are read, as what they bring has to be held.
func (s *Server) through(g gate) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		leave, err := g.enter(ctx.Context())
		if err != nil {
			s.refuse(ctx, err)
			return
		}
		defer leave()
		next(ctx)
	}
}

// wait is how long a call may take, with what it takes to read the request.
func (c call) wait() time.Duration {
	if c.holds {
		return uploadWait + requestWait
	}
	return bodyWait + requestWait
}

// limitTime bounds how long a request is worked on.
func limitTime(most time.Duration) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		limited, cancel := context.WithTimeout(ctx.Context(), most)
		defer cancel()
		next(huma.WithContext(ctx, limited))
	}
}
