package main

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"myaccount/services/api"
	"myaccount/services/store/postgres/pgtest"
)

// slow is a request whose body has not come in full.
type slow struct {
	net.Conn
	t       *testing.T
	answers *bufio.Reader
	rest    string
}

// begins sends the header of a request, waits until the server asks for the body, and sends a part of that.
func (s *served) begins() *slow {
	s.t.Helper()
	conn, err := net.Dial("tcp", strings.TrimSuffix(strings.TrimPrefix(s.url, "http://"), "/"))
	must(s.t, err)
	s.t.Cleanup(func() { _ = conn.Close() })
	must(s.t, conn.SetDeadline(time.Now().Add(wait)))
	body := `{"email":"somebody@example.ca","captcha":"none"}`
	_, err = fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"+
		"Expect: 100-continue\r\n\r\n", api.PathPasswordResets, len(body))
	must(s.t, err)
	request := &slow{conn, s.t, bufio.NewReader(conn), body[10:]}
	if status := request.status(); status != http.StatusContinue {
		s.t.Fatalf("answered %d to the header", status)
	}
	_, err = conn.Write([]byte(body[:10]))
	must(s.t, err)
	return request
}

// finish sends the rest and gives the status of the answer.
func (s *slow) finish() int {
	s.t.Helper()
	_, err := s.Write([]byte(s.rest))
	must(s.t, err)
	return s.status()
}

// status reads an answer.
func (s *slow) status() int {
	s.t.Helper()
	answer, err := http.ReadResponse(s.answers, nil)
	must(s.t, err)
	read(s.t, answer)
	return answer.StatusCode
}

// accepts tells whether the server takes connections.
func (s *served) accepts() bool {
	conn, err := net.Dial("tcp", strings.TrimSuffix(strings.TrimPrefix(s.url, "http://"), "/"))
	if err != nil {
		return false
	}
	_ = conn.Close()
	return true
}

func TestServe_FinishesWhatItAccepted(t *testing.T) {
	t.Parallel()
	s := serves(t, nil, "--http", "--data", t.TempDir())
	request := s.begins()
	s.signal(syscall.SIGTERM)
	eventually(t, "nothing more is accepted", func() bool { return !s.accepts() })
	if status := request.finish(); status != http.StatusUnprocessableEntity {
		t.Errorf("answered %d", status)
	}
	if code := s.end(); code != exitDone {
		t.Errorf("exit code %d: %s", code, s.errors())
	}
}

func TestServe_SecondSignalEndsAtOnce(t *testing.T) {
	t.Parallel()
	s := serves(t, nil, "--http", "--data", t.TempDir())
	s.begins()
	s.signal(syscall.SIGINT)
	eventually(t, "nothing more is accepted", func() bool { return !s.accepts() })
	s.signal(syscall.SIGINT)
	if code := s.end(); code != exitFailure {
		t.Errorf("exit code %d", code)
	}
}

func TestServe_OncePerFolder(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	s := serves(t, nil, "--http", "--data", data)
	_, errOut, code := runs(t, nil, "serve", "--http", "--data", data, "--listen", "127.0.0.1:0")
	if code != exitFailure || !strings.Contains(errOut, "A server already runs on the data in "+data) {
		t.Errorf("exit code %d: %s", code, errOut)
	}
	_, errOut, code = runs(t, nil, "restore", "--data", data, t.TempDir())
	if code != exitFailure || !strings.Contains(errOut, "A server already runs") {
		t.Errorf("restore: exit code %d: %s", code, errOut)
	}
	s.kill() // which frees the folder
	serves(t, nil, "--http", "--data", data).stop()
}

func TestServe_AddressTaken(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer taken.Close()
	_, errOut, code := runs(t, nil, "serve", "--data", t.TempDir(), "--listen", taken.Addr().String())
	if code != exitFailure || !strings.Contains(errOut, taken.Addr().String()+" cannot be listened on") {
		t.Errorf("exit code %d: %s", code, errOut)
	}
}

// TestServe_NeverASecondKey: a key that is lost, another's or open to everybody stops the server before it touches
// anything.
func TestServe_NeverASecondKey(t *testing.T) {
	t.Parallel()
	data, other := t.TempDir(), t.TempDir()
	does(t, "migrate", "--data", data)
	does(t, "migrate", "--data", other)
	key := filepath.Join(data, keysetFile)
	kept, err := os.ReadFile(key)
	must(t, err)
	tests := []struct {
		name   string
		change func()
		says   string
	}{
		{"other", func() {
			stranger, err := os.ReadFile(filepath.Join(other, keysetFile))
			must(t, err)
			must(t, os.WriteFile(key, stranger, 0o600))
		}, "the key of another database"},
		{"damaged", func() { must(t, os.WriteFile(key, kept[:100], 0o600)) }, "is no key of this program"},
		{"open", func() { must(t, os.Chmod(key, 0o604)) }, "Everybody on this machine can read"},
		{"lost", func() { must(t, os.Remove(key)) }, "is not there"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.change()
			_, errOut, code := runs(t, nil, "serve", "--data", data, "--listen", "127.0.0.1:0")
			if code != exitFailure || !strings.Contains(errOut, test.says) {
				t.Errorf("exit code %d: %s", code, errOut)
			}
		})
	}
	if _, err := os.Stat(key); err == nil {
		t.Error("a key was made for a database that exists")
	}
	must(t, os.WriteFile(key, kept, 0o600))
	does(t, "migrate", "--data", data)
}

// TestServe_ReplicasShareAKey: the first start makes the key of an empty database; a replica without it is refused.
func TestServe_ReplicasShareAKey(t *testing.T) {
	t.Parallel()
	url, first, second, stranger := pgtest.Empty(t), t.TempDir(), t.TempDir(), t.TempDir()
	does(t, "migrate", "--data", first, "--database", url)
	does(t, "migrate", "--data", stranger)
	for says, more := range map[string][]string{
		"is not there":                nil,
		"the key of another database": {"--keyset", filepath.Join(stranger, keysetFile)},
	} {
		_, errOut, code := runs(t, nil, append([]string{"migrate", "--data", second, "--database", url}, more...)...)
		if code != exitFailure || !strings.Contains(errOut, says) {
			t.Errorf("exit code %d: %s", code, errOut)
		}
	}
	does(t, "migrate", "--data", second, "--database", url, "--keyset", filepath.Join(first, keysetFile))
	for _, name := range []string{databaseFile, keysetFile} {
		if _, err := os.Stat(filepath.Join(second, name)); err == nil {
			t.Errorf("the second replica made %s", name)
		}
	}
}
