// Package server is the REST backend: the contract of services/api on HTTP, in front of the rules of services/core.
//
// Rules stay in core. What happens here is the protocol: shapes of requests (huma), sessions by bearer token, every
// failure as application/problem+json, server-sent events, limits on what a client may hold open, request ids, logs and
// metrics. A Server keeps nothing between requests but its metrics, so any replica answers any request.
//
// Neither a log nor a problem ever holds a value that was sent.
package server
