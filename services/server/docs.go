package server

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"
)

var (
	//go:embed docs.html
	docsPage string
	//go:embed docs.css
	docsStyle string
)

// documented is an operation on the page.
type documented struct {
	Method, Path string
	*huma.Operation
}

// newDocs makes the page of /docs from the document: one file without scripts, which needs nobody else's server.
func newDocs(document *huma.OpenAPI) (http.Handler, error) {
	page, err := template.New("docs").Parse(docsPage)
	if err != nil {
		return nil, err
	}
	var html bytes.Buffer
	err = page.Execute(&html, map[string]any{
		"Info": document.Info, "Style": template.CSS(docsStyle), //nolint:gosec // our own file
		"Operations": operations(document), "Schemas": document.Components.Schemas.Map(),
	})
	if err != nil {
		return nil, err
	}
	digest := sha256.Sum256([]byte(docsStyle))
	policy := "default-src 'none'; frame-ancestors 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(digest[:]) + "'"
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("Cache-Control", cacheFor)
		_, _ = w.Write(html.Bytes()) // a client that is gone needs no answer
	}), nil
}

// operations lists every operation by path.
func operations(document *huma.OpenAPI) []documented {
	var list []documented
	for path, item := range document.Paths {
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
			op := operationOf(item, method)
			if op != nil {
				list = append(list, documented{method, path, op})
			}
		}
	}
	slices.SortFunc(list, func(a, b documented) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
	})
	return list
}
