package server

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"myaccount/services"
	"myaccount/services/api"
)

// readyWait is how long the database and the files may take to say that they are there.
const readyWait = 5 * time.Second

// operate registers what is for operators and developers.
func (s *Server) operate() error {
	tellNulls(s.api.OpenAPI().Components.Schemas)
	document, err := s.Document()
	if err != nil {
		return err
	}
	docs, err := newDocs(s.api.OpenAPI())
	if err != nil {
		return fmt.Errorf("docs: %w", err)
	}
	s.mux.HandleFunc("GET /healthz", plain("ok\n"))
	s.mux.HandleFunc("GET /readyz", s.ready)
	s.mux.Handle("GET /metrics", promhttp.HandlerFor(s.config.Registry, promhttp.HandlerOpts{}))
	s.mux.HandleFunc("GET /openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/openapi+json")
		w.Header().Set("Cache-Control", cacheFor)
		_, _ = w.Write(document) // a client that is gone needs no answer
	})
	s.mux.Handle("GET /docs", docs)
	if s.config.Pages != nil {
		for _, pattern := range PagePaths() {
			s.mux.Handle(pattern, s.config.Pages)
		}
	}
	return nil
}

// plain answers a few words.
func plain(words string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte(words)) // a client that is gone needs no answer
	}
}

// ready tells whether requests should be sent here.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), readyWait)
	defer cancel()
	err := ctx.Err()
	if s.config.Ready != nil {
		err = s.config.Ready(ctx)
	}
	if err != nil {
		s.log.Warn("not ready", "error", err)
	}
	if err != nil || s.isDraining() {
		writeProblem(w, api.ProblemOf(services.Fail(services.CodeUnavailable)))
		return
	}
	plain("ready\n")(w, r)
}
