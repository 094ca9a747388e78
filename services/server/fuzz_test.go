package server_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"pgregory.net/rapid"

	"myaccount/services/api"
	"myaccount/services/core"
	"myaccount/services/server"
)

// target is one operation with what the fuzz needs to call it.
type target struct {
	method, path string
	operation
}

// fuzzing calls operations as a client that has lost its mind.
type fuzzing struct {
	h        *harness
	document document
	targets  []target
	tokens   []string // of the customer, of the desk, and none that is any good
	ids      []string
}

// TestContract_Fuzz calls every operation of the document with valid and invalid requests: never is the answer our fault,
// every failure is a problem, what was sent is never told again, and what succeeds is as the document says.
// -rapid.checks makes it longer.
func TestContract_Fuzz(t *testing.T) {
	h := newHarness(t, func(inside *core.Config, _ *server.Config) {
		r := &inside.Brand.Rules
		const many = 1 << 30
		r.AddressSignIns, r.AddressRegistrations, r.AddressMails, r.AddressLinks, r.AddressCodes = many, many, many, many, many
	}, withProvider)
	token, desk := h.customer(alice), h.desk()
	f := &fuzzing{h: h, document: h.contract(), tokens: []string{token, desk, "", planted}}
	f.ids = []string{"x", planted, "\x00", "..", h.agreement(token), h.send(token, "key-of-the-thread")}
	for _, path := range slices.Sorted(maps.Keys(f.document.Paths)) {
		for _, method := range slices.Sorted(maps.Keys(f.document.Paths[path])) {
			f.targets = append(f.targets, target{strings.ToUpper(method), path, f.document.Paths[path][method]})
		}
	}
	seen := map[string]map[int]bool{}
	rapid.Check(t, func(t *rapid.T) {
		for _, op := range f.targets {
			token := rapid.SampledFrom(f.tokens).Draw(t, "token")
			if op.ID == "sign-out" && token != "" {
				token = planted // the others are needed
			}
			r := f.request(t, op)
			if token != "" {
				r.Header.Set("Authorization", "Bearer "+token)
			}
			status := f.call(t, op, r)
			if seen[op.ID] == nil {
				seen[op.ID] = map[int]bool{}
			}
			seen[op.ID][status] = true
		}
	})
	for line := range strings.Lines(h.log.String()) {
		if strings.Contains(line, planted) || strings.Contains(line, "ERROR") {
			t.Errorf("the log tells what was sent, or of a fault: %s", line)
		}
	}
	for _, op := range f.targets {
		if len(seen[op.ID]) < 2 && op.ID != "sign-out" {
			t.Errorf("%s was always answered with %v", op.ID, seen[op.ID])
		}
	}
}

// call makes a request and judges the answer.
func (f *fuzzing) call(t *rapid.T, op target, r *http.Request) int {
	w := httptest.NewRecorder()
	f.h.server.ServeHTTP(w, r)
	body := w.Body.Bytes()
	if w.Code < 400 {
		f.success(t, op, w.Code, w.Header().Get("Content-Type"), body)
		return w.Code
	}
	var p api.Problem
	if err := json.Unmarshal(body, &p); err != nil || w.Code >= 500 || w.Header().Get("Content-Type") != api.TypeProblem || p.Status != w.Code {
		t.Fatalf("%s %s: %d %s", r.Method, r.URL, w.Code, body)
	}
	if bytes.Contains(body, []byte(planted)) {
		t.Fatalf("%s %s: %s", r.Method, r.URL, body)
	}
	if _, told := op.Responses[fmt.Sprint(w.Code)]; !told && w.Code != 404 { // an id may make another path of it
		t.Fatalf("%s %s: %d is not in the document: %s", r.Method, op.path, w.Code, body)
	}
	return w.Code
}

// success compares what was answered with the document.
func (f *fuzzing) success(t *rapid.T, op target, status int, mediaType string, body []byte) {
	told, ok := op.Responses[fmt.Sprint(status)]
	if !ok {
		t.Fatalf("%s: %d is not in the document", op.ID, status)
	}
	schema, ok := told.Content[api.TypeJSON]
	if !ok {
		return
	}
	var value any
	if err := json.Unmarshal(body, &value); err != nil || mediaType != api.TypeJSON {
		t.Fatalf("%s: %q %s: %v", op.ID, mediaType, body, err)
	}
	registry := f.h.server.Schemas()
	var result huma.ValidateResult
	huma.Validate(registry, &huma.Schema{Ref: schema.Schema.Ref}, huma.NewPathBuffer(nil, 0), huma.ModeReadFromServer, value, &result)
	if len(result.Errors) > 0 {
		t.Fatalf("%s: %s is not as the document says: %v", op.ID, body, result.Errors)
	}
}

