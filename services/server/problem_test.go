package server_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/core"
	"myaccount/services/server"
)

// planted is what a client sends and nobody may repeat.
const planted = "PLANTED-s3cret-Value"

// TestProblems walks through every way to get a request wrong.
func TestProblems(t *testing.T) {
	h := newHarness(t)
	token := h.customer(alice)
	keyed := map[string]string{api.HeaderIdempotencyKey: "a-key-of-a-test"}
	for what, c := range map[string]struct {
		q      request
		status int
		code   services.Code
		fields map[string]string
	}{
		"malformed JSON":          {request{method: "POST", path: api.PathSessions, body: `{"email": "` + planted}, 400, services.CodeInvalid, map[string]string{"body": "format"}},
		"two values":              {request{method: "POST", path: api.PathSessions, body: `{} {"email":"` + planted + `"}`}, 400, services.CodeInvalid, map[string]string{"body": "format"}},
		"not UTF-8":               {request{method: "POST", path: api.PathSessions, body: "{\"email\":\"" + planted + "\xff\"}"}, 400, services.CodeInvalid, map[string]string{"body": "format"}},
		"raw NUL":                 {request{method: "POST", path: api.PathSessions, body: "{\"email\":\"" + planted + "\x00\"}"}, 400, services.CodeInvalid, map[string]string{"body": "format"}},
		"no body":                 {request{method: "POST", path: api.PathSessions}, 400, services.CodeInvalid, map[string]string{"body": "required"}},
		"null":                    {request{method: "POST", path: api.PathSessions, body: "null"}, 422, services.CodeInvalid, map[string]string{"body": "format"}},
		"a list":                  {request{method: "POST", path: api.PathSessions, body: `["` + planted + `"]`}, 422, services.CodeInvalid, map[string]string{"body": "format"}},
		"a wrong type":            {request{method: "POST", path: api.PathSessions, body: `{"email":5,"password":["` + planted + `"]}`}, 422, services.CodeInvalid, map[string]string{"email": "format", "password": "format"}},
		"a wrong type within":     {request{method: "POST", path: api.PathSessions, body: `{"device":{"name":{"` + planted + `":1}}}`}, 422, services.CodeInvalid, map[string]string{"device.name": "format"}},
		"an unknown field":        {request{method: "POST", path: api.PathSessions, body: `{"emails":"` + planted + `"}`}, 422, services.CodeInvalid, map[string]string{"emails": "unknown"}},
		"another case":            {request{method: "POST", path: api.PathSessions, body: `{"Email":"` + planted + `"}`}, 422, services.CodeInvalid, map[string]string{"body": "unknown"}},
		"an unknown field within": {request{method: "POST", path: api.PathSessions, body: `{"device":{"nom":"` + planted + `"}}`}, 422, services.CodeInvalid, map[string]string{"device.nom": "unknown"}},
		"a secret as a name":      {request{method: "POST", path: api.PathSessions, body: `{"` + planted + `":1}`}, 422, services.CodeInvalid, map[string]string{"body": "unknown"}},
		"half an amount":          {request{method: "POST", path: api.PathLinks, token: token, body: `{"last_payment":{"amount":"1"}}`}, 422, services.CodeInvalid, map[string]string{"last_payment.currency": "required"}},
		"a long amount":           {request{method: "POST", path: api.PathLinks, token: token, body: `{"last_payment":{"currency":"CAD","amount":"` + strings.Repeat("9", 33) + `"}}`}, 422, services.CodeInvalid, map[string]string{"last_payment.amount": "too_long"}},
		"a wrong time":            {request{method: "POST", path: api.PathRegistrations, body: `{"terms_shown":{"en":"` + planted + `"}}`}, 422, services.CodeInvalid, map[string]string{"terms_shown.en": "format"}},
		"a wrong list":            {request{method: "POST", path: api.PathThreads, token: token, header: keyed, body: `{"attachment_ids":["a",7]}`}, 422, services.CodeInvalid, map[string]string{"attachment_ids": "format"}},
		"another content type":    {request{method: "POST", path: api.PathSessions, body: "a=" + planted, header: map[string]string{"Content-Type": "text/plain"}}, 415, services.CodeUnsupportedType, nil},
		"a broken content type":   {request{method: "POST", path: api.PathSessions, body: "{}", header: map[string]string{"Content-Type": "a;b+" + planted}}, 415, services.CodeUnsupportedType, nil},
		"no form":                 {request{method: "POST", path: api.PathAttachments, token: token, header: keyed, body: "{}"}, 415, services.CodeUnsupportedType, nil},
		"too large":               {request{method: "POST", path: api.PathSessions, body: `{"email":"` + strings.Repeat("a", 300<<10) + `"}`}, 413, services.CodeTooLarge, nil},
		"a rule of core":          {request{method: "POST", path: api.PathActivationsResend, body: api.Address{Email: planted}}, 422, services.CodeInvalid, map[string]string{"email": "format", "captcha": "required"}},
		"an unknown path":         {request{method: "GET", path: "/v1/" + planted}, 404, services.CodeNotFound, nil},
		"a path to be cleaned":    {request{method: "GET", path: "/v1//policy"}, 404, services.CodeNotFound, nil},
		"a path with dots":        {request{method: "GET", path: "/v1/../v1/policy"}, 404, services.CodeNotFound, nil},
		"no id":                   {request{method: "GET", path: "/v1/threads/", token: token}, 404, services.CodeNotFound, nil},
		"an odd id":               {request{method: "GET", path: "/v1/threads/%00%ff%2F", token: token}, 404, services.CodeNotFound, nil},
		"a wrong method":          {request{method: "PATCH", path: api.PathSessions, body: planted}, 405, services.CodeInvalid, nil},
		"an invented method":      {request{method: "BREW", path: api.PathSession}, 405, services.CodeInvalid, nil},
		"a wrong number":          {request{method: "GET", path: api.PathThreads + "?limit=" + planted, token: token}, 422, services.CodeInvalid, map[string]string{"limit": "format"}},
		"a huge number":           {request{method: "GET", path: api.PathThreads + "?limit=99999999999999999999", token: token}, 422, services.CodeInvalid, map[string]string{"limit": "format"}},
		"a wrong flag":            {request{method: "GET", path: api.PathThreads + "?unread=" + planted, token: token}, 422, services.CodeInvalid, map[string]string{"unread": "format"}},
		"an unknown parameter":    {request{method: "GET", path: api.PathThreads + "?page=" + planted, token: token}, 422, services.CodeInvalid, map[string]string{"page": "unknown"}},
		"a wrong cursor":          {request{method: "GET", path: api.PathThreads + "?after=" + planted, token: token}, 422, services.CodeInvalid, map[string]string{"after": "format"}},
		"a wrong event id":        {request{method: "GET", path: api.PathEvents, token: token, header: map[string]string{api.HeaderLastEventID: planted}}, 422, services.CodeInvalid, map[string]string{"last_event_id": "format"}},
		"no key":                  {request{method: "POST", path: api.PathThreads, token: token, body: api.NewThread{}}, 422, services.CodeInvalid, map[string]string{"idempotency_key": "required"}},
		"a short key":             {request{method: "POST", path: api.PathThreads, token: token, body: api.NewThread{}, header: map[string]string{api.HeaderIdempotencyKey: "short"}}, 422, services.CodeInvalid, map[string]string{"idempotency_key": "too_short"}},
		"a long key":              {request{method: "POST", path: api.PathThreads, token: token, body: api.NewThread{}, header: map[string]string{api.HeaderIdempotencyKey: strings.Repeat("k", 65)}}, 422, services.CodeInvalid, map[string]string{"idempotency_key": "too_long"}},
		"a key not in ASCII":      {request{method: "POST", path: api.PathThreads, token: token, body: api.NewThread{}, header: map[string]string{api.HeaderIdempotencyKey: "clé"}}, 422, services.CodeInvalid, map[string]string{"idempotency_key": "format"}},
		"no token":                {request{method: "GET", path: api.PathSession}, 401, services.CodeUnauthenticated, nil},
		"another scheme":          {request{method: "GET", path: api.PathSession, header: map[string]string{"Authorization": "Basic " + planted}}, 401, services.CodeUnauthenticated, nil},
		"an unknown token":        {request{method: "GET", path: api.PathSession, token: planted}, 401, services.CodeUnauthenticated, nil},
		"no token and no sense":   {request{method: "POST", path: api.PathThreads, body: planted}, 401, services.CodeUnauthenticated, nil},
		"a customer at the desk":  {request{method: "GET", path: api.PathDeskThreads, token: token}, 403, services.CodeForbidden, nil},
	} {
		t.Run(what, func(t *testing.T) {
			r := h.do(c.q)
			r.t = t
			p := r.fails(c.status, c.code)
			if len(p.Fields) != len(c.fields) {
				t.Errorf("fields %v, want %v", p.Fields, c.fields)
			}
			for field, reason := range c.fields {
				if p.Fields[field] != reason {
					t.Errorf("fields %v, want %v", p.Fields, c.fields)
				}
			}
			if strings.Contains(string(r.body), planted) || strings.Contains(h.log.String(), planted) {
				t.Errorf("what was sent is told again: %s", r.body)
			}
			if c.status == http.StatusUnauthorized && r.header.Get("WWW-Authenticate") == "" {
				t.Error("401 without WWW-Authenticate")
			}
		})
	}
}

