package remote

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/go-resty/resty/v2"

	"myaccount/services"
	"myaccount/services/api"
)

const (
	callTime   = 30 * time.Second // of a call, with all its tries
	fileTime   = 10 * time.Minute // of a call that carries a file
	answerMost = 8 << 20          // bytes of an answer
	fileMost   = 64 << 20         // bytes of an answer that is a file
	idMost     = 256              // bytes of anything that may name something
	userAgent  = "MyAccount"
)

// client makes calls. It is the one place where answers become services.Error.
type client struct {
	rest      *resty.Client
	transport http.RoundTripper
	base      *url.URL
	link      *connection

	mu      sync.Mutex
	request string // id of the latest that failed
}

func newClient(base *url.URL, transport http.RoundTripper, link *connection) *client {
	rest := resty.New().
		SetBaseURL(strings.TrimSuffix(base.String(), "/")).
		SetTransport(transport).
		SetHeader("User-Agent", userAgent).
		SetCookieJar(nil).
		SetLogger(silent{}). // it would name addresses and bodies
		SetRedirectPolicy(resty.RedirectPolicyFunc(func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse // a token goes to nobody else
		}))
	return &client{rest: rest, transport: transport, base: base, link: link}
}

// silent logs nothing: what goes wrong is in the error.
type silent struct{}

func (silent) Errorf(string, ...any) {}
func (silent) Warnf(string, ...any)  {}
func (silent) Debugf(string, ...any) {}

func (c *client) close() {
	if t, ok := c.transport.(interface{ CloseIdleConnections() }); ok {
		t.CloseIdleConnections()
	}
}

// call is one call of the contract.
type call struct {
	method string
	path   string
	id     string // in place of {id}
	query  map[string]string
	token  services.Secret
	key    string // idempotency key
	body   any    // as JSON; []byte as they are
	file   *services.Upload
	answer any          // what JSON is read into; *[]byte takes a body of any kind
	header *http.Header // optional: takes the header of the answer

	again bool          // may be made again: it changes nothing, or nothing more the second time
	files bool          // takes the time and the room of a file
	limit time.Duration // of all its tries; 0 for the usual
}

// get is a call that only reads.
func get(path string, answer any) call {
	return call{method: http.MethodGet, path: path, answer: answer, again: true}
}

// post is a call that is made once.
func post(path string, body, answer any) call {
	return call{method: http.MethodPost, path: path, body: body, answer: answer}
}

// of gives the call the id of what it is about.
func (c call) of(id string) call {
	c.id = id
	return c
}

// do makes a call, again where that is safe. Fails with the codes of the service, and CodeUnavailable when it cannot be
// reached.
func (c *client) do(ctx context.Context, call call) error {
	if strings.Contains(call.path, "{id}") && !mayBeID(call.id) {
		return services.Fail(services.CodeNotFound)
	}
	limit := callTime
	if call.files {
		limit = fileTime
	}
	limited, cancel := context.WithTimeout(ctx, cmp.Or(call.limit, limit))
	defer cancel()
	for try := 0; ; try++ {
		err := c.once(limited, call)
		if err == nil || !call.again || !c.retry(limited, err, try) {
			return err
		}
	}
}

// mayBeID tells whether a text can stand in a path. What cannot names nothing.
func mayBeID(id string) bool {
	return id != "" && id != "." && id != ".." && len(id) <= idMost
}

// once makes a call once.
func (c *client) once(ctx context.Context, call call) error {
	request := c.prepare(ctx, call)
	response, err := request.Execute(call.method, call.path)
	if err != nil {
		return c.failed(ctx, err)
	}
	err = read(response, call)
	c.note(response, err)
	return err
}

// prepare makes the request of a call.
func (c *client) prepare(ctx context.Context, call call) *resty.Request {
	most := answerMost
	if call.files {
		most = fileMost
	}
	r := c.rest.R().SetContext(ctx).SetQueryParams(call.query).SetPathParam("id", call.id).SetResponseBodyLimit(most)
	if call.token != "" {
		r.SetAuthToken(call.token.Reveal())
	}
	if call.key != "" {
		r.SetHeader(api.HeaderIdempotencyKey, call.key)
	}
	if services.InBackground(ctx) {
		r.SetHeader(api.HeaderBackground, "1")
	}
	switch body := call.body.(type) {
	case nil:
	case []byte:
		r.SetHeader("Content-Type", "application/octet-stream").SetBody(body)
	default:
		r.SetHeader("Content-Type", api.TypeJSON).SetBody(body)
	}
	if call.file != nil {
		r.SetMultipartFormData(map[string]string{"name": call.file.Name}).
			SetMultipartField("file", "file", "application/octet-stream", bytes.NewReader(call.file.Data))
	}
	return r
}

// failed makes the error of a call that got no answer.
func (c *client) failed(ctx context.Context, err error) error {
	if errors.Is(err, resty.ErrResponseBodyTooLarge) {
		return services.Internal(errors.New("remote: the answer is too large"))
	}
	if !errors.Is(ctx.Err(), context.Canceled) {
		c.link.set(false)
	}
	return unreachable(err)
}

