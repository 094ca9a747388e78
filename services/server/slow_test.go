package server_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/server"
)

// dial opens a bare connection and sends the beginning of a request.
func (h *harness) dial(head string) (net.Conn, *bufio.Reader) {
	h.t.Helper()
	c, err := net.Dial("tcp", h.web.Listener.Addr().String())
	must(h.t, err)
	h.t.Cleanup(func() { _ = c.Close() })
	_, err = io.WriteString(c, strings.ReplaceAll(head, "\n", "\r\n"))
	must(h.t, err)
	return c, bufio.NewReader(c)
}

// read reads an answer from a bare connection.
func (h *harness) read(from *bufio.Reader) reply {
	h.t.Helper()
	answer, err := http.ReadResponse(from, nil)
	must(h.t, err)
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	must(h.t, err)
	return reply{h.t, answer.StatusCode, answer.Header, data}
}

// TestSlow_Body sends a body that never ends: the answer comes when the time is over, and others do not wait for it.
func TestSlow_Body(t *testing.T) {
	server.HurryBodies(t, 200*time.Millisecond)
	h := newHarness(t)
	_, from := h.dial("POST " + api.PathSessions + " HTTP/1.1\nHost: portal\nContent-Type: application/json\nContent-Length: 100\n\n{\"email\":")
	h.do(request{method: "GET", path: api.PathPolicy}).want(200)
	h.read(from).fails(408, services.CodeUnavailable)
}

// TestSlow_BodiesTakeNoPlaces begins more sign-ins than may hash at once, and sends none of them to its end: somebody else
// signs in meanwhile.
func TestSlow_BodiesTakeNoPlaces(t *testing.T) {
	h := newHarness(t)
	slow := server.PasswordPlaces() + 4
	for range slow {
		h.dial("POST " + api.PathSessions + " HTTP/1.1\nHost: portal\nContent-Type: application/json\nContent-Length: 100\n\n{")
	}
	for h.inFlight() < slow+1 { // and the one that asks
	}
	h.do(request{method: "POST", path: api.PathSessions, body: api.Credentials{Email: alice, Password: password}}).
		fails(401, services.CodeUnauthenticated)
}

// TestSlow_OnePersonsFiles begins as many files as one person may send at once: one more is refused, and others send
// theirs.
func TestSlow_OnePersonsFiles(t *testing.T) {
	h := newHarness(t)
	token, desk := h.customer(alice), h.desk()
	before := h.inFlight()
	for range server.FilesEach {
		h.dial(fmt.Sprintf("POST %s HTTP/1.1\nHost: portal\nAuthorization: Bearer %s\nIdempotency-Key: key-of-the-file\n"+
			"Content-Type: multipart/form-data; boundary=x\nContent-Length: 5000\n\n--x\n", api.PathAttachments, token))
	}
	for h.inFlight() < before+server.FilesEach {
	}
	h.attach(token, "key-of-a-file", "a.txt", []byte("the content")).fails(503, services.CodeUnavailable)
	h.attach(desk, "key-of-a-file", "a.txt", []byte("the content")).want(201)
}

// TestSlow_AnswerAfterTheBody keeps a request alive whose answer takes longer than its body may.
func TestSlow_AnswerAfterTheBody(t *testing.T) {
	server.HurryBodies(t, 200*time.Millisecond)
	h := newHarness(t)
	hashing := stuck{make(chan struct{})}
	h.core.Passwords = hashing
	time.AfterFunc(600*time.Millisecond, func() { close(hashing.release) })
	h.do(request{method: "POST", path: api.PathSessions, body: api.Credentials{Email: alice, Password: password}}).
		fails(401, services.CodeUnauthenticated)
}

// TestSlow_Form sends a file that never ends.
func TestSlow_Form(t *testing.T) {
	server.HurryBodies(t, 200*time.Millisecond)
	h := newHarness(t)
	token := h.customer(alice)
	_, from := h.dial(fmt.Sprintf("POST %s HTTP/1.1\nHost: portal\nAuthorization: Bearer %s\nIdempotency-Key: key-of-the-file\n"+
		"Content-Type: multipart/form-data; boundary=x\nContent-Length: 5000\n\n--x\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\n\nabc",
		api.PathAttachments, token))
	h.read(from).fails(503, services.CodeUnavailable)
}

