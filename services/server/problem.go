package server

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"myaccount/services"
	"myaccount/services/api"
)

// huma's own errors repeat what was sent, passwords too. Both of its ways to make one are replaced, once for the process:
// it keeps them in variables of the package.
func init() {
	huma.NewError = func(status int, _ string, errs ...error) huma.StatusError { return shapeProblem(status, errs) }
	huma.NewErrorWithContext = func(_ huma.Context, status int, _ string, errs ...error) huma.StatusError {
		return shapeProblem(status, errs)
	}
	huma.ValidateStrictCasing = true
}

// shapeProblem tells what huma found wrong with the shape of a request. The one 500 that it makes by itself is about a
// body that could not be read to its end.
func shapeProblem(status int, errs []error) *api.Problem {
	if status == http.StatusInternalServerError {
		status = http.StatusBadRequest
	}
	p := &api.Problem{Status: status, Code: services.CodeOfStatus(status)}
	if p.Code != services.CodeInvalid {
		return p
	}
	p.Fields = map[string]string{}
	for _, err := range errs {
		detail, ok := err.(huma.ErrorDetailer)
		if !ok {
			continue
		}
		field, reason := refusal(detail.ErrorDetail())
		if p.Fields[field] != services.ReasonFormat { // as in rule.Key: what is malformed is not also too short
			p.Fields[field] = reason
		}
	}
	if len(p.Fields) == 0 && status != 0 {
		p.Fields["body"] = services.ReasonRequired
		if len(errs) > 0 {
			p.Fields["body"] = services.ReasonFormat
		}
	}
	return p
}

// What begins huma's messages. They are its public constants (huma/v2/validation), up to the figures in them.
var messages = []struct{ begins, reason string }{
	{"unexpected property", services.ReasonUnknown},
	{"unknown query parameter", services.ReasonUnknown},
	{"required ", services.ReasonRequired}, // "required query parameter is missing"
	{"expected required property ", services.ReasonRequired},
	{"expected length >=", services.ReasonTooShort},
	{"expected length <=", services.ReasonTooLong},
	{"expected array length <=", services.ReasonTooMany},
}

// refusal gives the field and the reason of one of huma's findings.
func refusal(d *huma.ErrorDetail) (field, reason string) {
	reason = services.ReasonFormat
	location := d.Location
	for _, m := range messages {
		if strings.HasPrefix(d.Message, m.begins) {
			reason = m.reason
			break
		}
	}
	if rest, ok := strings.CutPrefix(d.Message, "expected required property "); ok {
		name, _, _ := strings.Cut(rest, " ")
		location += "." + name
	}
	return fieldName(location), reason
}

var (
	index     = regexp.MustCompile(`\[\d+\]`)
	nameChars = regexp.MustCompile(`^[a-z][a-z_]{0,31}(\.[a-z][a-z_]{0,31}){0,3}$`)
)

// fieldName makes the name of a field from huma's location: "body.device.name" is device.name, "header.Idempotency-Key"
// is idempotency_key. A name that a client made up is repeated only when it looks like one of a field.
func fieldName(location string) string {
	place, name, _ := strings.Cut(location, ".")
	if place == "header" {
		name = strings.ReplaceAll(strings.ToLower(name), "-", "_")
	}
	name = index.ReplaceAllString(name, "")
	if nameChars.MatchString(name) {
		return name
	}
	return place
}

// problem tells an error of core, and logs what is our fault.
func (s *Server) problem(ctx context.Context, err error) *api.Problem {
	p := api.ProblemOf(err)
	if p.Code == services.CodeInternal || p.Code == services.CodeUnavailable && ctx.Err() == nil {
		x := exchangeOf(ctx)
		s.log.Error("request failed", "id", x.id, "route", x.route, "code", p.Code, "error", err)
	}
	return p
}

// fail is the problem of an error as a handler gives it to huma.
func (s *Server) fail(ctx context.Context, err error) error {
	p := s.problem(ctx, err)
	return huma.ErrorWithHeaders(p, problemHeader(p))
}

// refuse answers a request with the problem of an error before its handler, or outside of it.
func (s *Server) refuse(ctx huma.Context, err error) {
	_, w := humago.Unwrap(ctx)
	writeProblem(w, s.problem(ctx.Context(), err))
}

// problemHeader is what the header of an answer says of a problem.
func problemHeader(p *api.Problem) http.Header {
	h := http.Header{}
	if p.RetryAfter > 0 {
		h.Set("Retry-After", strconv.FormatInt(int64(p.RetryAfter), 10))
	}
	if p.Status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", `Bearer realm="portal"`)
	}
	return h
}

// writeProblem writes a problem where huma does not.
func writeProblem(w http.ResponseWriter, p *api.Problem) {
	header := w.Header()
	maps.Copy(header, problemHeader(p))
	header.Set("Content-Type", api.TypeProblem)
	header.Del("Content-Length")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // a client that is gone needs no answer
}
