package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"myaccount/services/store/postgres"
	"myaccount/services/store/postgres/pgtest"
)

// roleVar makes the test binary play another program; its value says which.
const roleVar = "SERVER_TEST_ROLE"

// aheadVar lets the clock of a process go ahead by a span, for what would take minutes else.
const aheadVar = "SERVER_TEST_AHEAD"

func TestMain(m *testing.M) {
	switch role := os.Getenv(roleVar); role {
	case "":
		pgtest.Main(m, postgres.Migrate)
	case "program":
		ahead, err := time.ParseDuration(os.Getenv(aheadVar))
		if err == nil {
			now = func() time.Time { return time.Now().Add(ahead) }
		}
		tellEvery = 0
		settle, settleAlone, rest = 4*time.Second, 3*time.Second, 100*time.Millisecond
		main()
	case "smtp":
		serveMail(os.Args[1])
	default:
		fmt.Fprintln(os.Stderr, "unknown role", role)
		os.Exit(exitUsage)
	}
}

// wait bounds what takes a moment on a machine with nothing else to do.
const wait = 40 * time.Second

// process is a program that runs beside the test.
type process struct {
	*exec.Cmd
	t     *testing.T
	lines chan string // of its standard output
	ended chan struct{}
	state error // how it ended

	mu  sync.Mutex
	log bytes.Buffer // its standard error output
}

// Write takes the process's standard error output.
func (p *process) Write(data []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.Write(data)
}

func (p *process) errors() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.String()
}

// begin starts the test binary in a role. It is killed with the test at the latest.
func begin(t *testing.T, role string, environ []string, args ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command(os.Args[0], args...), t: t, lines: make(chan string, 10_000), ended: make(chan struct{})}
	p.Env = append(os.Environ(), "LC_ALL=C", roleVar+"="+role)
	p.Env = append(p.Env, environ...)
	p.Stderr = p
	out, err := p.StdoutPipe()
	must(t, err)
	must(t, p.Start())
	go func() {
		defer close(p.ended)
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			p.lines <- lines.Text()
		}
		close(p.lines)
		p.state = p.Wait()
	}()
	t.Cleanup(func() {
		_ = p.Process.Kill() // it may have ended
		<-p.ended
		if t.Failed() {
			t.Logf("%s said:\n%s", strings.Join(args, " "), p.errors())
		}
	})
	return p
}

// line waits for a line that begins so.
func (p *process) line(beginning string) string {
	p.t.Helper()
	late := time.After(wait)
	for {
		select {
		case line, ok := <-p.lines:
			if !ok {
				p.t.Fatalf("it ended before it said %q: %s", beginning, p.errors())
			}
			if strings.HasPrefix(line, beginning) {
				return line
			}
		case <-late:
			p.t.Fatalf("it does not say %q", beginning)
		}
	}
}

// end waits for the end and gives the exit code; -1 when it was killed.
func (p *process) end() int {
	p.t.Helper()
	select {
	case <-p.ended:
	case <-time.After(wait):
		p.t.Fatalf("it does not end: %s", p.errors())
	}
	if exit := (*exec.ExitError)(nil); errors.As(p.state, &exit) {
		return exit.ExitCode()
	}
	return 0
}

// kill ends it as a power cut does.
func (p *process) kill() {
	must(p.t, p.Process.Kill())
	<-p.ended
}

func (p *process) signal(s os.Signal) { must(p.t, p.Process.Signal(s)) }

// runs runs a command of the program to its end.
func runs(t *testing.T, environ []string, args ...string) (out, errOut string, code int) {
	t.Helper()
	p := begin(t, "program", environ, args...)
	code = p.end()
	return p.rest(), p.errors(), code
}

// rest is what it said on its standard output since the last line that was waited for. It has ended.
func (p *process) rest() string {
	var all strings.Builder
	for line := range p.lines {
		all.WriteString(line + "\n")
	}
	return all.String()
}

// does runs a command that has to succeed.
func does(t *testing.T, args ...string) string {
	t.Helper()
	out, errOut, code := runs(t, nil, args...)
	if code != exitDone {
		t.Fatalf("%s: exit code %d: %s%s", strings.Join(args, " "), code, out, errOut)
	}
	return out
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// served is a running server and who calls it.
type served struct {
	*process
	url    string // ends in a slash
	client *http.Client
}

var readyForm = regexp.MustCompile(`^Serving (\S+)(?:.* (sha256//[\w+/=]+))?`)

// serves starts a server on a free port and waits until it is ready. Who calls it trusts the key that it names.
func serves(t *testing.T, environ []string, args ...string) *served {
	t.Helper()
	p := begin(t, "program", environ, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)
	match := readyForm.FindStringSubmatch(p.line("Serving "))
	if match == nil {
		t.Fatal("the line that says that it is ready has another form")
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{
		InsecureSkipVerify: true, //nolint:gosec // the pin is checked instead
		VerifyPeerCertificate: func(raw [][]byte, _ [][]*x509.Certificate) error {
			leaf, err := x509.ParseCertificate(raw[0])
			if err == nil && pin(leaf) != match[2] {
				err = errors.New("another key than the one named")
			}
			return err
		},
	}}
	t.Cleanup(transport.CloseIdleConnections)
	return &served{p, match[1], &http.Client{Transport: transport, Timeout: wait}}
}

// stop ends it in good order.
func (s *served) stop() {
	s.t.Helper()
	s.client.CloseIdleConnections()
	s.signal(syscall.SIGTERM)
	if code := s.end(); code != exitDone {
		s.t.Fatalf("exit code %d: %s", code, s.errors())
	}
}

// eventually tries until something holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(wait); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not in time: %s", what)
		}
	}
}

// mailsIn reads the mails of a folder.
func mailsIn(t *testing.T, folder string) (mails []string) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "*.eml"))
	must(t, err)
	for _, path := range paths {
		data, err := os.ReadFile(path)
		must(t, err)
		mails = append(mails, strings.ReplaceAll(strings.ReplaceAll(string(data), "=\r\n", ""), "=3D", "="))
	}
	return mails
}

// read reads the body of an answer.
func read(t *testing.T, r *http.Response) string {
	t.Helper()
	data, err := io.ReadAll(r.Body)
	must(t, errors.Join(err, r.Body.Close()))
	return string(data)
}

// within is a context of a test that ends in time.
func within(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), wait)
	t.Cleanup(cancel)
	return ctx
}