// TestCut_Bodies ends bodies before they are whole, and frames them wrongly.
func TestCut_Bodies(t *testing.T) {
	h := newHarness(t)
	for what, tail := range map[string]string{
		"cut":          "Content-Length: 100\n\n{\"email\":\"" + planted,
		"wrong chunks": "Transfer-Encoding: chunked\n\nzz\n" + planted + "\n",
	} {
		c, from := h.dial("POST " + api.PathSessions + " HTTP/1.1\nHost: portal\nContent-Type: application/json\n" + tail)
		must(t, c.(*net.TCPConn).CloseWrite())
		r := h.read(from)
		if p := r.fails(400, services.CodeInvalid); p.Fields["body"] != services.ReasonFormat || strings.Contains(string(r.body), planted) {
			t.Errorf("%s: %s", what, r.body)
		}
	}
}

// TestLarge sends more than is taken: of JSON, of a file, of a header.
func TestLarge(t *testing.T) {
	h := newHarness(t)
	token := h.customer(alice)
	h.attach(token, "key-of-the-file", "a.txt", make([]byte, 11<<20)).fails(413, services.CodeTooLarge)
	h.attach(token, "key-of-the-file", strings.Repeat("n", 100<<10), []byte("x")).fails(413, services.CodeTooLarge)
	h.do(request{method: "GET", path: api.PathSearch + "?q=" + strings.Repeat("q", 100<<10), token: token}).fails(422, services.CodeInvalid)
	r := h.do(request{method: "GET", path: api.PathPolicy, header: map[string]string{"X-Large": strings.Repeat("h", 300<<10)}})
	if r.status != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("a huge header: %d", r.status)
	}
}

// TestForms walks through every way to get a form wrong.
func TestForms(t *testing.T) {
	h := newHarness(t)
	token := h.customer(alice)
	part := func(header, body string) string {
		return "--x\r\nContent-Disposition: form-data; " + header + "\r\n\r\n" + body + "\r\n"
	}
	file := part(`name="file"; filename="a.txt"`, "the content")
	for what, c := range map[string]struct {
		form   string
		status int
		fields map[string]string
	}{
		"nothing":        {"", 422, map[string]string{"file": "required"}},
		"no parts":       {"--x--\r\n", 422, map[string]string{"file": "required"}},
		"a name alone":   {part(`name="name"`, "a.txt") + "--x--\r\n", 422, map[string]string{"file": "required"}},
		"an empty file":  {part(`name="file"; filename="a.txt"`, "") + "--x--\r\n", 422, map[string]string{"file": "required"}},
		"two files":      {file + file + "--x--\r\n", 422, map[string]string{"form": "unknown"}},
		"another part":   {part(`name="`+planted+`"`, planted) + file + "--x--\r\n", 422, map[string]string{"form": "unknown"}},
		"no end":         {file, 422, map[string]string{"form": "format"}},
		"a broken part":  {"--x\r\n" + planted + "\r\n\r\n", 422, map[string]string{"form": "format"}},
		"a kind refused": {part(`name="file"; filename="a.zip"`, "PK\x03\x04") + "--x--\r\n", 415, nil},
	} {
		r := h.do(request{method: "POST", path: api.PathAttachments, token: token, body: c.form, header: map[string]string{
			"Content-Type": "multipart/form-data; boundary=x", api.HeaderIdempotencyKey: "key-of-the-form",
		}})
		p := r.problem()
		if p.Status != c.status || fmt.Sprint(p.Fields) != fmt.Sprint(c.fields) && len(p.Fields)+len(c.fields) > 0 || strings.Contains(string(r.body), planted) {
			t.Errorf("%s: %s, want %d %v", what, r.body, c.status, c.fields)
		}
	}
	var kept api.Attachment
	h.do(request{method: "POST", path: api.PathAttachments, token: token, body: file + "--x--\r\n", header: map[string]string{
		"Content-Type": "multipart/form-data; boundary=x", api.HeaderIdempotencyKey: "key-of-the-form",
	}}).want(201).into(&kept)
	if kept.Name != "a.txt" {
		t.Errorf("%+v", kept)
	}
}
