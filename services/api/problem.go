package api

import (
	"net/http"
	"time"

	"myaccount/services"
)

// Problem is how every failure is told (RFC 9457, application/problem+json). It never holds what was sent.
type Problem struct {
	Status     int               `json:"status" doc:"HTTP status" example:"422"`
	Code       services.Code     `json:"code" doc:"What kind of failure it is; never changes its meaning" example:"invalid"`
	Fields     map[string]string `json:"fields,omitempty" doc:"Refused fields and why" example:"{\"email\":\"format\"}"`
	RetryAfter Seconds           `json:"retry_after,omitempty" doc:"Seconds to wait, also in the header Retry-After"`
}

// ProblemOf tells an error. Causes stay behind: they are for the log.
func ProblemOf(err error) *Problem {
	code := services.CodeOf(err)
	p := &Problem{Status: code.Status(), Code: code, RetryAfter: SecondsOf(services.RetryAfterOf(err))}
	if fields := services.FieldsOf(err); len(fields) > 0 {
		p.Fields = fields
	}
	return p
}

// Domain gives the error back. A code that is not known, as of a newer server, reads as the status does.
func (p *Problem) Domain() *services.Error {
	code := p.Code
	if code.Status() == http.StatusInternalServerError && code != services.CodeInternal {
		code = services.CodeOfStatus(p.Status)
	}
	return &services.Error{Code: code, Fields: p.Fields, RetryAfter: p.RetryAfter.Duration()}
}

// Error is what a log may say.
func (p *Problem) Error() string { return p.Domain().Error() }

// GetStatus is the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is the media type of the answer.
func (p *Problem) ContentType(string) string { return TypeProblem }

// Wait is how long to wait; 0 when it does not say.
func (p *Problem) Wait() time.Duration { return p.RetryAfter.Duration() }
