package server

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"myaccount/services/api"
)

func (s *Server) publicRoutes() {
	open(s, call{
		id: "get-policy", method: http.MethodGet, path: api.PathPolicy, summary: "The lender's brand and rules",
	}, s.policy)
	open(s, call{
		id: "get-terms", method: http.MethodGet, path: api.PathTerms, summary: "The terms of use in a language",
	}, s.terms)
	open(s, call{
		id: "get-captcha", method: http.MethodGet, path: api.PathCaptcha, summary: "A new proof-of-work challenge (ALTCHA v1)",
	}, s.captcha)
	s.tellKnown(api.PathPolicy, api.PathTerms)
}

// Cached is a request for what rarely changes.
type Cached struct {
	IfNoneMatch string `header:"If-None-Match" doc:"ETag of what is known already"`
}

// cacheable is an answer that may be kept for a while.
type cacheable[T any] struct {
	Status       int
	ETag         string `header:"ETag"`
	CacheControl string `header:"Cache-Control"`
	Body         T
}

// tellKnown writes into the document that a call may answer 304.
func (s *Server) tellKnown(paths ...string) {
	for _, path := range paths {
		s.api.OpenAPI().Paths[path].Get.Responses["304"] = &huma.Response{Description: "What is known still holds"}
	}
}

// cacheFor is how long answers that are the same for everybody may be used without asking again.
const cacheFor = "public, max-age=300"

// cache answers 304 when the client knows the value already.
func cache[T any](known string, value T) (*cacheable[T], error) {
	data, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("answer: %w", err)
	}
	digest := sha256.Sum256(data)
	tag := `"` + base64.RawURLEncoding.EncodeToString(digest[:16]) + `"`
	out := &cacheable[T]{Status: http.StatusOK, ETag: tag, CacheControl: cacheFor, Body: value}
	if matches(known, tag) {
		out.Status = http.StatusNotModified
	}
	return out, nil
}

// matches tells whether If-None-Match names a tag (RFC 9110, 13.1.2: weakly compared).
func matches(header, tag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		if part = strings.TrimPrefix(strings.TrimSpace(part), "W/"); part == tag || part == "*" {
			return true
		}
	}
	return false
}

func (s *Server) policy(ctx context.Context, in *Cached) (*cacheable[api.Policy], error) {
	policy, err := s.core.Policy(ctx)
	if err != nil {
		return nil, err
	}
	return cache(in.IfNoneMatch, api.PolicyOf(policy))
}

// termsQuery asks for the terms.
type termsQuery struct {
	Cached
	Language string `query:"lang" doc:"en or fr; anything else reads as en"`
}

func (s *Server) terms(ctx context.Context, in *termsQuery) (*cacheable[api.Terms], error) {
	terms, err := s.core.Terms(ctx, in.Language)
	if err != nil {
		return nil, err
	}
	return cache(in.IfNoneMatch, api.Terms(terms))
}

func (s *Server) captcha(ctx context.Context, _ *nothing) (*answer[api.Captcha], error) {
	challenge, err := s.core.Captcha(ctx)
	if err != nil {
		return nil, err
	}
	return &answer[api.Captcha]{api.Captcha(challenge)}, nil
}