// unreachable is the error of a service that cannot be reached, and of one that is not trusted (certificate: mismatch).
// What was asked for stays out of it.
func unreachable(err error) error {
	if wrapped := (*url.Error)(nil); errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	e := &services.Error{Code: services.CodeUnavailable, Err: fmt.Errorf("remote: %w", err)}
	if refusedCertificate(err) {
		e.Fields = map[string]string{"certificate": services.ReasonMismatch}
	}
	return e
}

// note keeps what an answer tells about the service.
func (c *client) note(response *resty.Response, err error) {
	c.link.set(services.CodeOf(err) != services.CodeUnavailable)
	if err != nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.request = response.Header().Get(api.HeaderRequestID)
	}
}

func (c *client) lastRequest() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.request
}

// read takes an answer.
func read(response *resty.Response, call call) error {
	if status := response.StatusCode(); status < 200 || status >= 300 {
		return refused(status, response.Header(), response.Body())
	}
	if !isAnswer(response, call) {
		return &services.Error{Code: services.CodeUnavailable, Err: errors.New("remote: the answer is not the service's")}
	}
	if call.header != nil {
		*call.header = response.Header()
	}
	switch answer := call.answer.(type) {
	case nil:
		return nil
	case *[]byte:
		*answer = response.Body()
		return nil
	}
	if err := json.Unmarshal(response.Body(), call.answer); err != nil {
		return services.Internal(errors.New("remote: the answer is no JSON of the contract"))
	}
	return nil
}

// isAnswer tells whether an answer has the form of the service's. Who answers for it in another, such as a network that
// wants a sign-in of its own, has done nothing of what was asked.
func isAnswer(response *resty.Response, call call) bool {
	switch call.answer.(type) {
	case nil:
		return response.StatusCode() == http.StatusNoContent || isJSON(response.Header())
	case *[]byte: // of any type, so what every answer of the service has must tell
		return response.Header().Get(api.HeaderRequestID) != ""
	}
	return isJSON(response.Header())
}

func isJSON(h http.Header) bool {
	kind, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	return err == nil && (kind == api.TypeJSON || kind == api.TypeProblem)
}

// cause is what a log needs of a failure that the service told.
type cause struct {
	status  int
	request string
}

// RequestID names the request for services.RequestIDOf.
func (c *cause) RequestID() string { return c.request }

// Error names the status and the request.
func (c *cause) Error() string { return fmt.Sprintf("status %d, request %q", c.status, c.request) }

// refused makes the error of an answer that is none. What is no problem of the contract is judged by its status.
func refused(status int, h http.Header, body []byte) *services.Error {
	var problem api.Problem
	e := &services.Error{Code: services.CodeOfStatus(status)}
	if !isJSON(h) {
		e.Code = codeInBetween(status)
	} else if json.Unmarshal(body, &problem) == nil && problem.Code != "" {
		problem.Status, problem.RetryAfter = status, believable(problem.RetryAfter)
		e = problem.Domain()
	}
	if e.RetryAfter == 0 {
		e.RetryAfter = retryAfter(h)
	}
	e.Err = &cause{status, h.Get(api.HeaderRequestID)}
	return e
}

// codeInBetween is the code of a status that the service did not give: a proxy, or a network that wants a sign-in of its
// own. They know how much they let through, and nothing about sessions, messages or files: none of these is gone by
// what they say.
func codeInBetween(status int) services.Code {
	switch status {
	case http.StatusRequestEntityTooLarge, http.StatusTooManyRequests, http.StatusInternalServerError:
		return services.CodeOfStatus(status)
	}
	return services.CodeUnavailable
}

// retryAfter reads how long to wait: seconds, or a moment by the clock of who answers.
func retryAfter(h http.Header) time.Duration {
	asked := h.Get("Retry-After")
	if seconds, err := strconv.Atoi(asked); err == nil {
		return believable(api.Seconds(seconds)).Duration()
	}
	until, err := http.ParseTime(asked)
	now, unknown := http.ParseTime(h.Get("Date"))
	if err != nil || unknown != nil {
		return 0
	}
	return believable(api.SecondsOf(max(until.Sub(now), 0))).Duration()
}

// waitBelieved is the longest wait that is believed of an answer.
const waitBelieved = 90 * 24 * time.Hour

// believable keeps a wait within bounds.
func believable(wait api.Seconds) api.Seconds { return min(max(wait, 0), api.SecondsOf(waitBelieved)) }

// stream makes a request whose answer is read as it comes. The caller closes its body.
func (c *client) stream(ctx context.Context, path string, token services.Secret, header http.Header) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base.JoinPath(path).String(), nil)
	if err != nil {
		return nil, services.Internal(err)
	}
	request.Header = header
	request.Header.Set("User-Agent", userAgent)
	request.Header.Set("Authorization", "Bearer "+token.Reveal())
	response, err := c.transport.RoundTrip(request)
	if err != nil {
		return nil, unreachable(err)
	}
	if kind, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type")); response.StatusCode == http.StatusOK && kind == api.TypeEvents {
		return response, nil
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, answerMost))
	if err != nil {
		return nil, unreachable(err)
	}
	return nil, refused(response.StatusCode, response.Header, body)
}
