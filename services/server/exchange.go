package server

import (
	"context"
	"net/http"
	"net/netip"
	"time"
)

// exchange is one request with its answer, as the layers around the handlers see it.
type exchange struct {
	http.ResponseWriter
	id      string // of the request
	route   string // pattern of the path
	client  netip.Addr
	secure  bool // it came over TLS
	control *http.ResponseController

	status int // 0 while nothing is written
	bytes  int64
}

type exchangeKey struct{}

// exchangeOf finds the exchange of a request's context; an empty one outside of a request.
func exchangeOf(ctx context.Context) *exchange {
	if x, ok := ctx.Value(exchangeKey{}).(*exchange); ok {
		return x
	}
	return &exchange{}
}

// WriteHeader notes the status.
func (x *exchange) WriteHeader(status int) {
	if x.status == 0 {
		x.status = status
	}
	x.ResponseWriter.WriteHeader(status)
}

// Write counts what is written.
func (x *exchange) Write(data []byte) (int, error) {
	if x.status == 0 {
		x.status = http.StatusOK
	}
	n, err := x.ResponseWriter.Write(data)
	x.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (x *exchange) Unwrap() http.ResponseWriter { return x.ResponseWriter }

// readFor sets how long reading the rest of the request may take from now on.
func (x *exchange) readFor(wait time.Duration) {
	_ = x.control.SetReadDeadline(time.Now().Add(wait)) // a recorder of a test has none
}

// bodyRead moves the deadline on once the body is here: when it passes, net/http ends the request's context.
func (x *exchange) bodyRead() { x.readFor(requestWait + bodyWait) }