// request draws a request.
func (f *fuzzing) request(t *rapid.T, op target) *http.Request {
	path, query, header := op.path, url.Values{}, http.Header{}
	for _, p := range op.Parameters {
		if !p.Required && rapid.Bool().Draw(t, "left out") {
			continue
		}
		value := fmt.Sprint(f.value(t, p.Schema, 0))
		switch p.In {
		case "path":
			path = strings.Replace(path, "{"+p.Name+"}", url.PathEscape(rapid.SampledFrom(f.ids).Draw(t, "id")), 1)
		case "query":
			query.Set(p.Name, value)
		case "header":
			if p.Name == api.HeaderIdempotencyKey && rapid.IntRange(0, 3).Draw(t, "key") > 0 {
				value = "key-" + rapid.StringMatching(`[a-z0-9]{8}`).Draw(t, "key")
			}
			header.Set(p.Name, strings.Map(func(r rune) rune { return max(r, ' ') }, value))
		}
	}
	if rapid.IntRange(0, 9).Draw(t, "another parameter") == 0 {
		query.Set(rapid.SampledFrom([]string{"x", planted, "limit", "\x00"}).Draw(t, "name"), planted)
	}
	body, mediaType := f.body(t, op)
	r := httptest.NewRequest(op.method, "http://portal"+path+"?"+query.Encode(), bytes.NewReader(body))
	r.Header = header
	r.Header.Set("Content-Type", mediaType)
	return r
}

// body draws a body: most fit the schema, some are broken.
func (f *fuzzing) body(t *rapid.T, op target) (body []byte, mediaType string) {
	mediaType = rapid.SampledFrom([]string{api.TypeJSON, api.TypeJSON, api.TypeJSON, "application/json; charset=utf-8", "text/plain", planted}).Draw(t, "type")
	if op.RequestBody == nil {
		return nil, mediaType
	}
	if _, ok := op.RequestBody.Content["multipart/form-data"]; ok {
		return f.form(t)
	}
	var value any = map[string]any{}
	if content, ok := op.RequestBody.Content[api.TypeJSON]; ok {
		value = f.value(t, content.Schema, 0)
	}
	data, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	switch rapid.IntRange(0, 19).Draw(t, "broken") {
	case 0:
		return data[:rapid.IntRange(0, len(data)).Draw(t, "cut")], mediaType
	case 1:
		return append(data, planted...), mediaType
	case 2:
		return rapid.SliceOf(rapid.Byte()).Draw(t, "noise"), mediaType
	}
	return data, mediaType
}

// form draws a form.
func (f *fuzzing) form(t *rapid.T) (body []byte, mediaType string) {
	var b strings.Builder
	for range rapid.IntRange(0, 3).Draw(t, "parts") {
		name := rapid.SampledFrom([]string{"file", "name", planted}).Draw(t, "part")
		fmt.Fprintf(&b, "--x\r\nContent-Disposition: form-data; name=%q; filename=%q\r\n\r\n%s\r\n",
			name, rapid.SampledFrom([]string{"a.txt", "a.pdf", ""}).Draw(t, "file"), f.text(t))
	}
	if rapid.IntRange(0, 9).Draw(t, "no end") > 0 {
		b.WriteString("--x--\r\n")
	}
	return []byte(b.String()), "multipart/form-data; boundary=x"
}

// value draws a value of a schema, one in ten of another.
func (f *fuzzing) value(t *rapid.T, s schema, depth int) any {
	if s.Ref != "" {
		s = f.document.Components.Schemas[strings.TrimPrefix(s.Ref, "#/components/schemas/")]
	}
	if depth > 0 && rapid.IntRange(0, 19).Draw(t, "another type") == 0 {
		return rapid.SampledFrom([]any{nil, true, 5, -1e300, planted, []any{planted}, map[string]any{planted: planted}}).Draw(t, "value")
	}
	kind := fmt.Sprint(s.Type)
	switch {
	case strings.Contains(kind, "object"):
		object := map[string]any{}
		for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
			if rapid.IntRange(0, 4).Draw(t, "has") > 0 {
				object[name] = f.value(t, s.Properties[name], depth+1)
			}
		}
		if rapid.IntRange(0, 19).Draw(t, "more") == 0 {
			object[rapid.SampledFrom([]string{"x", planted, ""}).Draw(t, "name")] = planted
		}
		return object
	case strings.Contains(kind, "array"):
		list := []any{}
		for range rapid.IntRange(0, 3).Draw(t, "items") {
			list = append(list, f.value(t, *s.Items, depth+1))
		}
		return list
	case strings.Contains(kind, "integer"):
		return rapid.SampledFrom([]any{0, 1, 7, -1, 1 << 40, "99999999999999999999"}).Draw(t, "integer")
	case strings.Contains(kind, "boolean"):
		return rapid.Bool().Draw(t, "flag")
	case s.Format == "date-time":
		return "2026-03-02T14:00:00Z"
	}
	return f.text(t)
}

// text draws a text: what is known, what is planted, and what hurts.
func (f *fuzzing) text(t *rapid.T) string {
	if rapid.Bool().Draw(t, "known") {
		return rapid.SampledFrom(append([]string{
			"", "*", "en", "fr", "vin", "bmw_id", "payment", "CAD", "12.50", alice, password, "personal", "a@example.ca", "WBA00000000000000", "123456",
		}, f.ids...)).Draw(t, "text")
	}
	return rapid.OneOf(rapid.SampledFrom(naughty), rapid.String()).Draw(t, "text")
}
