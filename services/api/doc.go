// Package api is the REST contract as both sides see it: the paths, the JSON of requests and answers, and the problem
// that every failure is told as. services/server answers with these types and services/remote reads them, so neither
// can change the contract alone.
//
// Conventions: JSON in snake case; times are RFC 3339 in UTC, dates YYYY-MM-DD, durations whole seconds unless the name
// says otherwise; money is an amount in exact decimals with its currency, and null where the lender's figures do not
// tell it; ids are opaque. Each type has a function that makes it from the domain's (AgreementOf) and a method that
// gives that back (Domain).
package api

// Version begins every path of the contract.
const Version = "/v1"

// Headers of the contract.
const (
	HeaderIdempotencyKey = "Idempotency-Key" // 8 to 64 printable ASCII characters; required by what creates
	HeaderRequestID      = "X-Request-Id"    // of every answer; what a person tells to whoever helps
	HeaderLastEventID    = "Last-Event-ID"   // after which events are asked for
	HeaderBackground     = "X-Background"    // "1" when the person had no part in it: reading is no use of the session
)

// Media types of the contract.
const (
	TypeJSON    = "application/json"
	TypeProblem = "application/problem+json"
	TypeEvents  = "text/event-stream"
)
