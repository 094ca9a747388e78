package server

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"myaccount/services"
	"myaccount/services/api"
)

// bearer is the scheme of sessions, in the header and in the document.
const bearer = "bearer"

// newAPI makes huma's part: what routes, checks the shape of requests, and describes all of it in OpenAPI 3.1.
func newAPI(mux *http.ServeMux) huma.API {
	registry := huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer)
	registry.RegisterTypeAlias(reflect.TypeFor[api.Date](), reflect.TypeFor[date]())
	format := huma.Format{Marshal: writeJSON, Unmarshal: readJSON}
	return humago.New(mux, huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title: "Customer portal", Version: api.Version[1:],
				Description: "Every failure is application/problem+json with a code, and every answer has X-Request-Id.",
			},
			Components: &huma.Components{
				Schemas: registry,
				SecuritySchemes: map[string]*huma.SecurityScheme{
					bearer: {Type: "http", Scheme: bearer, Description: "The token of POST /v1/sessions"},
				},
			},
		},
		Formats: map[string]huma.Format{api.TypeJSON: format, "json": format}, DefaultFormat: api.TypeJSON,
	})
}

// date describes api.Date.
type date string

// Schema is what a date looks like.
func (date) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "date", Examples: []any{"2026-03-31"}}
}

// writeJSON writes an answer.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// errEncoding says that a body is not UTF-8, which encoding/json would quietly mend.
var errEncoding = errors.New("not UTF-8")

// readJSON reads a body.
func readJSON(data []byte, v any) error {
	if !utf8.Valid(data) {
		return errEncoding
	}
	return json.Unmarshal(data, v)
}

// tellProblems writes into the document which codes are behind each status of a call, with an example.
func (s *Server) tellProblems(c call) {
	responses := operationOf(s.api.OpenAPI().Paths[c.path], c.method).Responses
	for _, code := range c.allCodes() {
		r := responses[strconv.Itoa(code.Status())]
		media := r.Content[api.TypeProblem]
		if media.Example != nil {
			r.Description += ", " + string(code)
			continue
		}
		r.Description, media.Example = string(code), exampleOf(code)
	}
	for _, status := range []int{http.StatusBadRequest, http.StatusRequestTimeout} {
		if r := responses[strconv.Itoa(status)]; r != nil {
			r.Content[api.TypeProblem].Example = &api.Problem{Status: status, Code: services.CodeOfStatus(status)}
		}
	}
}

// exampleOf is a problem as it may come.
func exampleOf(code services.Code) *api.Problem {
	err := services.Fail(code)
	switch code {
	case services.CodeInvalid:
		err = services.Invalid("email", services.ReasonFormat)
	case services.CodeLocked, services.CodeThrottled, services.CodeUnavailable:
		err.RetryAfter = time.Minute
	}
	return api.ProblemOf(err)
}

// operationOf finds the operation of a method.
func operationOf(item *huma.PathItem, method string) *huma.Operation {
	return map[string]*huma.Operation{
		http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put,
		http.MethodPatch: item.Patch, http.MethodDelete: item.Delete,
	}[method]
}

// tellNulls writes into the document which fields of answers may be null: pointers that are never left out. huma does
// not know it of those that are objects.
func tellNulls(registry huma.Registry) {
	for name, schema := range registry.Map() {
		t := registry.TypeFromRef("#/components/schemas/" + name)
		if t == nil || t.Kind() != reflect.Struct {
			continue
		}
		for _, f := range reflect.VisibleFields(t) {
			field, rest, _ := strings.Cut(f.Tag.Get("json"), ",")
			property := schema.Properties[field]
			if f.Type.Kind() != reflect.Pointer || rest != "" || property == nil {
				continue
			}
			if property.Ref == "" {
				property.Nullable = true
				continue
			}
			schema.Properties[field] = &huma.Schema{
				Description: property.Description, AnyOf: []*huma.Schema{{Ref: property.Ref}, {Type: "null"}},
			}
		}
	}
}

// produces says that a call answers with something else than JSON.
func produces(s *Server, path, mediaType string) {
	for status, response := range s.api.OpenAPI().Paths[path].Get.Responses {
		if status == "200" {
			response.Content = map[string]*huma.MediaType{mediaType: {Schema: &huma.Schema{Type: huma.TypeString}}}
		}
	}
}

// takes says that a call takes a form, which huma does not read.
func takes(s *Server, path string, form *huma.MediaType) {
	s.api.OpenAPI().Paths[path].Post.RequestBody = &huma.RequestBody{
		Required: true, Content: map[string]*huma.MediaType{"multipart/form-data": form},
	}
}

// takesFile says that a POST takes a form with one file.
func takesFile(s *Server, path string) {
	takes(s, path, &huma.MediaType{
		Schema: &huma.Schema{
			Type: huma.TypeObject, Required: []string{"file"}, AdditionalProperties: false,
			Properties: map[string]*huma.Schema{
				"name": {Type: huma.TypeString, Description: "Of the file; before it. Left out: the file name of its part"},
				"file": {Type: huma.TypeString, Format: "binary"},
			},
		},
	})
}

// Document is the OpenAPI 3.1 document, as /openapi.json answers it.
func (s *Server) Document() ([]byte, error) {
	data, err := json.MarshalIndent(s.api.OpenAPI(), "", "  ")
	if err != nil {
		return nil, fmt.Errorf("openapi: %w", err)
	}
	return data, nil
}
