package server

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

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

// Document is the OpenAPI 3.1 document, as /openapi.json answers it.
func (s *Server) Document() ([]byte, error) {
	data, err := json.MarshalIndent(s.api.OpenAPI(), "", "  ")
	if err != nil {
		return nil, fmt.Errorf("openapi: %w", err)
	}
	return data, nil
}
