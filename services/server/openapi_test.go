package server_test

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"myaccount/services/api"
)

// document is what the tests read of the OpenAPI document.
type document struct {
	OpenAPI    string                          `json:"openapi"`
	Paths      map[string]map[string]operation `json:"paths"`
	Components struct {
		Schemas map[string]schema `json:"schemas"`
	} `json:"components"`
}

type operation struct {
	ID         string                `json:"operationId"`
	Summary    string                `json:"summary"`
	Security   []map[string][]string `json:"security"`
	Parameters []struct {
		Name, In string
		Required bool
		Schema   schema
	}
	RequestBody *struct {
		Required bool
		Content  map[string]struct{ Schema schema }
	}
	Responses map[string]struct {
		Description string
		Content     map[string]struct {
			Schema  schema
			Example json.RawMessage
		}
	}
}

type schema struct {
	Ref        string `json:"$ref"`
	Type       any
	Format     string
	Properties map[string]schema
	Required   []string
	Items      *schema
	OneOf      []schema `json:"oneOf"`
	Additional any      `json:"additionalProperties"`
}

// contract reads the document as the server gives it.
func (h *harness) contract() document {
	h.t.Helper()
	var d document
	h.do(request{method: "GET", path: "/openapi.json"}).want(200).into(&d)
	return d
}

// TestOpenAPI_Golden shows every change of the contract in review. UPDATE_GOLDEN=1 writes it anew.
func TestOpenAPI_Golden(t *testing.T) {
	h := newHarness(t)
	got := h.do(request{method: "GET", path: "/openapi.json"}).want(200).body
	path := filepath.Join("testdata", "openapi.json")
	if os.Getenv("UPDATE_GOLDEN") != "" {
		must(t, os.MkdirAll("testdata", 0o755))
		must(t, os.WriteFile(path, got, 0o644))
	}
	want, err := os.ReadFile(path)
	must(t, err)
	if !bytes.Equal(got, want) {
		t.Error("the contract changed; UPDATE_GOLDEN=1 writes it anew")
	}
}

func TestOpenAPI_IsWhole(t *testing.T) {
	h := newHarness(t)
	d := h.contract()
	if d.OpenAPI != "3.1.0" {
		t.Errorf("version %s", d.OpenAPI)
	}
	ids := map[string]bool{}
	for path, methods := range d.Paths {
		for method, op := range methods {
			name := method + " " + path
			if op.ID == "" || op.Summary == "" || ids[op.ID] {
				t.Errorf("%s: id %q, summary %q", name, op.ID, op.Summary)
			}
			ids[op.ID] = true
			var success int
			for status, r := range op.Responses {
				code, err := strconv.Atoi(status)
				must(t, err)
				if code < 300 {
					success++
				}
				if code < 400 {
					continue
				}
				problem, ok := r.Content[api.TypeProblem]
				if !ok || len(r.Content) != 1 || problem.Schema.Ref != "#/components/schemas/Problem" || problem.Example == nil {
					t.Errorf("%s: %s is no problem with an example", name, status)
				}
			}
			for _, status := range []string{"422", "500", "503"} {
				if _, ok := op.Responses[status]; !ok {
					t.Errorf("%s lacks %s", name, status)
				}
			}
			_, refused := op.Responses["401"]
			if success != 1 || refused != (len(op.Security) > 0) && !signsIn(op.ID) {
				t.Errorf("%s: %d ways to succeed, security %v", name, success, op.Security)
			}
		}
	}
}

// signsIn tells an operation that may be unauthenticated without a token to be so.
func signsIn(id string) bool { return id == "sign-in" || id == "sign-in-with-identity" }

// TestOpenAPI_SaysWhoMayCall asks every operation without a token: exactly those that say so want one.
func TestOpenAPI_SaysWhoMayCall(t *testing.T) {
	h := newHarness(t, withProvider)
	for path, methods := range h.contract().Paths {
		for method, op := range methods {
			r := h.do(request{method: strings.ToUpper(method), path: of(path, "x"), body: "{}"})
			if got := r.status == 401 && !signsIn(op.ID); got != (len(op.Security) > 0) {
				t.Errorf("%s %s: %d, security %v", method, path, r.status, op.Security)
			}
			if r.status == 404 || r.status == 405 {
				t.Errorf("%s %s: %d", method, path, r.status)
			}
		}
	}
}

// TestOpenAPI_HasEveryPath compares the document with the paths that both sides share.
func TestOpenAPI_HasEveryPath(t *testing.T) {
	d := newHarness(t).contract()
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", "api", "path.go"), nil, 0)
	must(t, err)
	paths := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
			path, err := strconv.Unquote(l.Value)
			must(t, err)
			paths[api.Version+path] = true
		}
		return true
	})
	for path := range paths {
		if _, ok := d.Paths[path]; !ok {
			t.Errorf("nobody answers %s", path)
		}
	}
	for path := range d.Paths {
		if !paths[path] {
			t.Errorf("%s has no name in services/api", path)
		}
	}
}
