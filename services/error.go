package services

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Code says what kind of failure an Error is. Codes are part of the REST contract and never change their meaning.
type Code string

// The codes there are. Screens turn them into sentences with the catalogue key "error.<code>".
const (
	CodeInvalid            Code = "invalid"             // the request breaks a rule; Fields says which
	CodeUnauthenticated    Code = "unauthenticated"     // wrong address or password, or the session has ended
	CodeNotActivated       Code = "not_activated"       // right password, but the address is not confirmed yet
	CodeForbidden          Code = "forbidden"           // this person may not do this
	CodeNotLinked          Code = "not_linked"          // no agreement is linked yet
	CodeDeviceUnauthorized Code = "device_unauthorized" // this device needs a code first
	CodeLocked             Code = "locked"              // too many failed sign-ins; RetryAfter says for how long
	CodeThrottled          Code = "throttled"           // too many tries; RetryAfter says for how long
	CodeNotFound           Code = "not_found"           // there is no such thing, or it is not this person's
	CodeConflict           Code = "conflict"            // the same request is still being worked on
	CodeGone               Code = "gone"                // used, expired, or tried too often
	CodeTooLarge           Code = "too_large"           // larger than the policy allows
	CodeUnsupportedType    Code = "unsupported_type"    // a file of a kind that is not accepted
	CodeUnavailable        Code = "unavailable"         // cannot be reached or is out of room: try again later
	CodeInternal           Code = "internal"            // our fault; details are in the log
)

// Reasons a field can be refused for. Screens turn them into sentences with "field.<field>.<reason>" or, when the
// catalogue has no such key, "reason.<reason>".
const (
	ReasonRequired  = "required"   // empty
	ReasonFormat    = "format"     // not of the form asked for
	ReasonTooShort  = "too_short"  // fewer characters than allowed
	ReasonTooLong   = "too_long"   // more characters than allowed
	ReasonMismatch  = "mismatch"   // does not match: a wrong code, or two entries that differ
	ReasonWeak      = "weak"       // a password that is easy to guess
	ReasonCommon    = "common"     // a password from the list of common ones
	ReasonContext   = "context"    // a password made of one's own name, address or the product's name
	ReasonUnknown   = "unknown"    // names something that does not exist
	ReasonTooMany   = "too_many"   // more items than allowed
	ReasonOutdated  = "outdated"   // a version that has been replaced
	ReasonDuplicate = "duplicate"  // there already is one
	ReasonControl   = "control"    // has characters that cannot be shown
	ReasonReused    = "key_reused" // an idempotency key with another request
	ReasonPast      = "past"       // a day that is over
	ReasonLate      = "late"       // a day that is too late
	ReasonFuture    = "future"     // a day that is still to come
	ReasonEarly     = "early"      // a day that is too early
	ReasonTooLow    = "too_low"    // a figure that is too low
	ReasonTooHigh   = "too_high"   // a figure that is too high
	ReasonClosed    = "closed"     // a day on which no bank works
	ReasonTooMuch   = "too_much"   // an amount that is more than there is to pay
)

// Error is the one type of error that crosses the services' boundary.
type Error struct {
	Code       Code
	Fields     map[string]string // field to reason; only with CodeInvalid
	RetryAfter time.Duration     // how long to wait; 0 when unknown
	Err        error             // the cause, for the log only; never shown to a person
}

// Error names the code and the refused fields. It is for logs: people get sentences from the catalogue.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Code))
	for _, field := range slices.Sorted(maps.Keys(e.Fields)) {
		fmt.Fprintf(&b, " %s=%s", field, e.Fields[field])
	}
	if e.Err != nil {
		fmt.Fprintf(&b, ": %v", e.Err)
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is makes errors.Is(err, &Error{Code: c}) true for every Error with that code.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code && t.Fields == nil && t.Err == nil
}

// Fail makes an Error of a code.
func Fail(code Code) *Error { return &Error{Code: code} }

// FailAfter makes an Error that says how long to wait.
func FailAfter(code Code, wait time.Duration) *Error { return &Error{Code: code, RetryAfter: wait} }

// Invalid makes a CodeInvalid error of one field.
func Invalid(field, reason string) *Error {
	return &Error{Code: CodeInvalid, Fields: map[string]string{field: reason}}
}

// Internal wraps a foreign error, whose text is for the log only.
func Internal(err error) *Error { return &Error{Code: CodeInternal, Err: err} }

// CodeOf reads the code of any error: "" for nil, CodeUnavailable for an ended context, CodeInternal for what is foreign.
func CodeOf(err error) Code {
	var e *Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.Code
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return CodeUnavailable
	default:
		return CodeInternal
	}
}

// FieldsOf gives the refused fields of any error, never nil.
func FieldsOf(err error) map[string]string {
	var e *Error
	if errors.As(err, &e) && e.Fields != nil {
		return maps.Clone(e.Fields)
	}
	return map[string]string{}
}

// RetryAfterOf gives how long an error asks to wait, 0 when it does not say.
func RetryAfterOf(err error) time.Duration {
	var e *Error
	if errors.As(err, &e) {
		return e.RetryAfter
	}
	return 0
}

// RequestIDOf names the request that an error is about, as the log of the service knows it, for whoever helps a person;
// "" when no service has answered. The cause of the error has it: a method RequestID.
func RequestIDOf(err error) string {
	var request interface{ RequestID() string }
	if errors.As(err, &request) {
		return request.RequestID()
	}
	return ""
}

// statuses is the one table between codes and HTTP, used by the client and by the server.
var statuses = map[Code]int{
	CodeInvalid:            http.StatusUnprocessableEntity,
	CodeUnauthenticated:    http.StatusUnauthorized,
	CodeNotActivated:       http.StatusForbidden,
	CodeForbidden:          http.StatusForbidden,
	CodeNotLinked:          http.StatusForbidden,
	CodeDeviceUnauthorized: http.StatusForbidden,
	CodeLocked:             http.StatusLocked,
	CodeThrottled:          http.StatusTooManyRequests,
	CodeNotFound:           http.StatusNotFound,
	CodeConflict:           http.StatusConflict,
	CodeGone:               http.StatusGone,
	CodeTooLarge:           http.StatusRequestEntityTooLarge,
	CodeUnsupportedType:    http.StatusUnsupportedMediaType,
	CodeUnavailable:        http.StatusServiceUnavailable,
	CodeInternal:           http.StatusInternalServerError,
}

// Codes lists every code, sorted.
func Codes() []Code { return slices.Sorted(maps.Keys(statuses)) }

// Status is the HTTP status of a code; an unknown code is 500.
func (c Code) Status() int {
	if s, ok := statuses[c]; ok {
		return s
	}
	return http.StatusInternalServerError
}

// CodeOfStatus is the code to read from a status alone, as of a proxy in between or a server that knows more codes.
func CodeOfStatus(status int) Code {
	switch status {
	case http.StatusBadRequest, http.StatusMethodNotAllowed, http.StatusUnprocessableEntity:
		return CodeInvalid
	case http.StatusForbidden:
		return CodeForbidden
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout, http.StatusRequestTimeout:
		return CodeUnavailable
	}
	for code, known := range statuses {
		if known == status {
			return code
		}
	}
	return CodeInternal
}

// Secret is a token, password or code: it prints and logs as a mask.
type Secret string

// String masks the value.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "•••"
}

// GoString masks the value under %#v as well.
func (s Secret) GoString() string { return s.String() }

// LogValue masks the value in structured logs.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// Reveal gives the value itself, for the one place that needs it.
func (s Secret) Reveal() string { return string(s) }