func TestProblems_Roles(t *testing.T) {
	h := newHarness(t)
	customer, desk := h.customer(alice), h.desk()
	for _, path := range []string{api.PathAgreements, api.PathThreads, api.PathDevices, api.PathProfile} {
		h.do(request{method: "GET", path: path, token: desk}).fails(403, services.CodeForbidden)
	}
	h.do(request{method: "GET", path: of(api.PathDeskThread, "x"), token: customer}).fails(403, services.CodeForbidden)
	h.do(request{method: "GET", path: of(api.PathDeskThread, "x"), token: desk}).fails(404, services.CodeNotFound)
	h.person("bob.roy@example.ca")
	stranger := h.signIn("bob.roy@example.ca").Token
	h.do(request{method: "GET", path: api.PathThreads, token: stranger}).fails(403, services.CodeDeviceUnauthorized)
}

func TestProblems_WrongMethodNamesTheRightOnes(t *testing.T) {
	h := newHarness(t)
	r := h.do(request{method: "POST", path: api.PathSession})
	r.fails(405, services.CodeInvalid)
	const want = "DELETE, GET, HEAD, PUT, OPTIONS"
	if got := r.header.Get("Allow"); got != want {
		t.Errorf("Allow: %s", got)
	}
	if got := h.do(request{method: "OPTIONS", path: api.PathSession}).want(204).header.Get("Allow"); got != want {
		t.Errorf("OPTIONS: %s", got)
	}
	if r := h.do(request{method: "HEAD", path: api.PathPolicy}).want(200); len(r.body) > 0 || r.header.Get("ETag") == "" {
		t.Errorf("HEAD: %q, %v", r.body, r.header)
	}
}

// failing is a store that is at fault, or panics.
type failing struct {
	core.Store
	err error
}

func (f failing) View(context.Context, func(core.Tx) error) error {
	if f.err == nil {
		panic(planted)
	}
	return f.err
}

func TestProblems_OfOurOwn(t *testing.T) {
	for what, c := range map[string]struct {
		err    error
		status int
		code   services.Code
	}{
		"a fault":     {services.Internal(context.Canceled), 500, services.CodeInternal},
		"unavailable": {services.Fail(services.CodeUnavailable), 503, services.CodeUnavailable},
		"foreign":     {http.ErrBodyNotAllowed, 500, services.CodeInternal},
		"a panic":     {nil, 500, services.CodeInternal},
	} {
		t.Run(what, func(t *testing.T) {
			h := newHarness(t, func(inside *core.Config, _ *server.Config) { inside.Store = failing{inside.Store, c.err} })
			r := h.do(request{method: "GET", path: api.PathSession, token: "any"})
			r.fails(c.status, c.code)
			log := h.log.String()
			if !strings.Contains(log, r.header.Get(api.HeaderRequestID)) || !strings.Contains(log, "ERROR") || strings.Contains(log, planted) {
				t.Errorf("log: %s", log)
			}
		})
	}
}
