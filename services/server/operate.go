package server

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"myaccount/services"
	"myaccount/services/api"
)

// readyWait is how long the database and the files may take to say that they are there.
const readyWait = 5 * time.Second

// operate registers what is for operators and developers.
func (s *Server) operate() {
	tellNulls(s.api.OpenAPI().Components.Schemas)
	s.mux.HandleFunc("GET /healthz", plain("ok\n"))
	s.mux.HandleFunc("GET /readyz", s.ready)
	s.mux.Handle("GET /metrics", promhttp.HandlerFor(s.config.Registry, promhttp.HandlerOpts{}))
	s.mux.Handle("GET /openapi.json", s.once(s.newDocument))
	s.mux.Handle("GET /docs", s.once(func() (http.Handler, error) { return newDocs(s.api.OpenAPI()) }))
	if s.config.Pages != nil {
		for _, pattern := range PagePaths() {
			s.mux.Handle(pattern, s.config.Pages)
		}
	}
}

// newDocument makes what answers the document.
func (s *Server) newDocument() (http.Handler, error) {
	document, err := s.Document()
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/openapi+json")
		w.Header().Set("Cache-Control", cacheFor)
		_, _ = w.Write(document) // a client that is gone needs no answer
	}), err
}

// once makes a handler when it is first asked: writing the document takes longer than all the rest of New.
func (s *Server) once(build func() (http.Handler, error)) http.Handler {
	built := sync.OnceValues(build)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler, err := built()
		if err != nil {
			s.log.Error("document", "error", err)
			writeProblem(w, api.ProblemOf(services.Internal(err)))
			return
		}
		handler.ServeHTTP(w, r)
	})
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
